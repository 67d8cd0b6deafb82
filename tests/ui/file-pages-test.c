/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "request-fakes.h"

#include "komek-category-page.h"
#include "komek-error.h"
#include "komek-place-page.h"
#include "komek-review-page.h"
#include "komek-sending.h"
#include "komek-service-page.h"
#include "komek-text-page.h"

typedef struct
{
  TestCity     *city;
  TestStage    *stage;
  KomekSending *sending;
} Fixture;

static void
add_service (TestCity *city, const char *code, const char *name, gboolean danger, gboolean place)
{
  g_autoptr (KomekLabel) label = komek_label_new (NULL, NULL, name);
  g_autoptr (KomekLabel) group = komek_label_new (NULL, NULL, "Electricity");
  KomekServiceFields fields = {
    .code = code, .name = label, .group = "ELE", .group_name = group, .danger = danger, .needs_place = place, .days = 3,
  };

  test_city_add_service (city, &fields);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->city = test_city_new ("astana", NULL);
  add_service (fixture->city, "ELE.outage", "No electricity", FALSE, TRUE);
  add_service (fixture->city, "ELE.bare", "Bare wire, sparks", TRUE, TRUE);
  add_service (fixture->city, "ELE.idea", "Suggestion", FALSE, FALSE);
  fixture->stage = test_stage_new (fixture->city, TRUE);
  fixture->sending = komek_sending_new (fixture->stage->context);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = fixture->stage->window;

  gtk_window_set_child (GTK_WINDOW (window), NULL);
  test_settle ();
  g_assert_finalize_object (fixture->sending);
  test_stage_free (fixture->stage);
}

/* Sheets lie in an overlay, as the window of the program has one. */
static GtkWidget *
show (Fixture *fixture, KomekPage *page)
{
  GtkWidget *overlay = gtk_overlay_new ();

  gtk_overlay_set_child (GTK_OVERLAY (overlay), GTK_WIDGET (page));
  gtk_window_set_child (GTK_WINDOW (fixture->stage->window), overlay);
  test_settle ();
  return overlay;
}

static KomekDraft *
get_draft (Fixture *fixture)
{
  return komek_context_get_draft (fixture->stage->context);
}

static void
fill_draft (Fixture *fixture)
{
  KomekDraft *draft = get_draft (fixture);
  g_autoptr (KomekPlace) place = komek_place_new (51.15, 71.43, "Абай даңғылы", "saryarqa");

  komek_draft_set_service (draft, komek_context_find_service (fixture->stage->context, "ELE.outage"));
  komek_draft_set_place (draft, place);
  komek_draft_set_text (draft, "Аулада жарық жоқ");
}

static void
test_category_opens_its_services (Fixture *fixture, gconstpointer data)
{
  GtkWidget *root = show (fixture, komek_category_page_new (fixture->stage->context));

  test_press (root, "Electricity");
  g_assert_cmpstr (test_stage_get_last (fixture->stage), ==, "open(service,ELE)");
}

/* Before anything is typed. */
static void
test_full_disk_refuses_at_once (Fixture *fixture, gconstpointer data)
{
  GtkWidget *root;

  test_city_fill_disk (fixture->city);
  root = show (fixture, komek_category_page_new (fixture->stage->context));

  g_assert_true (test_comes (root, "This device cannot save data"));
  g_assert_false (test_is_seen (test_find_by_name (root, "search")));
  g_assert_null (test_find_by_text (root, "Electricity"));
}

static void
test_search_chooses_at_once (Fixture *fixture, gconstpointer data)
{
  GtkWidget *root = show (fixture, komek_category_page_new (fixture->stage->context));

  gtk_editable_set_text (GTK_EDITABLE (test_find_by_name (root, "search")), "outage nothing");
  test_settle ();
  g_assert_nonnull (test_find_by_text (root, "Nothing was found"));
  gtk_editable_set_text (GTK_EDITABLE (test_find_by_name (root, "search")), "no elec");
  test_settle ();
  test_press (root, "No electricity");
  g_assert_cmpstr (komek_service_get_code (komek_draft_get_service (get_draft (fixture))), ==, "ELE.outage");
  g_assert_cmpstr (test_stage_get_last (fixture->stage), ==, "continue(place,)");
}

static void
test_service_without_place_skips_the_map (Fixture *fixture, gconstpointer data)
{
  GtkWidget *root = show (fixture, komek_service_page_new (fixture->stage->context, "ELE"));

  test_press (root, "Suggestion");
  g_assert_cmpstr (test_stage_get_last (fixture->stage), ==, "continue(text,)");
}

/* Whoever has a finger on a button, or the focus, keeps it. */
static void
test_the_same_services_again_change_nothing (Fixture *fixture, gconstpointer data)
{
  GtkWidget *root = show (fixture, komek_service_page_new (fixture->stage->context, "ELE"));
  GtkWidget *button = test_find_by_text (root, "Suggestion");
  gpointer watched = button;

  g_object_add_weak_pointer (G_OBJECT (button), &watched);
  komek_feed_emit_city_changed (KOMEK_FEED (fixture->city));
  test_settle ();
  g_assert_true (watched != NULL && test_find_by_text (root, "Suggestion") == button);

  add_service (fixture->city, "ELE.new", "New lamps", FALSE, TRUE);
  komek_feed_emit_city_changed (KOMEK_FEED (fixture->city));
  g_assert_true (test_comes (root, "New lamps"));
  if (watched)
    g_object_remove_weak_pointer (G_OBJECT (button), &watched);
}

static void
test_danger_shows_whom_to_call_first (Fixture *fixture, gconstpointer data)
{
  GtkWidget *root = show (fixture, komek_service_page_new (fixture->stage->context, "ELE"));

  test_press (root, "Bare wire, sparks");
  g_assert_cmpuint (fixture->stage->gone->len, ==, 0);
  g_assert_nonnull (test_find_by_text (root, "112"));
  test_press (root, "I have called");
  g_assert_cmpstr (test_stage_get_last (fixture->stage), ==, "continue(place,)");
  g_assert_null (test_find_by_text (root, "I have called"));
}

static void
test_text_is_kept_letter_by_letter (Fixture *fixture, gconstpointer data)
{
  GtkWidget *root = show (fixture, komek_text_page_new (fixture->stage->context));
  GtkTextView *view = GTK_TEXT_VIEW (test_find_by_name (root, "view"));

  gtk_text_buffer_insert_at_cursor (gtk_text_view_get_buffer (view), "Жарық жоқ", -1);
  g_assert_cmpstr (komek_draft_get_text (get_draft (fixture)), ==, "Жарық жоқ");
  root = show (fixture, komek_text_page_new (fixture->stage->context));
  g_assert_nonnull (test_find_by_text (root, "9 / 4,000"));
  test_press (root, "Continue");
  g_assert_cmpstr (test_stage_get_last (fixture->stage), ==, "continue(review,)");
}

static void
test_empty_text_says_what_is_missing (Fixture *fixture, gconstpointer data)
{
  GtkWidget *root = show (fixture, komek_text_page_new (fixture->stage->context));
  GtkTextView *view = GTK_TEXT_VIEW (test_find_by_name (root, "view"));

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (view), " \n\t ", -1);
  test_press (root, "Continue");
  g_assert_cmpuint (fixture->stage->gone->len, ==, 0);
  g_assert_true (gtk_widget_is_focus (GTK_WIDGET (view)));
  g_assert_true (test_comes (root, "A few words are enough"));
}

static void
test_a_book_is_cut_and_that_is_said (Fixture *fixture, gconstpointer data)
{
  GtkWidget *root = show (fixture, komek_text_page_new (fixture->stage->context));
  GtkTextView *view = GTK_TEXT_VIEW (test_find_by_name (root, "view"));
  g_autofree char *book = g_strnfill (10000, 'a');

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (view), book, -1);
  test_settle ();
  g_assert_cmpint (g_utf8_strlen (komek_draft_get_text (get_draft (fixture)), -1), ==, KOMEK_DRAFT_MAX_TEXT);
  g_assert_true (test_comes (root, "was left out"));
}

static void
test_place_is_kept_and_nudged (Fixture *fixture, gconstpointer data)
{
  KomekDraft *draft = get_draft (fixture);
  GtkWidget *page;
  double before;

  fill_draft (fixture);
  page = GTK_WIDGET (komek_place_page_new (fixture->stage->context));
  show (fixture, KOMEK_PAGE (page));
  before = komek_place_get_latitude (komek_draft_get_place (draft));
  for (int i = 0; i < 4; i++)
    gtk_widget_activate_action (page, "place.nudge", "(ii)", 0, 1);
  for (int i = 0; i < 100 && komek_place_get_latitude (komek_draft_get_place (draft)) - before < 1e-4; i++)
    {
      g_usleep (20000);
      test_settle ();
    }
  g_assert_cmpfloat_with_epsilon (komek_place_metres_between (before, 71.43,
                                                              komek_place_get_latitude (komek_draft_get_place (draft)),
                                                              71.43),
                                  20, 2);
}

static void
test_review_changes_each_answer (Fixture *fixture, gconstpointer data)
{
  const char *const answers[] = { "No electricity", "Абай даңғылы", "Аулада жарық жоқ" };
  const char *const gone[] = { "open(category,)", "open(place,)", "open(text,)" };
  GtkWidget *root;

  fill_draft (fixture);
  root = show (fixture, komek_review_page_new (fixture->stage->context, fixture->sending));
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      GtkWidget *row = test_find_by_text (root, answers[i]);

      while (row && !gtk_widget_has_css_class (row, "answer-row"))
        row = gtk_widget_get_parent (row);
      g_assert_nonnull (row);
      test_press (row, "Change");
      g_assert_cmpstr (test_stage_get_last (fixture->stage), ==, gone[i]);
    }
}

static void
test_incomplete_draft_is_not_sent (Fixture *fixture, gconstpointer data)
{
  GtkWidget *root;

  komek_draft_set_text (get_draft (fixture), "Жарық жоқ");
  root = show (fixture, komek_review_page_new (fixture->stage->context, fixture->sending));
  test_press (root, "Send to 109");
  g_assert_cmpuint (test_city_get_n_submitted (fixture->city), ==, 0);
  g_assert_true (test_comes (root, "Something is missing"));
}

static void
on_sent (KomekSending *sending, const char *number, char **slot)
{
  g_assert_null (*slot);
  *slot = g_strdup (number);
}

static void
test_failed_sending_keeps_everything (Fixture *fixture, gconstpointer data)
{
  g_autofree char *number = NULL;
  GtkWidget *root;

  fill_draft (fixture);
  g_signal_connect (fixture->sending, "sent", G_CALLBACK (on_sent), &number);
  root = show (fixture, komek_review_page_new (fixture->stage->context, fixture->sending));
  test_city_fail (fixture->city, g_error_new (KOMEK_ERROR, KOMEK_ERROR_UNSAVED, "no space"));
  test_press (root, "Send to 109");
  g_assert_true (test_comes (root, "This device cannot save data"));
  g_assert_null (number);
  g_assert_cmpstr (komek_draft_get_text (get_draft (fixture)), ==, "Аулада жарық жоқ");

  test_city_fail (fixture->city, NULL);
  test_press (root, "Try again");
  g_assert_nonnull (number);
  g_assert_cmpuint (test_city_get_n_submitted (fixture->city), ==, 2);
  g_assert_cmpstr (test_city_get_submitted_key (fixture->city, 0), ==,
                   test_city_get_submitted_key (fixture->city, 1));
  g_assert_true (komek_draft_is_empty (get_draft (fixture)));
}

static void
test_sending_outlives_the_page (Fixture *fixture, gconstpointer data)
{
  g_autofree char *number = NULL;
  GtkWidget *root;

  fill_draft (fixture);
  g_signal_connect (fixture->sending, "sent", G_CALLBACK (on_sent), &number);
  root = show (fixture, komek_review_page_new (fixture->stage->context, fixture->sending));
  test_city_hold (fixture->city);
  test_press (root, "Send to 109");
  g_assert_true (komek_sending_is_busy (fixture->sending));
  komek_sending_start (fixture->sending);
  show (fixture, komek_review_page_new (fixture->stage->context, fixture->sending));
  test_city_release (fixture->city);
  test_settle ();
  g_assert_nonnull (number);
  g_assert_cmpuint (test_city_get_n_submitted (fixture->city), ==, 1);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("/file/category-opens-its-services", test_category_opens_its_services);
  ADD ("/file/full-disk-refuses-at-once", test_full_disk_refuses_at_once);
  ADD ("/file/search-chooses-at-once", test_search_chooses_at_once);
  ADD ("/file/service-without-place-skips-the-map", test_service_without_place_skips_the_map);
  ADD ("/file/the-same-services-again-change-nothing", test_the_same_services_again_change_nothing);
  ADD ("/file/danger-shows-whom-to-call-first", test_danger_shows_whom_to_call_first);
  ADD ("/file/text-is-kept-letter-by-letter", test_text_is_kept_letter_by_letter);
  ADD ("/file/empty-text-says-what-is-missing", test_empty_text_says_what_is_missing);
  ADD ("/file/a-book-is-cut-and-that-is-said", test_a_book_is_cut_and_that_is_said);
  ADD ("/file/place-is-kept-and-nudged", test_place_is_kept_and_nudged);
  ADD ("/file/review-changes-each-answer", test_review_changes_each_answer);
  ADD ("/file/incomplete-draft-is-not-sent", test_incomplete_draft_is_not_sent);
  ADD ("/file/failed-sending-keeps-everything", test_failed_sending_keeps_everything);
  ADD ("/file/sending-outlives-the-page", test_sending_outlives_the_page);
  return g_test_run ();
}
