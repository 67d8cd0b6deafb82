/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-city-table.h"

#include "komek-columns.h"
#include "komek-digest.h"
#include "komek-mark-table.h"

/* The tables of the city's card and how far it is followed: functions on a
 * database that a thread owns. A card is written whole or, where a digest says
 * that it is the same, not at all. */

static const char *const progress_marks[] = {
  "mark", "as-of", "walk", "page", "window-start", "window-end", "floor", "gaps",
};

static void
digest_list (KomekDigest *digest, KomekCity *city, KomekCityList list)
{
  g_autoptr (GList) codes = komek_city_list_codes (city, list);

  komek_digest_add_number (digest, list);
  for (GList *l = codes; l; l = l->next)
    {
      komek_digest_add_text (digest, l->data);
      komek_digest_add_label (digest, komek_city_look_up (city, list, l->data));
    }
}

static void
digest_bounds (KomekDigest *digest, const KomekBounds *bounds)
{
  if (!bounds)
    return;
  komek_digest_add_number (digest, komek_bounds_get_south (bounds));
  komek_digest_add_number (digest, komek_bounds_get_west (bounds));
  komek_digest_add_number (digest, komek_bounds_get_north (bounds));
  komek_digest_add_number (digest, komek_bounds_get_east (bounds));
}

static char *
digest_city (KomekCity *city)
{
  KomekDigest *digest = komek_digest_new ();
  const KomekCityFields *fields = komek_city_peek (city);

  komek_digest_add_text (digest, fields->id);
  komek_digest_add_label (digest, fields->name);
  komek_digest_add_text (digest, fields->public_url);
  komek_digest_add_text (digest, fields->changeset);
  komek_digest_add_text (digest, fields->zone);
  digest_bounds (digest, fields->bounds);
  komek_digest_add_number (digest, fields->sample);
  komek_digest_add_number (digest, fields->abilities);
  komek_digest_add_text (digest, fields->seal_key);
  komek_digest_add_number (digest, fields->api_key_needed);
  for (guint i = 0; i < KOMEK_N_CITY_LISTS; i++)
    digest_list (digest, city, i);
  return komek_digest_end (digest);
}

static gboolean
insert_card (KomekDatabase *database, const KomekCityFields *fields, GError **error)
{
  g_autoptr (KomekStatement) statement =
    komek_database_prepare (database,
                            "INSERT INTO city VALUES"
                            " (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12,"
                            " ?13, ?14, ?15)",
                            error);

  if (!statement)
    return FALSE;
  komek_statement_bind_text (statement, 1, fields->id);
  komek_columns_bind_label (statement, 2, fields->name);
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
  komek_statement_bind_number (statement, 13, fields->abilities);
  komek_statement_bind_text (statement, 14, fields->seal_key ? fields->seal_key : "");
  komek_statement_bind_number (statement, 15, fields->api_key_needed);
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
      komek_columns_bind_label (statement, 4, komek_city_look_up (city, list, l->data));
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

static gint64 *
find_progress (KomekProgress *progress, guint mark)
{
  gint64 *const places[G_N_ELEMENTS (progress_marks)] = {
    &progress->mark, &progress->as_of,        &progress->generation, &progress->page,
    &progress->window_start, &progress->window_end, &progress->floor,
    &progress->gaps,
  };

  return places[mark];
}

gboolean
komek_city_table_put_progress (KomekDatabase *database, const KomekProgress *progress,
                               GError **error)
{
  KomekProgress copy = *progress;

  for (guint i = 0; i < G_N_ELEMENTS (progress_marks); i++)
    if (!komek_mark_table_put_number (database, progress_marks[i], *find_progress (&copy, i),
                                      error))
      return FALSE;
  return komek_mark_table_put_text (database, "after", copy.after, error);
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
                                 "DELETE FROM mark"
                                 " WHERE name NOT IN ('edition', 'version')",
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
  g_autoptr (KomekLabel) name = komek_columns_read_label (row, 1);
  const char *seal_key = komek_statement_get_text (row, 13);
  KomekBounds *bounds = read_bounds (row, 7);
  KomekCityFields fields = {
    .id = komek_statement_get_text (row, 0),
    .name = name,
    .public_url = komek_statement_get_text (row, 4),
    .changeset = komek_statement_get_text (row, 5),
    .zone = komek_statement_get_text (row, 6),
    .bounds = bounds,
    .sample = komek_statement_get_number (row, 11),
    .abilities = komek_statement_get_number (row, 12),
    .seal_key = *seal_key ? seal_key : NULL,
    .api_key_needed = komek_statement_get_number (row, 14),
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
      g_autoptr (KomekLabel) name = komek_columns_read_label (row, 2);
      gint64 list = komek_statement_get_number (row, 0);

      komek_city_add (city, CLAMP (list, 0, KOMEK_N_CITY_LISTS - 1),
                      komek_statement_get_text (row, 1), name);
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
                            " north, east, sample, abilities, seal_key, api_key_needed"
                            " FROM city",
                            error);
  g_autoptr (KomekCity) city = NULL;

  if (!row || !komek_database_step (database, row, error))
    return NULL;
  city = read_card (row);
  return read_lists (database, city, error) ? g_steal_pointer (&city) : NULL;
}

gboolean
komek_city_table_read_progress (KomekDatabase *database, KomekProgress *progress, GError **error)
{
  g_autofree char *after = komek_mark_table_dup_text (database, "after", error);

  *progress = (KomekProgress) { 0 };
  for (guint i = 0; i < G_N_ELEMENTS (progress_marks); i++)
    *find_progress (progress, i) = komek_mark_table_get_number (database, progress_marks[i], error);
  g_strlcpy (progress->after, after, sizeof progress->after);
  return !*error;
}
