/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-plan.h"
#include "komek-random.h"

/**
 * KomekSamplePlace:
 * @street: what the street is called in each language
 * @house: the number of the house, with a letter or a fraction where it has one
 *
 * A house on a street of the plan.
 */
typedef struct
{
  double      latitude, longitude;
  const char *street[KOMEK_N_LANGUAGES];
  const char *district;
  char        house[12];
} KomekSamplePlace;

GArray *komek_sample_places_new (const KomekPlan *plan, guint n_places, KomekRandom *random);
