/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "await.h"
#include "device.h"

static const Report first = { "A-1", "Шұңқыр", "Абай", NULL, KOMEK_STATUS_NEW, 1000 };
static const Report second = { "A-2", "Фонарь", "Сейфуллин", NULL, KOMEK_STATUS_NEW, 2000 };

/* The stamp must be another one than @before, which it takes. */
static char *
assert_new_stamp (Device *device, char *before)
{
  g_autofree char *former = before;
  char *stamp = device_get_stamp (device);

  g_assert_cmpstr (stamp, !=, former);
  g_assert_cmpuint (strlen (stamp), <, 64);
  return stamp;
}

static void
assert_same_stamp (Device *device, const char *before)
{
  g_autofree char *stamp = device_get_stamp (device);

  g_assert_cmpstr (stamp, ==, before);
}

static void
forget (Device *device, const char *number)
{
  const char *const numbers[] = { number, NULL };
  g_autoptr (GAsyncResult) result = NULL;

  komek_mirror_forget_requests_async (device->mirror, numbers, NULL, on_awaited, &result);
  g_assert_true (komek_mirror_write_finish (device->mirror, await (&result), NULL));
}

static void
test_a_stamp_changes_with_any_point (Device *device, gconstpointer unused)
{
  g_autofree char *stamp = device_get_stamp (device);
  Report done = first;

  done.status = KOMEK_STATUS_DONE;
  device_put (device, &first, 1);
  stamp = assert_new_stamp (device, stamp);
  device_put (device, &second, 1);
  stamp = assert_new_stamp (device, stamp);
  device_put (device, &done, 1);
  stamp = assert_new_stamp (device, stamp);
  forget (device, "A-2");
  stamp = assert_new_stamp (device, stamp);
  device_forget (device);
  stamp = assert_new_stamp (device, stamp);
}

static void
test_a_stamp_stays_while_no_point_changes (Device *device, gconstpointer unused)
{
  g_autofree char *stamp = NULL;
  g_autoptr (GPtrArray) updates = g_ptr_array_new_with_free_func (g_object_unref);
  Report reworded = first;

  reworded.text = "Жол шұңқыры";
  device_put (device, &first, 1);
  stamp = device_get_stamp (device);
  device_put (device, &first, 1);
  device_put (device, &reworded, 1);
  device_put_history (device, "A-1", updates);
  assert_same_stamp (device, stamp);
  device_close (device);
  device_open (device);
  assert_same_stamp (device, stamp);
}

static void
test_points_have_the_stamp_of_their_state (Device *device, gconstpointer unused)
{
  g_autofree char *stamp = NULL;
  g_autoptr (KomekPoints) points = NULL;

  device_put (device, &first, 1);
  stamp = device_get_stamp (device);
  points = device_get_points (device);
  g_assert_cmpstr (komek_points_get_stamp (points), ==, stamp);
  device_put (device, &second, 1);
  stamp = assert_new_stamp (device, g_steal_pointer (&stamp));
  g_assert_cmpstr (komek_points_get_stamp (points), !=, stamp);
}

static char *
read_whole (const char *path, gsize *length)
{
  g_autoptr (GError) error = NULL;
  char *contents;

  g_file_get_contents (path, &contents, length, &error);
  g_assert_no_error (error);
  return contents;
}

/* A power cut takes back the last commit; then the city has other news. Both states
 * have two requests, and the same keys. */
static void
test_no_two_states_share_a_stamp_after_a_power_cut (Device *device, gconstpointer unused)
{
  g_autofree char *lost = NULL;
  g_autofree char *now = NULL;
  g_autofree char *before = NULL;
  g_autoptr (GError) error = NULL;
  Report other = second;
  gsize length;

  other.number = "A-3";
  device_put (device, &first, 1);
  device_close (device);
  before = read_whole (device->path, &length);

  device_open (device);
  device_put (device, &second, 1);
  lost = device_get_stamp (device);
  device_close (device);
  g_file_set_contents (device->path, before, length, &error);
  g_assert_no_error (error);

  device_open (device);
  device_put (device, &other, 1);
  now = device_get_stamp (device);
  g_assert_cmpstr (now, !=, lost);
}

static KomekPoints *
get_since (Device *device, KomekPoints *known)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  KomekPoints *points;

  komek_feed_points_since_async (device->feed, known, NULL, on_awaited, &result);
  points = komek_feed_points_since_finish (device->feed, await (&result), &error);
  g_assert_no_error (error);
  return points;
}

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  const KomekPoint *x = a, *y = b;

  return (x->key > y->key) - (x->key < y->key);
}

static GBytes *
sort_by_key (KomekPoints *points)
{
  guint n;
  const KomekPoint *all = komek_points_peek (points, &n);
  KomekPoint *sorted = g_memdup2 (all, n * sizeof *all);

  if (n > 0)
    qsort (sorted, n, sizeof *sorted, compare_keys);
  return g_bytes_new_take (sorted, n * sizeof *sorted);
}

/* What was read piece by piece must be what is read as a whole. */
static void
assert_same_as_all (Device *device, KomekPoints *points)
{
  g_autoptr (KomekPoints) all = device_get_points (device);
  g_autoptr (GBytes) expected = sort_by_key (all);
  g_autoptr (GBytes) found = sort_by_key (points);
  guint n;
  const KomekPoint *list = komek_points_peek (points, &n);

  g_assert_true (g_bytes_equal (found, expected));
  g_assert_cmpstr (komek_points_get_stamp (points), ==, komek_points_get_stamp (all));
  g_assert_cmpstrv (komek_points_get_services (points), komek_points_get_services (all));
  g_assert_cmpstrv (komek_points_get_districts (points), komek_points_get_districts (all));
  for (guint i = 1; i < n; i++)
    g_assert_cmpuint (list[i].requested, <=, list[i - 1].requested);
}

static void
test_points_since_are_the_same_where_nothing_changed (Device *device, gconstpointer unused)
{
  g_autoptr (KomekPoints) known = NULL;
  g_autoptr (KomekPoints) since = NULL;

  device_put (device, &first, 1);
  known = device_get_points (device);
  since = get_since (device, known);
  g_assert_true (since == known);
}

/* Some hundred numbers come, change, move in time and go, over and over. */
static void
do_something (Device *device, GRand *rand)
{
  const char *const services[] = { "ROA.pothole", "LIG.lamp", "WAT.leak", "TRE.fallen" };
  g_autofree char *number = g_strdup_printf ("A-%d", g_rand_int_range (rand, 1, 200));
  Report report = first;

  if (g_rand_int_range (rand, 0, 4) == 0)
    {
      forget (device, number);
      return;
    }
  report.number = number;
  report.service = services[g_rand_int_range (rand, 0, 4)];
  report.status = g_rand_int_range (rand, 0, KOMEK_N_STATUSES);
  report.requested = g_rand_int_range (rand, 1000, 1100);
  device_put (device, &report, 1);
}

static void
test_points_since_are_as_all_are (Device *device, gconstpointer unused)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autoptr (KomekPoints) known = device_get_points (device);

  for (guint round = 0; round < 60; round++)
    {
      KomekPoints *since;

      for (gint32 i = g_rand_int_range (rand, 0, 12); i > 0; i--)
        do_something (device, rand);
      if (round % 10 == 9)
        {
          device_close (device);
          device_open (device);
        }
      since = get_since (device, known);
      komek_points_unref (known);
      known = since;
      assert_same_as_all (device, known);
    }
}

static KomekPoints *
copy_with_stamp (KomekPoints *points, const char *stamp)
{
  guint n;
  const KomekPoint *all = komek_points_peek (points, &n);
  g_autoptr (GBytes) bytes = g_bytes_new (all, n * sizeof *all);
  KomekPoints *copy = komek_points_new_from_bytes (bytes, g_bytes_get_data (bytes, NULL), n,
                                                   komek_points_get_services (points),
                                                   komek_points_get_districts (points));

  komek_points_set_stamp (copy, stamp);
  return copy;
}

/* Told by what would not be there had all been read. */
static void
test_only_what_has_changed_is_read (Device *device, gconstpointer unused)
{
  KomekPoint made_up = { .key = 1, .requested = 7 };
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (KomekPoint));
  g_autofree char *stamp = NULL;
  g_autoptr (KomekPoints) known = NULL;
  g_autoptr (KomekPoints) found = NULL;
  const KomekPoint *points;
  guint n;

  device_put (device, &first, 1);
  stamp = device_get_stamp (device);
  g_array_append_val (list, made_up);
  known = komek_points_new (g_steal_pointer (&list), (const char *const[]) { "X", NULL },
                            (const char *const[]) { "Y", NULL });
  komek_points_set_stamp (known, stamp);
  device_put (device, &second, 1);

  found = get_since (device, known);
  points = komek_points_peek (found, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpuint (points[0].requested, ==, 2000);
  g_assert_cmpuint (points[1].requested, ==, 7);
  g_assert_cmpstr (komek_points_get_services (found)[0], ==, "ROA.pothole");
}

/* A file in the cache may say anything. */
static void
test_points_of_an_unknown_state_are_read_anew (Device *device, gconstpointer unused)
{
  const char *const stamps[] = {
    NULL, "", "-", "x-1", "x-1-1", "x-99999999999999999999-1", "x--1-1", "x-1-1-1", "-0-0",
  };
  g_autoptr (KomekPoints) known = NULL;
  g_autofree char *run = NULL;
  g_autofree char *later = NULL;
  g_autoptr (KomekPoints) ahead = NULL;
  g_autoptr (KomekPoints) found = NULL;

  device_put (device, &first, 1);
  known = device_get_points (device);
  device_put (device, &second, 1);
  for (guint i = 0; i < G_N_ELEMENTS (stamps); i++)
    {
      g_autoptr (KomekPoints) strange = copy_with_stamp (known, stamps[i]);
      g_autoptr (KomekPoints) read = get_since (device, strange);

      assert_same_as_all (device, read);
    }
  run = g_strndup (komek_points_get_stamp (known), strcspn (komek_points_get_stamp (known), "-"));
  later = g_strconcat (run, "-500-900", NULL);
  ahead = copy_with_stamp (known, later);
  found = get_since (device, ahead);
  assert_same_as_all (device, found);
}

static void
test_points_of_a_lost_state_are_read_anew (Device *device, gconstpointer unused)
{
  g_autoptr (KomekPoints) lost = NULL;
  g_autoptr (KomekPoints) found = NULL;
  g_autofree char *before = NULL;
  g_autoptr (GError) error = NULL;
  Report other = second;
  gsize length;

  other.number = "A-3";
  other.service = "LIG.lamp";
  device_put (device, &first, 1);
  device_close (device);
  before = read_whole (device->path, &length);
  device_open (device);
  device_put (device, &second, 1);
  lost = device_get_points (device);
  device_close (device);
  g_file_set_contents (device->path, before, length, &error);
  g_assert_no_error (error);

  device_open (device);
  device_put (device, &other, 1);
  found = get_since (device, lost);
  assert_same_as_all (device, found);
}

/* The keys of the new city's requests follow those of the old one's. */
static void
test_points_of_another_city_are_read_anew (Device *device, gconstpointer unused)
{
  g_autoptr (KomekPoints) known = NULL;
  g_autoptr (KomekPoints) found = NULL;
  guint n;

  device_put (device, &first, 1);
  known = device_get_points (device);
  device_forget (device);
  device_put (device, &second, 1);
  found = get_since (device, known);
  komek_points_peek (found, &n);
  g_assert_cmpuint (n, ==, 1);
  assert_same_as_all (device, found);
}

/* More than there is a memory for. */
static void
test_points_of_long_ago_are_read_anew (Device *device, gconstpointer unused)
{
  g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (KomekPoints) known = NULL;
  g_autoptr (KomekPoints) found = NULL;

  device_put (device, &first, 1);
  known = device_get_points (device);
  for (guint i = 0; i < 33000; i++)
    {
      Report changed = first;

      changed.status = i % 2 ? KOMEK_STATUS_NEW : KOMEK_STATUS_DONE;
      g_ptr_array_add (requests, make_request (&changed));
    }
  device_put_all (device, requests);
  device_put (device, &second, 1);
  found = get_since (device, known);
  assert_same_as_all (device, found);
}

#define ADD(path, function) \
  g_test_add ("/changes/" path, Device, NULL, device_set_up, function, device_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("a-stamp-changes-with-any-point", test_a_stamp_changes_with_any_point);
  ADD ("a-stamp-stays-while-no-point-changes", test_a_stamp_stays_while_no_point_changes);
  ADD ("points-have-the-stamp-of-their-state", test_points_have_the_stamp_of_their_state);
  ADD ("no-two-states-share-a-stamp-after-a-power-cut",
       test_no_two_states_share_a_stamp_after_a_power_cut);
  ADD ("points-since-are-the-same-where-nothing-changed",
       test_points_since_are_the_same_where_nothing_changed);
  ADD ("points-since-are-as-all-are", test_points_since_are_as_all_are);
  ADD ("only-what-has-changed-is-read", test_only_what_has_changed_is_read);
  ADD ("points-of-an-unknown-state-are-read-anew", test_points_of_an_unknown_state_are_read_anew);
  ADD ("points-of-a-lost-state-are-read-anew", test_points_of_a_lost_state_are_read_anew);
  ADD ("points-of-another-city-are-read-anew", test_points_of_another_city_are_read_anew);
  ADD ("points-of-long-ago-are-read-anew", test_points_of_long_ago_are_read_anew);
  return g_test_run ();
}
