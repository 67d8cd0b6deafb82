/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-table.h"

#include <string.h>

#include "komek-error.h"

#define NO_COLUMN G_MAXUINT

/**
 * KomekTable:
 *
 * A file of tab-separated values whose first line names the columns.
 *
 * Whoever reads one says which columns it needs, in the order in which it will
 * count them; the file may have more of them and in another order.
 */
struct _KomekTable
{
  char      *text;
  guint      n_columns;
  GPtrArray *cells; /* row by row, pointing into the text */
};

static GPtrArray *
split_line (char *line)
{
  GPtrArray *cells = g_ptr_array_new ();
  char *tab;

  while ((tab = strchr (line, '\t')))
    {
      *tab = '\0';
      g_ptr_array_add (cells, line);
      line = tab + 1;
    }
  g_ptr_array_add (cells, line);
  return cells;
}

static guint
find_column (GPtrArray *head, const char *name)
{
  for (guint i = 0; i < head->len; i++)
    if (strcmp (head->pdata[i], name) == 0)
      return i;
  return NO_COLUMN;
}

static gboolean
add_row (KomekTable *self, char *line, const guint *places)
{
  g_autoptr (GPtrArray) cells = split_line (line);

  for (guint i = 0; i < self->n_columns; i++)
    {
      if (places[i] >= cells->len)
        return FALSE;
      g_ptr_array_add (self->cells, cells->pdata[places[i]]);
    }
  return TRUE;
}

static gboolean
read_head (char *line, const char *name, const char *const *columns, guint *places, GError **error)
{
  g_autoptr (GPtrArray) head = split_line (line);

  for (guint i = 0; columns[i]; i++)
    {
      places[i] = find_column (head, columns[i]);
      if (places[i] == NO_COLUMN)
        {
          g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE, "%s has no column %s", name,
                       columns[i]);
          return FALSE;
        }
    }
  return TRUE;
}

/**
 * komek_table_new:
 * @name: what to call the file in an error
 * @columns: (array zero-terminated=1): the columns that are needed
 *
 * Fails with %KOMEK_ERROR_UNREADABLE where a column or a cell is missing.
 *
 * Returns: (transfer full): the table
 */
KomekTable *
komek_table_new (GBytes *tsv, const char *name, const char *const *columns, GError **error)
{
  g_autoptr (KomekTable) self = g_new0 (KomekTable, 1);
  g_autofree guint *places = g_new (guint, g_strv_length ((char **) columns));
  gsize length;
  const char *data = g_bytes_get_data (tsv, &length);
  char *rest = NULL;
  char *line;

  self->text = g_strndup (data ? data : "", length);
  self->n_columns = g_strv_length ((char **) columns);
  self->cells = g_ptr_array_new ();
  line = strtok_r (self->text, "\r\n", &rest);
  if (!read_head (line ? line : (char *) "", name, columns, places, error))
    return NULL;

  while ((line = strtok_r (NULL, "\r\n", &rest)))
    if (*line != '#' && !add_row (self, line, places))
      {
        g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE, "%s is short of a cell: %s", name,
                     line);
        return NULL;
      }
  return g_steal_pointer (&self);
}

void
komek_table_free (KomekTable *self)
{
  g_clear_pointer (&self->cells, g_ptr_array_unref);
  g_free (self->text);
  g_free (self);
}

guint
komek_table_get_n_rows (const KomekTable *self)
{
  return self->cells->len / self->n_columns;
}

/* The column counts through what was asked for, not through the file. */
const char *
komek_table_get (const KomekTable *self, guint row, guint column)
{
  return self->cells->pdata[row * self->n_columns + column];
}

double
komek_table_get_number (const KomekTable *self, guint row, guint column)
{
  return g_ascii_strtod (komek_table_get (self, row, column), NULL);
}
