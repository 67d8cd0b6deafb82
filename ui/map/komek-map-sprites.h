/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-clusters.h"
#include "komek-picture.h"
#include "komek-state-art.h"

/**
 * KomekMapSprite:
 * @size: how wide it is, in pixels of the screen; what it marks is in its middle
 * @height: how high it is, likewise
 * @asked: when it was asked for last
 *
 * A little picture that is drawn once and shown in every frame.
 */
typedef struct
{
  KomekPicture *picture;
  int           size, height;
  guint         asked;
} KomekMapSprite;

typedef struct _KomekMapSprites KomekMapSprites;

KomekMapSprites *komek_map_sprites_new (KomekPalette *palette, int scale, double unit);
void komek_map_sprites_free (KomekMapSprites *self);
void komek_map_sprite_show (const KomekMapSprite *sprite, GtkSnapshot *snapshot,
                            KomekCanvas canvas, double x, double y);
double komek_map_sprites_get_radius (const KomekMapSprites *self, guint count);
const KomekMapSprite *komek_map_sprites_get_cluster (KomekMapSprites *self,
                                                     const KomekCluster *cluster);
const KomekMapSprite *komek_map_sprites_get_pin (KomekMapSprites *self, const KomekStateMark *mark,
                                                 int size);
const KomekMapSprite *komek_map_sprites_get_selected (KomekMapSprites *self,
                                                      const KomekStateMark *mark);
const KomekMapSprite *komek_map_sprites_get_here (KomekMapSprites *self);
double komek_map_sprites_measure_here (const KomekMapSprites *self, double *rise);
const KomekMapSprite *komek_map_sprites_get_plate (KomekMapSprites *self, const char *name,
                                                   const char *figure, int width);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekMapSprites, komek_map_sprites_free)
