/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-sql.h"

/* Statements that are put together of conditions, for either engine. */

static void
clear_value (gpointer data)
{
  g_free (((KomekSqlValue *) data)->text);
}

/**
 * komek_sql_init:
 * @text: what the statement begins with
 */
void
komek_sql_init (KomekSql *self, KomekSqlDialect dialect, const char *text)
{
  self->dialect = dialect;
  self->text = g_string_new (text);
  self->values = g_array_new (FALSE, FALSE, sizeof (KomekSqlValue));
  g_array_set_clear_func (self->values, clear_value);
}

void
komek_sql_clear (KomekSql *self)
{
  g_string_free (self->text, TRUE);
  g_array_unref (self->values);
}

/* Adds text that has no places. */
void
komek_sql_add (KomekSql *self, const char *text)
{
  g_string_append (self->text, text);
}

static void
add_value (KomekSql *self, const KomekSqlValue *value)
{
  g_array_append_vals (self->values, value, 1);
  if (self->dialect == KOMEK_SQL_POSTGRES)
    g_string_append_printf (self->text, "$%u", self->values->len);
  else
    g_string_append_c (self->text, '?');
}

static void
add_condition (KomekSql *self, const char *condition, const KomekSqlValue *value)
{
  g_string_append_printf (self->text, " %s ", condition);
  add_value (self, value);
}

/**
 * komek_sql_add_text:
 * @condition: what stands before the value
 */
void
komek_sql_add_text (KomekSql *self, const char *condition, const char *text)
{
  add_condition (self, condition,
                 &(KomekSqlValue) { .kind = KOMEK_SQL_TEXT, .text = g_strdup (text) });
}

void
komek_sql_add_number (KomekSql *self, const char *condition, gint64 number)
{
  add_condition (self, condition,
                 &(KomekSqlValue) { .kind = KOMEK_SQL_NUMBER, .number = number });
}

void
komek_sql_add_degrees (KomekSql *self, const char *condition, double degrees)
{
  add_condition (self, condition,
                 &(KomekSqlValue) { .kind = KOMEK_SQL_DEGREES, .degrees = degrees });
}

/**
 * komek_sql_add_list:
 * @texts: (array zero-terminated=1): one of which the column must hold
 */
void
komek_sql_add_list (KomekSql *self, const char *column, const char *const *texts)
{
  g_string_append_printf (self->text, " AND %s IN (", column);
  for (guint i = 0; texts[i]; i++)
    {
      if (i > 0)
        g_string_append_c (self->text, ',');
      add_value (self, &(KomekSqlValue) { .kind = KOMEK_SQL_TEXT, .text = g_strdup (texts[i]) });
    }
  g_string_append_c (self->text, ')');
}

static char *
dup_value (const KomekSqlValue *value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  switch (value->kind)
    {
    case KOMEK_SQL_NUMBER:
      return g_strdup_printf ("%" G_GINT64_FORMAT, value->number);
    case KOMEK_SQL_DEGREES:
      return g_strdup (g_ascii_dtostr (digits, sizeof digits, value->degrees));
    case KOMEK_SQL_TEXT:
    default:
      return g_strdup (value->text);
    }
}

/**
 * komek_sql_list_texts:
 *
 * Returns: (transfer full) (element-type utf8): all values, as PostgreSQL takes them
 */
GPtrArray *
komek_sql_list_texts (const KomekSql *self)
{
  GPtrArray *texts = g_ptr_array_new_full (self->values->len, g_free);

  for (guint i = 0; i < self->values->len; i++)
    g_ptr_array_add (texts, dup_value (&g_array_index (self->values, KomekSqlValue, i)));
  return texts;
}
