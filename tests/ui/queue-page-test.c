/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "queue-fake.h"
#include "request-fakes.h"

#include "komek-error.h"
#include "komek-queue-page.h"

/* What staff see of requests that have not arrived, and what they can do about each. */

typedef struct
{
  TestCity     *city;
  TestStage    *stage;
  TestQueue    *queue;
  KomekContext *context;
  GtkWidget    *page;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer unused)
{
  g_autoptr (KomekLabel) name = komek_label_new (NULL, NULL, "Pothole");
  KomekServiceFields service = { .code = "ROA.pothole", .name = name, .group = "ROA",
                                 .group_name = name };
  KomekContextFields fields;

  fixture->city = test_city_new ("astana", NULL);
  test_city_add_service (fixture->city, &service);
  fixture->stage = test_stage_new (fixture->city, FALSE);
  fixture->queue = test_queue_new ();
  fields = (KomekContextFields) {
    .feed = KOMEK_FEED (fixture->city),
    .outbox = KOMEK_OUTBOX (fixture->queue),
    .line = KOMEK_LINE (fixture->city),
    .clock = fixture->stage->clock,
    .locale = fixture->stage->locale,
    .theme = fixture->stage->theme,
    .plan = komek_context_get_plan (fixture->stage->context),
  };
  fixture->context = komek_context_new (&fields);
  test_settle ();
}

static void
tear_down (Fixture *fixture, gconstpointer unused)
{
  gtk_window_set_child (GTK_WINDOW (fixture->stage->window), NULL);
  test_settle ();
  g_object_unref (fixture->context);
  g_object_unref (fixture->queue);
  test_stage_free (fixture->stage);
}

static void
add (Fixture *fixture, const char *key, KomekPendingState state, guint status, const char *reason)
{
  g_ptr_array_add (fixture->queue->pending,
                   komek_pending_new (&(KomekPendingFields) {
                     .key = key, .number = TEST_LOCAL_NUMBER, .service = "ROA.pothole",
                     .filed = TEST_NOW - 3600, .state = state, .status = status, .reason = reason,
                     .address = state == KOMEK_PENDING_FORMER ? "http://old.example/" : NULL }));
}

static void
show (Fixture *fixture)
{
  fixture->page = GTK_WIDGET (komek_queue_page_new (fixture->context));
  test_stage_show (fixture->stage, KOMEK_PAGE (fixture->page));
  test_settle ();
}

static gboolean
sees (Fixture *fixture, const char *text)
{
  return test_find_by_text (fixture->page, text) != NULL;
}

static void
test_an_empty_queue_is_good_news (Fixture *fixture, gconstpointer unused)
{
  show (fixture);
  g_assert_true (sees (fixture, "Everything has arrived."));
  g_assert_false (sees (fixture, "Send all again"));
}

static void
test_the_queue_is_summed_up (Fixture *fixture, gconstpointer unused)
{
  fixture->queue->waiting = 3;
  fixture->queue->oldest = TEST_NOW - 2 * 86400;
  fixture->queue->parked = 1;
  fixture->queue->strays = 2;
  show (fixture);
  g_assert_true (sees (fixture, "3 wait to be sent; the oldest was handed in: 19 Nov 2026, 10:46"));
  g_assert_true (sees (fixture, "1 was not accepted by the city"));
  g_assert_true (sees (fixture, "2 wait for a former address of the city"));
  g_assert_false (sees (fixture, "Everything has arrived."));
}

static void
test_a_paused_queue_is_said_first (Fixture *fixture, gconstpointer unused)
{
  fixture->queue->waiting = 1;
  fixture->queue->problem = g_error_new (KOMEK_ERROR, KOMEK_ERROR_REFUSED, "403");
  show (fixture);
  g_assert_true (test_comes (fixture->page, "The city takes no requests from this device"));
  g_clear_error (&fixture->queue->problem);
  test_queue_change (fixture->queue);
  test_settle ();
  g_assert_false (sees (fixture, "The city takes no requests from this device"));
}

static void
test_a_certificate_is_said_exactly (Fixture *fixture, gconstpointer unused)
{
  fixture->queue->waiting = 1;
  fixture->queue->problem = g_error_new (KOMEK_ERROR, KOMEK_ERROR_UNREACHABLE, "for the log");
  komek_error_set_cause (fixture->queue->problem, KOMEK_CAUSE_EXPIRED);
  show (fixture);
  g_assert_true (test_comes (fixture->page, "The connection to the city is not safe"));
  g_assert_true (sees (fixture, "Nothing is sent until that is put right. The city’s certificate "
                                "has expired. The city has to renew it."));
}

static const struct
{
  guint       status;
  const char *reason, *words;
} refusals[] = {
  { 400, "No such district", "The city says (400): No such district" },
  { 400, "No such district", "Read what the city says" },
  { 413, "Too large", "raise the limit" },
  { 415, "What is this", "does not understand this format" },
  { 0, "It does not open", "the key of its storage is missing" },
};

static void
test_each_refusal_says_what_to_do (Fixture *fixture, gconstpointer row)
{
  gsize i = GPOINTER_TO_SIZE (row);

  fixture->queue->parked = 1;
  add (fixture, "one", KOMEK_PENDING_PARKED, refusals[i].status, refusals[i].reason);
  show (fixture);
  g_assert_true (sees (fixture, TEST_LOCAL_NUMBER));
  g_assert_true (sees (fixture, "Pothole · handed in: 21 Nov 2026, 09:46"));
  g_assert_true (sees (fixture, "Not accepted"));
  g_assert_true (sees (fixture, refusals[i].words));
}

static void
test_one_or_all_are_sent_again (Fixture *fixture, gconstpointer unused)
{
  fixture->queue->parked = 2;
  add (fixture, "one", KOMEK_PENDING_PARKED, 400, "No");
  add (fixture, "two", KOMEK_PENDING_PHOTOS, 0, NULL);
  show (fixture);
  test_press (fixture->page, "Send again");
  g_assert_cmpstr (fixture->queue->asked->str, ==, "release(one) ");
  test_press (fixture->page, "Send all again");
  g_assert_cmpstr (fixture->queue->asked->str, ==, "release(one) release() ");
}

/* What the queue brings by itself has no button. */
static void
test_what_waits_needs_nobody (Fixture *fixture, gconstpointer unused)
{
  fixture->queue->waiting = 1;
  fixture->queue->oldest = TEST_NOW;
  add (fixture, "one", KOMEK_PENDING_WAITING, 0, NULL);
  show (fixture);
  g_assert_true (sees (fixture, "It is sent by itself"));
  g_assert_false (sees (fixture, "Send again"));
}

static void
test_a_former_address_is_named_and_left (Fixture *fixture, gconstpointer unused)
{
  fixture->queue->strays = 1;
  add (fixture, "one", KOMEK_PENDING_FORMER, 0, NULL);
  show (fixture);
  g_assert_true (sees (fixture, "It was meant for: http://old.example/"));
  test_press (fixture->page, "It is the same city: send them to its present address");
  g_assert_cmpstr (fixture->queue->asked->str, ==, "adopt() ");
}

/* What arrives meanwhile leaves the list. */
static void
test_the_list_follows_the_queue (Fixture *fixture, gconstpointer unused)
{
  fixture->queue->parked = 1;
  add (fixture, "one", KOMEK_PENDING_PARKED, 400, "No");
  show (fixture);
  g_assert_true (sees (fixture, TEST_LOCAL_NUMBER));
  g_ptr_array_set_size (fixture->queue->pending, 0);
  fixture->queue->parked = 0;
  test_queue_change (fixture->queue);
  test_settle ();
  g_assert_false (sees (fixture, TEST_LOCAL_NUMBER));
  g_assert_true (sees (fixture, "Everything has arrived."));
}

static GtkListBoxRow *
get_row (Fixture *fixture, int index)
{
  GtkWidget *number = test_find_by_text (fixture->page, TEST_LOCAL_NUMBER);

  return gtk_list_box_get_row_at_index (
    GTK_LIST_BOX (gtk_widget_get_ancestor (number, GTK_TYPE_LIST_BOX)), index);
}

static void
assert_focus_in (Fixture *fixture, GtkWidget *widget)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (fixture->stage->window));

  g_assert_nonnull (focus);
  g_assert_true (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

/* The rows are made anew whenever anything happens to any of them. */
static void
test_the_focus_stays_with_its_request (Fixture *fixture, gconstpointer unused)
{
  GtkWidget *button;

  fixture->queue->parked = 3;
  add (fixture, "one", KOMEK_PENDING_PARKED, 400, "No");
  add (fixture, "two", KOMEK_PENDING_PARKED, 400, "No");
  add (fixture, "three", KOMEK_PENDING_PARKED, 400, "No");
  show (fixture);
  button = test_find_by_text (GTK_WIDGET (get_row (fixture, 1)), "Send again");
  button = gtk_widget_get_ancestor (button, GTK_TYPE_BUTTON);
  g_assert_true (gtk_widget_grab_focus (button));
  test_queue_change (fixture->queue);
  test_settle ();
  assert_focus_in (fixture, GTK_WIDGET (get_row (fixture, 1)));
  button = gtk_root_get_focus (GTK_ROOT (fixture->stage->window));
  g_assert_true (GTK_IS_BUTTON (button));

  g_signal_emit_by_name (button, "clicked");
  assert_focus_in (fixture, GTK_WIDGET (get_row (fixture, 1)));
  g_ptr_array_remove_index (fixture->queue->pending, 0);
  test_queue_change (fixture->queue);
  test_settle ();
  assert_focus_in (fixture, GTK_WIDGET (get_row (fixture, 0)));
}

/* What has arrived hands it on to the next one, and the last one to the page. */
static void
test_the_focus_is_never_nowhere (Fixture *fixture, gconstpointer unused)
{
  fixture->queue->parked = 2;
  add (fixture, "one", KOMEK_PENDING_PARKED, 400, "No");
  add (fixture, "two", KOMEK_PENDING_WAITING, 0, NULL);
  show (fixture);
  g_assert_true (gtk_widget_grab_focus (GTK_WIDGET (get_row (fixture, 1))));
  g_ptr_array_remove_index (fixture->queue->pending, 1);
  test_queue_change (fixture->queue);
  test_settle ();
  assert_focus_in (fixture, GTK_WIDGET (get_row (fixture, 0)));

  g_ptr_array_set_size (fixture->queue->pending, 0);
  fixture->queue->parked = 0;
  test_queue_change (fixture->queue);
  test_settle ();
  assert_focus_in (fixture, fixture->page);
}

/* Once all are on their way, there is nothing to press any more. */
static void
test_a_button_that_goes_hands_the_focus_on (Fixture *fixture, gconstpointer unused)
{
  GtkWidget *button;

  fixture->queue->parked = 1;
  add (fixture, "one", KOMEK_PENDING_PARKED, 400, "No");
  show (fixture);
  button = test_find_by_text (fixture->page, "Send all again");
  button = gtk_widget_get_ancestor (button, GTK_TYPE_BUTTON);
  g_assert_true (gtk_widget_grab_focus (button));
  fixture->queue->parked = 0;
  test_queue_change (fixture->queue);
  test_settle ();
  g_assert_false (gtk_widget_get_mapped (button));
  assert_focus_in (fixture, fixture->page);
  g_assert_true (gtk_widget_get_mapped (gtk_root_get_focus (GTK_ROOT (fixture->stage->window))));
}

/* To find a width for a height, GTK breaks each sentence into lines some two hundred times; with two
 * hundred rows the page took two seconds to come. */
static void
test_rows_are_not_measured_by_trial (Fixture *fixture, gconstpointer unused)
{
  GtkWidget *row;
  int natural, for_height;

  add (fixture, "one", KOMEK_PENDING_PARKED, 400, refusals[0].reason);
  show (fixture);
  row = gtk_widget_get_ancestor (test_find_by_text (fixture->page, refusals[0].words),
                                 GTK_TYPE_LIST_BOX_ROW);
  gtk_widget_measure (row, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &natural, NULL, NULL);
  gtk_widget_measure (row, GTK_ORIENTATION_HORIZONTAL, 1000, NULL, &for_height, NULL, NULL);
  g_assert_cmpint (natural, ==, for_height);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

#define TEST(path, function) \
  g_test_add ("/ui/queue/" path, Fixture, NULL, set_up, function, tear_down)
  TEST ("an-empty-queue-is-good-news", test_an_empty_queue_is_good_news);
  TEST ("the-queue-is-summed-up", test_the_queue_is_summed_up);
  TEST ("a-paused-queue-is-said-first", test_a_paused_queue_is_said_first);
  TEST ("a-certificate-is-said-exactly", test_a_certificate_is_said_exactly);
  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *path =
        g_strdup_printf ("/ui/queue/each-refusal-says-what-to-do/%" G_GSIZE_FORMAT, i);

      g_test_add (path, Fixture, GSIZE_TO_POINTER (i), set_up, test_each_refusal_says_what_to_do,
                  tear_down);
    }
  TEST ("one-or-all-are-sent-again", test_one_or_all_are_sent_again);
  TEST ("what-waits-needs-nobody", test_what_waits_needs_nobody);
  TEST ("a-former-address-is-named-and-left", test_a_former_address_is_named_and_left);
  TEST ("rows-are-not-measured-by-trial", test_rows_are_not_measured_by_trial);
  TEST ("the-list-follows-the-queue", test_the_list_follows_the_queue);
  TEST ("the-focus-stays-with-its-request", test_the_focus_stays_with_its_request);
  TEST ("a-button-that-goes-hands-the-focus-on", test_a_button_that_goes_hands_the_focus_on);
  TEST ("the-focus-is-never-nowhere", test_the_focus_is_never_nowhere);
#undef TEST

  return g_test_run ();
}
