/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "await.h"
#include "device.h"
#include "komek-error.h"

/* Newest first, as a city gives them. */
static const Report reports[] = {
  { "A-4", "Шұңқыр", "", NULL, KOMEK_STATUS_NEW, 4000 },
  { "A-3", "Қар", "", NULL, KOMEK_STATUS_NEW, 3000 },
  { "A-2", "Фонарь", "", NULL, KOMEK_STATUS_NEW, 2000 },
  { "A-1", "Яма", "", NULL, KOMEK_STATUS_NEW, 1000 },
};

static GPtrArray *
make_page (guint first, guint n)
{
  GPtrArray *page = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = first; i < first + n; i++)
    g_ptr_array_add (page, make_request (&reports[i]));
  return page;
}

static void
put_page (Device *device, guint first, guint n, gint64 generation, gint64 next_page)
{
  g_autoptr (GPtrArray) page = make_page (first, n);
  KomekProgress progress = { .generation = generation, .page = next_page };

  device_put_page (device, page, &progress);
}

static void
forget (Device *device, const char *const *numbers)
{
  g_autoptr (GAsyncResult) result = NULL;

  komek_mirror_forget_requests_async (device->mirror, numbers, NULL, on_awaited, &result);
  g_assert_true (komek_mirror_write_finish (device->mirror, await (&result), NULL));
}

static void
forget_unseen (Device *device, gint64 generation, gint64 start, gint64 end)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_auto (GStrv) numbers = NULL;

  komek_mirror_list_unseen_async (device->mirror, generation, start, end, NULL, on_awaited,
                                  &result);
  numbers = komek_mirror_list_unseen_finish (device->mirror, await (&result), NULL);
  g_assert_nonnull (numbers);
  forget (device, (const char *const *) numbers);
}

static void
assert_list (Device *device, const char *expected)
{
  g_autofree char *list = device_list (device);

  g_assert_cmpstr (list, ==, expected);
}

static guint
count (Device *device, const char *text)
{
  g_autoptr (KomekHits) hits = device_search (device, text, KOMEK_SEARCH_NEWEST, 0);

  g_assert_true (komek_hits_is_exact (hits));
  return komek_hits_get_count (hits);
}

static void
test_what_a_walk_did_not_meet_goes (Device *device, gconstpointer unused)
{
  put_page (device, 0, 4, 1, 0);
  put_page (device, 0, 1, 2, 1);
  put_page (device, 2, 2, 2, 0);
  assert_list (device, "A-4 A-3 A-2 A-1");
  forget_unseen (device, 2, 0, 5000);

  assert_list (device, "A-4 A-2 A-1");
  g_assert_cmpuint (count (device, "қар"), ==, 0);
  g_assert_cmpuint (count (device, "фонарь"), ==, 1);
}

static void
test_only_the_window_walked_is_judged (Device *device, gconstpointer unused)
{
  put_page (device, 0, 4, 1, 0);
  put_page (device, 0, 2, 2, 1);
  forget_unseen (device, 2, 2000, 4001);
  assert_list (device, "A-4 A-3 A-1");
}

/* The end of the window is outside of it. */
static void
test_the_end_of_a_window_is_the_next_ones (Device *device, gconstpointer unused)
{
  put_page (device, 0, 4, 1, 0);
  put_page (device, 3, 1, 2, 1);
  forget_unseen (device, 2, 1000, 3000);
  assert_list (device, "A-4 A-3 A-1");
}

static void
test_a_walk_goes_on_after_a_stop (Device *device, gconstpointer unused)
{
  put_page (device, 0, 4, 1, 0);
  put_page (device, 0, 2, 2, 2);
  device_close (device);
  device_open (device);
  put_page (device, 3, 1, 2, 0);
  forget_unseen (device, 2, 0, 5000);
  assert_list (device, "A-4 A-3 A-1");
}

static void
test_another_walk_has_met_nothing (Device *device, gconstpointer unused)
{
  put_page (device, 0, 4, 1, 0);
  put_page (device, 0, 3, 2, 2);
  put_page (device, 0, 2, 3, 0);
  forget_unseen (device, 2, 0, 5000);
  assert_list (device, "A-4 A-3 A-2 A-1");
  forget_unseen (device, 3, 0, 5000);
  assert_list (device, "A-4 A-3");
}

/* A city behind a broken proxy answers whole walks with nothing. */
static void
test_a_walk_that_met_nearly_nothing_is_not_believed (Device *device, gconstpointer unused)
{
  put_page (device, 0, 4, 1, 0);
  put_page (device, 0, 1, 2, 0);
  g_test_expect_message ("komek-store", G_LOG_LEVEL_MESSAGE, "*less than half of 4*");
  forget_unseen (device, 2, 0, 5000);
  g_test_assert_expected_messages ();
  assert_list (device, "A-4 A-3 A-2 A-1");
}

/* Filed here, or fetched because somebody looked at it: the city has it. */
static void
test_what_came_meanwhile_stays (Device *device, gconstpointer unused)
{
  put_page (device, 1, 2, 1, 0);
  put_page (device, 1, 1, 2, 1);
  device_put (device, &reports[0], 1);
  forget_unseen (device, 2, 0, 5000);
  assert_list (device, "A-4 A-3");
}

static void
test_what_the_city_took_back_goes (Device *device, gconstpointer unused)
{
  g_autoptr (GPtrArray) page = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) updates = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) history = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  device_put (device, reports, G_N_ELEMENTS (reports));
  g_ptr_array_add (updates, komek_update_new ("1", "A-3", KOMEK_STATUS_NEW, 3000, "", "", FALSE));
  device_put_history (device, "A-3", updates);
  g_ptr_array_add (page, komek_request_new (&(KomekRequestFields) {
    .number = "A-3", .withdrawn = TRUE, .updated = 9000 }));
  g_ptr_array_add (page, komek_request_new (&(KomekRequestFields) {
    .number = "never-here", .withdrawn = TRUE, .updated = 9000 }));
  device_put_all (device, page);

  assert_list (device, "A-4 A-2 A-1");
  g_assert_cmpuint (count (device, "қар"), ==, 0);
  komek_feed_history_async (device->feed, "A-3", NULL, on_awaited, &result);
  history = komek_feed_history_finish (device->feed, await (&result), NULL);
  g_assert_cmpuint (history->len, ==, 0);
}

static void
test_forgets_by_number (Device *device, gconstpointer unused)
{
  const char *const numbers[] = { "A-1", "A-4", "never-here", NULL };

  device_put (device, reports, G_N_ELEMENTS (reports));
  forget (device, numbers);
  assert_list (device, "A-3 A-2");
}

static void
test_progress_comes_back_as_it_went (Device *device, gconstpointer unused)
{
  g_autoptr (GAsyncResult) written = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  KomekProgress progress = {
    .mark = 1, .as_of = 2, .generation = 3, .page = 4, .window_start = -5, .window_end = 6,
    .floor = 7, .after = "2026-11-21T10:00:00Z/А-1",
  };
  KomekProgress read;

  komek_mirror_put_progress_async (device->mirror, &progress, NULL, on_awaited, &written);
  g_assert_true (komek_mirror_write_finish (device->mirror, await (&written), NULL));
  komek_mirror_read_progress_async (device->mirror, NULL, on_awaited, &result);
  g_assert_true (komek_mirror_read_progress_finish (device->mirror, await (&result), &read, NULL));
  g_assert_cmpint (read.mark, ==, 1);
  g_assert_cmpint (read.as_of, ==, 2);
  g_assert_cmpint (read.generation, ==, 3);
  g_assert_cmpint (read.page, ==, 4);
  g_assert_cmpint (read.window_start, ==, -5);
  g_assert_cmpint (read.window_end, ==, 6);
  g_assert_cmpint (read.floor, ==, 7);
  g_assert_cmpstr (read.after, ==, "2026-11-21T10:00:00Z/А-1");
}

/* A list of any length that is made while it is read. */
typedef struct
{
  guint n;
  guint breaks_off; /* before this one; 0 for never */
} Source;

static gboolean
stream (gpointer data, KomekRequestSink take_one, gpointer sink, GError **error)
{
  const Source *source = data;

  for (guint i = 1; i <= source->n; i++)
    {
      g_autofree char *number = g_strdup_printf ("S-%u", i);
      g_autoptr (KomekRequest) request = make_request (&(Report) { number, "Мұз", "", NULL, 0, i });

      if (i == source->breaks_off)
        {
          g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE, "The answer broke off");
          return FALSE;
        }
      take_one (request, sink);
    }
  return TRUE;
}

static gboolean
put_stream (Device *device, const Source *source, const KomekProgress *progress, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  komek_mirror_put_stream_async (device->mirror, stream, g_memdup2 (source, sizeof *source), g_free,
                                 progress, NULL, on_awaited, &result);
  return komek_mirror_write_finish (device->mirror, await (&result), error);
}

static gint64
read_mark (Device *device)
{
  g_autoptr (GAsyncResult) result = NULL;
  KomekProgress progress;

  komek_mirror_read_progress_async (device->mirror, NULL, on_awaited, &result);
  komek_mirror_read_progress_finish (device->mirror, await (&result), &progress, NULL);
  return progress.mark;
}

static void
test_a_stream_is_written_whole (Device *device, gconstpointer unused)
{
  KomekProgress progress = { .mark = 5 };

  g_assert_true (put_stream (device, &(Source) { .n = 2500 }, &progress, NULL));
  g_assert_cmpuint (count (device, "мұз"), ==, 2500);
  g_assert_cmpint (read_mark (device), ==, 5);
}

static void
test_a_stream_that_breaks_off_is_no_progress (Device *device, gconstpointer unused)
{
  KomekProgress progress = { .mark = 5 };
  g_autoptr (GError) error = NULL;
  g_autoptr (KomekRequest) last = NULL;
  g_autoptr (KomekRequest) next = NULL;

  g_assert_false (put_stream (device, &(Source) { 2500, 2001 }, &progress, &error));
  g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE);
  g_assert_cmpint (read_mark (device), ==, 0);
  last = device_find (device, "S-2000");
  next = device_find (device, "S-2001");
  g_assert_nonnull (last);
  g_assert_null (next);
}

/* The rows are there with their page; the words follow when nobody asks for anything else. */
static void
test_words_follow_a_walk (Device *device, gconstpointer unused)
{
  put_page (device, 0, 2, 1, 2);
  assert_list (device, "A-4 A-3");
  for (guint i = 0; count (device, "шұңқыр") == 0; i++)
    {
      g_assert_cmpuint (i, <, 100);
      let_pass (50);
    }
  g_assert_cmpuint (count (device, "қар"), ==, 1);
}

static void
test_the_last_page_is_found_at_once (Device *device, gconstpointer unused)
{
  put_page (device, 0, 2, 1, 2);
  put_page (device, 2, 2, 1, 0);
  g_assert_cmpuint (count (device, "шұңқыр"), ==, 1);
  g_assert_cmpuint (count (device, "яма"), ==, 1);
}

/* Closed between a page and its words. */
static void
test_words_follow_after_a_stop (Device *device, gconstpointer unused)
{
  put_page (device, 0, 4, 1, 2);
  device_close (device);
  device_open (device);
  for (guint i = 0; count (device, "фонарь") == 0; i++)
    {
      g_assert_cmpuint (i, <, 100);
      let_pass (50);
    }
}

/* A request that changed before its words were added, and one that went. */
static void
test_words_follow_what_became_of_it (Device *device, gconstpointer unused)
{
  const char *const numbers[] = { "A-3", NULL };
  Report changed = reports[0];

  put_page (device, 0, 4, 1, 2);
  changed.text = "Құдық";
  device_put (device, &changed, 1);
  forget (device, numbers);
  put_page (device, 3, 1, 1, 0);

  g_assert_cmpuint (count (device, "шұңқыр"), ==, 0);
  g_assert_cmpuint (count (device, "құдық"), ==, 1);
  g_assert_cmpuint (count (device, "қар"), ==, 0);
  g_assert_cmpuint (count (device, "яма"), ==, 1);
}

/* A city that tells days only: a thousand requests of one second, each found and all in order. */
static void
test_many_may_be_of_one_second (Device *device, gconstpointer unused)
{
  g_autoptr (GPtrArray) page = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (KomekPoints) points = NULL;
  const KomekPoint *all;
  guint n;

  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *number = g_strdup_printf ("D-%u", i);

      g_ptr_array_add (page, make_request (&(Report) { number, "Мұз", "", NULL, 0, 86400 }));
      if (i % 100 == 0)
        g_ptr_array_add (page, make_request (&reports[i / 100 % 4]));
    }
  g_ptr_array_add (page, make_request (&(Report) { "E-1", "Мұз", "", NULL, 0, 86390 }));
  device_put_all (device, page);

  g_assert_cmpuint (count (device, "мұз"), ==, 1001);
  points = device_get_points (device);
  all = komek_points_peek (points, &n);
  g_assert_cmpuint (n, ==, 1005);
  for (guint i = 1; i < n; i++)
    g_assert_cmpuint (all[i].requested, <=, all[i - 1].requested);
}

static void
test_a_new_time_moves_a_request (Device *device, gconstpointer unused)
{
  Report moved = reports[3];
  g_autoptr (KomekHits) hits = NULL;

  device_put (device, reports, G_N_ELEMENTS (reports));
  moved.requested = 9000;
  device_put (device, &moved, 1);
  assert_list (device, "A-1 A-4 A-3 A-2");
  hits = device_search (device, "яма", KOMEK_SEARCH_NEWEST, 5);
  g_assert_cmpuint (komek_hits_get_keys (hits)->len, ==, 1);
}

#define ADD(path, function) \
  g_test_add ("/walk/" path, Device, NULL, device_set_up, function, device_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("what-a-walk-did-not-meet-goes", test_what_a_walk_did_not_meet_goes);
  ADD ("only-the-window-walked-is-judged", test_only_the_window_walked_is_judged);
  ADD ("the-end-of-a-window-is-the-next-ones", test_the_end_of_a_window_is_the_next_ones);
  ADD ("goes-on-after-a-stop", test_a_walk_goes_on_after_a_stop);
  ADD ("another-walk-has-met-nothing", test_another_walk_has_met_nothing);
  ADD ("that-met-nearly-nothing-is-not-believed",
       test_a_walk_that_met_nearly_nothing_is_not_believed);
  ADD ("what-came-meanwhile-stays", test_what_came_meanwhile_stays);
  ADD ("what-the-city-took-back-goes", test_what_the_city_took_back_goes);
  ADD ("forgets-by-number", test_forgets_by_number);
  ADD ("progress-comes-back-as-it-went", test_progress_comes_back_as_it_went);
  ADD ("a-stream-is-written-whole", test_a_stream_is_written_whole);
  ADD ("a-stream-that-breaks-off-is-no-progress", test_a_stream_that_breaks_off_is_no_progress);
  ADD ("words-follow", test_words_follow_a_walk);
  ADD ("the-last-page-is-found-at-once", test_the_last_page_is_found_at_once);
  ADD ("words-follow-after-a-stop", test_words_follow_after_a_stop);
  ADD ("words-follow-what-became-of-it", test_words_follow_what_became_of_it);
  ADD ("many-may-be-of-one-second", test_many_may_be_of_one_second);
  ADD ("a-new-time-moves-a-request", test_a_new_time_moves_a_request);
  return g_test_run ();
}
