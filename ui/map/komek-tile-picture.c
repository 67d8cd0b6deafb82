/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-tile-picture.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "komek-tile-form.h"

#define LARGEST_SIDE 1024 /* pixels; tiles for the finest screens have 768 */

/* A picture of a million pixels a side is a few bytes of PNG: it is not begun. */
static void
on_size_prepared (GdkPixbufLoader *loader, int width, int height, gboolean *fits)
{
  *fits = width == height && width > 0 && width <= LARGEST_SIDE;
  if (!*fits)
    gdk_pixbuf_loader_set_size (loader, 1, 1);
}

static GdkPixbufLoader *
make_loader (GBytes *bytes)
{
  static const char *const types[] = {
    [KOMEK_TILE_FORM_PNG] = "png",
    [KOMEK_TILE_FORM_JPEG] = "jpeg",
    [KOMEK_TILE_FORM_WEBP] = "webp",
  };
  KomekTileForm form = komek_tile_form_of (bytes);

  if (!komek_tile_form_is_picture (form))
    return NULL;
  return gdk_pixbuf_loader_new_with_type (types[form], NULL);
}

static GdkPixbuf *
load (GBytes *bytes)
{
  g_autoptr (GdkPixbufLoader) loader = make_loader (bytes);
  gboolean fits = FALSE, read;
  GdkPixbuf *pixbuf;

  if (!loader)
    return NULL;

  g_signal_connect (loader, "size-prepared", G_CALLBACK (on_size_prepared), &fits);
  read = gdk_pixbuf_loader_write_bytes (loader, bytes, NULL);
  read = gdk_pixbuf_loader_close (loader, NULL) && read;
  pixbuf = read && fits ? gdk_pixbuf_loader_get_pixbuf (loader) : NULL;
  return pixbuf ? g_object_ref (pixbuf) : NULL;
}

/* Cairo wants colours multiplied by their alpha; an eighth of a bit more or less is not seen. */
static guint32
premultiply (const guint8 *pixel)
{
  guint alpha = pixel[3];

  return alpha << 24 | (pixel[0] * alpha + 127) / 255 << 16 | (pixel[1] * alpha + 127) / 255 << 8
         | (pixel[2] * alpha + 127) / 255;
}

/* Returns: whether nothing shines through */
static gboolean
copy_row (const guint8 *from, guint32 *to, int width, int n_channels)
{
  guint8 alpha = 0xff;

  for (int x = 0; x < width; x++, from += n_channels)
    if (n_channels == 4 && from[3] != 0xff)
      {
        alpha &= from[3];
        to[x] = premultiply (from);
      }
    else
      to[x] = 0xff000000u | (guint32) from[0] << 16 | (guint32) from[1] << 8 | from[2];
  return alpha == 0xff;
}

/**
 * komek_tile_picture_decode:
 * @opaque: (out): whether nothing below it would show
 *
 * Makes a PNG, JPEG or WebP into something to draw. Any thread may.
 *
 * Returns: (transfer full) (nullable): a square picture, %NULL where it is none
 */
cairo_surface_t *
komek_tile_picture_decode (GBytes *bytes, gboolean *opaque)
{
  g_autoptr (GdkPixbuf) pixbuf = load (bytes);
  int side = pixbuf ? gdk_pixbuf_get_width (pixbuf) : 0;
  int n_channels = pixbuf ? gdk_pixbuf_get_n_channels (pixbuf) : 0;
  cairo_surface_t *surface;
  const guint8 *from;
  guint8 *to;
  int stride;

  *opaque = FALSE;
  if (!pixbuf || (n_channels != 3 && n_channels != 4) || gdk_pixbuf_get_height (pixbuf) != side)
    return NULL;

  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, side, side);
  from = gdk_pixbuf_read_pixels (pixbuf);
  to = cairo_image_surface_get_data (surface);
  stride = cairo_image_surface_get_stride (surface);
  *opaque = TRUE;
  for (int y = 0; y < side; y++)
    *opaque &= copy_row (from + (gsize) y * (gsize) gdk_pixbuf_get_rowstride (pixbuf),
                         (guint32 *) (gpointer) (to + y * stride), side, n_channels);
  cairo_surface_mark_dirty (surface);
  return surface;
}
