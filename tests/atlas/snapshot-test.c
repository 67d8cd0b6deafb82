/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <math.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "komek-atlas.h"
#include "komek-clusters.h"
#include "komek-error.h"
#include "komek-snapshot-layout.h"
#include "komek-status.h"

#define NOW 1700000000
#define STAMP "astana 17"

static const char *const services[] = { "road", "жарық", "", NULL };
static const char *const districts[] = { "esil", "nura", NULL };

typedef struct
{
  char *folder, *path;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("komek-snapshot-XXXXXX", &error);
  g_assert_no_error (error);
  self->path = g_build_filename (self->folder, "map.snapshot", NULL);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_remove (self->path);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_free (self->path);
  g_free (self->folder);
}

static KomekMorton *
make_order (guint n)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (n);
  GArray *array = g_array_new (FALSE, FALSE, sizeof (KomekPoint));
  g_autoptr (KomekPoints) points = NULL;

  for (guint32 key = n; key > 0; key--)
    {
      KomekPoint point = {
        .key = key,
        .latitude = key % 10 == 0 ? KOMEK_POINT_NOWHERE : 510000000 + g_rand_int_range (rand, 0, 99) * 9999,
        .longitude = key % 10 == 0 ? KOMEK_POINT_NOWHERE : 712000000 + g_rand_int_range (rand, 0, 99) * 9999,
        .requested = NOW + key,
        .service = key % 3,
        .status = key % KOMEK_N_STATUSES,
        .district = key % 2,
      };

      g_array_append_val (array, point);
    }
  points = komek_points_new (array, services, districts);
  komek_points_set_stamp (points, STAMP);
  return komek_morton_new (points);
}

static void
assert_same (KomekMorton *a, KomekMorton *b)
{
  g_autoptr (KomekFilter) filter =
    komek_filter_new (&(KomekFilterFields) { .now = NOW, .from = NOW + 20 });
  g_autoptr (KomekAtlas) of_a = komek_atlas_new_from_order (a, filter);
  g_autoptr (KomekAtlas) of_b = komek_atlas_new_from_order (b, filter);
  g_autoptr (KomekClusters) clusters_a =
    komek_clusters_new (of_a, &(KomekMercatorBox) { 0, 0, 1, 1 }, 512 * exp2 (12), 60);
  g_autoptr (KomekClusters) clusters_b =
    komek_clusters_new (of_b, &(KomekMercatorBox) { 0, 0, 1, 1 }, 512 * exp2 (12), 60);
  KomekPoints *points_a = komek_morton_get_points (a), *points_b = komek_morton_get_points (b);
  const KomekPoint *pa, *pb;
  const KomekCluster *ca, *cb;
  guint n_a, n_b;

  pa = komek_points_peek (points_a, &n_a);
  pb = komek_points_peek (points_b, &n_b);
  g_assert_cmpmem (pa, n_a * sizeof *pa, pb, n_b * sizeof *pb);
  g_assert_cmpstrv ((char **) komek_points_get_services (points_a), (char **) komek_points_get_services (points_b));
  g_assert_cmpstrv ((char **) komek_points_get_districts (points_a), (char **) komek_points_get_districts (points_b));
  g_assert_cmpstr (komek_points_get_stamp (points_a), ==, komek_points_get_stamp (points_b));
  g_assert_cmpuint (komek_morton_get_n_placed (a), ==, komek_morton_get_n_placed (b));
  ca = komek_clusters_peek (clusters_a, &n_a);
  cb = komek_clusters_peek (clusters_b, &n_b);
  g_assert_cmpuint (n_a, ==, n_b);
  for (guint i = 0; i < n_a; i++)
    {
      g_assert_cmpfloat (ca[i].x, ==, cb[i].x);
      g_assert_cmpmem (ca[i].groups, sizeof ca[i].groups, cb[i].groups, sizeof cb[i].groups);
    }
}

static void
test_comes_back_as_it_was (Fixture *self, gconstpointer data)
{
  static const guint sizes[] = { 0, 1, 9, 10, 33, 5000 };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (KomekMorton) order = make_order (sizes[i]);
      g_autoptr (KomekMorton) again = NULL;

      g_assert_true (komek_snapshot_write (self->path, order, &error));
      g_assert_no_error (error);
      again = komek_snapshot_read (self->path, &error);
      g_assert_no_error (error);
      assert_same (order, again);
    }
}

static void
on_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static GAsyncResult *
await (GAsyncResult **result)
{
  while (!*result)
    g_main_context_iteration (NULL, TRUE);
  return *result;
}

static void
test_comes_back_through_threads (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KomekMorton) order = make_order (100);
  g_autoptr (KomekMorton) again = NULL;
  g_autoptr (GAsyncResult) written = NULL;
  g_autoptr (GAsyncResult) read = NULL;

  komek_snapshot_write_async (self->path, order, NULL, on_ready, &written);
  g_assert_true (komek_snapshot_write_finish (await (&written), &error));
  komek_snapshot_read_async (self->path, NULL, on_ready, &read);
  again = komek_snapshot_read_finish (await (&read), &error);
  g_assert_no_error (error);
  assert_same (order, again);
}

static void
test_the_last_one_may_be_replaced_while_it_is_used (Fixture *self, gconstpointer data)
{
  g_autoptr (KomekMorton) first = make_order (5000);
  g_autoptr (KomekMorton) second = make_order (3);
  g_autoptr (KomekMorton) mapped = NULL;
  g_autoptr (KomekMorton) later = NULL;

  g_assert_true (komek_snapshot_write (self->path, first, NULL));
  mapped = komek_snapshot_read (self->path, NULL);
  g_assert_true (komek_snapshot_write (self->path, second, NULL));
  later = komek_snapshot_read (self->path, NULL);
  assert_same (mapped, first);
  assert_same (later, second);
}

/* As a program does that starts out of a snapshot and then hears of something new. */
static void
test_what_is_new_is_merged_with_it (Fixture *self, gconstpointer data)
{
  g_autoptr (KomekMorton) old = make_order (4000);
  g_autoptr (KomekMorton) now = make_order (4100);
  g_autoptr (KomekMorton) mapped = NULL;
  g_autoptr (KomekMorton) merged = NULL;

  g_assert_true (komek_snapshot_write (self->path, old, NULL));
  mapped = komek_snapshot_read (self->path, NULL);
  merged = komek_morton_new_update (mapped, komek_morton_get_points (now));
  assert_same (merged, now);
}

static void
test_one_that_is_not_there_is_refused (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (komek_snapshot_read (self->path, &error));
  g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_INCOMPLETE);
}

static void
test_one_that_cannot_be_written_is_said (Fixture *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->folder, "no-such", "map", NULL);
  g_autoptr (KomekMorton) order = make_order (20);
  g_autoptr (GError) error = NULL;

  g_assert_false (komek_snapshot_write (path, order, &error));
  g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_UNSAVED);
}

/* As a full disk does it: the last one stays, and nothing half beside it (the folder is empty but
 * for it when the test ends). */
static void
test_half_a_writing_leaves_the_last_one (Fixture *self, gconstpointer data)
{
  g_autoptr (KomekMorton) small = make_order (20);
  g_autoptr (KomekMorton) large = make_order (5000);
  g_autoptr (KomekMorton) again = NULL;
  g_autoptr (GError) error = NULL;
  struct rlimit usual, little;
  gboolean written;

  g_assert_true (komek_snapshot_write (self->path, small, NULL));
  getrlimit (RLIMIT_FSIZE, &usual);
  little = (struct rlimit) { 20000, usual.rlim_max };
  signal (SIGXFSZ, SIG_IGN);
  setrlimit (RLIMIT_FSIZE, &little);
  written = komek_snapshot_write (self->path, large, &error);
  setrlimit (RLIMIT_FSIZE, &usual);
  g_assert_false (written);
  g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_UNSAVED);
  again = komek_snapshot_read (self->path, NULL);
  assert_same (again, small);
}

/* It says where people have asked for help, and when. */
static void
test_nobody_else_may_read_it (Fixture *self, gconstpointer data)
{
  g_autoptr (KomekMorton) order = make_order (20);
  GStatBuf status;

  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (komek_snapshot_write (self->path, order, NULL));
      g_assert_cmpint (g_stat (self->path, &status), ==, 0);
      g_assert_cmphex (status.st_mode & 0077, ==, 0);
      g_assert_cmpint (g_chmod (self->path, 0644), ==, 0);
    }
}

static GBytes *
load (Fixture *self, guint n)
{
  g_autoptr (KomekMorton) order = make_order (n);
  char *text;
  gsize length;

  g_assert_true (komek_snapshot_write (self->path, order, NULL));
  g_assert_true (g_file_get_contents (self->path, &text, &length, NULL));
  return g_bytes_new_take (text, length);
}

static void
assert_unreadable (gconstpointer data, gsize length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  g_autoptr (GError) error = NULL;

  g_assert_null (komek_snapshot_parse (bytes, &error));
  g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE);
}

static void
test_every_damage_is_seen (Fixture *self, gconstpointer data)
{
  g_autoptr (GBytes) bytes = load (self, 25);
  gsize length;
  g_autofree guint8 *copy = g_bytes_unref_to_data (g_steal_pointer (&bytes), &length);
  g_autofree guint8 *longer = g_malloc0 (length + 8);

  for (gsize i = 0; i < length; i++)
    {
      assert_unreadable (copy, i);
      for (guint bit = 0; bit < 8; bit++)
        {
          copy[i] ^= 1 << bit;
          assert_unreadable (copy, length);
          copy[i] ^= 1 << bit;
        }
    }
  memcpy (longer, copy, length);
  assert_unreadable (longer, length + 8);
}

/* Somebody who can write a file can write its sums too. */
typedef void (*Forge) (KomekSnapshotHeader *header, guint64 *codes, KomekPoint *points,
                       guint32 *indexes, char *words);

static void
forge_index (KomekSnapshotHeader *header, guint64 *codes, KomekPoint *points, guint32 *indexes,
             char *words)
{
  indexes[7] = header->n_points;
}

static void
forge_code (KomekSnapshotHeader *header, guint64 *codes, KomekPoint *points, guint32 *indexes,
            char *words)
{
  codes[5] = codes[6] + 1;
}

static void
forge_twin (KomekSnapshotHeader *header, guint64 *codes, KomekPoint *points, guint32 *indexes,
            char *words)
{
  codes[5] = codes[6];
  indexes[5] = indexes[6];
}

static void
forge_status (KomekSnapshotHeader *header, guint64 *codes, KomekPoint *points, guint32 *indexes,
              char *words)
{
  points[3].status = KOMEK_N_STATUSES;
}

static void
forge_service (KomekSnapshotHeader *header, guint64 *codes, KomekPoint *points, guint32 *indexes,
               char *words)
{
  points[24].service = 3;
}

static void
forge_district (KomekSnapshotHeader *header, guint64 *codes, KomekPoint *points, guint32 *indexes,
                char *words)
{
  points[0].district = 2;
}

static void
forge_words (KomekSnapshotHeader *header, guint64 *codes, KomekPoint *points, guint32 *indexes,
             char *words)
{
  words[header->words_length - 1] = 'a';
}

static void
forge_letters (KomekSnapshotHeader *header, guint64 *codes, KomekPoint *points, guint32 *indexes,
               char *words)
{
  words[0] = '\xff';
}

static void
forge_number_of_services (KomekSnapshotHeader *header, guint64 *codes, KomekPoint *points,
                          guint32 *indexes, char *words)
{
  header->n_services = G_MAXUINT32;
}

/* A name is left over. */
static void
forge_fewer_districts (KomekSnapshotHeader *header, guint64 *codes, KomekPoint *points,
                       guint32 *indexes, char *words)
{
  header->n_districts--;
  for (guint i = 0; i < header->n_points; i++)
    points[i].district = 0;
}

static void
forge_version (KomekSnapshotHeader *header, guint64 *codes, KomekPoint *points, guint32 *indexes,
               char *words)
{
  header->version--;
}

static void
forge_order (KomekSnapshotHeader *header, guint64 *codes, KomekPoint *points, guint32 *indexes,
             char *words)
{
  header->order = GUINT32_SWAP_LE_BE (header->order);
}

static void
forge_stamp (KomekSnapshotHeader *header, guint64 *codes, KomekPoint *points, guint32 *indexes,
             char *words)
{
  memset (header->stamp, 'a', sizeof header->stamp);
}

/* What is wrong about a place shows at a wrong place, and that is all. */
static void
forge_places (KomekSnapshotHeader *header, guint64 *codes, KomekPoint *points, guint32 *indexes,
              char *words)
{
  points[0].latitude = points[0].longitude = KOMEK_POINT_NOWHERE;
  points[1].latitude = points[2].longitude = G_MAXINT32;
}

static void
forge_nothing (KomekSnapshotHeader *header, guint64 *codes, KomekPoint *points, guint32 *indexes,
               char *words)
{
}

static const struct
{
  const char *name;
  Forge       forge;
  gboolean    good;
} forgeries[] = {
  { "nothing", forge_nothing, TRUE },
  { "places", forge_places, TRUE },
  { "a-version", forge_version },
  { "an-order-of-bytes", forge_order },
  { "a-stamp", forge_stamp },
  { "an-index", forge_index },
  { "a-code", forge_code },
  { "a-twin", forge_twin },
  { "a-status", forge_status },
  { "a-service", forge_service },
  { "a-district", forge_district },
  { "an-end-of-a-word", forge_words },
  { "a-letter", forge_letters },
  { "fewer-districts", forge_fewer_districts },
  { "a-number-of-services", forge_number_of_services },
};

/* As a map does that shows all of it, and whose clusters are tapped. */
static void
look_at_all (KomekMorton *order)
{
  g_autoptr (KomekFilter) filter = komek_filter_new (&(KomekFilterFields) { .now = 1 });
  g_autoptr (KomekAtlas) atlas = komek_atlas_new_from_order (order, filter);
  g_autoptr (KomekClusters) clusters =
    komek_clusters_new (atlas, &(KomekMercatorBox) { 0, 0, 1, 1 }, 256, 64);
  guint n;

  komek_clusters_peek (clusters, &n);
  g_assert_cmpuint (n, >, 0);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (KomekBounds) bounds = komek_clusters_dup_bounds (clusters, i);

      g_assert_nonnull (bounds);
    }
}

static void
test_forged (Fixture *self, gconstpointer data)
{
  gsize row = GPOINTER_TO_SIZE (data);
  g_autoptr (GBytes) bytes = load (self, 25);
  g_autoptr (GBytes) sealed = NULL;
  g_autoptr (KomekMorton) order = NULL;
  gsize length;
  guint8 *copy = g_bytes_unref_to_data (g_steal_pointer (&bytes), &length);
  KomekSnapshotHeader *header = (KomekSnapshotHeader *) (gpointer) copy;
  guint8 *parts[KOMEK_SNAPSHOT_N_PARTS], *part = copy + sizeof *header;
  guint64 lengths[KOMEK_SNAPSHOT_N_PARTS];

  komek_snapshot_measure (header, lengths);
  for (guint i = 0; i < KOMEK_SNAPSHOT_N_PARTS; part += lengths[i++])
    parts[i] = part;
  forgeries[row].forge (header, (gpointer) parts[0], (gpointer) parts[1], (gpointer) parts[2],
                        (gpointer) parts[3]);
  komek_snapshot_seal (header, (gconstpointer *) parts);
  sealed = g_bytes_new_take (copy, length);
  order = komek_snapshot_parse (sealed, NULL);
  g_assert_cmpint (order != NULL, ==, forgeries[row].good);
  if (order)
    look_at_all (order);
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/snapshot/comes-back-as-it-was", test_comes_back_as_it_was);
  ADD ("/snapshot/comes-back-through-threads", test_comes_back_through_threads);
  ADD ("/snapshot/the-last-one-may-be-replaced-while-it-is-used",
       test_the_last_one_may_be_replaced_while_it_is_used);
  ADD ("/snapshot/what-is-new-is-merged-with-it", test_what_is_new_is_merged_with_it);
  ADD ("/snapshot/one-that-is-not-there-is-refused", test_one_that_is_not_there_is_refused);
  ADD ("/snapshot/one-that-cannot-be-written-is-said", test_one_that_cannot_be_written_is_said);
  ADD ("/snapshot/half-a-writing-leaves-the-last-one", test_half_a_writing_leaves_the_last_one);
  ADD ("/snapshot/nobody-else-may-read-it", test_nobody_else_may_read_it);
  ADD ("/snapshot/every-damage-is-seen", test_every_damage_is_seen);
  for (gsize i = 0; i < G_N_ELEMENTS (forgeries); i++)
    {
      g_autofree char *path = g_strdup_printf ("/snapshot/forged/%s", forgeries[i].name);

      g_test_add (path, Fixture, GSIZE_TO_POINTER (i), set_up, test_forged, tear_down);
    }
  return g_test_run ();
}
