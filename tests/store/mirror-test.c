/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "await.h"
#include "device.h"
#include "komek-number.h"

static const Report reports[] = {
  { "A-1", "Шұңқыр", "Абай даңғылы, 5", "ROA.pothole", KOMEK_STATUS_NEW, 1000 },
  { "A-2", "Не горит фонарь", "ул. Сейфуллина, 8", "LIG.lamp", KOMEK_STATUS_IN_WORK, 3000 },
  { "A-3", "Қар тазаланбаған", "Тұран даңғылы, 55", "SNO.street", KOMEK_STATUS_DONE, 2000 },
};

static guint32
get_key (Device *device, guint position)
{
  g_autoptr (KomekPoints) points = device_get_points (device);
  guint n_points;

  return komek_points_peek (points, &n_points)[position].key;
}

static void
test_points_come_newest_first (Device *device, gconstpointer unused)
{
  g_autoptr (KomekPoints) points = NULL;
  g_autofree char *list = NULL;
  const KomekPoint *all;
  guint n_points;

  device_put (device, reports, G_N_ELEMENTS (reports));
  list = device_list (device);
  g_assert_cmpstr (list, ==, "A-2 A-3 A-1");

  points = device_get_points (device);
  all = komek_points_peek (points, &n_points);
  g_assert_cmpuint (n_points, ==, 3);
  g_assert_cmpuint (all[0].requested, ==, 3000);
  g_assert_cmpuint (all[0].due, ==, 3000 + 86400);
  g_assert_cmpint (all[0].latitude, ==, 511281743);
  g_assert_cmpint (all[0].longitude, ==, 714304619);
  g_assert_cmpuint (all[0].status, ==, KOMEK_STATUS_IN_WORK);
  g_assert_cmpuint (all[0].answered, ==, 0);
  g_assert_cmpuint (all[1].status, ==, KOMEK_STATUS_DONE);
  g_assert_cmpuint (all[1].answered, ==, 1);
  g_assert_cmpstr (komek_points_get_services (points)[all[0].service], ==, "LIG.lamp");
  g_assert_cmpstr (komek_points_get_districts (points)[all[0].district], ==, "esil");
}

static void
test_requests_come_back_as_they_went (Device *device, gconstpointer unused)
{
  g_autoptr (KomekRequest) request = NULL;
  const KomekRequestFields *fields;

  device_put (device, reports, G_N_ELEMENTS (reports));
  request = device_find (device, "A-3");
  fields = komek_request_peek (request);
  g_assert_cmpstr (fields->number, ==, "A-3");
  g_assert_cmpstr (fields->service, ==, "SNO.street");
  g_assert_cmpstr (fields->service_name, ==, "Шұңқыр");
  g_assert_cmpint (fields->status, ==, KOMEK_STATUS_DONE);
  g_assert_cmpstr (fields->status_name, ==, "");
  g_assert_cmpstr (fields->text, ==, "Қар тазаланбаған");
  g_assert_cmpstr (fields->notes, ==, "Тексерілуде");
  g_assert_cmpstr (komek_place_get_address (fields->place), ==, "Тұран даңғылы, 55");
  g_assert_cmpstr (komek_place_get_district (fields->place), ==, "esil");
  g_assert_cmpfloat_with_epsilon (komek_place_get_latitude (fields->place), 51.1281743, 1e-9);
  g_assert_cmpfloat_with_epsilon (komek_place_get_longitude (fields->place), 71.4304619, 1e-9);
  g_assert_cmpstr (fields->agency, ==, "roads");
  g_assert_cmpstr (fields->agency_name, ==, "Жол басқармасы");
  g_assert_cmpint (fields->requested, ==, 2000);
  g_assert_cmpint (fields->updated, ==, 2060);
  g_assert_cmpint (fields->due, ==, 2000 + 86400);
  g_assert_cmpuint (fields->supporters, ==, 3);
}

static void
test_a_place_may_have_no_point (Device *device, gconstpointer unused)
{
  g_autoptr (KomekPlace) place = komek_place_new_address ("Жібек Жолы ауылы", NULL);
  g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (KomekPoints) points = NULL;
  g_autoptr (KomekRequest) request = NULL;
  guint n_points;

  g_ptr_array_add (requests, komek_request_new (&(KomekRequestFields) {
    .number = "B-1", .service = "X", .place = place, .requested = 5 }));
  device_put_all (device, requests);

  request = device_find (device, "B-1");
  g_assert_false (komek_place_has_point (komek_request_get_place (request)));
  g_assert_cmpstr (komek_place_get_address (komek_request_get_place (request)), ==,
                   "Жібек Жолы ауылы");
  points = device_get_points (device);
  g_assert_cmpint (komek_points_peek (points, &n_points)->latitude, ==, KOMEK_POINT_NOWHERE);
  g_assert_cmpint (komek_points_peek (points, &n_points)->longitude, ==, KOMEK_POINT_NOWHERE);
}

static void
test_upsert_keeps_the_key (Device *device, gconstpointer unused)
{
  Report changed = reports[1];
  g_autoptr (KomekRequest) request = NULL;
  g_autofree char *list = NULL;
  guint32 key;

  device_put (device, reports, G_N_ELEMENTS (reports));
  key = get_key (device, 0);
  changed.status = KOMEK_STATUS_DONE;
  device_put (device, &changed, 1);

  g_assert_cmpuint (get_key (device, 0), ==, key);
  list = device_list (device);
  g_assert_cmpstr (list, ==, "A-2 A-3 A-1");
  request = device_find (device, "A-2");
  g_assert_cmpint (komek_request_get_status (request), ==, KOMEK_STATUS_DONE);
}

static void
test_load_keeps_the_order_asked_for (Device *device, gconstpointer unused)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GPtrArray) requests = NULL;
  guint32 wanted[3];

  device_put (device, reports, G_N_ELEMENTS (reports));
  wanted[0] = get_key (device, 2);
  wanted[1] = 4000000000;
  wanted[2] = get_key (device, 0);
  g_array_append_vals (keys, wanted, 3);
  requests = device_load (device, keys);

  g_assert_cmpuint (requests->len, ==, 3);
  g_assert_cmpstr (komek_request_get_number (requests->pdata[0]), ==, "A-1");
  g_assert_null (requests->pdata[1]);
  g_assert_cmpstr (komek_request_get_number (requests->pdata[2]), ==, "A-2");
}

static void
test_a_number_is_found_however_typed (Device *device, gconstpointer unused)
{
  g_autoptr (GDateTime) day = g_date_time_new_utc (2026, 11, 12, 0, 0, 0);
  g_autofree char *number = komek_number_format (day, 217);
  g_auto (GStrv) parts = g_strsplit (number, "-", -1);
  g_autofree char *typed = g_strjoinv (" ", parts);
  Report report = { number, "Шұңқыр", "", NULL, KOMEK_STATUS_NEW, 1 };
  g_autoptr (KomekRequest) found = NULL;
  g_autoptr (KomekRequest) other = NULL;

  device_put (device, &report, 1);
  found = device_find (device, typed);
  g_assert_nonnull (found);
  g_assert_cmpstr (komek_request_get_number (found), ==, number);
  other = device_find (device, "000000-000-000");
  g_assert_null (other);
}

static GPtrArray *
make_history (gboolean ascending)
{
  GPtrArray *updates = g_ptr_array_new_with_free_func (g_object_unref);
  const KomekStatus statuses[] = { KOMEK_STATUS_NEW, KOMEK_STATUS_ASSIGNED, KOMEK_STATUS_ACCEPTED,
                                   KOMEK_STATUS_ANSWERED };
  const gint64 times[] = { 100, 200, 200, 300 };

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++)
    {
      guint n = ascending ? i : G_N_ELEMENTS (statuses) - 1 - i;
      g_autofree char *id = g_strdup_printf ("u%u", n);
      gboolean answer = statuses[n] == KOMEK_STATUS_ANSWERED;

      g_ptr_array_add (updates, komek_update_new (id, "A-1", statuses[n], times[n], "Мәтін",
                                                  "roads", answer));
    }
  return updates;
}

static void
test_history_comes_newest_first (Device *device, gconstpointer ascending)
{
  g_autoptr (GPtrArray) updates = make_history (GPOINTER_TO_INT (ascending));
  g_autoptr (GPtrArray) history = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  const char *const ids[] = { "u3", "u2", "u1", "u0" };

  device_put_history (device, "A-1", updates);
  komek_feed_history_async (device->feed, "A-1", NULL, on_awaited, &result);
  history = komek_feed_history_finish (device->feed, await (&result), NULL);

  g_assert_cmpuint (history->len, ==, 4);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpstr (komek_update_get_id (history->pdata[i]), ==, ids[i]);
  g_assert_true (komek_update_is_answer (history->pdata[0]));
  g_assert_false (komek_update_is_answer (history->pdata[1]));
  g_assert_cmpint (komek_update_get_status (history->pdata[1]), ==, KOMEK_STATUS_ACCEPTED);
  g_assert_cmpint (komek_update_get_time (history->pdata[3]), ==, 100);
  g_assert_cmpstr (komek_update_get_text (history->pdata[0]), ==, "Мәтін");
  g_assert_cmpstr (komek_update_get_agency (history->pdata[0]), ==, "roads");
  g_assert_cmpstr (komek_update_get_number (history->pdata[0]), ==, "A-1");
}

static void
test_only_changes_are_announced (Device *device, gconstpointer unused)
{
  g_autoptr (GPtrArray) updates = make_history (TRUE);

  device_put (device, reports, G_N_ELEMENTS (reports));
  g_assert_cmpuint (device->requests, ==, 1);
  device_put_history (device, "A-1", updates);
  let_pass (250);
  g_assert_cmpuint (device->requests, ==, 2);

  let_pass (250);
  device_put (device, reports, G_N_ELEMENTS (reports));
  device_put_history (device, "A-1", updates);
  let_pass (250);
  g_assert_cmpuint (device->requests, ==, 2);
  g_assert_cmpuint (device->cities, ==, 0);
}

static void
test_a_fill_is_announced_in_bursts (Device *device, gconstpointer unused)
{
  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *number = g_strdup_printf ("C-%u", i);
      Report report = { number, "Мәтін", "", NULL, KOMEK_STATUS_NEW, i };

      device_put (device, &report, 1);
    }
  g_assert_cmpuint (device->requests, <, 20);
  let_pass (250);
  g_assert_cmpuint (device->requests, >=, 2);
}

static KomekProgress
get_progress (Device *device)
{
  g_autoptr (GAsyncResult) result = NULL;
  KomekProgress progress;
  gboolean read;

  komek_mirror_read_progress_async (device->mirror, NULL, on_awaited, &result);
  read = komek_mirror_read_progress_finish (device->mirror, await (&result), &progress, NULL);
  g_assert_true (read);
  return progress;
}

static void
test_progress_stays_with_its_page (Device *device, gconstpointer unused)
{
  g_autoptr (GPtrArray) page = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GAsyncResult) result = NULL;
  KomekProgress progress = { .page = 2, .mark = 3, .as_of = 4 };
  g_autofree char *list = NULL;

  g_assert_cmpint (get_progress (device).page, ==, 0);
  g_ptr_array_add (page, make_request (&reports[0]));
  komek_mirror_put_requests_async (device->mirror, page, &progress, NULL, on_awaited, &result);
  g_assert_true (komek_mirror_write_finish (device->mirror, await (&result), NULL));
  g_clear_object (&result);

  device_close (device);
  device_open (device);
  progress = get_progress (device);
  g_assert_cmpint (progress.page, ==, 2);
  g_assert_cmpint (progress.mark, ==, 3);
  g_assert_cmpint (progress.as_of, ==, 4);
  list = device_list (device);
  g_assert_cmpstr (list, ==, "A-1");
}

static void
test_forgets_all_but_never_reuses_a_key (Device *device, gconstpointer unused)
{
  g_autoptr (GPtrArray) updates = make_history (TRUE);
  g_autoptr (GArray) no_keys = NULL;
  g_autofree char *empty = NULL;
  guint32 last;

  device_put (device, reports, G_N_ELEMENTS (reports));
  device_put_history (device, "A-1", updates);
  last = MAX (MAX (get_key (device, 0), get_key (device, 1)), get_key (device, 2));
  device_forget (device);

  empty = device_list (device);
  g_assert_cmpstr (empty, ==, "");
  no_keys = device_match (device, "фонарь");
  g_assert_cmpuint (no_keys->len, ==, 0);

  device_put (device, reports, 1);
  g_assert_cmpuint (get_key (device, 0), >, last);
}

static void
test_two_readers_see_whole_pages (Device *device, gconstpointer unused)
{
  g_autoptr (GAsyncResult) written = NULL;
  KomekMirror *other = komek_mirror_new (device->path);
  guint seen = 0, reads = 0;

  for (guint page = 0; page < 10; page++)
    {
      g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func (g_object_unref);

      for (guint i = 0; i < 100; i++)
        {
          g_autofree char *number = g_strdup_printf ("D-%u-%u", page, i);

          g_ptr_array_add (requests, make_request (&(Report) { number, "Мәтін", "", NULL, 0, i }));
        }
      komek_mirror_put_requests_async (device->mirror, requests, NULL, NULL,
                                       page == 9 ? on_awaited : NULL, &written);
    }
  while (!written || seen < 1000)
    {
      KomekFeed *feed = reads++ % 2 ? device->feed : KOMEK_FEED (other);
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (KomekPoints) points = NULL;
      g_autoptr (GError) error = NULL;

      komek_feed_points_async (feed, NULL, on_awaited, &result);
      points = komek_feed_points_finish (feed, await (&result), &error);
      g_assert_no_error (error);
      komek_points_peek (points, &seen);
      g_assert_cmpuint (seen % 100, ==, 0);
    }
  g_assert_finalize_object (other);
}

static void
test_a_cancelled_read_says_so (Device *device, gconstpointer unused)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  komek_feed_points_async (device->feed, cancellable, on_awaited, &result);
  g_cancellable_cancel (cancellable);
  g_assert_null (komek_feed_points_finish (device->feed, await (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* The page that asked has gone, and so has the window: what was on its way still ends in order. */
static void
test_work_on_its_way_outlives_its_owner (Device *device, gconstpointer unused)
{
  g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func (g_object_unref);
  KomekMirror *mirror = device->mirror;
  g_autofree char *list = NULL;

  g_ptr_array_add (requests, make_request (&reports[0]));
  komek_mirror_put_requests_async (mirror, requests, NULL, NULL, NULL, NULL);
  komek_feed_points_async (device->feed, NULL, NULL, NULL);
  g_object_add_weak_pointer (G_OBJECT (mirror), (gpointer *) &device->mirror);
  g_object_unref (mirror);
  while (device->mirror)
    g_main_context_iteration (NULL, TRUE);

  device_open (device);
  list = device_list (device);
  g_assert_cmpstr (list, ==, "A-1");
}

#define ADD(path, function) \
  g_test_add ("/mirror/" path, Device, NULL, device_set_up, function, device_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("points-come-newest-first", test_points_come_newest_first);
  ADD ("requests-come-back-as-they-went", test_requests_come_back_as_they_went);
  ADD ("a-place-may-have-no-point", test_a_place_may_have_no_point);
  ADD ("upsert-keeps-the-key", test_upsert_keeps_the_key);
  ADD ("load-keeps-the-order-asked-for", test_load_keeps_the_order_asked_for);
  ADD ("a-number-is-found-however-typed", test_a_number_is_found_however_typed);
  g_test_add ("/mirror/history-comes-newest-first/ascending", Device, GINT_TO_POINTER (TRUE),
              device_set_up, test_history_comes_newest_first, device_tear_down);
  g_test_add ("/mirror/history-comes-newest-first/descending", Device, GINT_TO_POINTER (FALSE),
              device_set_up, test_history_comes_newest_first, device_tear_down);
  ADD ("only-changes-are-announced", test_only_changes_are_announced);
  ADD ("a-fill-is-announced-in-bursts", test_a_fill_is_announced_in_bursts);
  ADD ("progress-stays-with-its-page", test_progress_stays_with_its_page);
  ADD ("forgets-all-but-never-reuses-a-key", test_forgets_all_but_never_reuses_a_key);
  ADD ("two-readers-see-whole-pages", test_two_readers_see_whole_pages);
  ADD ("a-cancelled-read-says-so", test_a_cancelled_read_says_so);
  ADD ("work-on-its-way-outlives-its-owner", test_work_on_its_way_outlives_its_owner);
  return g_test_run ();
}
