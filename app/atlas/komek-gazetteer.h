/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-gazetteer-places.h"

/**
 * KomekGazetteerName:
 * @label: what it is called
 * @kind: what it is
 * @rank: of two that fit equally well the one with the smaller rank comes first
 * @district: the code of the district that it lies in, or "" ; a long street lies in several
 * @latitude: where it is: half-way along a street, in the middle of an area
 * @longitude: likewise
 *
 * A place that has a name.
 */
typedef struct
{
  KomekLabel      *label;
  KomekAddressKind kind;
  guint            rank;
  const char      *district;
  double           latitude, longitude;
} KomekGazetteerName;

/**
 * KomekGazetteerFit:
 *
 * How well the worst of the words that were typed fits a name, the best first.
 */
typedef enum
{
  KOMEK_GAZETTEER_EXACT,
  KOMEK_GAZETTEER_PREFIX,
  KOMEK_GAZETTEER_CONTEXT, /* it is not in the name, but in that of its district */
  KOMEK_GAZETTEER_INSIDE,
  KOMEK_GAZETTEER_SLIP,
} KomekGazetteerFit;

/**
 * KomekGazetteerFind:
 * @name: lives as long as the gazetteer
 * @fit: how well it fits
 * @house: whether the number in the address is a house's there, not a part of the name
 * @partial: whether words had to be left out that no name has, or the number of a house where
 *   there are none
 *
 * A place that was searched for.
 */
typedef struct
{
  const KomekGazetteerName *name;
  KomekGazetteerFit         fit;
  gboolean                  house;
  gboolean                  partial;
} KomekGazetteerFind;

#define KOMEK_TYPE_GAZETTEER (komek_gazetteer_get_type ())
typedef struct _KomekGazetteer KomekGazetteer;
GType komek_gazetteer_get_type (void) G_GNUC_CONST;

KomekGazetteer *komek_gazetteer_new (const KomekGazetteerName *names, guint n_names,
                                     KomekLabel *city);
KomekGazetteer *komek_gazetteer_new_from_plan (const KomekPlan *plan, KomekLabel *city);
KomekGazetteer *komek_gazetteer_new_from_places (const KomekGazetteerPlaces *places,
                                                 const KomekPlan *plan, KomekLabel *city,
                                                 guint **positions);
KomekGazetteer *komek_gazetteer_ref (KomekGazetteer *self);
void komek_gazetteer_unref (KomekGazetteer *self);
const KomekGazetteerName *komek_gazetteer_peek (const KomekGazetteer *self, guint *n_names);
GArray *komek_gazetteer_search (const KomekGazetteer *self, const KomekAddress *address,
                                guint limit);
const KomekGazetteerName *komek_gazetteer_look_up (const KomekGazetteer *self,
                                                   const KomekAddress *address);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekGazetteer, komek_gazetteer_unref)
