/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "request-fakes.h"

#include "komek-check-page.h"
#include "komek-error.h"

#define NUMBER "181126-000-097"

typedef struct
{
  TestCity    *city;
  TestStage   *stage;
  GtkWidget   *page;
  GtkEditable *entry;
} Fixture;

static void
begin (Fixture *fixture, const char *id, const char *known)
{
  KomekRequestFields fields = { .number = known, .service = "SNO.ice", .requested = TEST_NOW };
  const char *const services[] = { "SNO.ice", NULL };
  const char *const none[] = { NULL };
  GArray *array = g_array_new (FALSE, FALSE, sizeof (KomekPoint));
  KomekPoint point = { .key = 1, .requested = TEST_NOW };
  g_autoptr (KomekPoints) points = NULL;
  KomekPage *page;

  g_array_append_val (array, point);
  points = komek_points_new (array, services, none);
  fixture->city = test_city_new (id, "https://109.example.kz");
  test_city_add_request (fixture->city, &fields);
  if (*id)
    test_city_set_points (fixture->city, points);
  fixture->stage = test_stage_new (fixture->city, TRUE);
  page = komek_check_page_new (fixture->stage->context, "");
  test_stage_show (fixture->stage, page);
  fixture->page = GTK_WIDGET (page);
  fixture->entry = GTK_EDITABLE (test_find_by_name (fixture->page, "entry"));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  begin (fixture, "astana", NUMBER);
}

static void
set_up_abroad (Fixture *fixture, gconstpointer data)
{
  begin (fixture, "elsewhere", "SR-105");
}

static void
set_up_unknown (Fixture *fixture, gconstpointer data)
{
  begin (fixture, "", "SR-105");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  test_stage_free (fixture->stage);
}

static void
press (Fixture *fixture, const char *keys)
{
  GtkWidget *pad = test_find_by_name (fixture->page, "pad");

  for (const char *key = keys; *key; key++)
    {
      char digit[] = { *key, '\0' };

      if (*key == '<')
        gtk_widget_activate_action (pad, "pad.backspace", NULL);
      else
        gtk_widget_activate_action (pad, "pad.digit", "s", digit);
    }
  test_settle ();
}

static void
enter (Fixture *fixture, const char *text)
{
  gtk_editable_set_text (fixture->entry, text);
  g_signal_emit_by_name (fixture->entry, "activate");
  test_settle ();
}

static gboolean
sees (Fixture *fixture, const char *text)
{
  return test_find_by_text (fixture->page, text) != NULL;
}

static void
test_pad_groups_as_it_types (Fixture *fixture, gconstpointer data)
{
  press (fixture, "1811260");
  g_assert_cmpstr (gtk_editable_get_text (fixture->entry), ==, "181126-0");
  press (fixture, "00097");
  g_assert_cmpstr (gtk_editable_get_text (fixture->entry), ==, NUMBER);
  press (fixture, "<<<");
  g_assert_cmpstr (gtk_editable_get_text (fixture->entry), ==, "181126-000");
  press (fixture, "<");
  g_assert_cmpstr (gtk_editable_get_text (fixture->entry), ==, "181126-00");
}

static void
test_digit_in_the_middle_keeps_the_cursor (Fixture *fixture, gconstpointer data)
{
  press (fixture, "18112600009");
  gtk_editable_set_position (fixture->entry, 2);
  press (fixture, "0");
  g_assert_cmpstr (gtk_editable_get_text (fixture->entry), ==, "180112-600-009");
  g_assert_cmpint (gtk_editable_get_position (fixture->entry), ==, 3);
}

static void
test_right_number_opens_the_request (Fixture *fixture, gconstpointer data)
{
  enter (fixture, "181126000097");
  g_assert_cmpstr (test_stage_get_last (fixture->stage), ==, "open(request," NUMBER ")");
}

static void
test_scanned_link_opens_the_request (Fixture *fixture, gconstpointer data)
{
  enter (fixture, "https://109.example.kz/r/" NUMBER "?lang=kk");
  g_assert_cmpstr (test_stage_get_last (fixture->stage), ==, "open(request," NUMBER ")");
}

static void
test_wrong_check_digit_says_so_and_offers_the_list (Fixture *fixture, gconstpointer data)
{
  GtkWidget *focus;

  enter (fixture, "181126000098");
  g_assert_true (test_comes (fixture->page, "Compare it with your receipt."));
  test_settle ();

  g_assert_true (sees (fixture, "This number is not right"));
  g_assert_cmpuint (test_city_get_n_refreshed (fixture->city), ==, 0);
  g_assert_cmpuint (fixture->stage->gone->len, ==, 0);
  focus = gtk_root_get_focus (GTK_ROOT (fixture->stage->window));
  g_assert_true (GTK_IS_BUTTON (focus));
  g_signal_emit_by_name (focus, "clicked");
  g_assert_cmpstr (test_stage_get_last (fixture->stage), ==, "open(explore,)");
}

static void
test_complaint_goes_when_one_types_on (Fixture *fixture, gconstpointer data)
{
  enter (fixture, "1811");
  g_assert_true (test_comes (fixture->page, "8 are missing."));

  press (fixture, "2");
  g_assert_false (sees (fixture, "8 are missing."));
  g_assert_false (sees (fixture, "Digits are missing"));
}

static void
test_unknown_number_is_asked_of_the_city (Fixture *fixture, gconstpointer data)
{
  enter (fixture, "221126000244");

  g_assert_cmpuint (test_city_get_n_refreshed (fixture->city), ==, 1);
  g_assert_true (sees (fixture, "Request not found"));
  g_assert_cmpuint (fixture->stage->gone->len, ==, 0);
}

static void
test_what_only_the_city_knows_is_found (Fixture *fixture, gconstpointer data)
{
  test_city_hide (fixture->city, NUMBER);
  enter (fixture, NUMBER);

  g_assert_cmpstr (test_stage_get_last (fixture->stage), ==, "open(request," NUMBER ")");
}

static void
test_broken_line_offers_another_try (Fixture *fixture, gconstpointer data)
{
  test_city_hide (fixture->city, NUMBER);
  test_city_fail (fixture->city, g_error_new (KOMEK_ERROR, KOMEK_ERROR_UNREACHABLE, "No route"));
  enter (fixture, NUMBER);
  g_assert_true (test_comes (fixture->page, "No connection to the city"));

  test_city_fail (fixture->city, NULL);
  test_press (fixture->page, "Try again");
  g_assert_cmpstr (test_stage_get_last (fixture->stage), ==, "open(request," NUMBER ")");
}

static void
test_numbers_of_other_cities_are_taken_as_they_are (Fixture *fixture, gconstpointer data)
{
  enter (fixture, "SR-105");
  g_assert_cmpstr (test_stage_get_last (fixture->stage), ==, "open(request,SR-105)");
}

/* Files one, so that this device has given a number of its own. */
static KomekReceipt *
file_one (Fixture *fixture)
{
  KomekOutbox *outbox = komek_context_get_outbox (fixture->stage->context);
  g_autoptr (KomekLabel) name = komek_label_new (NULL, NULL, "Ice");
  g_autoptr (KomekService) service =
    komek_service_new (&(KomekServiceFields) { .code = "SNO.ice", .name = name, .group = "SNO", .group_name = name });
  g_autoptr (KomekDraft) draft = komek_draft_new ();

  test_city_set_offline (fixture->city);
  komek_draft_set_service (draft, service);
  komek_draft_set_text (draft, "Мұз");
  komek_outbox_submit_async (outbox, draft, NULL, NULL, NULL);
  test_settle ();
  return komek_outbox_look_up (outbox, TEST_LOCAL_NUMBER);
}

static void
test_number_of_this_device_says_that_it_waits (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KomekReceipt) receipt = file_one (fixture);

  enter (fixture, "0123456789000013");
  g_assert_true (test_comes (fixture->page, "Your request is safe on this device"));
  g_assert_cmpuint (test_city_get_n_refreshed (fixture->city), ==, 0);
  g_assert_cmpuint (fixture->stage->gone->len, ==, 0);
}

static void
test_number_of_this_device_leads_to_the_city_s (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KomekReceipt) receipt = file_one (fixture);

  komek_receipt_deliver (receipt, NUMBER);
  enter (fixture, TEST_LOCAL_NUMBER);
  g_assert_cmpstr (test_stage_get_last (fixture->stage), ==, "open(request," NUMBER ")");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  gtk_disable_setlocale ();
  adw_init ();
#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)
  ADD ("/check-page/pad-groups-as-it-types", test_pad_groups_as_it_types);
  ADD ("/check-page/digit-in-the-middle-keeps-the-cursor", test_digit_in_the_middle_keeps_the_cursor);
  ADD ("/check-page/right-number-opens-the-request", test_right_number_opens_the_request);
  ADD ("/check-page/scanned-link-opens-the-request", test_scanned_link_opens_the_request);
  ADD ("/check-page/wrong-check-digit-says-so", test_wrong_check_digit_says_so_and_offers_the_list);
  ADD ("/check-page/complaint-goes-when-one-types-on", test_complaint_goes_when_one_types_on);
  ADD ("/check-page/unknown-number-is-asked-of-the-city", test_unknown_number_is_asked_of_the_city);
  ADD ("/check-page/what-only-the-city-knows-is-found", test_what_only_the_city_knows_is_found);
  ADD ("/check-page/broken-line-offers-another-try", test_broken_line_offers_another_try);
  ADD ("/check-page/number-of-this-device-says-that-it-waits", test_number_of_this_device_says_that_it_waits);
  ADD ("/check-page/number-of-this-device-leads-to-the-city-s", test_number_of_this_device_leads_to_the_city_s);
  g_test_add ("/check-page/numbers-of-other-cities-are-taken-as-they-are", Fixture, NULL, set_up_abroad,
              test_numbers_of_other_cities_are_taken_as_they_are, tear_down);
  g_test_add ("/check-page/a-city-without-a-card-may-count-as-it-likes", Fixture, NULL, set_up_unknown,
              test_numbers_of_other_cities_are_taken_as_they_are, tear_down);
  return g_test_run ();
}
