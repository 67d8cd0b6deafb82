/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-houses.h"
#include "komek-pack-names.h"
#include "komek-place-finder.h"

/* What any thread may ask, counted by itself: a thread that lets go of it last must not take the
 * finder and its feed along. The gazetteer is made when it is first asked for; the lock is for
 * that alone. When a pack tells more there is another lore. */
typedef struct
{
  KomekPlan      *plan;
  KomekLabel     *city;  /* or NULL */
  GPtrArray      *packs; /* of KomekPackNames */
  GMutex          lock;
  KomekGazetteer *gazetteer;
  KomekHouses    *houses;  /* of the packs */
  KomekPlan      *streets; /* the plan, and where the streets of the packs lead */
} KomekPlaceLore;

/* Shared by its two questions. */
struct _KomekPlaceFinder
{
  GObject         parent;
  KomekFeed      *feed;
  KomekPlaceLore *lore;
  KomekPlaceLore *coming; /* what a pack has told is put in order, or NULL */
  KomekPoints    *points; /* or NULL */
  GPtrArray      *packs;  /* of KomekPack, whose names are used */
};

KomekPlaceLore *komek_place_lore_new (KomekPlan *plan, KomekLabel *city);
void komek_place_lore_unref (KomekPlaceLore *self);
KomekGazetteer *komek_place_lore_get_gazetteer (KomekPlaceLore *self);
const KomekHouses *komek_place_lore_get_houses (KomekPlaceLore *self);
KomekPlan *komek_place_lore_get_streets (KomekPlaceLore *self);
void komek_place_finder_run (GTask *task, GTaskThreadFunc work, GAsyncReadyCallback callback);
