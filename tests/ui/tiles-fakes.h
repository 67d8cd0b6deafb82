/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-tiles.h"

#define FAKE_TYPE_TILES (fake_tiles_get_type ())
G_DECLARE_FINAL_TYPE (FakeTiles, fake_tiles, FAKE, TILES, GObject)

FakeTiles *fake_tiles_new (const char *name, gboolean remote);
void fake_tiles_put (FakeTiles *self, GBytes *picture, guint zoom);
void fake_tiles_hold (FakeTiles *self, gboolean hold);
void fake_tiles_set_trouble (FakeTiles *self, KomekMapTrouble trouble);
void fake_tiles_set_attribution (FakeTiles *self, const char *attribution);
void fake_tiles_set_bounds (FakeTiles *self, KomekBounds *bounds);
guint fake_tiles_get_n_asked (FakeTiles *self);
GBytes *fake_picture (guint side, guint32 left, guint32 right);
