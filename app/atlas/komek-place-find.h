/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-address.h"
#include "komek-label.h"

/**
 * KomekPlaceFind:
 * @name: (nullable): the street, the district or the landmark; %NULL where none is near
 * @kind: what that is
 * @house: (nullable): the number of a house there
 * @house_is_known: whether the point is that house's; else it is the middle of the street
 * @alike: whether it is not called so, but much like what was searched for
 * @district: the code of the district, or ""
 * @latitude: where it is
 * @longitude: likewise
 *
 * A place as people speak of it.
 */
typedef struct
{
  KomekLabel      *name;
  KomekAddressKind kind;
  char            *house;
  gboolean         house_is_known;
  gboolean         alike;
  char            *district;
  double           latitude, longitude;
} KomekPlaceFind;

KomekPlaceFind *komek_place_find_new (KomekLabel *name, KomekAddressKind kind,
                                      const char *district, double latitude, double longitude);
void komek_place_find_free (KomekPlaceFind *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekPlaceFind, komek_place_find_free)
