/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-database.h"

/* Requests to add at once while many are lacking. The more there are, the fewer numbers of words
 * are written, and FTS5 writes out what it has gathered after about half of them and at the end;
 * whoever wants to write waits for them, up to a second. */
#define KOMEK_SEARCH_INDEX_LARGE 60000

gboolean komek_search_index_read_mark (KomekDatabase *database, gint64 *key, GError **error);
gboolean komek_search_index_is_behind (KomekDatabase *database, guint most, GError **error);
gboolean komek_search_index_catch_up (KomekDatabase *database, guint most, GError **error);
gboolean komek_search_index_set_bulk (KomekDatabase *database, gboolean bulk, GError **error);
gboolean komek_search_index_merge (KomekDatabase *database, guint pages, gboolean *more,
                                   GError **error);
gboolean komek_search_index_clear (KomekDatabase *database, GError **error);
