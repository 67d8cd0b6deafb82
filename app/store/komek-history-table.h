/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-database.h"

gboolean komek_history_table_put (KomekDatabase *database, const char *number, GPtrArray *updates,
                                  gboolean *changed, GError **error);
gboolean komek_history_table_clear (KomekDatabase *database, GError **error);
GPtrArray *komek_history_table_read (KomekDatabase *database, const char *number, GError **error);
