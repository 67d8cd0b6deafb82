/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <shumate/shumate.h>

#include "komek-clusters.h"
#include "komek-theme.h"

/**
 * KomekRequestPick:
 * @key: of the request that was hit, 0 where it is none
 * @clusters: (nullable): the clusters on the screen where one of them was hit
 * @cluster: which of them
 *
 * What lies below a finger.
 */
typedef struct
{
  guint32        key;
  KomekClusters *clusters;
  guint          cluster;
} KomekRequestPick;

#define KOMEK_TYPE_REQUEST_LAYER (komek_request_layer_get_type ())
G_DECLARE_FINAL_TYPE (KomekRequestLayer, komek_request_layer, KOMEK, REQUEST_LAYER, ShumateLayer)

KomekRequestLayer *komek_request_layer_new (ShumateViewport *viewport, KomekTheme *theme);
void komek_request_layer_set_atlas (KomekRequestLayer *self, KomekAtlas *atlas);
KomekAtlas *komek_request_layer_get_atlas (KomekRequestLayer *self);
void komek_request_layer_set_selected (KomekRequestLayer *self, guint32 key);
guint32 komek_request_layer_get_selected (KomekRequestLayer *self);
void komek_request_layer_set_numbers (KomekRequestLayer *self, const guint32 *keys, guint n_keys);
gboolean komek_request_layer_pick (KomekRequestLayer *self, double x, double y,
                                   KomekRequestPick *pick);
