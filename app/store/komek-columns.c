/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-columns.h"

/* What fills more than one column of a table: a name, in the order of the languages. */

void
komek_columns_bind_label (KomekStatement *statement, int first, KomekLabel *label)
{
  for (guint i = 0; i < KOMEK_N_LANGUAGES; i++)
    komek_statement_bind_text (statement, first + i, komek_label_get_exact (label, i));
}

KomekLabel *
komek_columns_read_label (KomekStatement *row, int first)
{
  return komek_label_new (komek_statement_get_text (row, first),
                          komek_statement_get_text (row, first + 1),
                          komek_statement_get_text (row, first + 2));
}
