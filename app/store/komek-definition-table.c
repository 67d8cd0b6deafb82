/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-definition-table.h"

#include "komek-attribute.h"
#include "komek-columns.h"
#include "komek-digest.h"

/* The tables of what the city asks for a service: its definition, the
 * attributes of that and the choices of those. Functions on a database that a
 * thread owns. */

static char *
digest (GPtrArray *attributes)
{
  KomekDigest *digest = komek_digest_new ();

  for (guint i = 0; i < attributes->len; i++)
    {
      KomekAttribute *attribute = attributes->pdata[i];
      guint n_values = komek_attribute_get_n_values (attribute);

      komek_digest_add_text (digest, komek_attribute_get_code (attribute));
      komek_digest_add_number (digest, komek_attribute_get_datatype (attribute));
      komek_digest_add_number (digest, komek_attribute_is_variable (attribute));
      komek_digest_add_number (digest, komek_attribute_is_required (attribute));
      komek_digest_add_label (digest, komek_attribute_get_description (attribute));
      komek_digest_add_number (digest, n_values);
      for (guint j = 0; j < n_values; j++)
        {
          komek_digest_add_text (digest, komek_attribute_get_value_key (attribute, j));
          komek_digest_add_label (digest, komek_attribute_get_value_name (attribute, j));
        }
    }
  return komek_digest_end (digest);
}

static gboolean
run (KomekDatabase *database, const char *sql, const char *service, const char *text,
     GError **error)
{
  g_autoptr (KomekStatement) statement = komek_database_prepare (database, sql, error);

  if (!statement)
    return FALSE;
  komek_statement_bind_text (statement, 1, service);
  if (text)
    komek_statement_bind_text (statement, 2, text);
  return komek_database_run (database, statement, error);
}

static KomekStatement *
prepare_for (KomekDatabase *database, const char *sql, const char *service, GError **error)
{
  KomekStatement *row = komek_database_prepare (database, sql, error);

  if (row)
    komek_statement_bind_text (row, 1, service);
  return row;
}

#define DIGEST "SELECT digest FROM definition WHERE service = ?1"

static gboolean
insert_choice (KomekDatabase *database, const char *service, guint position,
               KomekAttribute *attribute, guint choice, GError **error)
{
  g_autoptr (KomekStatement) statement = komek_database_prepare (
    database, "INSERT INTO choice VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)", error);

  if (!statement)
    return FALSE;
  komek_statement_bind_text (statement, 1, service);
  komek_statement_bind_number (statement, 2, position);
  komek_statement_bind_number (statement, 3, choice);
  komek_statement_bind_text (statement, 4, komek_attribute_get_value_key (attribute, choice));
  komek_columns_bind_label (statement, 5, komek_attribute_get_value_name (attribute, choice));
  return komek_database_run (database, statement, error);
}

static gboolean
insert_attribute (KomekDatabase *database, const char *service, guint position,
                  KomekAttribute *attribute, GError **error)
{
  g_autoptr (KomekStatement) statement = komek_database_prepare (
    database, "INSERT INTO attribute VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)", error);

  if (!statement)
    return FALSE;
  komek_statement_bind_text (statement, 1, service);
  komek_statement_bind_number (statement, 2, position);
  komek_statement_bind_text (statement, 3, komek_attribute_get_code (attribute));
  komek_statement_bind_number (statement, 4, komek_attribute_get_datatype (attribute));
  komek_statement_bind_number (statement, 5, komek_attribute_is_variable (attribute));
  komek_statement_bind_number (statement, 6, komek_attribute_is_required (attribute));
  komek_columns_bind_label (statement, 7, komek_attribute_get_description (attribute));
  if (!komek_database_run (database, statement, error))
    return FALSE;
  for (guint i = 0; i < komek_attribute_get_n_values (attribute); i++)
    if (!insert_choice (database, service, position, attribute, i, error))
      return FALSE;
  return TRUE;
}

static gboolean
is_same (KomekDatabase *database, const char *service, const char *digest, GError **error)
{
  g_autoptr (KomekStatement) row = prepare_for (database, DIGEST, service, error);

  return row && komek_database_step (database, row, error)
         && g_str_equal (komek_statement_get_text (row, 0), digest);
}

/**
 * komek_definition_table_put:
 * @attributes: (element-type KomekAttribute): all that is asked, in the city's order
 *
 * Writes a definition over the former one. Nobody is told: it is read when somebody is to answer
 * it, and a first fill brings dozens of them, one by one.
 */
gboolean
komek_definition_table_put (KomekDatabase *database, const char *service, GPtrArray *attributes,
                            GError **error)
{
  g_autofree char *now = digest (attributes);

  if (is_same (database, service, now, error))
    return TRUE;
  if (*error || !run (database, "DELETE FROM attribute WHERE service = ?1", service, NULL, error)
      || !run (database, "DELETE FROM choice WHERE service = ?1", service, NULL, error))
    return FALSE;
  for (guint i = 0; i < attributes->len; i++)
    if (!insert_attribute (database, service, i, attributes->pdata[i], error))
      return FALSE;
  return run (database, "INSERT OR REPLACE INTO definition VALUES (?1, ?2)", service, now, error);
}

gboolean
komek_definition_table_clear (KomekDatabase *database, GError **error)
{
  return komek_database_execute (
    database, "DELETE FROM definition; DELETE FROM attribute; DELETE FROM choice", error);
}

static gboolean
read_choices (KomekDatabase *database, const char *service, guint position,
              KomekAttribute *attribute, GError **error)
{
  g_autoptr (KomekStatement) row =
    prepare_for (database,
            "SELECT code, kk, ru, en FROM choice WHERE service = ?1 AND attribute = ?2"
            " ORDER BY position",
            service, error);

  if (!row)
    return FALSE;
  komek_statement_bind_number (row, 2, position);
  while (komek_database_step (database, row, error))
    {
      g_autoptr (KomekLabel) name = komek_columns_read_label (row, 1);

      komek_attribute_add_value (attribute, komek_statement_get_text (row, 0), name);
    }
  return !*error;
}

static KomekAttribute *
read_attribute (KomekStatement *row)
{
  g_autoptr (KomekLabel) description = komek_columns_read_label (row, 5);

  return komek_attribute_new (komek_statement_get_text (row, 1),
                              CLAMP (komek_statement_get_number (row, 2), 0,
                                     KOMEK_ATTRIBUTE_MULTI_VALUE_LIST),
                              komek_statement_get_number (row, 3),
                              komek_statement_get_number (row, 4), description);
}

static GPtrArray *
read_attributes (KomekDatabase *database, const char *service, GError **error)
{
  g_autoptr (GPtrArray) attributes =
    g_ptr_array_new_with_free_func ((GDestroyNotify) komek_attribute_unref);
  g_autoptr (KomekStatement) row =
    prepare_for (database,
            "SELECT position, code, type, variable, required, kk, ru, en FROM attribute"
            " WHERE service = ?1 ORDER BY position",
            service, error);

  if (!row)
    return NULL;
  while (komek_database_step (database, row, error))
    {
      KomekAttribute *attribute = read_attribute (row);

      g_ptr_array_add (attributes, attribute);
      if (!read_choices (database, service, komek_statement_get_number (row, 0), attribute, error))
        return NULL;
    }
  return *error ? NULL : g_steal_pointer (&attributes);
}

/**
 * komek_definition_table_read:
 *
 * Returns: (transfer full) (element-type KomekAttribute) (nullable): what is asked for a service;
 *   %NULL without an error where it was never put
 */
GPtrArray *
komek_definition_table_read (KomekDatabase *database, const char *service, GError **error)
{
  g_autoptr (KomekStatement) row = prepare_for (database, DIGEST, service, error);

  if (!row || !komek_database_step (database, row, error))
    return NULL;
  return read_attributes (database, service, error);
}
