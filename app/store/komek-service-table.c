/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-service-table.h"

#include "komek-columns.h"
#include "komek-digest.h"
#include "komek-folding.h"
#include "komek-mark-table.h"
#include "komek-service.h"

/* The table of the city's services: functions on a database that a thread owns.
 * They are written whole or, where a digest says that they are the same, not at all. */

static char *
digest_services (GPtrArray *services)
{
  KomekDigest *digest = komek_digest_new ();

  for (guint i = 0; i < services->len; i++)
    {
      KomekService *service = services->pdata[i];

      komek_digest_add_text (digest, komek_service_get_code (service));
      komek_digest_add_label (digest, komek_service_get_name (service));
      komek_digest_add_text (digest, komek_service_get_group (service));
      komek_digest_add_label (digest, komek_service_get_group_name (service));
      komek_digest_add_text (digest, komek_service_get_keywords (service));
      komek_digest_add_number (digest, komek_service_is_danger (service));
      komek_digest_add_number (digest, komek_service_needs_place (service));
      komek_digest_add_number (digest, komek_service_has_metadata (service));
      komek_digest_add_number (digest, komek_service_get_days (service));
    }
  return komek_digest_end (digest);
}

/* The category is left out: it has a filter of its own, and every second request would be found. */
static char *
dup_words (KomekService *service)
{
  KomekLabel *name = komek_service_get_name (service);
  g_autoptr (GString) words = g_string_new (komek_service_get_keywords (service));

  for (guint i = 0; i < KOMEK_N_LANGUAGES; i++)
    {
      const char *text = komek_label_get_exact (name, i);

      g_string_append_printf (words, " %s", text ? text : "");
    }
  return komek_fold (words->str);
}

static gboolean
insert_service (KomekDatabase *database, KomekService *service, guint position, GError **error)
{
  g_autofree char *words = dup_words (service);
  g_autoptr (KomekStatement) statement =
    komek_database_prepare (database,
                            "INSERT INTO service VALUES"
                            " (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
                            error);

  if (!statement)
    return FALSE;
  komek_statement_bind_number (statement, 1, position);
  komek_statement_bind_text (statement, 2, komek_service_get_code (service));
  komek_columns_bind_label (statement, 3, komek_service_get_name (service));
  komek_statement_bind_text (statement, 6, komek_service_get_group (service));
  komek_columns_bind_label (statement, 7, komek_service_get_group_name (service));
  komek_statement_bind_text (statement, 10, komek_service_get_keywords (service));
  komek_statement_bind_number (statement, 11, komek_service_is_danger (service));
  komek_statement_bind_number (statement, 12, komek_service_needs_place (service));
  komek_statement_bind_number (statement, 13, komek_service_has_metadata (service));
  komek_statement_bind_number (statement, 14, komek_service_get_days (service));
  komek_statement_bind_text (statement, 15, words);
  return komek_database_run (database, statement, error);
}

/**
 * komek_service_table_put:
 * @services: (element-type KomekService): all of them, in the city's order
 * @changed: (inout): set where they are other than they were, else left alone
 */
gboolean
komek_service_table_put (KomekDatabase *database, GPtrArray *services, gboolean *changed,
                               GError **error)
{
  g_autofree char *digest = digest_services (services);

  if (komek_mark_table_has_text (database, "services", digest, error))
    return TRUE;
  if (*error || !komek_database_execute (database, "DELETE FROM service", error))
    return FALSE;
  for (guint i = 0; i < services->len; i++)
    if (!insert_service (database, services->pdata[i], i, error))
      return FALSE;
  *changed = TRUE;
  return komek_mark_table_put_text (database, "services", digest, error);
}

static KomekService *
read_service (KomekStatement *row)
{
  g_autoptr (KomekLabel) name = komek_columns_read_label (row, 1);
  g_autoptr (KomekLabel) group_name = komek_columns_read_label (row, 5);
  KomekServiceFields fields = {
    .code = komek_statement_get_text (row, 0),
    .name = name,
    .group = komek_statement_get_text (row, 4),
    .group_name = group_name,
    .keywords = komek_statement_get_text (row, 8),
    .danger = komek_statement_get_number (row, 9),
    .needs_place = komek_statement_get_number (row, 10),
    .metadata = komek_statement_get_number (row, 11),
    .days = komek_statement_get_number (row, 12),
  };

  return komek_service_new (&fields);
}

/**
 * komek_service_table_read:
 *
 * Returns: (transfer full) (element-type KomekService) (nullable): all, in the city's order
 */
GPtrArray *
komek_service_table_read (KomekDatabase *database, GError **error)
{
  g_autoptr (GPtrArray) services = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (KomekStatement) row =
    komek_database_prepare (database,
                            "SELECT code, kk, ru, en, category, category_kk, category_ru,"
                            " category_en, keywords, danger, needs_place, metadata, days"
                            " FROM service ORDER BY position",
                            error);

  if (!row)
    return NULL;
  while (komek_database_step (database, row, error))
    g_ptr_array_add (services, read_service (row));
  return *error ? NULL : g_steal_pointer (&services);
}
