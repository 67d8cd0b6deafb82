/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map-pixels.h"

#include <math.h>

guint32
get_pixel (cairo_surface_t *surface, int x, int y)
{
  const guint8 *data = cairo_image_surface_get_data (surface);

  return ((const guint32 *) (gconstpointer) (
    data + y * cairo_image_surface_get_stride (surface)))[x];
}

guint32
pack (const KomekPalette *palette, const char *token)
{
  GdkRGBA color = komek_palette_look_up (palette, token);

  return (guint32) lround (color.red * 255) << 16 | (guint32) lround (color.green * 255) << 8
         | (guint32) lround (color.blue * 255);
}

gboolean
is_near (guint32 a, guint32 b)
{
  for (guint shift = 0; shift < 24; shift += 8)
    if (ABS ((int) (a >> shift & 0xff) - (int) (b >> shift & 0xff)) > 4)
      return FALSE;
  return TRUE;
}
