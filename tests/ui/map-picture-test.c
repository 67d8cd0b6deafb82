/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-picture.h"
#include "map-pixels.h"

#define SIDE 16 /* pixels of the screen */

static const guint32 corner = 0x204060, rest = 0xc0a080;

/* A square with a corner of another colour; of RGB24 its fourth bytes are nothing. */
static KomekPicture *
make (cairo_format_t format, int scale)
{
  cairo_surface_t *surface = cairo_image_surface_create (format, SIDE * scale, SIDE * scale);
  guint8 *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);
  guint32 alpha = format == CAIRO_FORMAT_ARGB32 ? 0xff000000u : 0;

  for (int y = 0; y < SIDE * scale; y++)
    for (int x = 0; x < SIDE * scale; x++)
      ((guint32 *) (gpointer) (data + y * stride))[x] =
        alpha | (x < SIDE * scale / 2 && y < SIDE * scale / 2 ? corner : rest);
  cairo_surface_mark_dirty (surface);
  return komek_picture_new (surface, SIDE, SIDE, CAIRO_FILTER_FAST);
}

/* On red, which would shine through. */
static void
assert_shows (KomekPicture *picture, KomekCanvas canvas)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, SIDE, SIDE);
  cairo_t *cr = cairo_create (surface);

  cairo_set_source_rgb (cr, 1, 0, 0);
  cairo_paint (cr);
  gsk_render_node_draw (komek_picture_get_node (picture, canvas), cr);
  cairo_destroy (cr);
  g_assert_true (is_near (get_pixel (surface, 2, 2), corner));
  g_assert_true (is_near (get_pixel (surface, SIDE - 3, 2), rest));
  g_assert_true (is_near (get_pixel (surface, 2, SIDE - 3), rest));
  cairo_surface_destroy (surface);
}

static void
test_it_is_the_same_on_both (void)
{
  static const cairo_format_t formats[] = { CAIRO_FORMAT_ARGB32, CAIRO_FORMAT_RGB24 };

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    for (int scale = 1; scale <= 2; scale++)
      {
        g_autoptr (KomekPicture) picture = make (formats[i], scale);

        assert_shows (picture, KOMEK_CANVAS_MEMORY);
        assert_shows (picture, KOMEK_CANVAS_CARD);
      }
}

/* What a renderer knows again it neither draws nor sends again. */
static void
test_it_stays_the_same (void)
{
  static const KomekCanvas canvases[] = { KOMEK_CANVAS_MEMORY, KOMEK_CANVAS_CARD };
  static const GskRenderNodeType types[] = { GSK_CAIRO_NODE, GSK_TEXTURE_NODE };

  for (guint i = 0; i < G_N_ELEMENTS (canvases); i++)
    {
      g_autoptr (KomekPicture) picture = make (CAIRO_FORMAT_RGB24, 1);
      GskRenderNode *node = komek_picture_get_node (picture, canvases[i]);

      g_assert_cmpint (gsk_render_node_get_node_type (node), ==, types[i]);
      g_assert_true (komek_picture_get_node (picture, canvases[i]) == node);
    }
}

/* A renderer may show a node for longer than there is a picture. */
static void
test_its_node_may_stay_longer (void)
{
  KomekPicture *picture = make (CAIRO_FORMAT_RGB24, 1);
  GskRenderNode *node = gsk_render_node_ref (komek_picture_get_node (picture, KOMEK_CANVAS_CARD));
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, SIDE, SIDE);
  cairo_t *cr = cairo_create (surface);

  komek_picture_free (picture);
  gsk_render_node_draw (node, cr);
  gsk_render_node_unref (node);
  cairo_destroy (cr);
  g_assert_true (is_near (get_pixel (surface, 2, 2), corner));
  cairo_surface_destroy (surface);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/map/picture/it-is-the-same-on-both", test_it_is_the_same_on_both);
  g_test_add_func ("/map/picture/it-stays-the-same", test_it_stays_the_same);
  g_test_add_func ("/map/picture/its-node-may-stay-longer", test_its_node_may_stay_longer);
  return g_test_run ();
}
