/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-clusters.h"
#include "komek-state-art.h"

/**
 * KomekMapSprite:
 * @size: how wide and high it is, in pixels of the screen; what it marks is in its middle
 *
 * A little picture that is drawn once and shown in every frame.
 */
typedef struct
{
  GskRenderNode *node;
  int            size;
} KomekMapSprite;

typedef struct _KomekMapSprites KomekMapSprites;

KomekMapSprites *komek_map_sprites_new (KomekPalette *palette, int scale);
void komek_map_sprites_free (KomekMapSprites *self);
void komek_map_sprite_show (const KomekMapSprite *sprite, GtkSnapshot *snapshot, double x,
                            double y);
int komek_map_sprites_get_radius (guint count);
const KomekMapSprite *komek_map_sprites_get_cluster (KomekMapSprites *self,
                                                     const KomekCluster *cluster);
const KomekMapSprite *komek_map_sprites_get_pin (KomekMapSprites *self, const KomekStateMark *mark,
                                                 int size);
const KomekMapSprite *komek_map_sprites_get_selected (KomekMapSprites *self,
                                                      const KomekStateMark *mark);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekMapSprites, komek_map_sprites_free)
