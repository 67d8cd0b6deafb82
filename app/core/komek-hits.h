/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

/**
 * KomekSearchOrder:
 * @KOMEK_SEARCH_NEWEST: by the time of registration
 * @KOMEK_SEARCH_BEST: by how well they answer the search, as far as the newest 2,000 go
 *
 * What comes first of what is found.
 */
typedef enum
{
  KOMEK_SEARCH_NEWEST,
  KOMEK_SEARCH_BEST,
} KomekSearchOrder;

/* Hits are counted up to this one; a screen that knows of more says "more than". */
#define KOMEK_HITS_COUNTED 10000

#define KOMEK_TYPE_HITS (komek_hits_get_type ())
typedef struct _KomekHits KomekHits;
GType komek_hits_get_type (void) G_GNUC_CONST;

KomekHits *komek_hits_new (GArray *keys, guint count, gboolean exact);
KomekHits *komek_hits_ref (KomekHits *self);
void komek_hits_unref (KomekHits *self);
GArray *komek_hits_get_keys (const KomekHits *self);
guint komek_hits_get_count (const KomekHits *self);
gboolean komek_hits_is_exact (const KomekHits *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekHits, komek_hits_unref)
