/* SPDX-License-Identifier: GPL-3.0-or-later */
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
test_a_stamp_changes_with_any_point (Device *device, gconstpointer unused)
{
  g_autofree char *stamp = device_get_stamp (device);
  g_autoptr (GAsyncResult) result = NULL;
  const char *const withdrawn[] = { "A-2", NULL };
  Report done = first;

  done.status = KOMEK_STATUS_DONE;
  device_put (device, &first, 1);
  stamp = assert_new_stamp (device, stamp);
  device_put (device, &second, 1);
  stamp = assert_new_stamp (device, stamp);
  device_put (device, &done, 1);
  stamp = assert_new_stamp (device, stamp);
  komek_mirror_forget_requests_async (device->mirror, withdrawn, NULL, on_awaited, &result);
  g_assert_true (komek_mirror_write_finish (device->mirror, await (&result), NULL));
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
  return g_test_run ();
}
