/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>

#include "await.h"
#include "explore-crowd.h"
#include "komek-snapshot.h"
#include "komek-stock.h"

#define N 3000

static const KomekStockTimes quick = { .settle = 30, .apart = 400 };

typedef struct
{
  char      *folder, *path;
  TestCrowd *crowd;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->folder = g_dir_make_tmp ("komek-stock-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "map.snapshot", NULL);
  self->crowd = test_crowd_new (N);
}

/* A stock lives for as long as its file is being written. */
static void
tear_down (Fixture *self, gconstpointer data)
{
  for (guint i = 0; i < 200 && G_OBJECT (self->crowd)->ref_count > 1; i++)
    let_pass (10);
  g_remove (self->path);
  g_assert_cmpint (g_rmdir (self->folder), ==, 0);
  g_assert_finalize_object (self->crowd);
  g_free (self->path);
  g_free (self->folder);
}

static KomekStock *
make_stock (Fixture *self)
{
  return komek_stock_new (KOMEK_FEED (self->crowd), self->path, &quick);
}

static void
wait_for_order (KomekStock *stock)
{
  while (!komek_stock_get_order (stock))
    g_main_context_iteration (NULL, TRUE);
}

static void
wait_for_file (Fixture *self)
{
  for (guint i = 0; i < 200 && !g_file_test (self->path, G_FILE_TEST_EXISTS); i++)
    let_pass (10);
  g_assert_true (g_file_test (self->path, G_FILE_TEST_EXISTS));
}

/* As the program did that ran before. */
static void
keep (Fixture *self)
{
  g_autoptr (KomekMorton) order = komek_morton_new (test_crowd_get_points (self->crowd));

  g_assert_true (komek_snapshot_write (self->path, order, NULL));
}

static void
assert_holds_the_crowd (Fixture *self, KomekStock *stock)
{
  KomekPoints *points = komek_morton_get_points (komek_stock_get_order (stock));
  guint n, n_crowd;
  const KomekPoint *point = komek_points_peek (points, &n);
  const KomekPoint *other = komek_points_peek (test_crowd_get_points (self->crowd), &n_crowd);

  g_assert_cmpmem (point, n * sizeof *point, other, n_crowd * sizeof *other);
}

static void
test_begins_with_what_was_kept (Fixture *self, gconstpointer data)
{
  g_autoptr (KomekStock) stock = NULL;

  keep (self);
  stock = make_stock (self);
  wait_for_order (stock);
  assert_holds_the_crowd (self, stock);
  g_assert_cmpuint (test_crowd_get_n_read (self->crowd), ==, 0);
  g_assert_cmpuint (test_crowd_get_n_merged (self->crowd), ==, 1);
}

static void
test_merges_what_is_new_since (Fixture *self, gconstpointer data)
{
  g_autoptr (KomekStock) stock = NULL;

  keep (self);
  test_crowd_resize (self->crowd, N + 20);
  stock = make_stock (self);
  wait_for_order (stock);
  assert_holds_the_crowd (self, stock);
  g_assert_cmpuint (test_crowd_get_n_read (self->crowd), ==, 0);
}

static void
test_reads_all_where_the_file_is_damaged (Fixture *self, gconstpointer data)
{
  g_autoptr (KomekStock) stock = NULL;

  g_assert_true (g_file_set_contents (self->path, "KomekMap, or so it says", -1, NULL));
  stock = make_stock (self);
  wait_for_order (stock);
  assert_holds_the_crowd (self, stock);
  g_assert_cmpuint (test_crowd_get_n_read (self->crowd), ==, 1);
  g_assert_null (komek_stock_get_problem (stock));
}

static void
test_keeps_what_has_settled (Fixture *self, gconstpointer data)
{
  g_autoptr (KomekStock) stock = make_stock (self);
  g_autoptr (KomekMorton) kept = NULL;

  wait_for_order (stock);
  g_assert_false (g_file_test (self->path, G_FILE_TEST_EXISTS));
  wait_for_file (self);
  kept = komek_snapshot_read (self->path, NULL);
  g_assert_nonnull (kept);
  g_assert_cmpstr (komek_points_get_stamp (komek_morton_get_points (kept)), ==,
                   komek_points_get_stamp (test_crowd_get_points (self->crowd)));
}

static guint64
get_inode (Fixture *self)
{
  GStatBuf status;

  return g_stat (self->path, &status) == 0 ? status.st_ino : 0;
}

/* Each writing makes another file. */
static void
test_keeps_seldom (Fixture *self, gconstpointer data)
{
  g_autoptr (KomekStock) stock = make_stock (self);
  gint64 start;
  guint n_files = 0;
  guint64 last;

  wait_for_file (self);
  last = get_inode (self);
  start = g_get_monotonic_time ();
  for (guint i = 1; i <= 12; i++)
    {
      test_crowd_resize (self->crowd, N + i);
      let_pass (70);
      n_files += get_inode (self) != last;
      last = get_inode (self);
    }
  g_assert_cmpuint (n_files, >, 0);
  g_assert_cmpuint (n_files, <=, (g_get_monotonic_time () - start) / 1000 / quick.apart + 1);
}

static void
test_keeps_nothing_at_the_end (Fixture *self, gconstpointer data)
{
  const KomekStockTimes slow = { .settle = 2000, .apart = 2000 };
  KomekStock *stock = komek_stock_new (KOMEK_FEED (self->crowd), self->path, &slow);

  wait_for_order (stock);
  let_pass (50);
  g_assert_finalize_object (stock);
  let_pass (2100);
  g_assert_false (g_file_test (self->path, G_FILE_TEST_EXISTS));
}

/* What is of no known time could not be brought up to date by the next start. */
static void
test_keeps_nothing_without_a_stamp (Fixture *self, gconstpointer data)
{
  g_autoptr (KomekStock) stock = NULL;

  komek_points_set_stamp (test_crowd_get_points (self->crowd), NULL);
  stock = make_stock (self);
  wait_for_order (stock);
  assert_holds_the_crowd (self, stock);
  let_pass (10 * quick.settle);
  g_assert_false (g_file_test (self->path, G_FILE_TEST_EXISTS));
}

static void
test_a_problem_passes (Fixture *self, gconstpointer data)
{
  g_autoptr (KomekStock) stock = NULL;

  keep (self);
  test_crowd_refuse_points (self->crowd, TRUE);
  stock = make_stock (self);
  while (!komek_stock_get_problem (stock))
    g_main_context_iteration (NULL, TRUE);
  /* What was kept may be of another mirror: nobody has said that it is of this one. */
  g_assert_null (komek_stock_get_order (stock));

  test_crowd_refuse_points (self->crowd, FALSE);
  test_crowd_resize (self->crowd, N + 1);
  wait_for_order (stock);
  g_assert_null (komek_stock_get_problem (stock));
  assert_holds_the_crowd (self, stock);
}

static void
test_quick_changes_are_read_together (Fixture *self, gconstpointer data)
{
  g_autoptr (KomekStock) stock = make_stock (self);

  wait_for_order (stock);
  for (guint i = 1; i <= 9; i++)
    test_crowd_resize (self->crowd, N + i);
  let_pass (200);
  assert_holds_the_crowd (self, stock);
  g_assert_cmpuint (test_crowd_get_n_read (self->crowd), ==, 1);
  g_assert_cmpuint (test_crowd_get_n_merged (self->crowd), <=, 3);
}

#define ADD(name, func) g_test_add ("/stock/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("begins-with-what-was-kept", test_begins_with_what_was_kept);
  ADD ("merges-what-is-new-since", test_merges_what_is_new_since);
  ADD ("reads-all-where-the-file-is-damaged", test_reads_all_where_the_file_is_damaged);
  ADD ("keeps-what-has-settled", test_keeps_what_has_settled);
  ADD ("keeps-seldom", test_keeps_seldom);
  ADD ("keeps-nothing-at-the-end", test_keeps_nothing_at_the_end);
  ADD ("keeps-nothing-without-a-stamp", test_keeps_nothing_without_a_stamp);
  ADD ("a-problem-passes", test_a_problem_passes);
  ADD ("quick-changes-are-read-together", test_quick_changes_are_read_together);
  return g_test_run ();
}
