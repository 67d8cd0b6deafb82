/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-categories.h"
#include "komek-filter-choice.h"
#include "komek-filter.h"

/**
 * KomekFilterWish:
 * @choice: what somebody has chosen
 * @points: the requests that it is to be chosen from
 * @categories: what the chosen categories mean for them
 * @matches: (nullable) (element-type guint32): the keys that a text was found in, rising
 * @now: seconds since 1970
 * @zone: (nullable): of the city, whose days a period consists of
 * @latitude: the middle of the circle outside of which nothing is wanted
 * @longitude: likewise
 * @around: its radius in metres, 0 for no circle
 *
 * All that decides together which requests are let through.
 */
typedef struct
{
  KomekFilterChoice     *choice;
  KomekPoints           *points;
  const KomekCategories *categories;
  GArray                *matches;
  gint64                 now;
  GTimeZone             *zone;
  double                 latitude, longitude;
  guint                  around;
} KomekFilterWish;

KomekFilter *komek_filter_wish_grant (const KomekFilterWish *self);
