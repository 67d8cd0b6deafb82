/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-sample-story.h"

#include <string.h>

#include "komek-data.h"

#define MINUTE 60.0
#define HOUR 3600.0
#define DAY 86400.0

#define OPENING_HOUR 8
#define CLOSING_HOUR 19

/* Shares of what the contact centre does not answer at once. */
#define DUPLICATES 0.040
#define REJECTED 0.035
#define WITHDRAWN 0.020

/* Shares of what is worked on. */
#define LATE 0.062
#define VERY_LATE 0.5 /* of the late ones */
#define REDIRECTED 0.07
#define HELD 0.08
#define REWORKED 0.04
#define REOPENED 0.03
#define CONFIRMED 0.42

KomekSampleEnding
komek_sample_story_draw_ending (KomekRandom *random, double first_contact)
{
  double drawn;

  if (komek_random_chance (random, first_contact))
    return KOMEK_SAMPLE_ADVICE;
  drawn = komek_random_unit (random);
  if (drawn < DUPLICATES)
    return KOMEK_SAMPLE_DUPLICATE;
  if (drawn < DUPLICATES + REJECTED)
    return KOMEK_SAMPLE_REJECTED;
  return drawn < DUPLICATES + REJECTED + WITHDRAWN ? KOMEK_SAMPLE_WITHDRAWN : KOMEK_SAMPLE_WORK;
}

/* Nobody answers for a kerb at three in the morning. */
static gint64
wait_for_office (const KomekSampleStory *self, KomekRandom *random, gint64 time)
{
  gint64 midnight = time - (time + self->zone_offset) % (gint64) DAY;
  double hour = (time - midnight) / HOUR;

  if (self->urgent || (hour >= OPENING_HOUR && hour < CLOSING_HOUR))
    return time;
  if (hour >= CLOSING_HOUR)
    midnight += DAY;
  return midnight + OPENING_HOUR * HOUR + komek_random_between (random, MINUTE, 80 * MINUTE);
}

static const KomekStep *
last_step (const KomekSampleStory *self)
{
  return &self->steps[self->n_steps - 1];
}

/* Adds a step at @time or, where that is no later, just after the one before it. */
static void
add (KomekSampleStory *self, KomekStatus status, const char *event, gint64 time, const char *agency,
     gboolean answer)
{
  if (self->n_steps > 0)
    time = MAX (time, last_step (self)->time + (gint64) MINUTE);
  self->steps[self->n_steps++] = (KomekStep) {
    .status = status,
    .time = time,
    .agency = agency,
    .event = event,
    .answer = answer,
  };
}

static void
add_after (KomekSampleStory *self, KomekRandom *random, KomekStatus status, double from, double to,
           const char *agency)
{
  gint64 time = last_step (self)->time + (gint64) komek_random_between (random, from, to);

  add (self, status, komek_status_get_code (status), wait_for_office (self, random, time), agency,
       FALSE);
}

/* A few are left lying for months, most of the late ones for a day or two. */
static double
draw_delay (KomekRandom *random, double term)
{
  double u = komek_random_unit (random);

  if (komek_random_chance (random, VERY_LATE))
    return 3 * DAY + u * u * 150 * DAY;
  return 2 * HOUR + u * (2 * DAY + term / 3);
}

/* How long the work takes: mostly within the term, with time left to check it. */
static gint64
draw_end (const KomekSampleStory *self, KomekRandom *random)
{
  double term = MAX (self->due - self->requested, HOUR);
  double length = self->median_days * DAY * komek_random_spread (random, 0.7);
  gint64 end;

  if (komek_random_chance (random, LATE))
    return wait_for_office (self, random, self->due + (gint64) draw_delay (random, term));
  if (length > term * 0.9)
    length = term * komek_random_between (random, 0.5, 0.9);
  end = wait_for_office (self, random, self->requested + (gint64) MAX (length, 40 * MINUTE));
  return MIN (end, self->due - (gint64) komek_random_between (random, 0.5 * HOUR, 2 * HOUR));
}

static gint64
part_of (gint64 from, gint64 to, double share)
{
  return from + (gint64) ((to - from) * share);
}

/* A step on the way to the end of the work. */
static void
add_at_share (KomekSampleStory *self, KomekRandom *random, KomekStatus status, gint64 end,
              double share, const char *agency)
{
  gint64 time = part_of (last_step (self)->time, end, share);

  time = MIN (wait_for_office (self, random, time), end - (gint64) MINUTE);
  add (self, status, komek_status_get_code (status), time, agency, FALSE);
}

static void
finish_work (KomekSampleStory *self, gint64 end, const char *agency)
{
  add (self, KOMEK_STATUS_DONE, "done", end, agency, TRUE);
}

/* The operator calls the applicant back, or waits three days for a word. What
 * was done in time is closed in time: whoever reads only when it was closed
 * would take it for late. */
static void
check_work (KomekSampleStory *self, KomekRandom *random)
{
  gint64 done = last_step (self)->time;
  gint64 silent = done + (gint64) (3 * DAY + komek_random_between (random, 0, 10 * HOUR));
  gint64 checked = done + (gint64) komek_random_between (random, 20 * MINUTE, DAY);
  gboolean late = done > self->due;

  if (!late)
    checked = MIN (wait_for_office (self, random, checked), self->due - (gint64) MINUTE);
  if (komek_random_chance (random, CONFIRMED))
    add (self, KOMEK_STATUS_CONFIRMED, "confirmed", checked, KOMEK_CONTACT_CENTRE, FALSE);
  else if (late || silent < self->due)
    add (self, KOMEK_STATUS_CLOSED, "closed_silent", silent, KOMEK_CONTACT_CENTRE, FALSE);
  else
    add (self, KOMEK_STATUS_CLOSED, "closed", checked, KOMEK_CONTACT_CENTRE, FALSE);
}

static void
tell_plain_work (KomekSampleStory *self, KomekRandom *random, gint64 end, const char *agency)
{
  add_at_share (self, random, KOMEK_STATUS_IN_WORK, end,
                komek_random_between (random, 0.1, 0.6), agency);
  finish_work (self, end, agency);
  check_work (self, random);
}

static void
tell_held_work (KomekSampleStory *self, KomekRandom *random, gint64 end)
{
  add_at_share (self, random, KOMEK_STATUS_IN_WORK, end, 0.2, self->agency);
  add_at_share (self, random, KOMEK_STATUS_ON_HOLD, end, 0.3, self->agency);
  add_at_share (self, random, KOMEK_STATUS_IN_WORK, end, 0.7, self->agency);
  finish_work (self, end, self->agency);
  check_work (self, random);
}

/* Done, but not well: @again is how it comes back. */
static void
tell_work_twice (KomekSampleStory *self, KomekRandom *random, gint64 end, KomekStatus again)
{
  add_at_share (self, random, KOMEK_STATUS_IN_WORK, end, 0.3, self->agency);
  finish_work (self, end, self->agency);
  add_after (self, random, again, 4 * HOUR, 3 * DAY, KOMEK_CONTACT_CENTRE);
  end = last_step (self)->time + (gint64) komek_random_between (random, 6 * HOUR, 4 * DAY);
  finish_work (self, wait_for_office (self, random, end), self->agency);
  check_work (self, random);
}

static void
tell_redirected_work (KomekSampleStory *self, KomekRandom *random, gint64 end)
{
  gint64 time = part_of (last_step (self)->time, end, komek_random_between (random, 0.05, 0.3));

  add (self, KOMEK_STATUS_ASSIGNED, "redirected", wait_for_office (self, random, time),
       self->agency, FALSE);
  add_at_share (self, random, KOMEK_STATUS_ACCEPTED, end, 0.2, self->other_agency);
  tell_plain_work (self, random, end, self->other_agency);
}

static void
tell_work (KomekSampleStory *self, KomekRandom *random)
{
  gint64 end = draw_end (self, random);
  double drawn = komek_random_unit (random);

  add (self, KOMEK_STATUS_ASSIGNED, "assigned",
       MIN (last_step (self)->time + (gint64) komek_random_between (random, 3 * MINUTE, HOUR),
            part_of (self->requested, end, 0.3)),
       KOMEK_CONTACT_CENTRE, FALSE);
  if (drawn < REDIRECTED && self->other_agency && !self->urgent)
    {
      tell_redirected_work (self, random, end);
      return;
    }
  add_at_share (self, random, KOMEK_STATUS_ACCEPTED, end,
                komek_random_between (random, 0.02, 0.25), self->agency);
  drawn -= REDIRECTED;
  if (drawn >= 0 && drawn < HELD && !self->urgent)
    tell_held_work (self, random, end);
  else if (drawn >= HELD && drawn < HELD + REWORKED)
    tell_work_twice (self, random, end, KOMEK_STATUS_REWORK);
  else if (drawn >= HELD + REWORKED && drawn < HELD + REWORKED + REOPENED)
    tell_work_twice (self, random, end, KOMEK_STATUS_REOPENED);
  else
    tell_plain_work (self, random, end, self->agency);
}

static void
tell_advice (KomekSampleStory *self, KomekRandom *random)
{
  gint64 time = self->requested + (gint64) komek_random_between (random, MINUTE, 25 * MINUTE);

  add (self, KOMEK_STATUS_ANSWERED, "answered", time, KOMEK_CONTACT_CENTRE, TRUE);
  if (komek_random_chance (random, 0.35))
    add (self, KOMEK_STATUS_CLOSED, "closed_advice",
         time + (gint64) komek_random_between (random, MINUTE, HOUR), KOMEK_CONTACT_CENTRE, FALSE);
}

static void
tell_rejection (KomekSampleStory *self, KomekRandom *random)
{
  gint64 end = part_of (self->requested, self->due, komek_random_between (random, 0.2, 0.8));

  end = MIN (wait_for_office (self, random, end), self->due - (gint64) HOUR);
  add_after (self, random, KOMEK_STATUS_ASSIGNED, 5 * MINUTE, HOUR, KOMEK_CONTACT_CENTRE);
  add (self, KOMEK_STATUS_REJECTED, "rejected", end, self->agency, TRUE);
}

static void
tell_withdrawal (KomekSampleStory *self, KomekRandom *random)
{
  add_after (self, random, KOMEK_STATUS_ASSIGNED, 5 * MINUTE, HOUR, KOMEK_CONTACT_CENTRE);
  add_after (self, random, KOMEK_STATUS_CLOSED_BY_APPLICANT, HOUR, 12 * HOUR,
             KOMEK_CONTACT_CENTRE);
}

/* What has not happened yet is not told; that it was registered has. */
static void
cut (KomekSampleStory *self)
{
  guint n = 1;

  while (n < self->n_steps && self->steps[n].time <= self->now)
    n++;
  self->n_steps = n;
}

/**
 * komek_sample_story_tell:
 *
 * Fills the steps, the oldest first, from its registration to the present.
 */
void
komek_sample_story_tell (KomekSampleStory *self, KomekRandom *random)
{
  self->n_steps = 0;
  add (self, KOMEK_STATUS_NEW, "new", self->requested, KOMEK_CONTACT_CENTRE, FALSE);
  switch (self->ending)
    {
    case KOMEK_SAMPLE_ADVICE:
      tell_advice (self, random);
      break;
    case KOMEK_SAMPLE_DUPLICATE:
      add_after (self, random, KOMEK_STATUS_DUPLICATE, 10 * MINUTE, 6 * HOUR, KOMEK_CONTACT_CENTRE);
      break;
    case KOMEK_SAMPLE_REJECTED:
      tell_rejection (self, random);
      break;
    case KOMEK_SAMPLE_WITHDRAWN:
      tell_withdrawal (self, random);
      break;
    case KOMEK_SAMPLE_WORK:
    default:
      tell_work (self, random);
    }
  cut (self);
}

/* Where the request stands now. */
const KomekStep *
komek_sample_story_get_last (const KomekSampleStory *self)
{
  return last_step (self);
}

/* Who answers for it now. */
const char *
komek_sample_story_get_agency (const KomekSampleStory *self)
{
  for (guint i = 0; i < self->n_steps; i++)
    if (strcmp (self->steps[i].event, "redirected") == 0)
      return self->other_agency;
  return self->agency;
}
