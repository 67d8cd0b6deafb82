/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * KomekScribeWork:
 *
 * Writes something inside a transaction. It may run twice, so it must first
 * forget what it found the first time.
 *
 * An error of #KOMEK_REFUSAL says that nothing was written, and others may go
 * on; any other one is the end of the transaction.
 */
typedef gboolean (*KomekScribeWork) (gpointer data, GError **error);

/**
 * KomekScribeBook:
 * @begin: begins a transaction; @again says that the same work may have been done before by
 *   somebody whose end is not known
 * @commit: ends it, durably
 * @roll_back: forgets it, whatever has happened
 *
 * What a scribe writes into.
 */
typedef struct
{
  gboolean (*begin) (gpointer book, gboolean again, GError **error);
  gboolean (*commit) (gpointer book, GError **error);
  void (*roll_back) (gpointer book);
} KomekScribeBook;

typedef struct _KomekScribe KomekScribe;

KomekScribe *komek_scribe_new (const KomekScribeBook *methods, gpointer book);
void komek_scribe_free (KomekScribe *self);
gboolean komek_scribe_write (KomekScribe *self, KomekScribeWork work, gpointer data,
                             GError **error);

gint64 komek_scribe_get_delay (KomekScribe *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekScribe, komek_scribe_free)
