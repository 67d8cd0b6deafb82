/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-itinerary.h"
#include "komek-sweep.h"

/* What the files of KomekSweep share. */

/**
 * KomekSweep:
 *
 * Brings the mirror to what the city has, once.
 *
 *     known ─► (card ─► (forget) ─► (services) ─► put card) ─► legs ─► (definitions) ─► done
 *
 *     leg:  fetch page ─► put page ─► done
 *             ▲     │
 *             └─────┘ while the walk goes on
 *
 * While a page is written the next one is on its way, but no more than that.
 *
 * Which legs there are and what they ask for is KomekItinerary's and KomekWalk's
 * to say. Each write takes down how far the walk is, so that another sweep goes
 * on where this one is stopped. Nothing is dropped from the mirror but what the
 * city says it took back, and what a whole walk without gaps has not met and
 * the city, asked for it, does not know.
 */
struct _KomekSweep
{
  GObject          parent;
  KomekMirror     *mirror;
  KomekGeoReport  *client;
  KomekClock      *clock;
  KomekSweepLimits limits;
  KomekHabits     *habits;
  GCancellable    *cancellable;
  KomekProgress    progress;
  KomekCity       *known;     /* as the mirror has it */
  KomekCity       *card;      /* as the city says now; NULL where it was not asked */
  GPtrArray       *services;  /* (nullable): that were fetched, their definitions not yet */
  KomekItinerary   itinerary;
  KomekWalk       *walk;      /* of the leg */
  gint64           anchor;    /* when the newest request of the glance was registered */
  gint64           newest;    /* change, or request, that was met in the leg */
  gboolean         fetching;
  GPtrArray       *arrived;   /* a page that waits for its turn to be written */
  GError          *failure;   /* of a fetch, told once the page before it is written */
  gboolean         writing;
  gboolean         over;
  gboolean         discover;
};

void komek_sweep_end (KomekSweep *self, const GError *error);
void komek_sweep_say_behind (KomekSweep *self);
void komek_sweep_finish (KomekSweep *self);

/* komek-sweep-card.c */
void komek_sweep_look_up_card (KomekSweep *self);
void komek_sweep_put_card (KomekSweep *self, GPtrArray *services, GAsyncReadyCallback callback);
void komek_sweep_take_abilities (KomekSweep *self, KomekAbility abilities);

/* komek-sweep-legs.c */
void komek_sweep_begin_itinerary (KomekSweep *self);
