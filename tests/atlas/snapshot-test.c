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
#include "snapshot-fixture.h"

static void
assert_same (KomekMorton *a, KomekMorton *b)
{
  g_autoptr (KomekFilter) filter =
    komek_filter_new (&(KomekFilterFields) { .now = SNAPSHOT_NOW, .from = SNAPSHOT_NOW + 20 });
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
test_comes_back_as_it_was (SnapshotFixture *self, gconstpointer data)
{
  static const guint sizes[] = { 0, 1, 9, 10, 33, 5000 };

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (KomekMorton) order = snapshot_make_order (sizes[i]);
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
test_comes_back_through_threads (SnapshotFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KomekMorton) order = snapshot_make_order (100);
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
test_the_last_one_may_be_replaced_while_it_is_used (SnapshotFixture *self, gconstpointer data)
{
  g_autoptr (KomekMorton) first = snapshot_make_order (5000);
  g_autoptr (KomekMorton) second = snapshot_make_order (3);
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
test_what_is_new_is_merged_with_it (SnapshotFixture *self, gconstpointer data)
{
  g_autoptr (KomekMorton) old = snapshot_make_order (4000);
  g_autoptr (KomekMorton) now = snapshot_make_order (4100);
  g_autoptr (KomekMorton) mapped = NULL;
  g_autoptr (KomekMorton) merged = NULL;

  g_assert_true (komek_snapshot_write (self->path, old, NULL));
  mapped = komek_snapshot_read (self->path, NULL);
  merged = komek_morton_new_update (mapped, komek_morton_get_points (now));
  assert_same (merged, now);
}

static void
test_one_that_is_not_there_is_refused (SnapshotFixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (komek_snapshot_read (self->path, &error));
  g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_INCOMPLETE);
}

static void
test_one_that_cannot_be_written_is_said (SnapshotFixture *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (self->folder, "no-such", "map", NULL);
  g_autoptr (KomekMorton) order = snapshot_make_order (20);
  g_autoptr (GError) error = NULL;

  g_assert_false (komek_snapshot_write (path, order, &error));
  g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_UNSAVED);
}

/* As a full disk does it: the last one stays, and nothing half beside it (the folder is empty but
 * for it when the test ends). */
static void
test_half_a_writing_leaves_the_last_one (SnapshotFixture *self, gconstpointer data)
{
  g_autoptr (KomekMorton) small = snapshot_make_order (20);
  g_autoptr (KomekMorton) large = snapshot_make_order (5000);
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
test_nobody_else_may_read_it (SnapshotFixture *self, gconstpointer data)
{
  g_autoptr (KomekMorton) order = snapshot_make_order (20);
  GStatBuf status;

  for (guint i = 0; i < 2; i++)
    {
      g_assert_true (komek_snapshot_write (self->path, order, NULL));
      g_assert_cmpint (g_stat (self->path, &status), ==, 0);
      g_assert_cmphex (status.st_mode & 0077, ==, 0);
      g_assert_cmpint (g_chmod (self->path, 0644), ==, 0);
    }
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
test_every_damage_is_seen (SnapshotFixture *self, gconstpointer data)
{
  g_autoptr (GBytes) bytes = snapshot_load (self, 25);
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

#define ADD(path, test) g_test_add (path, SnapshotFixture, NULL, snapshot_set_up, test, snapshot_tear_down)

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
  return g_test_run ();
}
