/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-clock.h"
#include "komek-deadline.h"
#include "komek-request.h"

#define DAY 86400
#define HOUR 3600

/* Midnight of 2026-11-21 in Astana: 19:00 of the day before in UTC. */
#define MIDNIGHT 1795201200

static const struct
{
  const char        *name;
  KomekStatus        status;
  gint64             due, ended, now;
  KomekDeadlineState state;
  guint              days;
} deadlines[] = {
  { "none", KOMEK_STATUS_NEW, 0, 0, MIDNIGHT, KOMEK_DEADLINE_NONE, 0 },
  { "negative", KOMEK_STATUS_NEW, -5, 0, MIDNIGHT, KOMEK_DEADLINE_NONE, 0 },
  { "in-time", KOMEK_STATUS_NEW, MIDNIGHT + 3 * DAY, 0, MIDNIGHT, KOMEK_DEADLINE_IN_TIME, 3 },
  { "one-day-and-a-second", KOMEK_STATUS_NEW, MIDNIGHT + DAY + 1, 0, MIDNIGHT,
    KOMEK_DEADLINE_IN_TIME, 1 },
  { "exactly-one-day", KOMEK_STATUS_NEW, MIDNIGHT + DAY, 0, MIDNIGHT, KOMEK_DEADLINE_LAST_DAY, 1 },
  { "later-today", KOMEK_STATUS_NEW, MIDNIGHT + 18 * HOUR, 0, MIDNIGHT + HOUR,
    KOMEK_DEADLINE_LAST_DAY, 0 },
  /* Two hours over midnight are a night, and a night is a day. */
  { "over-midnight", KOMEK_STATUS_NEW, MIDNIGHT + HOUR, 0, MIDNIGHT - HOUR, KOMEK_DEADLINE_LAST_DAY,
    1 },
  /* Midnight of Astana, not of Greenwich. */
  { "over-midnight-of-utc", KOMEK_STATUS_NEW, MIDNIGHT + 6 * HOUR, 0, MIDNIGHT + 4 * HOUR,
    KOMEK_DEADLINE_LAST_DAY, 0 },
  { "this-very-second", KOMEK_STATUS_NEW, MIDNIGHT, 0, MIDNIGHT, KOMEK_DEADLINE_LAST_DAY, 0 },
  { "overdue-by-a-second", KOMEK_STATUS_NEW, MIDNIGHT - 1, 0, MIDNIGHT, KOMEK_DEADLINE_OVERDUE, 1 },
  { "overdue-since-this-morning", KOMEK_STATUS_IN_WORK, MIDNIGHT + 8 * HOUR, 0,
    MIDNIGHT + 20 * HOUR, KOMEK_DEADLINE_OVERDUE, 0 },
  { "overdue-for-days", KOMEK_STATUS_REOPENED, MIDNIGHT - 2 * DAY, 0, MIDNIGHT,
    KOMEK_DEADLINE_OVERDUE, 2 },
  { "on-hold", KOMEK_STATUS_ON_HOLD, MIDNIGHT + 2 * DAY, 0, MIDNIGHT, KOMEK_DEADLINE_PAUSED, 2 },
  { "on-hold-too-long", KOMEK_STATUS_ON_HOLD, MIDNIGHT - HOUR, 0, MIDNIGHT + HOUR,
    KOMEK_DEADLINE_OVERDUE, 1 },
  { "answered-early", KOMEK_STATUS_ANSWERED, MIDNIGHT + 2 * DAY, MIDNIGHT, MIDNIGHT + 9 * DAY,
    KOMEK_DEADLINE_MET, 2 },
  { "answered-on-the-day", KOMEK_STATUS_DONE, MIDNIGHT + 18 * HOUR, MIDNIGHT + 9 * HOUR,
    MIDNIGHT + 9 * DAY, KOMEK_DEADLINE_MET, 0 },
  { "answered-late", KOMEK_STATUS_CLOSED, MIDNIGHT - HOUR, MIDNIGHT + 3 * DAY, MIDNIGHT + 9 * DAY,
    KOMEK_DEADLINE_MISSED, 4 },
  { "closed-nobody-knows-when", KOMEK_STATUS_CLOSED, MIDNIGHT - HOUR, 0, MIDNIGHT,
    KOMEK_DEADLINE_MISSED, 1 },
  /* An open request ends nowhere, whatever its last change was. */
  { "end-of-an-open-one", KOMEK_STATUS_IN_WORK, MIDNIGHT + DAY, MIDNIGHT + 5 * DAY, MIDNIGHT,
    KOMEK_DEADLINE_LAST_DAY, 1 },
};

static void
test_reads_deadline (gconstpointer row)
{
  gsize i = GPOINTER_TO_SIZE (row);
  g_autoptr (GTimeZone) astana = g_time_zone_new_identifier ("+05:00");
  KomekDeadline deadline =
    komek_deadline_read (deadlines[i].status, MIDNIGHT - 9 * DAY, deadlines[i].due,
                         deadlines[i].ended, deadlines[i].now, astana);

  g_assert_cmpint (deadline.state, ==, deadlines[i].state);
  g_assert_cmpuint (deadline.days, ==, deadlines[i].days);
}

static void
test_the_share_of_the_time_that_is_used (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  const gint64 start = MIDNIGHT, due = MIDNIGHT + 4 * DAY;

  g_assert_cmpfloat (komek_deadline_read (KOMEK_STATUS_NEW, start, due, 0, start + DAY, utc).used,
                     ==, 0.25);
  g_assert_cmpfloat (
      komek_deadline_read (KOMEK_STATUS_DONE, start, due, start + 2 * DAY, start + 9 * DAY, utc)
          .used,
      ==, 0.5);
  g_assert_cmpfloat (komek_deadline_read (KOMEK_STATUS_NEW, start, due, 0, due + DAY, utc).used, ==,
                     1);
  g_assert_cmpfloat (komek_deadline_read (KOMEK_STATUS_NEW, start, due, 0, start - DAY, utc).used,
                     ==, 0);
  g_assert_cmpfloat (komek_deadline_read (KOMEK_STATUS_NEW, due, start, 0, start, utc).used, ==, 1);
}

static void
test_days_are_counted_before_1970_too (void)
{
  g_autoptr (GTimeZone) west = g_time_zone_new_identifier ("-05:00");
  KomekDeadline deadline = komek_deadline_read (KOMEK_STATUS_NEW, 0, 6 * HOUR, 0, 4 * HOUR, west);

  g_assert_cmpuint (deadline.days, ==, 1);
}

static void
test_status_codes_come_back (void)
{
  for (guint status = 0; status < KOMEK_STATUS_OTHER_OPEN; status++)
    {
      g_assert_cmpint (komek_status_from_code (komek_status_get_code (status), TRUE), ==, status);
      g_assert_cmpint (komek_status_from_code (komek_status_get_code (status), FALSE), ==, status);
    }
}

static void
test_unknown_codes_are_open_or_closed (void)
{
  static const char *const codes[] = { NULL, "", "NEW", "pondered", "open", "closed_other" };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      g_assert_cmpint (komek_status_from_code (codes[i], TRUE), ==, KOMEK_STATUS_OTHER_OPEN);
      g_assert_cmpint (komek_status_from_code (codes[i], FALSE), ==, KOMEK_STATUS_OTHER_CLOSED);
    }
}

static const struct
{
  KomekStatus status;
  gboolean    open;
  KomekGroup  group;
} groups[] = {
  { KOMEK_STATUS_NEW, TRUE, KOMEK_GROUP_NEW },
  { KOMEK_STATUS_ASSIGNED, TRUE, KOMEK_GROUP_NEW },
  { KOMEK_STATUS_ACCEPTED, TRUE, KOMEK_GROUP_WORK },
  { KOMEK_STATUS_IN_WORK, TRUE, KOMEK_GROUP_WORK },
  { KOMEK_STATUS_ON_HOLD, TRUE, KOMEK_GROUP_WORK },
  { KOMEK_STATUS_REWORK, TRUE, KOMEK_GROUP_WORK },
  { KOMEK_STATUS_REOPENED, TRUE, KOMEK_GROUP_WORK },
  { KOMEK_STATUS_OTHER_OPEN, TRUE, KOMEK_GROUP_WORK },
  { KOMEK_STATUS_ANSWERED, FALSE, KOMEK_GROUP_DONE },
  { KOMEK_STATUS_DONE, FALSE, KOMEK_GROUP_DONE },
  { KOMEK_STATUS_CONFIRMED, FALSE, KOMEK_GROUP_DONE },
  { KOMEK_STATUS_CLOSED, FALSE, KOMEK_GROUP_SHUT },
  { KOMEK_STATUS_CLOSED_BY_APPLICANT, FALSE, KOMEK_GROUP_SHUT },
  { KOMEK_STATUS_REJECTED, FALSE, KOMEK_GROUP_SHUT },
  { KOMEK_STATUS_DUPLICATE, FALSE, KOMEK_GROUP_SHUT },
  { KOMEK_STATUS_OTHER_CLOSED, FALSE, KOMEK_GROUP_SHUT },
};

static void
test_a_passed_deadline_takes_over_what_is_open (void)
{
  G_STATIC_ASSERT (G_N_ELEMENTS (groups) == KOMEK_N_STATUSES);

  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    {
      KomekStatus status = groups[i].status;
      KomekGroup late = groups[i].open ? KOMEK_GROUP_LATE : groups[i].group;

      g_assert_cmpint (komek_status_is_open (status), ==, groups[i].open);
      g_assert_cmpint (komek_status_get_group (status, 0, MIDNIGHT), ==, groups[i].group);
      g_assert_cmpint (komek_status_get_group (status, MIDNIGHT, MIDNIGHT), ==, groups[i].group);
      g_assert_cmpint (komek_status_get_group (status, MIDNIGHT - 1, MIDNIGHT), ==, late);
    }
}

static void
test_a_fixed_clock_stands_until_it_is_moved (void)
{
  g_autoptr (KomekClock) fixed = komek_clock_new_fixed (MIDNIGHT);
  g_autoptr (KomekClock) real = komek_clock_new ();

  g_assert_cmpint (komek_clock_now (fixed), ==, MIDNIGHT);
  komek_clock_advance (fixed, 90);
  g_assert_cmpint (komek_clock_now (fixed), ==, MIDNIGHT + 90);
  g_assert_cmpint (ABS (komek_clock_now (real) - g_get_real_time () / G_USEC_PER_SEC), <=, 1);
}

static void
test_a_request_knows_its_group (void)
{
  g_autoptr (KomekRequest) request = komek_request_new (&(KomekRequestFields) {
    .number = "1", .status = KOMEK_STATUS_ASSIGNED, .due = MIDNIGHT });

  g_assert_cmpint (komek_request_get_group (request, MIDNIGHT), ==, KOMEK_GROUP_NEW);
  g_assert_cmpint (komek_request_get_group (request, MIDNIGHT + 1), ==, KOMEK_GROUP_LATE);
}

static void
test_a_requests_strings_are_never_null (void)
{
  g_autoptr (KomekRequest) request = komek_request_new (&(KomekRequestFields) { .number = "1" });
  const KomekRequestFields *fields = komek_request_peek (request);

  g_assert_cmpstr (fields->text, ==, "");
  g_assert_cmpstr (fields->service_name, ==, "");
  g_assert_cmpstr (fields->agency_name, ==, "");
  g_assert_false (komek_place_has_point (fields->place));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (deadlines); i++)
    {
      g_autofree char *path = g_strdup_printf ("/deadline/reads/%s", deadlines[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_reads_deadline);
    }
  g_test_add_func ("/deadline/the-share-of-the-time-that-is-used",
                   test_the_share_of_the_time_that_is_used);
  g_test_add_func ("/deadline/days-are-counted-before-1970-too",
                   test_days_are_counted_before_1970_too);
  g_test_add_func ("/status/codes-come-back", test_status_codes_come_back);
  g_test_add_func ("/status/unknown-codes-are-open-or-closed",
                   test_unknown_codes_are_open_or_closed);
  g_test_add_func ("/status/a-passed-deadline-takes-over-what-is-open",
                   test_a_passed_deadline_takes_over_what_is_open);
  g_test_add_func ("/clock/a-fixed-one-stands-until-it-is-moved",
                   test_a_fixed_clock_stands_until_it_is_moved);
  g_test_add_func ("/request/knows-its-group", test_a_request_knows_its_group);
  g_test_add_func ("/request/strings-are-never-null", test_a_requests_strings_are_never_null);
  return g_test_run ();
}
