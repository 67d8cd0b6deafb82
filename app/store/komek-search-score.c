/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-search-score.h"

#include <math.h>

#include "komek-error.h"

/* How well a request answers a search: the function komek_score (search, QUERY)
 * of SQL, to be used with the MATCH of the same query.
 *
 * It is Okapi BM25 (Robertson and Zaragoza 2009, The Probabilistic Relevance
 * Framework, 3.2): the sum over the groups g of a query of
 *
 *     idf(g) · tf · (k + 1) / (tf + k · (1 - b + b · length / mean length))
 *     idf(g) = ln (1 + (N - n(g) + 0.5) / (n(g) + 0.5))
 *
 * FTS5 has one of its own, which takes each phrase for a word of its own and
 * counts each of them in the whole index before it begins. Here a word that was
 * typed is one however many words of the vocabulary it stands for, and their
 * numbers are known. */

#define K 1.2
#define B 0.75
#define QUERY_POINTER "komek-search-query"

static double
weigh (const KomekSearchGroup *group, sqlite3_int64 all)
{
  double n = MIN (group->requests, all);

  return log (1 + (all - n + 0.5) / (n + 0.5));
}

/* How often each group stands in the row; phrases are numbered as they stand in the query. */
static int
count_groups (const Fts5ExtensionApi *api, Fts5Context *context, GArray *groups, guint *counts)
{
  int n_instances = 0, code = api->xInstCount (context, &n_instances);

  for (int i = 0; code == SQLITE_OK && i < n_instances; i++)
    {
      int phrase, column, offset;
      guint g = 0, end;

      code = api->xInst (context, i, &phrase, &column, &offset);
      if (code != SQLITE_OK)
        break;
      end = g_array_index (groups, KomekSearchGroup, 0).n_phrases;
      while (phrase >= (int) end && g + 1 < groups->len)
        end += g_array_index (groups, KomekSearchGroup, ++g).n_phrases;
      counts[g]++;
    }
  return code;
}

static double
add_up (GArray *groups, const guint *counts, sqlite3_int64 all, double length)
{
  double score = 0;

  for (guint g = 0; g < groups->len; g++)
    score += weigh (&g_array_index (groups, KomekSearchGroup, g), all) * counts[g] * (K + 1)
             / (counts[g] + K * (1 - B + B * length));
  return score;
}

static void
score (const Fts5ExtensionApi *api, Fts5Context *context, sqlite3_context *result, int n_values,
       sqlite3_value **values)
{
  const KomekSearchQuery *query =
    n_values == 1 ? sqlite3_value_pointer (values[0], QUERY_POINTER) : NULL;
  g_autofree guint *counts = query ? g_new0 (guint, query->groups->len) : NULL;
  sqlite3_int64 all = 0, words = 0;
  int length = 0;

  if (!counts || api->xRowCount (context, &all) != SQLITE_OK
      || api->xColumnTotalSize (context, 0, &words) != SQLITE_OK
      || api->xColumnSize (context, 0, &length) != SQLITE_OK
      || count_groups (api, context, query->groups, counts) != SQLITE_OK)
    {
      sqlite3_result_error_code (result, SQLITE_CORRUPT);
      return;
    }
  sqlite3_result_double (result, add_up (query->groups, counts, all,
                                         words > 0 ? (double) length * all / words : 1));
}

static fts5_api *
find_api (sqlite3 *handle)
{
  sqlite3_stmt *statement = NULL;
  fts5_api *api = NULL;

  if (sqlite3_prepare_v2 (handle, "SELECT fts5 (?1)", -1, &statement, NULL) == SQLITE_OK)
    {
      sqlite3_bind_pointer (statement, 1, &api, "fts5_api_ptr", NULL);
      sqlite3_step (statement);
    }
  sqlite3_finalize (statement);
  return api;
}

/**
 * komek_search_score_register:
 *
 * Makes the function known to a connection.
 */
gboolean
komek_search_score_register (KomekDatabase *database, GError **error)
{
  fts5_api *api = find_api (komek_database_get_handle (database));

  if (api && api->xCreateFunction (api, "komek_score", NULL, score, NULL) == SQLITE_OK)
    return TRUE;
  g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNSAVED, "This SQLite has no FTS5");
  return FALSE;
}

/* The query must live until the statement is done. */
void
komek_search_score_bind (KomekStatement *statement, int position, const KomekSearchQuery *query)
{
  sqlite3_bind_pointer (statement, position, (gpointer) query, QUERY_POINTER, NULL);
}
