/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-city-table.h"

#include "komek-folding.h"
#include "komek-mark-table.h"
#include "komek-service.h"

/* The tables of the city's card, its services and how far it is followed:
 * functions on a database that a thread owns. A card or the services are
 * written whole or, where a digest says that they are the same, not at all. */

static void
digest_text (GChecksum *digest, const char *text)
{
  /* The byte at the end parts each text from the next, and from none. */
  g_checksum_update (digest, (const guchar *) (text ? text : "\1"), -1);
  g_checksum_update (digest, (const guchar *) "\0", 1);
}

static void
digest_number (GChecksum *digest, double number)
{
  g_checksum_update (digest, (const guchar *) &number, sizeof number);
}

static void
digest_label (GChecksum *digest, KomekLabel *label)
{
  for (guint i = 0; i < KOMEK_N_LANGUAGES; i++)
    digest_text (digest, komek_label_get_exact (label, i));
}

static void
digest_list (GChecksum *digest, KomekCity *city, KomekCityList list)
{
  g_autoptr (GList) codes = komek_city_list_codes (city, list);

  digest_number (digest, list);
  for (GList *l = codes; l; l = l->next)
    {
      digest_text (digest, l->data);
      digest_label (digest, komek_city_look_up (city, list, l->data));
    }
}

static void
digest_bounds (GChecksum *digest, const KomekBounds *bounds)
{
  if (!bounds)
    return;
  digest_number (digest, komek_bounds_get_south (bounds));
  digest_number (digest, komek_bounds_get_west (bounds));
  digest_number (digest, komek_bounds_get_north (bounds));
  digest_number (digest, komek_bounds_get_east (bounds));
}

static char *
digest_city (KomekCity *city)
{
  g_autoptr (GChecksum) digest = g_checksum_new (G_CHECKSUM_SHA256);
  const KomekCityFields *fields = komek_city_peek (city);

  digest_text (digest, fields->id);
  digest_label (digest, fields->name);
  digest_text (digest, fields->public_url);
  digest_text (digest, fields->changeset);
  digest_text (digest, fields->zone);
  digest_bounds (digest, fields->bounds);
  digest_number (digest, fields->sample);
  for (guint i = 0; i < KOMEK_N_CITY_LISTS; i++)
    digest_list (digest, city, i);
  return g_strdup (g_checksum_get_string (digest));
}

static char *
digest_services (GPtrArray *services)
{
  g_autoptr (GChecksum) digest = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint i = 0; i < services->len; i++)
    {
      KomekService *service = services->pdata[i];

      digest_text (digest, komek_service_get_code (service));
      digest_label (digest, komek_service_get_name (service));
      digest_text (digest, komek_service_get_group (service));
      digest_label (digest, komek_service_get_group_name (service));
      digest_text (digest, komek_service_get_keywords (service));
      digest_number (digest, komek_service_is_danger (service));
      digest_number (digest, komek_service_needs_place (service));
      digest_number (digest, komek_service_has_metadata (service));
      digest_number (digest, komek_service_get_days (service));
    }
  return g_strdup (g_checksum_get_string (digest));
}

static void
bind_label (KomekStatement *statement, int first, KomekLabel *label)
{
  for (guint i = 0; i < KOMEK_N_LANGUAGES; i++)
    komek_statement_bind_text (statement, first + i, komek_label_get_exact (label, i));
}

static KomekLabel *
read_label (KomekStatement *row, int first)
{
  return komek_label_new (komek_statement_get_text (row, first),
                          komek_statement_get_text (row, first + 1),
                          komek_statement_get_text (row, first + 2));
}

static gboolean
insert_card (KomekDatabase *database, const KomekCityFields *fields, GError **error)
{
  g_autoptr (KomekStatement) statement =
    komek_database_prepare (database,
                            "INSERT INTO city VALUES"
                            " (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
                            error);

  if (!statement)
    return FALSE;
  komek_statement_bind_text (statement, 1, fields->id);
  bind_label (statement, 2, fields->name);
  komek_statement_bind_text (statement, 5, fields->public_url);
  komek_statement_bind_text (statement, 6, fields->changeset);
  komek_statement_bind_text (statement, 7, fields->zone);
  if (fields->bounds)
    {
      sqlite3_bind_double (statement, 8, komek_bounds_get_south (fields->bounds));
      sqlite3_bind_double (statement, 9, komek_bounds_get_west (fields->bounds));
      sqlite3_bind_double (statement, 10, komek_bounds_get_north (fields->bounds));
      sqlite3_bind_double (statement, 11, komek_bounds_get_east (fields->bounds));
    }
  komek_statement_bind_number (statement, 12, fields->sample);
  return komek_database_run (database, statement, error);
}

static gboolean
insert_list (KomekDatabase *database, KomekCity *city, KomekCityList list, GError **error)
{
  g_autoptr (GList) codes = komek_city_list_codes (city, list);
  g_autoptr (KomekStatement) statement = komek_database_prepare (
    database, "INSERT INTO name VALUES (?1, ?2, ?3, ?4, ?5, ?6)", error);
  gint64 position = 0;

  if (!statement)
    return FALSE;
  for (GList *l = codes; l; l = l->next)
    {
      komek_statement_bind_number (statement, 1, list);
      komek_statement_bind_number (statement, 2, position++);
      komek_statement_bind_text (statement, 3, l->data);
      bind_label (statement, 4, komek_city_look_up (city, list, l->data));
      if (!komek_database_run (database, statement, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * komek_city_table_put:
 * @changed: (inout): set where the card is other than it was, else left alone
 */
gboolean
komek_city_table_put (KomekDatabase *database, KomekCity *city, gboolean *changed, GError **error)
{
  g_autofree char *digest = digest_city (city);

  if (komek_mark_table_has_text (database, "city", digest, error))
    return TRUE;
  if (*error || !komek_database_execute (database, "DELETE FROM city; DELETE FROM name", error)
      || !insert_card (database, komek_city_peek (city), error))
    return FALSE;
  for (guint i = 0; i < KOMEK_N_CITY_LISTS; i++)
    if (!insert_list (database, city, i, error))
      return FALSE;
  *changed = TRUE;
  return komek_mark_table_put_text (database, "city", digest, error);
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
  bind_label (statement, 3, komek_service_get_name (service));
  komek_statement_bind_text (statement, 6, komek_service_get_group (service));
  bind_label (statement, 7, komek_service_get_group_name (service));
  komek_statement_bind_text (statement, 10, komek_service_get_keywords (service));
  komek_statement_bind_number (statement, 11, komek_service_is_danger (service));
  komek_statement_bind_number (statement, 12, komek_service_needs_place (service));
  komek_statement_bind_number (statement, 13, komek_service_has_metadata (service));
  komek_statement_bind_number (statement, 14, komek_service_get_days (service));
  komek_statement_bind_text (statement, 15, words);
  return komek_database_run (database, statement, error);
}

/**
 * komek_city_table_put_services:
 * @services: (element-type KomekService): all of them, in the city's order
 * @changed: (inout): set where they are other than they were, else left alone
 */
gboolean
komek_city_table_put_services (KomekDatabase *database, GPtrArray *services, gboolean *changed,
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

gboolean
komek_city_table_put_progress (KomekDatabase *database, const KomekProgress *progress,
                               GError **error)
{
  return komek_mark_table_put_number (database, "page", progress->page, error)
         && komek_mark_table_put_number (database, "mark", progress->mark, error)
         && komek_mark_table_put_number (database, "as-of", progress->as_of, error);
}

/* Progress goes too: what follows begins with nothing. */
gboolean
komek_city_table_clear (KomekDatabase *database, gboolean *changed, GError **error)
{
  g_autoptr (KomekStatement) any =
    komek_database_prepare (database, "SELECT EXISTS (SELECT 1 FROM city)", error);

  if (!any || !komek_database_step (database, any, error))
    return FALSE;
  if (komek_statement_get_number (any, 0))
    *changed = TRUE;
  return komek_database_execute (database,
                                 "DELETE FROM city; DELETE FROM name; DELETE FROM service;"
                                 "DELETE FROM mark",
                                 error);
}

static KomekBounds *
read_bounds (KomekStatement *row, int first)
{
  if (sqlite3_column_type (row, first) == SQLITE_NULL)
    return NULL;
  return komek_bounds_new (sqlite3_column_double (row, first),
                           sqlite3_column_double (row, first + 1),
                           sqlite3_column_double (row, first + 2),
                           sqlite3_column_double (row, first + 3), NULL);
}

static KomekCity *
read_card (KomekStatement *row)
{
  g_autoptr (KomekLabel) name = read_label (row, 1);
  KomekBounds *bounds = read_bounds (row, 7);
  KomekCityFields fields = {
    .id = komek_statement_get_text (row, 0),
    .name = name,
    .public_url = komek_statement_get_text (row, 4),
    .changeset = komek_statement_get_text (row, 5),
    .zone = komek_statement_get_text (row, 6),
    .bounds = bounds,
    .sample = komek_statement_get_number (row, 11),
  };
  KomekCity *city = komek_city_new (&fields);

  g_clear_pointer (&bounds, komek_bounds_unref);
  return city;
}

static gboolean
read_lists (KomekDatabase *database, KomekCity *city, GError **error)
{
  g_autoptr (KomekStatement) row = komek_database_prepare (
    database, "SELECT list, code, kk, ru, en FROM name ORDER BY list, position", error);

  if (!row)
    return FALSE;
  while (komek_database_step (database, row, error))
    {
      g_autoptr (KomekLabel) name = read_label (row, 2);

      komek_city_add (city, komek_statement_get_number (row, 0), komek_statement_get_text (row, 1),
                      name);
    }
  return !*error;
}

/* Returns NULL without an error where nothing was ever heard of the city. */
KomekCity *
komek_city_table_read (KomekDatabase *database, GError **error)
{
  g_autoptr (KomekStatement) row =
    komek_database_prepare (database,
                            "SELECT id, kk, ru, en, public_url, changeset, zone, south, west,"
                            " north, east, sample FROM city",
                            error);
  g_autoptr (KomekCity) city = NULL;

  if (!row || !komek_database_step (database, row, error))
    return NULL;
  city = read_card (row);
  return read_lists (database, city, error) ? g_steal_pointer (&city) : NULL;
}

static KomekService *
read_service (KomekStatement *row)
{
  g_autoptr (KomekLabel) name = read_label (row, 1);
  g_autoptr (KomekLabel) group_name = read_label (row, 5);
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
 * komek_city_table_read_services:
 *
 * Returns: (transfer full) (element-type KomekService) (nullable): all, in the city's order
 */
GPtrArray *
komek_city_table_read_services (KomekDatabase *database, GError **error)
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

gboolean
komek_city_table_read_progress (KomekDatabase *database, KomekProgress *progress, GError **error)
{
  *progress = (KomekProgress) {
    .page = komek_mark_table_get_number (database, "page", error),
    .mark = komek_mark_table_get_number (database, "mark", error),
    .as_of = komek_mark_table_get_number (database, "as-of", error),
  };
  return !*error;
}
