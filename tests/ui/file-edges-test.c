/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "request-fakes.h"

#include "komek-category-page.h"
#include "komek-done-page.h"
#include "komek-error.h"
#include "komek-review-page.h"

#define NUMBER "221126-000-244"

/* What happens off the straight way through the questions. */
typedef struct
{
  TestCity     *city;
  TestStage    *stage;
  KomekSending *sending;
  GtkWidget    *page;
} Fixture;

static KomekDraft *
get_draft (Fixture *fixture)
{
  return komek_context_get_draft (fixture->stage->context);
}

static void
show (Fixture *fixture, KomekPage *page)
{
  test_stage_show (fixture->stage, page);
  fixture->page = GTK_WIDGET (page);
}

static void
add_service (TestCity *city, const char *code, const char *group, gboolean needs_place)
{
  g_autoptr (KomekLabel) name = komek_label_new (code, code, code);
  g_autoptr (KomekLabel) group_name = komek_label_new (group, group, group);
  KomekServiceFields fields = {
    .code = code, .name = name, .group = group, .group_name = group_name, .needs_place = needs_place, .days = 3,
  };

  test_city_add_service (city, &fields);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->city = test_city_new ("astana", "https://109.example.kz");
  add_service (fixture->city, "SNO.ice", "SNO", TRUE);
  add_service (fixture->city, "SEW.open", "SEW", TRUE);
  add_service (fixture->city, "HLT.queue", "HLT", FALSE);
  fixture->stage = test_stage_new (fixture->city, TRUE);
  fixture->sending = komek_sending_new (fixture->stage->context);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_overlay_set_child (GTK_OVERLAY (gtk_window_get_child (GTK_WINDOW (fixture->stage->window))), NULL);
  test_settle ();
  g_assert_finalize_object (fixture->sending);
  test_stage_free (fixture->stage);
}

static void
show_review (Fixture *fixture, const char *service)
{
  g_autoptr (KomekPlace) place = komek_place_new (51.17, 71.43, "Республика даңғылы, 24", "baikonyr");
  KomekDraft *draft = get_draft (fixture);

  komek_draft_set_service (draft, komek_context_find_service (fixture->stage->context, service));
  if (komek_service_needs_place (komek_draft_get_service (draft)))
    komek_draft_set_place (draft, place);
  komek_draft_set_text (draft, "Тротуар көктайғақ");
  show (fixture, komek_review_page_new (fixture->stage->context, fixture->sending));
}

static void
send (Fixture *fixture)
{
  g_signal_emit_by_name (test_find_by_name (fixture->page, "send"), "clicked");
  test_settle ();
}

static guint
count_children (GtkWidget *widget)
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    n++;
  return n;
}

static void
test_what_is_often_reported_stands_above (Fixture *fixture, gconstpointer data)
{
  const char *const services[] = { "SNO.ice", "SEW.open", NULL };
  const char *const none[] = { NULL };
  GArray *array = g_array_new (FALSE, FALSE, sizeof (KomekPoint));
  KomekPoint recent = { .key = 1, .requested = TEST_NOW - 86400, .service = 1 };
  KomekPoint old = { .key = 2, .requested = TEST_NOW - 40 * 86400, .service = 0 };
  g_autoptr (KomekPoints) points = NULL;

  g_array_append_val (array, recent);
  g_array_append_val (array, old);
  points = komek_points_new (array, services, none);
  test_city_set_points (fixture->city, points);
  show (fixture, komek_category_page_new (fixture->stage->context));

  g_assert_cmpuint (count_children (test_find_by_name (fixture->page, "often")), ==, 1);
  g_assert_cmpuint (count_children (test_find_by_name (fixture->page, "all")), ==, 2);
  test_press (test_find_by_name (fixture->page, "often"), "SEW");
  g_assert_cmpstr (test_stage_get_last (fixture->stage), ==, "open(service,SEW)");
}

/* The first day of a device, and no city: a heading over nothing would explain nothing. */
static void
test_without_categories_it_says_why (void)
{
  TestCity *city = test_city_new ("astana", NULL);
  TestStage *stage;

  test_city_fail (city, g_error_new_literal (KOMEK_ERROR, KOMEK_ERROR_UNREACHABLE, "nobody there"));
  stage = test_stage_new (city, TRUE);
  test_stage_show (stage, komek_category_page_new (stage->context));
  g_assert_true (test_comes (stage->window,
                             "The city’s categories are not on this device yet. They come by themselves as soon as "
                             "there is a connection. Until then you can call 109."));
  g_assert_null (test_find_by_text (stage->window, "All categories"));
  g_assert_false (test_is_seen (test_find_by_name (stage->window, "loading")));
  g_assert_false (test_is_seen (test_find_by_name (stage->window, "all")));
  gtk_overlay_set_child (GTK_OVERLAY (gtk_window_get_child (GTK_WINDOW (stage->window))), NULL);
  test_settle ();
  test_stage_free (stage);
}

/* Before it has answered, nobody knows whether it will. */
static void
test_categories_that_come_are_waited_for (void)
{
  TestCity *city = test_city_new ("astana", NULL);
  TestStage *stage;

  test_city_hold (city);
  stage = test_stage_new (city, TRUE);
  test_stage_show (stage, komek_category_page_new (stage->context));
  g_assert_true (test_is_seen (test_find_by_name (stage->window, "loading")));
  g_assert_cmpuint (count_children (test_find_by_name (stage->window, "all")), >, 5);
  gtk_overlay_set_child (GTK_OVERLAY (gtk_window_get_child (GTK_WINDOW (stage->window))), NULL);
  test_settle ();
  test_stage_free (stage);
}

static void
test_no_place_is_shown_where_none_is_asked (Fixture *fixture, gconstpointer data)
{
  show_review (fixture, "HLT.queue");

  g_assert_false (test_is_seen (test_find_by_name (fixture->page, "place_row")));
  send (fixture);
  g_assert_cmpuint (test_city_get_n_submitted (fixture->city), ==, 1);
}

static void
test_changed_answer_is_shown_when_one_comes_back (Fixture *fixture, gconstpointer data)
{
  show_review (fixture, "SNO.ice");
  komek_draft_set_landmark (get_draft (fixture), "дүкен жанында");
  komek_draft_set_text (get_draft (fixture), "Екі адам құлады");
  test_settle ();

  g_assert_nonnull (test_find_by_text (fixture->page, "District: Baikonyr · дүкен жанында"));
  g_assert_nonnull (test_find_by_text (fixture->page, "Екі адам құлады"));
  g_assert_null (test_find_by_text (fixture->page, "Тротуар көктайғақ"));
}

static void
test_refusal_shows_the_words_of_the_city (Fixture *fixture, gconstpointer data)
{
  show_review (fixture, "SNO.ice");
  test_city_fail (fixture->city, g_error_new (KOMEK_ERROR, KOMEK_ERROR_REFUSED, "The place is in another city"));
  send (fixture);

  g_assert_true (test_comes (fixture->page, "The place is in another city"));
  g_assert_cmpstr (komek_draft_get_text (get_draft (fixture)), ==, "Тротуар көктайғақ");
}

static void
test_failure_is_still_said_after_a_rebuild (Fixture *fixture, gconstpointer data)
{
  show_review (fixture, "SNO.ice");
  test_city_fail (fixture->city, g_error_new (KOMEK_ERROR, KOMEK_ERROR_UNSAVED, "No space"));
  send (fixture);
  show (fixture, komek_review_page_new (fixture->stage->context, fixture->sending));

  g_assert_true (test_comes (fixture->page, "The disk may be full or protected."));
  g_assert_true (gtk_widget_get_sensitive (test_find_by_name (fixture->page, "send")));
}

static void
test_done_page_shows_number_and_deadline (Fixture *fixture, gconstpointer data)
{
  show_review (fixture, "SNO.ice");
  send (fixture);
  show (fixture, komek_done_page_new (fixture->stage->context, NULL, NUMBER));

  g_assert_nonnull (test_find_by_text (fixture->page, NUMBER));
  g_assert_nonnull (test_find_by_text (fixture->page, "24 Nov 2026"));
  g_assert_nonnull (test_find_by_text (fixture->page, "Scan the QR code"));
  g_assert_null (test_find_by_text (fixture->page, "Save as PDF"));
  test_press (fixture->page, "Finish");
  g_assert_cmpstr (test_stage_get_last (fixture->stage), ==, "finish(,)");
}

static KomekReceipt *
show_done (Fixture *fixture)
{
  const char *key;

  show_review (fixture, "SNO.ice");
  send (fixture);
  key = test_city_get_submitted_key (fixture->city, 0);
  show (fixture, komek_done_page_new (fixture->stage->context, komek_sending_get_kept (fixture->sending), key));
  return komek_outbox_look_up (komek_context_get_outbox (fixture->stage->context), key);
}

static void
test_done_page_offline_gives_a_number_of_the_device (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KomekReceipt) receipt = NULL;

  test_city_set_offline (fixture->city);
  receipt = show_done (fixture);
  g_assert_nonnull (test_find_by_text (fixture->page, "Your request is safe on this device"));
  g_assert_nonnull (test_find_by_text (fixture->page, komek_receipt_get_local (receipt)));
  g_assert_null (test_find_by_text (fixture->page, "Request accepted"));

  /* The line is back. */
  komek_receipt_deliver (receipt, NUMBER);
  test_settle ();
  g_assert_nonnull (test_find_by_text (fixture->page, "Request accepted"));
  g_assert_nonnull (test_find_by_text (fixture->page, NUMBER));
  g_assert_null (test_find_by_text (fixture->page, komek_receipt_get_local (receipt)));
}

static void
test_done_page_says_what_the_city_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KomekReceipt) receipt = NULL;

  test_city_set_offline (fixture->city);
  receipt = show_done (fixture);
  komek_receipt_park (receipt);
  test_settle ();
  g_assert_nonnull (test_find_by_text (fixture->page, "Staff will look at it."));
  g_assert_nonnull (test_find_by_text (fixture->page, komek_receipt_get_local (receipt)));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gtk_disable_setlocale ();
  adw_init ();
#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)
  g_test_add_func ("/file/edges/without-categories-it-says-why", test_without_categories_it_says_why);
  g_test_add_func ("/file/edges/categories-that-come-are-waited-for",
                   test_categories_that_come_are_waited_for);
  ADD ("/file/what-is-often-reported-stands-above", test_what_is_often_reported_stands_above);
  ADD ("/file/no-place-is-shown-where-none-is-asked", test_no_place_is_shown_where_none_is_asked);
  ADD ("/file/changed-answer-is-shown-when-one-comes-back", test_changed_answer_is_shown_when_one_comes_back);
  ADD ("/file/refusal-shows-the-words-of-the-city", test_refusal_shows_the_words_of_the_city);
  ADD ("/file/failure-is-still-said-after-a-rebuild", test_failure_is_still_said_after_a_rebuild);
  ADD ("/file/done-page-shows-number-and-deadline", test_done_page_shows_number_and_deadline);
  ADD ("/file/done-page-offline-gives-a-number-of-the-device", test_done_page_offline_gives_a_number_of_the_device);
  ADD ("/file/done-page-says-what-the-city-refused", test_done_page_says_what_the_city_refused);
  return g_test_run ();
}
