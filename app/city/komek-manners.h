/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "komek-crowd.h"

gboolean komek_manners_check (SoupServerMessage *message, const KomekSettings *settings,
                              KomekCrowdReason *reason);
