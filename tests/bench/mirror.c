/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>
#include <string.h>
#include <time.h>

#include "await.h"
#include "crowd.h"
#include "komek-mark-table.h"
#include "komek-mirror.h"
#include "komek-search-index.h"
#include "komek-store-file.h"
#include "questions.h"

/* Measures the mirror by itself: bench-mirror PATH N makes a mirror of N made-up
 * requests where there is none, searches in it, and makes its text indexes anew.
 * Each line it prints is a figure: its name, a tab and the value, and for a
 * search the text behind another tab. Times of searches are those that whoever
 * asks waits, in milliseconds; of the rest in seconds. */

#define PAGE 1000
#define SEARCHES 200
#define MATCHED 5 /* every fifth */

typedef struct
{
  KomekMirror *mirror;
  KomekFeed   *feed;
  Crowd       *crowd;
  guint        n;
} Bench;

static void
print (const char *name, double value)
{
  g_print ("%s\t%.3f\n", name, value);
}

/* The processor's own time, which a busy machine does not stretch: while somebody searches, the
 * thread that does is the only one at work. In microseconds. */
static gint64
get_own_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static void
print_search (const char *name, const char *text, gint64 start, gint64 own_start)
{
  g_print ("%s-own\t%.3f\t%s\n", name, (get_own_time () - own_start) / 1e3, text);
  g_print ("%s\t%.3f\t%s\n", name, (g_get_monotonic_time () - start) / 1e3, text);
}

/* What the process has in memory that is its own, in megabytes. */
static double
read_memory (const char *field)
{
  g_autofree char *status = NULL;
  const char *line;

  g_file_get_contents ("/proc/self/status", &status, NULL, NULL);
  line = strstr (status, field);
  return g_ascii_strtoull (line + strlen (field), NULL, 10) / 1024.0;
}

static GPtrArray *
make_page (Crowd *crowd)
{
  GPtrArray *page = g_ptr_array_new_with_free_func (g_object_unref);
  KomekRequest *request;

  while (page->len < PAGE && (request = crowd_next (crowd)))
    g_ptr_array_add (page, request);
  return page;
}

static void
finish_put (Bench *bench, GAsyncResult **result)
{
  g_autoptr (GError) error = NULL;

  if (!komek_mirror_write_finish (bench->mirror, await (result), &error))
    g_error ("The mirror cannot be filled: %s", error->message);
  g_clear_object (result);
}

/* As a walk does: while a page is written the next one is made, and no more than that. The time
 * that making them takes is not the mirror's, so pages are made before. */
static void
fill (Bench *bench)
{
  KomekProgress progress = { .generation = 1, .page = 1 };
  g_autoptr (GAsyncResult) result = NULL;
  double before, busy = 0;
  gint64 start;

  before = read_memory ("VmRSS:");
  for (guint done = 0; done < bench->n;)
    {
      g_autoptr (GPtrArray) page = make_page (bench->crowd);

      done += page->len;
      progress.page = done < bench->n ? progress.page + 1 : 0;
      start = g_get_monotonic_time ();
      komek_mirror_put_requests_async (bench->mirror, page, &progress, NULL, on_awaited, &result);
      finish_put (bench, &result);
      busy += (g_get_monotonic_time () - start) / 1e6;
    }
  print ("fill", busy);
  print ("fill-memory", read_memory ("VmHWM:") - before);
}

/* Until the mirror has put its file in order: the thread that does it has no other sign. */
static void
settle (const char *path)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (log);

  for (goffset size = 1; size > 0;)
    {
      g_autoptr (GFileInfo) info = NULL;

      let_pass (100);
      info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, 0, NULL, NULL);
      size = info ? g_file_info_get_size (info) : 0;
    }
}

static void
measure_points (Bench *bench)
{
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (KomekPoints) points = NULL;
      gint64 start = g_get_monotonic_time ();
      guint n;

      komek_feed_points_async (bench->feed, NULL, on_awaited, &result);
      points = komek_feed_points_finish (bench->feed, await (&result), NULL);
      komek_points_peek (points, &n);
      print ("points", (g_get_monotonic_time () - start) / 1e6);
      if (n != bench->n)
        g_error ("There are %u requests instead of %u", n, bench->n);
    }
}

/* A hundred requests that came or changed, as an increment brings them. */
static void
put_some (Bench *bench, guint round)
{
  g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (KomekPlace) place = komek_place_new (51.1, 71.4, "Абай даңғылы, 5", "esil");
  g_autoptr (GAsyncResult) result = NULL;

  for (guint i = 0; i < 100; i++)
    {
      g_autofree char *number = g_strdup_printf ("B-%u", 50 * round + i);

      g_ptr_array_add (requests, komek_request_new (&(KomekRequestFields) {
        .number = number, .service = "ABC.1", .text = "Яма", .place = place,
        .requested = 1764547200 + round, .updated = 1764547200 + round, .status = round % 3 }));
    }
  komek_mirror_put_requests_async (bench->mirror, requests, NULL, NULL, on_awaited, &result);
  finish_put (bench, &result);
}

static void
measure_since (Bench *bench)
{
  g_autoptr (GAsyncResult) read = NULL;
  g_autoptr (KomekPoints) known = NULL;

  komek_feed_points_async (bench->feed, NULL, on_awaited, &read);
  known = komek_feed_points_finish (bench->feed, await (&read), NULL);
  for (guint round = 0; round < 20; round++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (KomekPoints) before = g_steal_pointer (&known);
      gint64 start;

      put_some (bench, round);
      start = g_get_monotonic_time ();
      komek_feed_points_since_async (bench->feed, before, NULL, on_awaited, &result);
      known = komek_feed_points_since_finish (bench->feed, await (&result), NULL);
      print ("points-since", (g_get_monotonic_time () - start) / 1e3);
    }
}

static void
search (Bench *bench, const char *name, const char *text, KomekSearchOrder order, guint limit)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (KomekHits) hits = NULL;
  gint64 start = g_get_monotonic_time (), own_start = get_own_time ();

  komek_feed_search_async (bench->feed, text, order, limit, NULL, on_awaited, &result);
  hits = komek_feed_search_finish (bench->feed, await (&result), &error);
  if (!hits)
    g_error ("The search for %s failed: %s", text, error->message);
  print_search (name, text, start, own_start);
}

static void
match (Bench *bench, const char *name, const char *text)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GArray) keys = NULL;
  gint64 start = g_get_monotonic_time (), own_start = get_own_time ();

  komek_feed_match_async (bench->feed, text, NULL, on_awaited, &result);
  keys = komek_feed_match_finish (bench->feed, await (&result), NULL);
  print_search (name, text, start, own_start);
}

static void
ask (Bench *bench, guint kind, const char *text, gboolean all)
{
  const char *name = question_get_kind (kind);
  g_autofree char *newest = g_strdup_printf ("newest-%s", name);
  g_autofree char *best = g_strdup_printf ("best-%s", name);
  g_autofree char *count = g_strdup_printf ("count-%s", name);
  g_autofree char *match_all = g_strdup_printf ("match-%s", name);

  search (bench, newest, text, KOMEK_SEARCH_NEWEST, 50);
  search (bench, best, text, KOMEK_SEARCH_BEST, 50);
  search (bench, count, text, KOMEK_SEARCH_NEWEST, 0);
  if (all)
    match (bench, match_all, text);
}

/* Each question is of another request. */
static void
measure_searches (Bench *bench)
{
  g_autoptr (Crowd) crowd = crowd_new (bench->n);

  search (bench, "first", "a", KOMEK_SEARCH_NEWEST, 50);
  for (guint kind = 0; kind < QUESTION_KINDS; kind++)
    for (guint i = 0; i < SEARCHES; i++)
      {
        g_autoptr (KomekRequest) request = crowd_next (crowd);
        g_autofree char *text = question_make (kind, crowd, request, i);

        ask (bench, kind, text, i % MATCHED == 0);
      }
}

static void
expect (gboolean done, GError *error)
{
  if (!done || error)
    g_error ("The indexes cannot be made: %s", error ? error->message : "");
}

/* As the mirror does it behind a walk, but with no walk. */
static void
measure_index (const char *path)
{
  g_autoptr (GError) error = NULL;
  KomekStoreFile *file = komek_store_file_new (path);
  g_autoptr (KomekDatabase) database = komek_store_file_open (file, &error);
  gboolean more = TRUE;
  gint64 start;

  expect (database && komek_search_index_clear (database, &error)
            && komek_mark_table_put_number (database, "indexed", 0, &error),
          error);
  start = g_get_monotonic_time ();
  expect (komek_search_index_set_bulk (database, TRUE, &error), error);
  while (komek_search_index_is_behind (database, 0, &error))
    expect (komek_search_index_catch_up (database, KOMEK_SEARCH_INDEX_LARGE, &error), error);
  print ("index", (g_get_monotonic_time () - start) / 1e6);
  while (more)
    expect (komek_search_index_merge (database, 1000, &more, &error), error);
  expect (komek_search_index_set_bulk (database, FALSE, &error), error);
  print ("index-merged", (g_get_monotonic_time () - start) / 1e6);
  komek_store_file_unref (file);
}

int
main (int argc, char **argv)
{
  Bench bench = { 0 };
  gboolean there;

  /* Searches are printed as they are written. */
  setlocale (LC_CTYPE, "");
  if (argc != 3)
    g_error ("bench-mirror PATH N");
  there = g_file_test (argv[1], G_FILE_TEST_EXISTS);
  bench.n = g_ascii_strtoull (argv[2], NULL, 10);
  bench.crowd = crowd_new (bench.n);
  bench.mirror = komek_mirror_new (argv[1]);
  bench.feed = KOMEK_FEED (bench.mirror);
  if (!there)
    {
      gint64 start;

      fill (&bench);
      start = g_get_monotonic_time ();
      settle (argv[1]);
      print ("settle", (g_get_monotonic_time () - start) / 1e6);
    }
  measure_points (&bench);
  measure_since (&bench);
  measure_searches (&bench);
  print ("memory", read_memory ("VmHWM:"));
  g_object_unref (bench.mirror);
  measure_index (argv[1]);
  crowd_free (bench.crowd);
  return 0;
}
