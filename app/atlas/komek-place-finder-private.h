/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-houses.h"
#include "komek-place-finder.h"

/* What any thread may ask, counted by itself: a thread that lets go of it last must not take the
 * finder and its feed along. The gazetteer is made when it is first asked for; the lock is for
 * that alone. */
typedef struct
{
  KomekPlan      *plan;
  KomekLabel     *city; /* or NULL */
  GMutex          lock;
  KomekGazetteer *gazetteer;
} KomekPlaceLore;

/* Shared by its two questions. */
struct _KomekPlaceFinder
{
  GObject         parent;
  KomekFeed      *feed;
  KomekPlaceLore *lore;
  KomekPoints    *points; /* or NULL */
};

void komek_place_lore_unref (KomekPlaceLore *self);
KomekGazetteer *komek_place_lore_get_gazetteer (KomekPlaceLore *self);
void komek_place_finder_run (GTask *task, GTaskThreadFunc work, GAsyncReadyCallback callback);
