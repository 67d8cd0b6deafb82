/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-database.h"
#include "komek-search-piece.h"

/* The indexes are read from their first row, so the newest moment makes the first; the sum is
 * greater than any moment, see komek-request-units.h. */
#define KOMEK_SEARCH_ROW_SUM 4398046511104
#define KOMEK_SEARCH_ROW_OF(sql) G_STRINGIFY (KOMEK_SEARCH_ROW_SUM) " - " sql
#define KOMEK_SEARCH_MOMENT_OF(row) (KOMEK_SEARCH_ROW_SUM - (row))

typedef struct _KomekSearchBatch KomekSearchBatch;

KomekSearchBatch *komek_search_batch_new (void);
void komek_search_batch_free (KomekSearchBatch *self);
void komek_search_batch_add (KomekSearchBatch *self, gint64 moment, const KomekSearchText *text);
void komek_search_batch_remove (KomekSearchBatch *self, gint64 moment,
                                const KomekSearchText *text);
gboolean komek_search_batch_make (KomekSearchBatch *self, KomekDatabase *database, GError **error);
gboolean komek_search_batch_finish (KomekSearchBatch *self, KomekDatabase *database,
                                    GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekSearchBatch, komek_search_batch_free)
