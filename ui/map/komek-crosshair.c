/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-crosshair.h"

#include "komek-state-art.h"

#include <math.h>

/* Pixels */
#define ARM_FROM 24.0
#define ARM_TO 104.0
#define ARM_WIDTH 6.0
#define ARM_EDGE 12.0
#define CENTRE_RADIUS 11.0
#define CIRCLE_RADIUS 64.0
#define CIRCLE_WIDTH 2.5
#define CIRCLE_ALPHA 0.16f

static void
set_color (const KomekPalette *palette, cairo_t *cr, const char *token, float alpha)
{
  GdkRGBA color = komek_palette_look_up (palette, token);

  color.alpha *= alpha;
  gdk_cairo_set_source_rgba (cr, &color);
}

static void
draw_circle (const KomekPalette *palette, cairo_t *cr)
{
  static const double dashes[] = { 8, 6 };

  cairo_arc (cr, 0, 0, CIRCLE_RADIUS, 0, 2 * G_PI);
  set_color (palette, cr, "sky", CIRCLE_ALPHA);
  cairo_fill_preserve (cr);
  set_color (palette, cr, "sky", 1);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_set_line_width (cr, CIRCLE_WIDTH);
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);
}

static void
draw_arms (const KomekPalette *palette, cairo_t *cr, const char *token, double width)
{
  for (int i = 0; i < 4; i++)
    {
      double dx = cos (i * G_PI_2), dy = sin (i * G_PI_2);

      cairo_move_to (cr, dx * ARM_FROM, dy * ARM_FROM);
      cairo_line_to (cr, dx * (ARM_TO - ARM_EDGE / 2), dy * (ARM_TO - ARM_EDGE / 2));
    }
  set_color (palette, cr, token, 1);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_width (cr, width);
  cairo_stroke (cr);
}

static void
draw_centre (const KomekPalette *palette, cairo_t *cr)
{
  cairo_arc (cr, 0, 0, CENTRE_RADIUS, 0, 2 * G_PI);
  set_color (palette, cr, "gold", 1);
  cairo_fill_preserve (cr);
  set_color (palette, cr, "ring", 1);
  cairo_set_line_width (cr, ARM_WIDTH / 2);
  cairo_stroke (cr);
}

/**
 * komek_crosshair_draw:
 * @scale: pixels of the screen for one of ours
 *
 * Draws the cross that points at a place on the map: four arms, a centre, and a circle within
 * which a few steps do not matter.
 *
 * Returns: (transfer full): a picture, %KOMEK_CROSSHAIR_SIZE a side
 */
GdkTexture *
komek_crosshair_draw (const KomekPalette *palette, int scale)
{
  cairo_surface_t *surface = cairo_image_surface_create (
    CAIRO_FORMAT_ARGB32, KOMEK_CROSSHAIR_SIZE * scale, KOMEK_CROSSHAIR_SIZE * scale);
  cairo_t *cr = cairo_create (surface);

  cairo_scale (cr, scale, scale);
  cairo_translate (cr, KOMEK_CROSSHAIR_SIZE / 2.0, KOMEK_CROSSHAIR_SIZE / 2.0);
  draw_circle (palette, cr);
  draw_arms (palette, cr, "ring", ARM_EDGE);
  draw_arms (palette, cr, "skydeep", ARM_WIDTH);
  draw_centre (palette, cr);
  cairo_destroy (cr);
  return komek_state_art_take_texture (surface);
}
