/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-request.h"

/**
 * KomekPagesEnd:
 * @KOMEK_PAGES_MORE: there may be a further page
 * @KOMEK_PAGES_DONE: that was the last one
 * @KOMEK_PAGES_SAME: every page is the first one: whoever answers knows no pages
 * @KOMEK_PAGES_UNEVEN: pages have become longer or shorter on the way, so that something may lie
 *   between them
 *
 * What a page says of those after it.
 */
typedef enum
{
  KOMEK_PAGES_MORE,
  KOMEK_PAGES_DONE,
  KOMEK_PAGES_SAME,
  KOMEK_PAGES_UNEVEN,
} KomekPagesEnd;

typedef struct _KomekPages KomekPages;

KomekPages *komek_pages_new (void);
void komek_pages_free (KomekPages *self);
void komek_pages_restart (KomekPages *self);
void komek_pages_turn_back (KomekPages *self);
KomekPagesEnd komek_pages_take (KomekPages *self, GPtrArray *requests);
gboolean komek_pages_repeats (KomekPages *self, GPtrArray *requests);
guint komek_pages_get_page (KomekPages *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekPages, komek_pages_free)
