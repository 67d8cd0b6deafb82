/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-database.h"

GArray *komek_street_ranks_read (KomekDatabase *database, GError **error);
