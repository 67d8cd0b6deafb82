/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-database.h"

gboolean komek_walk_table_begin (KomekDatabase *database, gint64 generation, gint64 *known,
                                 GError **error);
gboolean komek_walk_table_meet (KomekDatabase *database, gint64 key, GError **error);
GPtrArray *komek_walk_table_list_unmet (KomekDatabase *database, gint64 generation, gint64 start,
                                        gint64 end, GError **error);
gboolean komek_walk_table_count (KomekDatabase *database, gint64 start, gint64 end, gint64 *count,
                                 GError **error);
