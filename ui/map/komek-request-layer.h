/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <shumate/shumate.h>

#include "komek-clusters.h"
#include "komek-name-layer.h"
#include "komek-place.h"
#include "komek-theme.h"

/**
 * KomekRequestPick:
 * @distance: from the finger, in pixels
 * @point: (nullable): the request that was hit, %NULL where it is a cluster
 * @clusters: the clusters on the screen
 * @cluster: which of them
 *
 * What lies below a finger. It lives as long as the atlas is shown.
 */
typedef struct
{
  double            distance;
  const KomekPoint *point;
  KomekClusters    *clusters;
  guint             cluster;
} KomekRequestPick;

#define KOMEK_TYPE_REQUEST_LAYER (komek_request_layer_get_type ())
G_DECLARE_FINAL_TYPE (KomekRequestLayer, komek_request_layer, KOMEK, REQUEST_LAYER, ShumateLayer)

KomekRequestLayer *komek_request_layer_new (ShumateViewport *viewport, KomekTheme *theme);
void komek_request_layer_set_atlas (KomekRequestLayer *self, KomekAtlas *atlas);
KomekAtlas *komek_request_layer_get_atlas (KomekRequestLayer *self);
void komek_request_layer_set_selected (KomekRequestLayer *self, guint32 key);
guint32 komek_request_layer_get_selected (KomekRequestLayer *self);
void komek_request_layer_set_numbers (KomekRequestLayer *self, const guint32 *keys, guint n_keys);
guint komek_request_layer_get_number (KomekRequestLayer *self, guint32 key);
void komek_request_layer_set_sparse (KomekRequestLayer *self, gboolean sparse);
void komek_request_layer_set_names (KomekRequestLayer *self, KomekNameLayer *names);
void komek_request_layer_set_unit (KomekRequestLayer *self, double unit);
void komek_request_layer_set_here (KomekRequestLayer *self, KomekPlace *here);
void komek_request_layer_set_gap (KomekRequestLayer *self, double gap);
GArray *komek_request_layer_pick (KomekRequestLayer *self, double x, double y, double reach);
