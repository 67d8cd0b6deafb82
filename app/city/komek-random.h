/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * KomekRandom:
 *
 * Numbers that look drawn by lot and are the same on every machine (xoshiro256**).
 */
typedef struct
{
  guint64 state[4];
} KomekRandom;

void komek_random_init (KomekRandom *self, guint64 seed);
guint64 komek_random_draw (KomekRandom *self);
guint komek_random_below (KomekRandom *self, guint limit);
double komek_random_unit (KomekRandom *self);
double komek_random_between (KomekRandom *self, double from, double to);
gboolean komek_random_chance (KomekRandom *self, double share);
double komek_random_spread (KomekRandom *self, double sigma);
