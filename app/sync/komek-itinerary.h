/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-ability.h"
#include "komek-progress.h"
#include "komek-walk.h"

/**
 * KomekLeg:
 * @KOMEK_LEG_GLANCE: one question without dates: the newest requests, and what time it is there
 * @KOMEK_LEG_PROBE: trying out what a foreign city can do
 * @KOMEK_LEG_ALL: everything
 * @KOMEK_LEG_CHANGES: what changed since the last look
 * @KOMEK_LEG_NEW: what was registered since the last look
 * @KOMEK_LEG_AGAIN: the next window of those that are looked at again
 *
 * The parts that a look at the city is made of.
 */
typedef enum
{
  KOMEK_LEG_GLANCE,
  KOMEK_LEG_PROBE,
  KOMEK_LEG_ALL,
  KOMEK_LEG_CHANGES,
  KOMEK_LEG_NEW,
  KOMEK_LEG_AGAIN,
} KomekLeg;

#define KOMEK_ITINERARY_MOST_LEGS 4

/**
 * KomekItinerary:
 * @legs: what is still to be walked, in this order
 *
 * The way of one look at the city.
 */
typedef struct
{
  KomekLeg legs[KOMEK_ITINERARY_MOST_LEGS];
  guint    n_legs;
  guint    at;
} KomekItinerary;

/**
 * KomekTerrain:
 * @profile: the city keeps to our profile
 * @abilities: of the city
 * @progress: how far the mirror follows it
 * @habits: of the city, as far as they are known
 * @now: the clock of this device, right or wrong
 * @anchor: when the newest request of the glance was registered; 0 without one
 * @page_size: how many requests to ask for at once
 * @glance: how many for the first glance
 * @window: seconds of the longest window that the city takes
 * @most_empty: so many windows without a request are the end
 * @cap: no city gives more requests at once
 *
 * All that the way depends on.
 */
typedef struct
{
  gboolean       profile;
  KomekAbility   abilities;
  KomekProgress *progress;
  KomekHabits   *habits;
  gint64         now;
  gint64         anchor;
  guint          page_size;
  guint          glance;
  gint64         window;
  guint          most_empty;
  guint          cap;
} KomekTerrain;

KomekItinerary komek_itinerary_make (const KomekTerrain *terrain);
gboolean komek_itinerary_is_filling (const KomekProgress *progress);
KomekWalk *komek_itinerary_make_walk (const KomekTerrain *terrain, KomekLeg leg);
