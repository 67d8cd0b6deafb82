/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "komek-palette.h"
#include "komek-status.h"

#define KOMEK_STATE_BOX 40.0 /* the shapes are drawn in a box of so many units */

/**
 * KomekStateMark:
 * @group: decides about colour and shape
 * @status: decides about the glyph
 * @number: stands in the place of the glyph where it is not 0
 *
 * What a request looks like wherever it is shown.
 */
typedef struct
{
  KomekGroup  group;
  KomekStatus status;
  guint       number;
} KomekStateMark;

const char *komek_state_art_get_token (KomekGroup group);
void komek_state_art_trace (cairo_t *cr, KomekGroup group);
void komek_state_art_draw (cairo_t *cr, const KomekPalette *palette, const KomekStateMark *mark);
void komek_state_art_write (cairo_t *cr, const char *text, double size, PangoWeight weight);
GdkTexture *komek_state_art_take_texture (cairo_surface_t *surface);
