/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

typedef struct _KomekTable KomekTable;

KomekTable *komek_table_new (GBytes *tsv, const char *name, const char *const *columns,
                             GError **error);
void komek_table_free (KomekTable *self);
guint komek_table_get_n_rows (const KomekTable *self);
const char *komek_table_get (const KomekTable *self, guint row, guint column);
double komek_table_get_number (const KomekTable *self, guint row, guint column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekTable, komek_table_free)
