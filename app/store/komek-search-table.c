/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-search-table.h"

#include <string.h>

#include "komek-folding.h"

/* The index of words: which requests hold them. Beside its words a request has
 * a mark for its service, so that the service's name finds it in every language
 * though its text may be in another; names may change without touching the
 * index. A mark is a letter for private use, which folding lets nobody type,
 * and the row of the service's code. */

#define SERVICE_MARK "\xee\x80\x80" /* U+E000 */

/**
 * komek_search_table_dup_words:
 * @service: the row of the service's code
 *
 * Returns: (transfer full): the words that a request is found by, folded; its
 *   number in parts as it is written and in one piece as it may be typed
 */
char *
komek_search_table_dup_words (const char *number, const char *text, const char *address,
                              gint64 service)
{
  g_autofree char *spoken = g_strjoin (" ", number, text, address, NULL);
  g_autofree char *folded = komek_fold (spoken);
  g_autofree char *parts = komek_fold (number);
  g_auto (GStrv) pieces = g_strsplit (parts, " ", -1);
  g_autofree char *whole = g_strjoinv ("", pieces);

  return g_strdup_printf ("%s %s " SERVICE_MARK "%" G_GINT64_FORMAT, folded, whole, service);
}

static gboolean
run_with (KomekDatabase *database, const char *sql, gint64 key, const char *words, GError **error)
{
  g_autoptr (KomekStatement) statement = komek_database_prepare (database, sql, error);

  if (!statement)
    return FALSE;
  komek_statement_bind_number (statement, 1, key);
  komek_statement_bind_text (statement, 2, words);
  return komek_database_run (database, statement, error);
}

gboolean
komek_search_table_add (KomekDatabase *database, gint64 key, const char *words, GError **error)
{
  return run_with (database, "INSERT INTO search (rowid, words) VALUES (?1, ?2)", key, words,
                   error);
}

/**
 * komek_search_table_remove:
 * @words: exactly those that were added, for the index alone does not know them
 */
gboolean
komek_search_table_remove (KomekDatabase *database, gint64 key, const char *words, GError **error)
{
  return run_with (database, "INSERT INTO search (search, rowid, words) VALUES ('delete', ?1, ?2)",
                   key, words, error);
}

gboolean
komek_search_table_clear (KomekDatabase *database, GError **error)
{
  return komek_database_execute (database, "INSERT INTO search (search) VALUES ('delete-all')",
                                 error);
}

/* The services in whose name @word begins a word. */
static gboolean
add_services (KomekDatabase *database, GString *query, const char *word, GError **error)
{
  g_autoptr (KomekStatement) row =
    komek_database_prepare (database,
                            "SELECT c.id FROM service s JOIN service_code c ON c.code = s.code"
                            " WHERE instr (' ' || s.words, ' ' || ?1)",
                            error);

  if (!row)
    return FALSE;
  komek_statement_bind_text (row, 1, word);
  while (komek_database_step (database, row, error))
    g_string_append_printf (query, " OR \"" SERVICE_MARK "%" G_GINT64_FORMAT "\"",
                            komek_statement_get_number (row, 0));
  return !*error;
}

/* Folded words are letters and digits, so that nothing in the quotes needs care. */
static char *
make_query (KomekDatabase *database, const char *folded, GError **error)
{
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);
  g_autoptr (GString) query = g_string_new (NULL);

  for (guint i = 0; words[i]; i++)
    {
      g_string_append_printf (query, "%s(\"%s\"*", i > 0 ? " AND " : "", words[i]);
      if (!add_services (database, query, words[i], error))
        return NULL;
      g_string_append_c (query, ')');
    }
  return g_string_free (g_steal_pointer (&query), FALSE);
}

static GArray *
find_keys (KomekDatabase *database, const char *query, GError **error)
{
  g_autoptr (KomekStatement) row =
    komek_database_prepare (database,
                            "SELECT rowid FROM search WHERE search MATCH ?1 ORDER BY rowid", error);
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (guint32));

  if (!row)
    return NULL;
  komek_statement_bind_text (row, 1, query);
  while (komek_database_step (database, row, error))
    {
      guint32 key = komek_statement_get_number (row, 0);

      g_array_append_val (keys, key);
    }
  return *error ? NULL : g_steal_pointer (&keys);
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  guint32 x = *(const guint32 *) a, y = *(const guint32 *) b;

  return (x > y) - (x < y);
}

/* Walks the requests from the newest and takes those that are marked in @hits,
 * one bit a key. The more there are, the sooner it ends. */
static GArray *
take_newest (KomekDatabase *database, const guint8 *hits, guint32 last, GError **error)
{
  g_autoptr (KomekStatement) row =
    komek_database_prepare (database, "SELECT key FROM request ORDER BY requested DESC", error);
  g_autoptr (GArray) newest = g_array_sized_new (FALSE, FALSE, sizeof (guint32), KOMEK_SEARCH_MOST);

  if (!row)
    return NULL;
  while (newest->len < KOMEK_SEARCH_MOST && komek_database_step (database, row, error))
    {
      guint32 key = komek_statement_get_number (row, 0);

      if (key <= last && hits[key / 8] & 1 << key % 8)
        g_array_append_val (newest, key);
    }
  g_array_sort (newest, compare_keys);
  return *error ? NULL : g_steal_pointer (&newest);
}

static GArray *
keep_newest (KomekDatabase *database, GArray *keys, GError **error)
{
  guint32 last = g_array_index (keys, guint32, keys->len - 1);
  g_autofree guint8 *hits = g_malloc0 (last / 8 + 1);

  for (guint i = 0; i < keys->len; i++)
    {
      guint32 key = g_array_index (keys, guint32, i);

      hits[key / 8] |= 1 << key % 8;
    }
  return take_newest (database, hits, last, error);
}

/**
 * komek_search_table_match:
 * @text: what somebody searches for
 *
 * Returns: (transfer full) (element-type guint32) (nullable): the keys of the
 *   requests that hold all words of @text, ascending, %KOMEK_SEARCH_MOST at
 *   most; none for a text without words
 */
GArray *
komek_search_table_match (KomekDatabase *database, const char *text, GError **error)
{
  g_autofree char *folded = komek_fold (text);
  g_autofree char *query = NULL;
  g_autoptr (GArray) keys = NULL;

  if (*folded == '\0')
    return g_array_new (FALSE, FALSE, sizeof (guint32));
  query = make_query (database, folded, error);
  keys = query ? find_keys (database, query, error) : NULL;
  if (!keys || keys->len <= KOMEK_SEARCH_MOST)
    return g_steal_pointer (&keys);
  return keep_newest (database, keys, error);
}
