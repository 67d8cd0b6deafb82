/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include "await.h"
#include "komek-mirror.h"

/* R15 for the mirror: killed in every step of making it, of putting away an
 * older or a broken one, of filling it and of keeping it in order. What it had
 * said is stored is there afterwards; it goes on from where it was, finds all by
 * their words, and tells by their stamp which points are others.
 *
 *     r15-mirror visit PATH        fills the mirror and says how much of it is stored
 *     r15-mirror check PATH SAID   looks after that, and fills it again
 *
 * are what it starts itself, and r3-mirror.py too. */

#define PAGES 6
#define PAGE 50
#define REQUESTS (PAGES * PAGE)
#define HANGS_SECONDS "30"

/* How long the mirror is left alone at the end where it is to be killed while it puts itself in
 * order. */
#define IDLE_MS 500
#define WHILE_IDLE "mirror.upkeep"

static const char *const points[] = {
  "mirror.open",
  "mirror.make.before_commit",
  "mirror.make.after_commit",
  "mirror.discard",
  "mirror.set_aside",
  "mirror.write.before_commit",
  "mirror.write.after_commit",
  "mirror.index.before_commit",
  "mirror.index.after_commit",
  "mirror.upkeep.merged",
};

/* What lies there before: nothing, a mirror of an older version, one that a disk has spoilt, one
 * that is as it should be. */
typedef enum
{
  STATE_NONE,
  STATE_OLD,
  STATE_BROKEN,
  STATE_WHOLE,
  N_STATES,
} State;

static const char *const state_names[] = { "none", "old", "broken", "whole" };

typedef struct
{
  char  *folder;
  char  *path;
  char  *whole; /* the bytes of a mirror that is as it should be */
  gsize  n_whole;
  guint killed, acknowledged, lost, doubled, orphaned, useless;
} Trial;

/* Beside the mirror, by a name that none of its own files begins with. */
static char *
name_said (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  return g_build_filename (folder, "said", NULL);
}

static KomekRequest *
make_request (guint i)
{
  g_autofree char *number = g_strdup_printf ("121126-%03u-%03u", i / 100, i);
  g_autofree char *text = g_strdup_printf ("Шұңқыр нөмір%u", i);
  g_autoptr (KomekPlace) place = komek_place_new (51.1 + i / 1e4, 71.4, "Абай даңғылы, 5", "esil");

  return komek_request_new (&(KomekRequestFields) {
    .number = number, .service = "ROA.pothole", .text = text, .place = place,
    .requested = 1780000000 - 60 * i, .updated = 1780000000 - 60 * i });
}

/* As a walk does: the last page has no next one. */
static gboolean
put_page (KomekMirror *mirror, guint page)
{
  g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func (g_object_unref);
  KomekProgress progress = { .generation = 1, .page = page + 1 < PAGES ? page + 2 : 0 };
  g_autoptr (GAsyncResult) result = NULL;

  for (guint i = page * PAGE; i < (page + 1) * PAGE; i++)
    g_ptr_array_add (requests, make_request (i));
  komek_mirror_put_requests_async (mirror, requests, &progress, NULL, on_awaited, &result);
  return komek_mirror_write_finish (mirror, await (&result), NULL);
}

/* What is said to be stored is said to a file that a kill leaves as it is. */
static gboolean
fill (KomekMirror *mirror, const char *path)
{
  g_autofree char *said = name_said (path);

  for (guint page = 0; page < PAGES; page++)
    {
      g_autofree char *count = g_strdup_printf ("%u", (page + 1) * PAGE);

      if (!put_page (mirror, page) || !g_file_set_contents (said, count, -1, NULL))
        return FALSE;
    }
  return TRUE;
}

static int
visit (const char *path)
{
  KomekMirror *mirror = komek_mirror_new (path);
  gboolean done = fill (mirror, path);
  const char *fault = g_getenv ("KOMEK_FAULT");

  if (fault && g_str_has_prefix (fault, WHILE_IDLE))
    let_pass (IDLE_MS);
  g_object_unref (mirror);
  return done ? 0 : 1;
}

static KomekPoints *
read_points (KomekMirror *mirror, KomekPoints *known)
{
  g_autoptr (GAsyncResult) result = NULL;

  if (!known)
    {
      komek_feed_points_async (KOMEK_FEED (mirror), NULL, on_awaited, &result);
      return komek_feed_points_finish (KOMEK_FEED (mirror), await (&result), NULL);
    }
  komek_feed_points_since_async (KOMEK_FEED (mirror), known, NULL, on_awaited, &result);
  return komek_feed_points_since_finish (KOMEK_FEED (mirror), await (&result), NULL);
}

static guint
count_points (KomekPoints *all)
{
  guint n = 0;

  if (all)
    komek_points_peek (all, &n);
  return n;
}

static gboolean
is_there (KomekMirror *mirror, guint i)
{
  g_autoptr (KomekRequest) wanted = make_request (i);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (KomekRequest) found = NULL;

  komek_feed_find_async (KOMEK_FEED (mirror), komek_request_get_number (wanted), NULL, on_awaited,
                         &result);
  found = komek_feed_find_finish (KOMEK_FEED (mirror), await (&result), NULL);
  return found && g_str_equal (komek_request_peek (found)->text, komek_request_peek (wanted)->text);
}

static guint
count_lost (KomekMirror *mirror, guint said)
{
  guint lost = 0;

  for (guint i = 0; i < said; i++)
    lost += !is_there (mirror, i);
  return lost;
}

static guint
count_found (KomekMirror *mirror, const char *words)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GArray) keys = NULL;

  komek_feed_match_async (KOMEK_FEED (mirror), words, NULL, on_awaited, &result);
  keys = komek_feed_match_finish (KOMEK_FEED (mirror), await (&result), NULL);
  return keys ? keys->len : 0;
}

/* Every request by a word of its own, and all by one that they share. */
static guint
count_orphaned (KomekMirror *mirror)
{
  guint orphaned = count_found (mirror, "шункыр") != REQUESTS;

  for (guint i = 0; i < REQUESTS; i += 7)
    {
      g_autofree char *word = g_strdup_printf ("\"нөмір%u\"", i);

      orphaned += count_found (mirror, word) != 1;
    }
  return orphaned;
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  const KomekPoint *x = a, *y = b;

  return (x->key > y->key) - (x->key < y->key);
}

static KomekPoint *
sort_points (KomekPoints *all)
{
  KomekPoint *sorted = g_memdup2 (komek_points_peek (all, &(guint) { 0 }),
                                  count_points (all) * sizeof *sorted);

  qsort (sorted, count_points (all), sizeof *sorted, compare_keys);
  return sorted;
}

static gboolean
are_same (KomekPoints *one, KomekPoints *other)
{
  guint n = one ? count_points (one) : 0;
  g_autofree KomekPoint *first = n > 0 ? sort_points (one) : NULL;
  g_autofree KomekPoint *second =
    n > 0 && count_points (other) == n ? sort_points (other) : NULL;

  return first && second && memcmp (first, second, n * sizeof *first) == 0;
}

/* After the kill: prints how many were lost, doubled and orphaned. */
static int
check (const char *path, guint said)
{
  KomekMirror *mirror = komek_mirror_new (path);
  g_autoptr (KomekPoints) before = read_points (mirror, NULL);
  guint lost = count_lost (mirror, said);
  gboolean filled = fill (mirror, path);
  g_autoptr (KomekPoints) since = before ? read_points (mirror, before) : NULL;
  g_autoptr (KomekPoints) all = read_points (mirror, NULL);
  guint n = count_points (all);

  lost += count_lost (mirror, REQUESTS);
  g_print ("%u %u %u\n", lost, n > REQUESTS ? n - REQUESTS : 0, count_orphaned (mirror));
  g_object_unref (mirror);
  return before && filled && n == REQUESTS && are_same (since, all) ? 0 : 1;
}

/* Starts this program again; returns how it ended. */
static int
start (char **words, char **environment, char **told)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  const char *command[8] = { "/usr/bin/timeout", "--foreground", HANGS_SECONDS, program };
  GSpawnFlags quiet = G_SPAWN_STDERR_TO_DEV_NULL;
  int status = 0;

  for (guint i = 0; words[i]; i++)
    command[4 + i] = words[i];
  if (!g_spawn_sync (NULL, (char **) command, environment, quiet, NULL, NULL, told, NULL, &status,
                     NULL))
    g_error ("The program cannot be started again");
  return status;
}

static int
start_visit (Trial *trial, const char *variable, const char *value)
{
  char *words[] = { (char *) "visit", trial->path, NULL };
  g_auto (GStrv) environment = g_get_environ ();
  g_autofree char *told = NULL;

  if (variable)
    environment = g_environ_setenv (environment, variable, value, TRUE);
  return start (words, environment, &told);
}

/* timeout passes on that its child was killed, as 128 and the signal. */
static gboolean
was_killed (int status)
{
  return (WIFSIGNALED (status) && WTERMSIG (status) == SIGKILL)
         || (WIFEXITED (status) && WEXITSTATUS (status) == 128 + SIGKILL);
}

static void
empty_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *entry;

  while (folder && (entry = g_dir_read_name (folder)))
    {
      g_autofree char *file = g_build_filename (path, entry, NULL);

      g_unlink (file);
    }
}

/* The version is at byte 60 of the file, big-endian; nothing but the place of it is changed. */
static void
prepare (Trial *trial, State state)
{
  g_autofree char *contents = g_memdup2 (trial->whole, trial->n_whole);

  empty_folder (trial->folder);
  if (state == STATE_NONE)
    return;
  if (state == STATE_OLD)
    memcpy (contents + 60, "\0\0\0\1", 4);
  else if (state == STATE_BROKEN)
    memcpy (contents, "garbage", 7);
  if (!g_file_set_contents (trial->path, contents, trial->n_whole, NULL))
    g_error ("The mirror cannot be written");
}

static void
make_whole (Trial *trial)
{
  if (start_visit (trial, NULL, NULL) != 0
      || !g_file_get_contents (trial->path, &trial->whole, &trial->n_whole, NULL)
      || trial->n_whole < 100)
    g_error ("The mirror cannot be made");
}

static guint
read_said (Trial *trial)
{
  g_autofree char *said = name_said (trial->path);
  g_autofree char *count = NULL;

  return g_file_get_contents (said, &count, NULL, NULL) ? atoi (count) : 0;
}

static void
check_after (Trial *trial, State state, const char *point)
{
  guint said = read_said (trial);
  g_autofree char *count = g_strdup_printf ("%u", said);
  char *words[] = { (char *) "check", trial->path, count, NULL };
  g_autofree char *told = NULL;
  int status = start (words, NULL, &told);
  guint lost = 0, doubled = 0, orphaned = 0;

  if (status != 0 || !told || sscanf (told, "%u %u %u", &lost, &doubled, &orphaned) != 3)
    trial->useless++;
  if (status != 0 || lost + doubled + orphaned > 0)
    g_printerr ("  WRONG: %s, killed at %s: ended with %d, %s", state_names[state], point, status,
                told && *told ? told : "silent\n");
  trial->acknowledged += said;
  trial->lost += lost;
  trial->doubled += doubled;
  trial->orphaned += orphaned;
}

/* Kills at the point for the @nth time that it comes by; whether it came so often. */
static gboolean
kill_at (Trial *trial, State state, const char *point, guint nth)
{
  g_autofree char *fault = g_strdup_printf ("%s:%u", point, nth);

  prepare (trial, state);
  if (!was_killed (start_visit (trial, "KOMEK_FAULT", fault)))
    return FALSE;
  trial->killed++;
  check_after (trial, state, fault);
  return TRUE;
}

/* In the short form the first times and then ever fewer. */
static guint
next (guint nth, gboolean longer)
{
  return longer || nth < 2 ? nth + 1 : nth * 3;
}

static guint
run_state (Trial *trial, State state, gboolean longer)
{
  guint passed = 0;

  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    for (guint nth = 1; kill_at (trial, state, points[i], nth); nth = next (nth, longer))
      passed |= 1u << i;
  return passed;
}

/* Every point must be passed in some state: one that is not is a test that says nothing. */
static int
run (gboolean longer)
{
  Trial trial = { .folder = g_dir_make_tmp ("komek-r15-XXXXXX", NULL) };
  guint passed = 0, wanted = (1u << G_N_ELEMENTS (points)) - 1;

  trial.path = g_build_filename (trial.folder, "mirror.db", NULL);
  make_whole (&trial);
  for (State state = 0; state < N_STATES; state++)
    passed |= run_state (&trial, state, longer);
  g_print ("r15-mirror: %u kills: %u acknowledged, %u lost, %u doubled, %u orphaned, %u useless\n",
           trial.killed, trial.acknowledged, trial.lost, trial.doubled, trial.orphaned,
           trial.useless);
  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    if (!(passed & 1u << i))
      g_printerr ("  WRONG: nothing ever passed %s\n", points[i]);
  empty_folder (trial.folder);
  g_rmdir (trial.folder);
  g_free (trial.folder);
  g_free (trial.path);
  g_free (trial.whole);
  return passed == wanted
             && trial.lost + trial.doubled + trial.orphaned + trial.useless == 0
           ? 0
           : 1;
}

int
main (int argc, char **argv)
{
  if (argc == 3 && g_str_equal (argv[1], "visit"))
    return visit (argv[2]);
  if (argc == 4 && g_str_equal (argv[1], "check"))
    return check (argv[2], atoi (argv[3]));
  return run (g_strcmp0 (g_getenv ("KOMEK_FAULTS_LONG"), "1") == 0);
}
