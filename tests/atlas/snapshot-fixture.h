/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-morton.h"

#define SNAPSHOT_NOW 1700000000

/* A folder for a snapshot. */
typedef struct
{
  char *folder, *path;
} SnapshotFixture;

void snapshot_set_up (SnapshotFixture *self, gconstpointer data);
void snapshot_tear_down (SnapshotFixture *self, gconstpointer data);
KomekMorton *snapshot_make_order (guint n);
GBytes *snapshot_load (SnapshotFixture *self, guint n);
