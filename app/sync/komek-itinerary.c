/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-itinerary.h"

/* What was written to the city at the same time as our last look may be seen
 * only after it: each look begins a little earlier than the last one ended. */
#define OVERLAP 5

#define DAY 86400

/* Some cities show a request a while after it was registered. */
#define LATE DAY

/* The first second of 2026: a clock that says less was never set. */
#define PROGRAM_BORN 1767225600

/* So many looks go by what is known of the time there; then a glance shows what it is. */
#define LOOKS_A_GLANCE 20

/* Which way a look at the city takes. Nothing here asks or keeps anything.
 *
 *     profile:  fill   glance ─► all
 *               look   changes
 *     foreign:  fill   glance ─► probe ─► all
 *               look   changes ─► again                where the city tells changes
 *                      (glance) ─► new ─► again        elsewhere
 *
 * The city's own times lead: the clock of this device may be years off. */

static gboolean
can (const KomekTerrain *terrain, KomekAbility ability)
{
  return (terrain->abilities & ability) == ability;
}

static void
add (KomekItinerary *itinerary, KomekLeg leg)
{
  itinerary->legs[itinerary->n_legs++] = leg;
}

/* Whether some of the city has never been here. */
gboolean
komek_itinerary_is_filling (const KomekProgress *progress)
{
  return progress->as_of == 0;
}

/* A fill that was interrupted has shown its newest requests already. */
static void
plan_fill (const KomekTerrain *terrain, KomekItinerary *itinerary)
{
  if (terrain->progress->window_end == 0)
    {
      add (itinerary, KOMEK_LEG_GLANCE);
      if (!terrain->profile)
        add (itinerary, KOMEK_LEG_PROBE);
    }
  add (itinerary, KOMEK_LEG_ALL);
}

/* Whether what the clock says fits what the city says: not before its newest request, and not so
 * long after it that windows of nothing would lie between. */
static gboolean
is_plausible (const KomekTerrain *terrain, gint64 now)
{
  gint64 mark = terrain->progress->mark;

  return now >= mark - DAY && now < mark + terrain->window - 2 * DAY;
}

/* A city that had no requests could not be tried out. */
static void
plan_new (const KomekTerrain *terrain, KomekItinerary *itinerary)
{
  if (terrain->habits->looks % LOOKS_A_GLANCE == 0 || !is_plausible (terrain, terrain->now))
    add (itinerary, KOMEK_LEG_GLANCE);
  if (terrain->progress->mark == 0)
    add (itinerary, KOMEK_LEG_PROBE);
  add (itinerary, KOMEK_LEG_NEW);
}

/**
 * komek_itinerary_make:
 *
 * Returns: the way of the next look at the city
 */
KomekItinerary
komek_itinerary_make (const KomekTerrain *terrain)
{
  KomekItinerary itinerary = { 0 };

  if (komek_itinerary_is_filling (terrain->progress))
    {
      plan_fill (terrain, &itinerary);
      return itinerary;
    }
  if (can (terrain, KOMEK_ABILITY_CHANGES))
    add (&itinerary, KOMEK_LEG_CHANGES);
  else
    plan_new (terrain, &itinerary);
  if (!terrain->profile && !terrain->habits->dates_useless)
    add (&itinerary, KOMEK_LEG_AGAIN);
  return itinerary;
}

/* A city of no requests yet tells no time: then the clock has to be believed. */
static gint64
get_latest (const KomekTerrain *terrain)
{
  gint64 latest = MAX (terrain->anchor, terrain->progress->mark);

  return (latest ? latest : MAX (terrain->now, PROGRAM_BORN)) + DAY;
}

static void
plan_all (const KomekTerrain *terrain, KomekWalkPlan *plan)
{
  const KomekProgress *progress = terrain->progress;

  if (terrain->profile && can (terrain, KOMEK_ABILITY_PAGES))
    {
      plan->kind = KOMEK_WALK_NEWEST_FIRST;
      plan->until = progress->window_end;
      return;
    }
  plan->kind = KOMEK_WALK_WINDOWS;
  plan->until = progress->window_end ? progress->window_end : get_latest (terrain);
  plan->most_empty = terrain->most_empty;
  plan->glanced = progress->window_end == 0;
  plan->filled = terrain->anchor > 0;
}

static void
plan_changes (const KomekTerrain *terrain, KomekWalkPlan *plan)
{
  plan->kind = KOMEK_WALK_CHANGES;
  plan->after = MAX (terrain->progress->mark - OVERLAP, 1);
}

/* One window is enough while the clock can be believed: it may lie partly in the future. Without
 * dates the list is followed as far as the last look, and now and then to its end. */
static void
plan_walk_of_new (const KomekTerrain *terrain, KomekWalkPlan *plan)
{
  gint64 mark = terrain->progress->mark;

  plan->kind = KOMEK_WALK_WINDOWS;
  plan->lowest = mark ? mark - LATE : 0;
  plan->until =
    terrain->anchor ? MAX (terrain->anchor, mark) + DAY : plan->lowest + terrain->window;
  plan->most_empty = mark ? 0 : terrain->most_empty;
  plan->glanced = terrain->anchor > 0;
  plan->filled = terrain->anchor > 0 && terrain->anchor >= plan->lowest;
  if (terrain->habits->dates_useless && terrain->habits->looks % LOOKS_A_GLANCE == 0)
    plan->lowest = 0;
}

/* The oldest request may lie at the very edge, and the city's day begin elsewhere than ours. */
static void
plan_again (const KomekTerrain *terrain, KomekWalkPlan *plan)
{
  const KomekProgress *progress = terrain->progress;

  plan->kind = KOMEK_WALK_WINDOWS;
  plan->lowest = MAX (progress->floor - DAY, 1);
  plan->until = progress->window_end ? progress->window_end : get_latest (terrain);
  if (progress->window_end > progress->window_start)
    plan->span = progress->window_end - progress->window_start;
}

/**
 * komek_itinerary_make_walk:
 * @leg: one that is walked
 *
 * Returns: (transfer full): a walk of that leg
 */
KomekWalk *
komek_itinerary_make_walk (const KomekTerrain *terrain, KomekLeg leg)
{
  KomekWalkPlan plan = {
    .span = terrain->window,
    .most_span = terrain->window,
    .cap = terrain->cap,
    .trusted = terrain->profile,
    .page_size = can (terrain, KOMEK_ABILITY_PAGES) ? terrain->page_size : 0,
  };

  if (leg == KOMEK_LEG_ALL)
    plan_all (terrain, &plan);
  else if (leg == KOMEK_LEG_CHANGES)
    plan_changes (terrain, &plan);
  else if (leg == KOMEK_LEG_NEW)
    plan_walk_of_new (terrain, &plan);
  else if (leg == KOMEK_LEG_AGAIN)
    plan_again (terrain, &plan);
  else
    g_assert_not_reached ();
  return komek_walk_new (&plan, terrain->habits);
}
