/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-map-sprites.h"

#define KOMEK_SPRITE_RING 2.0        /* pixels, as all lengths here */
#define KOMEK_SPRITE_SHADOW_DROP 2.0
#define KOMEK_SPRITE_COUNT_WEIGHT 750
#define KOMEK_SPRITE_PADDING 6

#define KOMEK_N_CLUSTER_DISCS 4

/* A pixel of the ring of a cluster. */
typedef struct
{
  guint32 at;    /* which one of the picture, row by row */
  float   turn;  /* of its middle, from the top clockwise: 0 to 1 */
  float   reach; /* half of its width, in turns */
  guint32 cover; /* how much of it the ring covers: 255 is all */
} KomekRingPixel;

/* What all clusters of one size have in common: the disc below the shares, and where these show.
 * To draw the circles and slices anew for each count took most of the time. */
typedef struct
{
  cairo_surface_t *ground;
  GArray          *ring; /* of KomekRingPixel */
} KomekClusterDisc;

/**
 * KomekMapSprites:
 *
 * What stands on the map, drawn once for each look: clusters, pins, the selected pin, the pin of
 * this device, the plates of the districts.
 */
struct _KomekMapSprites
{
  KomekPalette    *palette;
  int              scale;
  double           unit;    /* how much larger than usual all is */
  GHashTable      *sprites; /* what it shows → KomekMapSprite */
  KomekClusterDisc discs[KOMEK_N_CLUSTER_DISCS]; /* drawn when first asked for */
  guint            n_asked;
};

const KomekMapSprite *komek_map_sprites_find (KomekMapSprites *self, const char *name);
void komek_map_sprites_set_color (const KomekMapSprites *self, cairo_t *cr, const char *token,
                                  float alpha);
void komek_map_sprites_fill_disc (const KomekMapSprites *self, cairo_t *cr, double y,
                                  double radius, const char *token);
cairo_t *komek_map_sprites_start (const KomekMapSprites *self, int width, int height);
const KomekMapSprite *komek_map_sprites_finish (KomekMapSprites *self, cairo_t *cr,
                                                const char *name);
