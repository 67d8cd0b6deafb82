/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "await.h"
#include "folder.h"
#include "komek-mirror.h"

/* R6 for the mirror: a disk that changes what was written. Each round takes a
 * copy of a whole mirror, changes some bytes, cuts it off or empties a page, in
 * the file, its log or both, and has a process of its own use it in every way.
 * It may not crash nor take longer than five seconds to start; afterwards the
 * mirror works, be it the same file or a new one. */

#define REQUESTS 400
#define SHORT_ROUNDS 150
#define LONG_ROUNDS 10000
#define START_SECONDS 5
#define HANGS_SECONDS "30"

/* What a visit ends with where the mirror fails; the last is what timeout says of it. */
#define SLOW 3
#define USELESS 4
#define TIMED_OUT 124

typedef struct
{
  char  *folder;
  char  *path;
  GRand *rand;
  gsize  rounds, whole, aside, crashed, slow, useless;
} Trial;

static KomekRequest *
make_request (guint i, const char *text)
{
  g_autofree char *number = g_strdup_printf ("121126-%03u-%03u", i / 100, i);
  g_autoptr (KomekPlace) place = komek_place_new (51.1 + i / 1e4, 71.4, "Абай даңғылы, 5", "esil");

  return komek_request_new (&(KomekRequestFields) {
    .number = number, .service = "ROA.pothole", .status = i % KOMEK_N_STATUSES, .text = text,
    .place = place, .requested = 1780000000 + 60 * i, .updated = 1780000000 + 60 * i });
}

static gboolean
put (KomekMirror *mirror, guint first, guint n, const char *text)
{
  g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GAsyncResult) result = NULL;

  for (guint i = first; i < first + n; i++)
    g_ptr_array_add (requests, make_request (i, text));
  komek_mirror_put_requests_async (mirror, requests, NULL, NULL, on_awaited, &result);
  return komek_mirror_write_finish (mirror, await (&result), NULL);
}

static gboolean
put_city (KomekMirror *mirror)
{
  g_autoptr (KomekLabel) name = komek_label_new ("Шұңқыр", "Яма", "Pothole");
  g_autoptr (KomekCity) city = komek_city_new (&(KomekCityFields) { .id = "c", .name = name });
  g_autoptr (GPtrArray) services = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) updates = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GAsyncResult) city_put = NULL;
  g_autoptr (GAsyncResult) history_put = NULL;
  gboolean done;

  g_ptr_array_add (services, komek_service_new (&(KomekServiceFields) {
    .code = "ROA.pothole", .name = name, .group_name = name }));
  g_ptr_array_add (updates, komek_update_new ("1", "121126-000-001", KOMEK_STATUS_NEW, 1780000000,
                                              "Тіркелді", "roads", FALSE));
  komek_mirror_put_city_async (mirror, city, services, NULL, on_awaited, &city_put);
  komek_mirror_put_history_async (mirror, "121126-000-001", updates, NULL, on_awaited,
                                  &history_put);
  done = komek_mirror_write_finish (mirror, await (&city_put), NULL);
  return komek_mirror_write_finish (mirror, await (&history_put), NULL) && done;
}

static gboolean
search (KomekMirror *mirror, const char *text, KomekSearchOrder order, guint *count)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (KomekHits) hits = NULL;

  komek_feed_search_async (KOMEK_FEED (mirror), text, order, 50, NULL, on_awaited, &result);
  hits = komek_feed_search_finish (KOMEK_FEED (mirror), await (&result), NULL);
  *count = hits ? komek_hits_get_count (hits) : 0;
  return hits != NULL;
}

/* The requests of the map, all of them, as lists load them. */
static gboolean
read_requests (KomekMirror *mirror)
{
  g_autoptr (GAsyncResult) points_read = NULL;
  g_autoptr (GAsyncResult) loaded = NULL;
  g_autoptr (KomekPoints) points = NULL;
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GPtrArray) requests = NULL;
  guint n = 0;

  komek_feed_points_async (KOMEK_FEED (mirror), NULL, on_awaited, &points_read);
  points = komek_feed_points_finish (KOMEK_FEED (mirror), await (&points_read), NULL);
  for (guint i = 0; points && i < (komek_points_peek (points, &n), n); i++)
    g_array_append_val (keys, komek_points_peek (points, &n)[i].key);
  komek_feed_load_async (KOMEK_FEED (mirror), keys, NULL, on_awaited, &loaded);
  requests = komek_feed_load_finish (KOMEK_FEED (mirror), await (&loaded), NULL);
  return points && requests;
}

static gboolean
read_rest (KomekMirror *mirror)
{
  g_autoptr (GAsyncResult) city_read = NULL;
  g_autoptr (GAsyncResult) services_read = NULL;
  g_autoptr (GAsyncResult) history_read = NULL;
  g_autoptr (GAsyncResult) found = NULL;
  g_autoptr (KomekCity) city = NULL;
  g_autoptr (GPtrArray) services = NULL;
  g_autoptr (GPtrArray) history = NULL;
  g_autoptr (KomekRequest) request = NULL;
  KomekFeed *feed = KOMEK_FEED (mirror);
  GError *error = NULL;
  gboolean whole;

  komek_feed_city_async (feed, NULL, on_awaited, &city_read);
  komek_feed_services_async (feed, NULL, on_awaited, &services_read);
  komek_feed_history_async (feed, "121126-000-001", NULL, on_awaited, &history_read);
  komek_feed_find_async (feed, "121126-001-123", NULL, on_awaited, &found);
  city = komek_feed_city_finish (feed, await (&city_read), &error);
  whole = !error;
  g_clear_error (&error);
  services = komek_feed_services_finish (feed, await (&services_read), NULL);
  history = komek_feed_history_finish (feed, await (&history_read), NULL);
  request = komek_feed_find_finish (feed, await (&found), &error);
  whole = whole && !error;
  g_clear_error (&error);
  return whole && services && history;
}

/* Everything that a program does with a mirror, once. */
static gboolean
use (KomekMirror *mirror)
{
  gboolean whole = read_requests (mirror);
  guint count;

  whole = read_rest (mirror) && whole;
  whole = search (mirror, "шункыр", KOMEK_SEARCH_NEWEST, &count) && whole;
  whole = search (mirror, "нкы абай", KOMEK_SEARCH_BEST, &count) && whole;
  whole = search (mirror, "26-001", KOMEK_SEARCH_NEWEST, &count) && whole;
  whole = put (mirror, 0, 50, "Құдық") && whole;
  whole = put (mirror, REQUESTS + 1, 50, "Құдық") && whole;
  return put_city (mirror) && whole;
}

/* In a process of its own. Whatever a damaged file does, a second use finds a mirror that works;
 * damage that the first one met in its last step shows in the second. */
static int
visit (const char *path)
{
  KomekMirror *mirror = komek_mirror_new (path);
  g_autoptr (GAsyncResult) opened = NULL;
  gint64 start = g_get_monotonic_time ();
  gboolean works = FALSE;
  guint count = 0;

  komek_mirror_open_async (mirror, NULL, on_awaited, &opened);
  komek_mirror_open_finish (mirror, await (&opened), NULL);
  if (g_get_monotonic_time () - start > START_SECONDS * G_USEC_PER_SEC)
    return SLOW;
  for (guint i = 0; i < 5 && !works; i++)
    works = use (mirror) && put (mirror, REQUESTS + 200, 1, "аққұба")
            && search (mirror, "аккуба", KOMEK_SEARCH_NEWEST, &count) && count == 1;
  g_clear_object (&opened);
  g_object_unref (mirror);
  return works ? 0 : USELESS;
}

static char *
name (Trial *trial, const char *which)
{
  return g_strconcat (trial->path, which, NULL);
}

static void
copy (const char *from, const char *to)
{
  g_autofree char *bytes = NULL;
  gsize size;

  if (!g_file_get_contents (from, &bytes, &size, NULL)
      || !g_file_set_contents_full (to, bytes, size, G_FILE_SET_CONTENTS_NONE, 0600, NULL))
    g_error ("%s cannot be copied", from);
}

/* A whole mirror with a log, as a program leaves it that loses its power. */
static void
make_original (Trial *trial)
{
  g_autofree char *path = name (trial, ".live");
  g_autofree char *log = name (trial, ".live-wal");
  g_autofree char *original = name (trial, ".original");
  g_autofree char *original_log = name (trial, ".original-wal");
  KomekMirror *mirror = komek_mirror_new (path);

  put_city (mirror);
  put (mirror, 0, REQUESTS, "Аулада шұңқыр бар");
  g_object_unref (mirror);
  mirror = komek_mirror_new (path);
  put (mirror, REQUESTS / 2, 20, "Аулада құдық бар");
  copy (path, original);
  copy (log, original_log);
  g_object_unref (mirror);
}

static void
damage (Trial *trial, const char *which)
{
  g_autofree char *path = name (trial, which);
  g_autofree char *bytes = NULL;
  gsize size;

  g_file_get_contents (path, &bytes, &size, NULL);
  switch (g_rand_int_range (trial->rand, 0, 4))
    {
    case 0:
      size = g_rand_int_range (trial->rand, 0, size);
      break;
    case 1:
      memset (bytes + g_rand_int_range (trial->rand, 0, size / 4096) * 4096, 0, 4096);
      break;
    default:
      for (int i = g_rand_int_range (trial->rand, 1, 17); i > 0; i--)
        bytes[g_rand_int_range (trial->rand, 0, size)] ^= 1 << g_rand_int_range (trial->rand, 0, 8);
    }
  g_file_set_contents_full (path, bytes, size, G_FILE_SET_CONTENTS_NONE, 0600, NULL);
}

static void
prepare (Trial *trial)
{
  static const char *const left[] = { "-shm", ".bad-1", ".bad-1-wal", ".bad-1-shm", ".bad-2",
                                      ".bad-2-wal", ".bad-2-shm", ".bad-3", ".bad-3-wal" };
  g_autofree char *original = name (trial, ".original");
  g_autofree char *original_log = name (trial, ".original-wal");
  g_autofree char *log = name (trial, "-wal");
  guint where = g_rand_int_range (trial->rand, 0, 4);

  for (guint i = 0; i < G_N_ELEMENTS (left); i++)
    {
      g_autofree char *path = name (trial, left[i]);

      g_unlink (path);
    }
  copy (original, trial->path);
  copy (original_log, log);
  if (where != 0)
    damage (trial, "");
  if (where == 0 || where == 3)
    damage (trial, "-wal");
}

static int
run_visit (Trial *trial)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  const char *const command[] = { "/usr/bin/timeout", HANGS_SECONDS, program, "visit",
                                  trial->path, NULL };
  GSpawnFlags quiet = G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL;
  int status = 0;

  if (!g_spawn_sync (NULL, (char **) command, NULL, quiet, NULL, NULL, NULL, NULL, &status, NULL))
    g_error ("The visit cannot be started");
  return WIFEXITED (status) ? WEXITSTATUS (status) : 128;
}

/* A round that failed can be run again by its seed, alone. */
static void
run_round (Trial *trial, guint seed)
{
  g_autofree char *bad = name (trial, ".bad-1");
  int code;

  g_rand_set_seed (trial->rand, seed);
  prepare (trial);
  code = run_visit (trial);
  trial->rounds++;
  if (code == 0 && g_file_test (bad, G_FILE_TEST_EXISTS))
    trial->aside++;
  else if (code == 0)
    trial->whole++;
  else if (code == SLOW || code == TIMED_OUT)
    trial->slow++;
  else if (code == USELESS)
    trial->useless++;
  else
    trial->crashed++;
  if (code != 0)
    g_printerr ("r6-mirror: the round of seed %u ended with %d\n", seed, code);
}

static int
run (guint first_seed, guint rounds)
{
  Trial trial = { .rand = g_rand_new (), .folder = g_dir_make_tmp ("komek-r6-XXXXXX", NULL) };
  gboolean passed;

  trial.path = g_build_filename (trial.folder, "mirror.db", NULL);
  make_original (&trial);
  for (guint i = 0; i < rounds; i++)
    run_round (&trial, first_seed + i);
  g_print ("r6-mirror: %zu rounds: %zu went on with the file, %zu set it aside; "
           "%zu crashed, %zu slow, %zu useless\n",
           trial.rounds, trial.whole, trial.aside, trial.crashed, trial.slow, trial.useless);
  passed = trial.crashed + trial.slow + trial.useless == 0 && trial.aside > 0 && trial.whole > 0;
  folder_remove (trial.folder);
  g_free (trial.folder);
  g_free (trial.path);
  g_rand_free (trial.rand);
  return passed ? 0 : 1;
}

/* Without arguments the usual rounds; with a seed that one alone. */
int
main (int argc, char **argv)
{
  gboolean longer = g_strcmp0 (g_getenv ("KOMEK_FAULTS_LONG"), "1") == 0;

  if (argc == 3 && g_str_equal (argv[1], "visit"))
    return visit (argv[2]);
  if (argc == 2)
    return run (g_ascii_strtoull (argv[1], NULL, 10), 1);
  return run (1, longer ? LONG_ROUNDS : SHORT_ROUNDS);
}
