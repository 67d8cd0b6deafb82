/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-picture.h"

/**
 * KomekPicture:
 *
 * Something that is drawn once and shown in many frames.
 *
 * What is quick for one renderer is slow for the other. The cairo renderer of
 * GTK 4.8 converts a texture in every frame and copies a recorded surface. Those
 * of a graphics card draw a recorded surface anew and send it over: that of GTK
 * 4.8 at every other scale and after every frame that did not show it, those of
 * later versions in each frame. A texture stays where it is.
 */
struct _KomekPicture
{
  cairo_surface_t *surface;
  int              width, height;
  cairo_filter_t   filter;
  GskRenderNode   *node; /* NULL before it is shown */
  KomekCanvas      canvas;
};

/* What the window of a widget is drawn on; before it is shown, what goes with every one. */
KomekCanvas
komek_canvas_find (GtkWidget *widget)
{
  GtkNative *native = gtk_widget_get_native (widget);
  GskRenderer *renderer = native ? gtk_native_get_renderer (native) : NULL;

  return !renderer || GSK_IS_CAIRO_RENDERER (renderer) ? KOMEK_CANVAS_MEMORY : KOMEK_CANVAS_CARD;
}

/**
 * komek_picture_new:
 * @surface: (transfer full): an image of ARGB32 or RGB24, which nobody draws on any more
 * @width: how wide it is shown, in pixels of the screen
 * @filter: how it is enlarged where cairo does so
 *
 * Any thread may make one, and one at a time show it.
 */
KomekPicture *
komek_picture_new (cairo_surface_t *surface, int width, int height, cairo_filter_t filter)
{
  KomekPicture *self = g_new0 (KomekPicture, 1);

  cairo_surface_set_device_scale (surface, (double) cairo_image_surface_get_width (surface) / width,
                                  (double) cairo_image_surface_get_height (surface) / height);
  self->surface = surface;
  self->width = width;
  self->height = height;
  self->filter = filter;
  return self;
}

void
komek_picture_free (KomekPicture *self)
{
  g_clear_pointer (&self->node, gsk_render_node_unref);
  cairo_surface_destroy (self->surface);
  g_free (self);
}

static GskRenderNode *
record (const KomekPicture *self, const graphene_rect_t *box)
{
  GskRenderNode *node = gsk_cairo_node_new (box);
  cairo_t *cr = gsk_cairo_node_get_draw_context (node);

  cairo_set_source_surface (cr, self->surface, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), self->filter);
  cairo_paint (cr);
  cairo_destroy (cr);
  return node;
}

/* The fourth byte of RGB24 is anything; there is no texture of that kind in GTK 4.8, and those of
 * three bytes are converted before they are sent. */
static void
fill_alpha (cairo_surface_t *surface)
{
  guint8 *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);

  for (int y = 0; y < cairo_image_surface_get_height (surface); y++)
    for (int x = 0; x < cairo_image_surface_get_width (surface); x++)
      ((guint32 *) (gpointer) (data + y * stride))[x] |= 0xff000000u;
}

/* The texture has the surface's own pixels. */
static GskRenderNode *
upload (const KomekPicture *self, const graphene_rect_t *box)
{
  int stride = cairo_image_surface_get_stride (self->surface);
  int height = cairo_image_surface_get_height (self->surface);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  cairo_surface_flush (self->surface);
  if (cairo_image_surface_get_format (self->surface) == CAIRO_FORMAT_RGB24)
    fill_alpha (self->surface);
  bytes = g_bytes_new_with_free_func (cairo_image_surface_get_data (self->surface),
                                      (gsize) stride * height,
                                      (GDestroyNotify) cairo_surface_destroy,
                                      cairo_surface_reference (self->surface));
  texture = gdk_memory_texture_new (cairo_image_surface_get_width (self->surface), height,
                                    GDK_MEMORY_DEFAULT, bytes, stride);
  return gsk_texture_node_new (texture, box);
}

/**
 * komek_picture_get_node:
 *
 * Returns: (transfer none): the picture with its corner at the origin; the same as long as the
 *   canvas is
 */
GskRenderNode *
komek_picture_get_node (KomekPicture *self, KomekCanvas canvas)
{
  graphene_rect_t box = GRAPHENE_RECT_INIT (0, 0, (float) self->width, (float) self->height);

  if (self->node && self->canvas == canvas)
    return self->node;
  g_clear_pointer (&self->node, gsk_render_node_unref);
  self->canvas = canvas;
  self->node = canvas == KOMEK_CANVAS_CARD ? upload (self, &box) : record (self, &box);
  return self->node;
}
