/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-clock.h"
#include "komek-geo-report.h"
#include "komek-mirror.h"

#define KOMEK_TYPE_SWEEP (komek_sweep_get_type ())
G_DECLARE_FINAL_TYPE (KomekSweep, komek_sweep, KOMEK, SWEEP, GObject)

KomekSweep *komek_sweep_new (KomekMirror *mirror, KomekGeoReport *client, KomekClock *clock,
                             guint page_size);
void komek_sweep_start (KomekSweep *self);
gboolean komek_sweep_is_filling (KomekSweep *self);
void komek_sweep_stop (KomekSweep *self);
