/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-clock.h"
#include "komek-geo-report.h"
#include "komek-habits.h"
#include "komek-mirror.h"

/**
 * KomekSweepLimits:
 * @page_size: how many requests to ask for at once
 * @glance: how many for a first glance
 * @window: seconds of the longest span of time that is asked for
 * @most_empty: so many of them without a request are the beginning of the city
 * @cap: no city gives more requests at once
 *
 * How a city is asked for its requests; none may be 0.
 */
typedef struct
{
  guint  page_size;
  guint  glance;
  gint64 window;
  guint  most_empty;
  guint  cap;
} KomekSweepLimits;

#define KOMEK_TYPE_SWEEP (komek_sweep_get_type ())
G_DECLARE_FINAL_TYPE (KomekSweep, komek_sweep, KOMEK, SWEEP, GObject)

KomekSweep *komek_sweep_new (KomekMirror *mirror, KomekGeoReport *client, KomekClock *clock,
                             const KomekSweepLimits *limits, KomekHabits *habits);
void komek_sweep_start (KomekSweep *self, gboolean discover);
gboolean komek_sweep_is_filling (KomekSweep *self);
void komek_sweep_stop (KomekSweep *self);
