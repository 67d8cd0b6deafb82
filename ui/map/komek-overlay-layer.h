/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <shumate/shumate.h>

#include "komek-overlay-painter.h"

#define KOMEK_TYPE_OVERLAY_LAYER (komek_overlay_layer_get_type ())
G_DECLARE_FINAL_TYPE (KomekOverlayLayer, komek_overlay_layer, KOMEK, OVERLAY_LAYER, ShumateLayer)

KomekOverlayLayer *komek_overlay_layer_new (ShumateViewport *viewport);
void komek_overlay_layer_set_painter (KomekOverlayLayer *self, KomekOverlayPainter *painter);
KomekOverlayPainter *komek_overlay_layer_get_painter (KomekOverlayLayer *self);
gboolean komek_overlay_layer_is_busy (KomekOverlayLayer *self);
