/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "queue-fake.h"
#include "request-fakes.h"

#include "komek-error.h"
#include "komek-standing.h"

/* Of all that can be wrong between this device and the city the gravest is said, and nothing else. */

typedef struct
{
  TestCity      *city;
  TestStage     *stage;
  TestQueue     *queue;
  KomekContext  *context;
  GtkWidget     *notice;
  KomekStanding *standing;
} Fixture;

static void
set_up_as (Fixture *fixture, gboolean kiosk)
{
  KomekContextFields fields;

  fixture->city = test_city_new ("astana", NULL);
  fixture->stage = test_stage_new (fixture->city, kiosk);
  fixture->queue = test_queue_new ();
  fields = (KomekContextFields) {
    .feed = KOMEK_FEED (fixture->city),
    .outbox = KOMEK_OUTBOX (fixture->queue),
    .line = KOMEK_LINE (fixture->city),
    .clock = fixture->stage->clock,
    .locale = fixture->stage->locale,
    .theme = fixture->stage->theme,
    .plan = komek_context_get_plan (fixture->stage->context),
    .kiosk = kiosk,
  };
  fixture->context = komek_context_new (&fields);
  fixture->notice = komek_notice_new ();
  test_settle ();
  gtk_window_set_child (GTK_WINDOW (fixture->stage->window), fixture->notice);
  fixture->standing = komek_standing_new (fixture->context, KOMEK_NOTICE (fixture->notice));
}

static void
set_up (Fixture *fixture, gconstpointer kiosk)
{
  set_up_as (fixture, kiosk != NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->standing);
  gtk_window_set_child (GTK_WINDOW (fixture->stage->window), NULL);
  test_settle ();
  g_object_unref (fixture->context);
  g_object_unref (fixture->queue);
  test_stage_free (fixture->stage);
}

/* The notice slides in. */
static gboolean
says (Fixture *fixture, const char *words)
{
  test_queue_change (fixture->queue);
  return test_comes (fixture->notice, words);
}

static gboolean
is_silent (Fixture *fixture, const char *words)
{
  GtkWidget *found;

  test_queue_change (fixture->queue);
  test_settle ();
  found = test_find_by_text (fixture->notice, words);
  return !found || !test_is_seen (found);
}

static void
test_silence_is_no_alarm_but_says_of_when (Fixture *fixture, gconstpointer data)
{
  g_assert_true (is_silent (fixture, "No connection to the city"));
  test_city_fail (fixture->city, g_error_new (KOMEK_ERROR, KOMEK_ERROR_UNREACHABLE, "no line"));
  g_assert_true (says (fixture, "No connection to the city"));
  g_assert_true (says (fixture, "What you see is as of 21 Nov 2026, 09:46"));
  g_assert_true (says (fixture, "New requests are kept here"));
}

/* What the window says of each cause: a few words for everybody, and what staff can do. */
static const struct
{
  KomekCause  cause;
  KomekError  code;
  const char *title, *remedy;
} causes[] = {
  { KOMEK_CAUSE_NO_NETWORK, KOMEK_ERROR_UNREACHABLE, "No connection to the city",
    "Staff: This device is not connected to a network." },
  { KOMEK_CAUSE_NO_NAME, KOMEK_ERROR_UNREACHABLE, "No connection to the city",
    "Staff: The network does not know the name" },
  { KOMEK_CAUSE_NOBODY, KOMEK_ERROR_UNREACHABLE, "No connection to the city",
    "Staff: Nothing answers at the city’s address." },
  { KOMEK_CAUSE_SILENCE, KOMEK_ERROR_UNREACHABLE, "No connection to the city",
    "Staff: The city’s server did not give a whole answer in time." },
  { KOMEK_CAUSE_EXPIRED, KOMEK_ERROR_UNREACHABLE, "The connection to the city is not safe",
    "Staff: The city’s certificate has expired." },
  { KOMEK_CAUSE_STRANGER, KOMEK_ERROR_UNREACHABLE, "The connection to the city is not safe",
    "Staff: The certificate is for another name" },
  { KOMEK_CAUSE_UNTRUSTED, KOMEK_ERROR_UNREACHABLE, "The connection to the city is not safe",
    "Staff: The city’s certificate is not signed by anybody whom this device trusts." },
  { KOMEK_CAUSE_CLOCK, KOMEK_ERROR_UNREACHABLE, "The connection to the city is not safe",
    "The clock shows: 21 Nov 2026, 10:46" },
  { KOMEK_CAUSE_NO_TLS, KOMEK_ERROR_UNREACHABLE, "The connection to the city is not safe",
    "Staff: The city’s server does not speak the encryption" },
  { KOMEK_CAUSE_GATE, KOMEK_ERROR_UNREADABLE, "Something else answers in the city’s place",
    "Staff: A web page answers instead." },
  { KOMEK_CAUSE_KEY, KOMEK_ERROR_UNREADABLE, "The city does not let this device in",
    "Staff: The city does not know the key of this device" },
  { KOMEK_CAUSE_BREAKDOWN, KOMEK_ERROR_UNREACHABLE, "The city’s service is out of order",
    "Staff: The city’s server says that it does not work." },
  { KOMEK_CAUSE_UNKNOWN, KOMEK_ERROR_UNREADABLE, "The city’s answer cannot be read",
    "Staff can check the settings." },
};

static GError *
make_problem (gsize row)
{
  GError *problem = g_error_new (KOMEK_ERROR, causes[row].code, "for the log");

  komek_error_set_cause (problem, causes[row].cause);
  return problem;
}

static void
test_each_cause_is_told_apart (Fixture *fixture, gconstpointer kiosk)
{
  g_assert_cmpuint (G_N_ELEMENTS (causes), ==, KOMEK_N_CAUSES);
  for (gsize i = 0; i < G_N_ELEMENTS (causes); i++)
    {
      test_city_fail (fixture->city, make_problem (i));
      g_assert_true (says (fixture, causes[i].title));
      g_assert_true (says (fixture, causes[i].remedy));
      g_assert_true (komek_cause_is_unsafe (causes[i].cause)
                       ? says (fixture, "What you file is kept here and sent as soon as the connection")
                       : is_silent (fixture, "not safe"));
    }
}

/* What is said of the outbox comes first, and is as exact. */
static void
test_what_waits_knows_the_cause (Fixture *fixture, gconstpointer kiosk)
{
  fixture->queue->waiting = 3;
  for (gsize i = 0; i < G_N_ELEMENTS (causes); i++)
    if (komek_cause_needs_staff (causes[i].cause))
      {
        fixture->queue->problem = make_problem (i);
        g_assert_true (says (fixture, causes[i].title));
        g_assert_true (says (fixture, "3 requests are kept here and will be sent. Staff:"));
        g_assert_true (says (fixture, causes[i].remedy));
        g_clear_error (&fixture->queue->problem);
      }
}

static void
test_a_refusing_city_comes_before_the_map (Fixture *fixture, gconstpointer data)
{
  test_city_fail (fixture->city, g_error_new (KOMEK_ERROR, KOMEK_ERROR_UNREACHABLE, "no line"));
  fixture->queue->waiting = 3;
  fixture->queue->problem = g_error_new (KOMEK_ERROR, KOMEK_ERROR_REFUSED, "403");
  g_assert_true (says (fixture, "The city takes no requests from this device"));
  g_assert_true (says (fixture, "3 requests are kept here"));
  g_assert_true (says (fixture, "Staff: Please check the city’s address, its key and the clock"));
  g_assert_true (is_silent (fixture, "No connection to the city"));
}

static void
test_three_days_of_waiting_are_an_alarm (Fixture *fixture, gconstpointer data)
{
  fixture->queue->waiting = 1;
  g_assert_true (is_silent (fixture, "three days"));
  fixture->queue->overdue = TRUE;
  fixture->queue->oldest = TEST_NOW - 4 * 86400;
  g_assert_true (says (fixture, "Requests have been waiting for more than three days"));
  g_assert_true (says (fixture, "17 Nov 2026, 10:46"));
}

static void
test_refused_requests_are_for_staff (Fixture *fixture, gconstpointer kiosk)
{
  fixture->queue->parked = 2;
  if (kiosk)
    g_assert_true (is_silent (fixture, "2 requests were not accepted by the city"));
  else
    g_assert_true (says (fixture, "2 requests were not accepted by the city"));
}

static void
test_a_former_address_is_an_alarm (Fixture *fixture, gconstpointer kiosk)
{
  fixture->queue->strays = 2;
  g_assert_true (says (fixture, "2 requests wait for a former address of the city"));
}

static void
test_photos_are_for_staff_and_no_alarm (Fixture *fixture, gconstpointer kiosk)
{
  fixture->queue->held = 1;
  if (kiosk)
    g_assert_true (is_silent (fixture, "The photos of"));
  else
    g_assert_true (says (fixture, "The photos of 1 request wait"));
  test_city_fail (fixture->city, g_error_new (KOMEK_ERROR, KOMEK_ERROR_UNREACHABLE, "no line"));
  g_assert_true (says (fixture, "No connection to the city"));
}

/* Only where staff are. */
static void
test_a_desk_leads_to_the_list (Fixture *fixture, gconstpointer kiosk)
{
  fixture->queue->strays = 1;
  g_assert_true (says (fixture, kiosk ? "Try again" : "Show them"));
  g_assert_true (is_silent (fixture, kiosk ? "Show them" : "Try again"));
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

#define TEST(path, kiosk, function) g_test_add (path, Fixture, GINT_TO_POINTER (kiosk), set_up, function, tear_down)
  TEST ("/ui/standing/silence-is-no-alarm-but-says-of-when", TRUE, test_silence_is_no_alarm_but_says_of_when);
  TEST ("/ui/standing/each-cause-is-told-apart", TRUE, test_each_cause_is_told_apart);
  TEST ("/ui/standing/what-waits-knows-the-cause", TRUE, test_what_waits_knows_the_cause);
  TEST ("/ui/standing/a-refusing-city-comes-before-the-map", TRUE, test_a_refusing_city_comes_before_the_map);
  TEST ("/ui/standing/three-days-of-waiting-are-an-alarm", TRUE, test_three_days_of_waiting_are_an_alarm);
  TEST ("/ui/standing/refused-requests-are-for-staff", FALSE, test_refused_requests_are_for_staff);
  TEST ("/ui/standing/a-kiosk-does-not-bother-citizens", TRUE, test_refused_requests_are_for_staff);
  TEST ("/ui/standing/a-former-address-is-an-alarm", TRUE, test_a_former_address_is_an_alarm);
  TEST ("/ui/standing/photos-are-for-staff-and-no-alarm", FALSE,
        test_photos_are_for_staff_and_no_alarm);
  TEST ("/ui/standing/a-kiosk-says-nothing-of-photos", TRUE,
        test_photos_are_for_staff_and_no_alarm);
  TEST ("/ui/standing/a-desk-leads-to-the-list", FALSE, test_a_desk_leads_to_the_list);
  TEST ("/ui/standing/a-kiosk-does-not", TRUE, test_a_desk_leads_to_the_list);
#undef TEST

  return g_test_run ();
}
