/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-database.h"

/* A screen shows no more anyway: of more requests that match, these newest are given. */
#define KOMEK_SEARCH_MOST 10000

char *komek_search_table_dup_words (const char *number, const char *text, const char *address,
                                    gint64 service);
gboolean komek_search_table_add (KomekDatabase *database, gint64 key, const char *words,
                                 GError **error);
gboolean komek_search_table_remove (KomekDatabase *database, gint64 key, const char *words,
                                    GError **error);
gboolean komek_search_table_clear (KomekDatabase *database, GError **error);
GArray *komek_search_table_match (KomekDatabase *database, const char *text, GError **error);
