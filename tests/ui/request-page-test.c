/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "request-fakes.h"

#include "komek-error.h"
#include "komek-qr-card.h"
#include "komek-request-page.h"
#include "komek-timeline-item.h"

#define NUMBER "181126-000-097"

typedef struct
{
  TestCity           *city;
  TestStage          *stage;
  KomekRequestFields  fields;
  GtkWidget          *page;
} Fixture;

/* @plain: the city knows nothing but the standard. */
static void
set_up_as (Fixture *fixture, gboolean kiosk, gboolean plain)
{
  g_autoptr (KomekPlace) place = komek_place_new (51.17, 71.43, "Республика даңғылы, 24", "baikonyr");

  fixture->fields = (KomekRequestFields) {
    .number = NUMBER, .service = "SNO.ice", .service_name = "Ice on the pavement",
    .status = KOMEK_STATUS_IN_WORK, .text = "Көктайғақ", .agency = "baikonyr", .place = place,
    .requested = TEST_NOW - 86400, .updated = TEST_NOW - 3600, .due = TEST_NOW + 2 * 86400,
  };
  fixture->city = test_city_new ("astana", "https://109.example.kz");
  if (plain)
    test_city_forget_abilities (fixture->city);
  test_city_add_request (fixture->city, &fixture->fields);
  test_city_add_update (fixture->city, NUMBER, KOMEK_STATUS_NEW, TEST_NOW - 86400, NULL, NULL, FALSE);
  test_city_add_update (fixture->city, NUMBER, KOMEK_STATUS_IN_WORK, TEST_NOW - 3600, "A crew is on its way",
                        "baikonyr", FALSE);
  fixture->stage = test_stage_new (fixture->city, kiosk);
  fixture->fields.place = NULL;
}

static void
set_up (Fixture *fixture, gconstpointer kiosk)
{
  set_up_as (fixture, kiosk != NULL, FALSE);
}

static void
set_up_plain (Fixture *fixture, gconstpointer unused)
{
  set_up_as (fixture, TRUE, TRUE);
}

static void
tear_down (Fixture *fixture, gconstpointer kiosk)
{
  test_stage_free (fixture->stage);
}

static GtkWidget *
show (Fixture *fixture, const char *number)
{
  KomekPage *page = komek_request_page_new (fixture->stage->context, number);

  test_stage_show (fixture->stage, page);
  fixture->page = GTK_WIDGET (page);
  return fixture->page;
}

static gboolean
sees (Fixture *fixture, const char *text)
{
  return test_find_by_text (fixture->page, text) != NULL;
}

/* The statuses of the timeline from top to bottom. */
static void
read_timeline (GtkWidget *widget, GArray *statuses)
{
  if (KOMEK_IS_TIMELINE_ITEM (widget))
    {
      KomekStatus status = komek_update_get_status (komek_timeline_item_get_update (KOMEK_TIMELINE_ITEM (widget)));

      g_array_append_val (statuses, status);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    read_timeline (child, statuses);
}

static void
test_shows_what_is_known (Fixture *fixture, gconstpointer kiosk)
{
  show (fixture, NUMBER);

  g_assert_true (sees (fixture, "№ " NUMBER));
  g_assert_true (sees (fixture, "Ice on the pavement"));
  g_assert_true (sees (fixture, "Көктайғақ"));
  g_assert_true (sees (fixture, "Республика даңғылы, 24"));
  g_assert_true (sees (fixture, "2 days left"));
  g_assert_true (sees (fixture, "Akimat of Baikonyr"));
  g_assert_true (sees (fixture, "A crew is on its way"));
  g_assert_true (sees (fixture, "No answer yet"));
  g_assert_false (sees (fixture, "Data as of"));
  g_assert_cmpuint (test_city_get_n_refreshed (fixture->city), ==, 1);
}

static void
test_timeline_has_the_newest_on_top (Fixture *fixture, gconstpointer kiosk)
{
  g_autoptr (GArray) statuses = g_array_new (FALSE, FALSE, sizeof (KomekStatus));

  /* A step that the city tells late belongs between those before. */
  test_city_add_update (fixture->city, NUMBER, KOMEK_STATUS_ASSIGNED, TEST_NOW - 7200, NULL, NULL, FALSE);
  read_timeline (show (fixture, NUMBER), statuses);

  g_assert_cmpuint (statuses->len, ==, 3);
  g_assert_cmpint (g_array_index (statuses, KomekStatus, 0), ==, KOMEK_STATUS_IN_WORK);
  g_assert_cmpint (g_array_index (statuses, KomekStatus, 1), ==, KOMEK_STATUS_ASSIGNED);
  g_assert_cmpint (g_array_index (statuses, KomekStatus, 2), ==, KOMEK_STATUS_NEW);
}

static void
test_news_appear_while_it_is_open (Fixture *fixture, gconstpointer kiosk)
{
  show (fixture, NUMBER);
  g_assert_false (sees (fixture, "The ice was removed"));

  fixture->fields.status = KOMEK_STATUS_ANSWERED;
  fixture->fields.updated = TEST_NOW;
  test_city_add_request (fixture->city, &fixture->fields);
  test_city_add_update (fixture->city, NUMBER, KOMEK_STATUS_ANSWERED, TEST_NOW, "The ice was removed", "baikonyr",
                        TRUE);
  komek_feed_emit_requests_changed (KOMEK_FEED (fixture->city));
  test_settle ();

  g_assert_true (sees (fixture, "The ice was removed"));
  g_assert_true (sees (fixture, "Official answer"));
  g_assert_false (sees (fixture, "No answer yet"));
  g_assert_true (sees (fixture, "2 days before the deadline"));
}

static void
test_waits_for_what_only_the_city_knows (Fixture *fixture, gconstpointer kiosk)
{
  test_city_hide (fixture->city, NUMBER);
  test_city_hold (fixture->city);
  show (fixture, NUMBER);
  g_assert_false (sees (fixture, "Ice on the pavement"));
  g_assert_false (sees (fixture, "Request not found"));

  test_city_release (fixture->city);
  test_settle ();
  g_assert_true (sees (fixture, "Ice on the pavement"));
}

static void
test_unknown_number_leads_on (Fixture *fixture, gconstpointer kiosk)
{
  show (fixture, "221126-000-244");
  g_assert_true (sees (fixture, "Request not found"));
  g_assert_true (sees (fixture, "221126-000-244"));
  g_assert_false (sees (fixture, "Try again"));

  test_press (fixture->page, "All requests");
  g_assert_cmpstr (test_stage_get_last (fixture->stage), ==, "open(explore,)");
}

static void
test_broken_line_says_of_when_it_is (Fixture *fixture, gconstpointer kiosk)
{
  show (fixture, NUMBER);
  test_city_fail (fixture->city, g_error_new (KOMEK_ERROR, KOMEK_ERROR_UNREACHABLE, "No route"));
  test_settle ();

  g_assert_true (sees (fixture, "Ice on the pavement"));
  g_assert_true (sees (fixture, "Data as of 21 Nov 2026, 09:46"));
}

static void
test_mended_line_is_asked_again (Fixture *fixture, gconstpointer kiosk)
{
  test_city_hide (fixture->city, NUMBER);
  test_city_fail (fixture->city, g_error_new (KOMEK_ERROR, KOMEK_ERROR_UNREACHABLE, "No route"));
  show (fixture, NUMBER);
  g_assert_true (sees (fixture, "No connection to the city"));
  g_assert_true (sees (fixture, "Try again"));

  test_city_fail (fixture->city, NULL);
  test_settle ();
  g_assert_true (sees (fixture, "Ice on the pavement"));
}

static void
test_code_leads_to_the_request (Fixture *fixture, gconstpointer kiosk)
{
  KomekQrCard *card = KOMEK_QR_CARD (test_find_by_name (show (fixture, NUMBER), "qr"));

  g_assert_cmpstr (komek_qr_card_get_code (card), ==, "https://109.example.kz/r/" NUMBER);
}

static void
test_only_a_desk_saves_files (Fixture *fixture, gconstpointer kiosk)
{
  show (fixture, NUMBER);

  g_assert_cmpint (sees (fixture, "Save as PDF"), ==, kiosk == NULL);
}

static void
test_others_support_it (Fixture *fixture, gconstpointer kiosk)
{
  show (fixture, NUMBER);
  test_press (fixture->page, "I have this problem too");
  test_settle ();
  g_assert_true (sees (fixture, "Thank you. Supported so far: 1"));
  g_assert_false (sees (fixture, "I have this problem too"));
}

static void
test_support_without_a_line_is_kept (Fixture *fixture, gconstpointer kiosk)
{
  show (fixture, NUMBER);
  test_city_fail (fixture->city, g_error_new (KOMEK_ERROR, KOMEK_ERROR_UNREACHABLE, "no line"));
  test_press (fixture->page, "I have this problem too");
  test_settle ();
  g_assert_true (sees (fixture, "Thank you. It is kept here"));
  g_assert_false (sees (fixture, "I have this problem too"));
}

static void
test_support_may_be_refused (Fixture *fixture, gconstpointer refused)
{
  show (fixture, NUMBER);
  test_city_fail (fixture->city, refused ? g_error_new (KOMEK_ERROR, KOMEK_ERROR_REFUSED, "gone")
                                         : g_error_new (KOMEK_ERROR, KOMEK_ERROR_UNSAVED, "full"));
  test_press (fixture->page, "I have this problem too");
  test_settle ();
  g_assert_true (sees (fixture, refused ? "The city does not take support for this request."
                                        : "This device cannot save data"));
  g_assert_true (sees (fixture, "I have this problem too"));
}

static void
test_what_is_not_counted_is_not_offered (Fixture *fixture, gconstpointer unused)
{
  show (fixture, NUMBER);
  g_assert_true (sees (fixture, NUMBER));
  g_assert_false (sees (fixture, "I have this problem too"));
}

static void
test_what_is_over_needs_no_support (Fixture *fixture, gconstpointer kiosk)
{
  fixture->fields.status = KOMEK_STATUS_CLOSED;
  test_city_add_request (fixture->city, &fixture->fields);
  show (fixture, NUMBER);
  g_assert_false (sees (fixture, "I have this problem too"));
}

static void
add (const char *path, gboolean kiosk, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, GINT_TO_POINTER (kiosk), set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gtk_disable_setlocale ();
  adw_init ();
  add ("/request-page/shows-what-is-known", TRUE, test_shows_what_is_known);
  add ("/request-page/timeline-has-the-newest-on-top", TRUE, test_timeline_has_the_newest_on_top);
  add ("/request-page/news-appear-while-it-is-open", TRUE, test_news_appear_while_it_is_open);
  add ("/request-page/waits-for-what-only-the-city-knows", TRUE, test_waits_for_what_only_the_city_knows);
  add ("/request-page/unknown-number-leads-on", TRUE, test_unknown_number_leads_on);
  add ("/request-page/broken-line-says-of-when-it-is", TRUE, test_broken_line_says_of_when_it_is);
  add ("/request-page/mended-line-is-asked-again", TRUE, test_mended_line_is_asked_again);
  add ("/request-page/code-leads-to-the-request", TRUE, test_code_leads_to_the_request);
  add ("/request-page/others-support-it", TRUE, test_others_support_it);
  add ("/request-page/support-without-a-line-is-kept", TRUE, test_support_without_a_line_is_kept);
  add ("/request-page/support-may-be-refused", TRUE, test_support_may_be_refused);
  add ("/request-page/support-may-not-be-kept", FALSE, test_support_may_be_refused);
  add ("/request-page/what-is-over-needs-no-support", TRUE, test_what_is_over_needs_no_support);
  g_test_add ("/request-page/what-is-not-counted-is-not-offered", Fixture, NULL, set_up_plain,
              test_what_is_not_counted_is_not_offered, tear_down);
  add ("/request-page/a-kiosk-saves-no-files", TRUE, test_only_a_desk_saves_files);
  add ("/request-page/a-desk-saves-files", FALSE, test_only_a_desk_saves_files);
  return g_test_run ();
}
