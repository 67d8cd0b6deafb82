/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-outbox-work.h"

gboolean komek_outbox_staff_list (const KomekOutboxKit *kit, KomekDatabase *database,
                                  gboolean former, GPtrArray *pending, GError **error);
