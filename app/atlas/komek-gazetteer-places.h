/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-address.h"
#include "komek-label.h"
#include "komek-plan.h"

/**
 * KomekGazetteerPlace:
 * @label: what it is called
 * @kind: what it is, where its name does not say
 * @rank: see #KomekGazetteerName
 * @district: (nullable): its own code, where it is a district
 * @x: of the point to show, in the Mercator square
 * @y: likewise
 * @weight: of the parts of one place the point of the heaviest is shown
 * @reach: metres within which what has the same name is the same place
 * @box: where it is
 *
 * Something that has a name, or a part of it: maps cut long streets into pieces.
 */
typedef struct
{
  KomekLabel      *label;
  KomekAddressKind kind;
  guint            rank;
  const char      *district;
  double           x, y;
  double           weight;
  double           reach;
  KomekMercatorBox box;
} KomekGazetteerPlace;

typedef struct _KomekGazetteerPlaces KomekGazetteerPlaces;

KomekGazetteerPlaces *komek_gazetteer_places_new (void);
KomekGazetteerPlaces *komek_gazetteer_places_new_from_plan (const KomekPlan *plan);
void komek_gazetteer_places_free (KomekGazetteerPlaces *self);
guint komek_gazetteer_places_add (KomekGazetteerPlaces *self, const KomekGazetteerPlace *place);
guint *komek_gazetteer_places_join (KomekGazetteerPlaces *self,
                                    const KomekGazetteerPlaces *others);
guint komek_gazetteer_places_get_n (const KomekGazetteerPlaces *self);
const KomekGazetteerPlace *komek_gazetteer_places_get (const KomekGazetteerPlaces *self,
                                                       guint position);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekGazetteerPlaces, komek_gazetteer_places_free)
