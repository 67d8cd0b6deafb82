/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-upkeep.h"

#include "komek-fault.h"
#include "komek-search-index.h"

/* Requests to add at once while somebody may come with the next page any moment. */
#define SMALL 2000

/* Of an index, some hundredths of a second. */
#define MERGED_PAGES 1000

/**
 * KomekUpkeep:
 *
 * What the thread that writes does between its jobs: it adds words that a walk has left behind,
 * merges the text indexes and shortens the log.
 *
 *     a walk puts pages ─► large pieces ─┐
 *     nobody asks for anything ─► the rest, in small pieces ─► merge ─► empty the log ─► rest
 *
 * Large pieces are merged only at the end, once. Afterwards FTS5 merges as it
 * usually does: merged at every rest, the index would be written anew each time
 * that a few requests have come.
 */
struct _KomekUpkeep
{
  gboolean bulk;      /* large pieces were written, not merged yet; unknown to begin with */
  gboolean long_log;
};

KomekUpkeep *
komek_upkeep_new (void)
{
  KomekUpkeep *self = g_new0 (KomekUpkeep, 1);

  /* Whatever wrote the file before may have been stopped. */
  self->bulk = TRUE;
  return self;
}

void
komek_upkeep_free (KomekUpkeep *self)
{
  g_free (self);
}

static gboolean
add_large (KomekUpkeep *self, KomekDatabase *database, GError **error)
{
  self->bulk = TRUE;
  self->long_log = TRUE;
  return komek_search_index_set_bulk (database, TRUE, error)
         && komek_search_index_catch_up (database, KOMEK_SEARCH_INDEX_LARGE, error);
}

static gboolean
merge (KomekUpkeep *self, KomekDatabase *database, GError **error)
{
  if (!komek_search_index_merge (database, MERGED_PAGES, &self->bulk, error))
    return FALSE;
  komek_fault_point ("mirror.upkeep.merged");
  return self->bulk || komek_search_index_set_bulk (database, FALSE, error);
}

/* Without it the log stays as long as the longest walk made it. */
static gboolean
empty_log (KomekUpkeep *self, KomekDatabase *database, GError **error)
{
  self->long_log = FALSE;
  komek_fault_point ("mirror.upkeep.log");
  return komek_database_execute (database, "PRAGMA wal_checkpoint (TRUNCATE)", error);
}

/**
 * komek_upkeep_run:
 * @idle: whether nobody has asked for anything for a while; else some job was just done
 *
 * Does one thing that is due; for komek_store_thread_new().
 *
 * Returns: whether there may be more to do
 */
gboolean
komek_upkeep_run (gpointer upkeep, KomekDatabase *database, gboolean idle, GError **error)
{
  KomekUpkeep *self = upkeep;

  if (!idle)
    return !komek_search_index_is_behind (database, KOMEK_SEARCH_INDEX_LARGE - 1, error)
           || add_large (self, database, error);
  if (komek_search_index_is_behind (database, 0, error))
    return komek_search_index_catch_up (database, SMALL, error);
  if (*error)
    return FALSE;
  if (self->bulk)
    return merge (self, database, error);
  if (self->long_log)
    empty_log (self, database, error);
  return FALSE;
}

/**
 * komek_upkeep_finish_writing:
 * @written: how many requests were just written; %G_MAXUINT for the end of a walk
 *
 * Adds the words of what was just written, so that whoever hears of it finds it. While a walk is
 * on its way they wait behind those that it has left.
 */
gboolean
komek_upkeep_finish_writing (KomekDatabase *database, guint written, GError **error)
{
  if (written < G_MAXUINT && komek_search_index_is_behind (database, written + SMALL, error))
    return TRUE;
  while (!*error && komek_search_index_is_behind (database, 0, error))
    if (!komek_search_index_catch_up (database, KOMEK_SEARCH_INDEX_LARGE, error))
      return FALSE;
  return !*error;
}
