/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <stdlib.h>

#include "komek-icon.h"
#include "komek-ui-resources.h"

#define FOLDER "/kz/komek/Komek/icons/"

/* Between two who draw the same outline, in 255ths: of a pixel, and of all pixels in the mean. */
#define FARTHEST 32
#define USUAL 0.5

/* What a widget of one size and colour shows of it. */
static cairo_surface_t *
show (GdkPaintable *icon, int side, const GdkRGBA *color)
{
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  GskRenderNode *node;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, side, side);
  cairo_t *cr = cairo_create (surface);

  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (icon), snapshot, side, side,
                                            color, 1);
  node = gtk_snapshot_to_node (snapshot);
  if (node)
    {
      gsk_render_node_draw (node, cr);
      gsk_render_node_unref (node);
    }
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static guint8
read_alpha (cairo_surface_t *surface, int x, int y)
{
  const guchar *line =
    cairo_image_surface_get_data (surface) + y * cairo_image_surface_get_stride (surface);

  return ((const guint32 *) (gconstpointer) line)[x] >> 24;
}

static void
assert_alike (cairo_surface_t *ours, GdkPixbuf *theirs, const char *what)
{
  const guchar *pixels = gdk_pixbuf_read_pixels (theirs);
  int side = gdk_pixbuf_get_width (theirs), stride = gdk_pixbuf_get_rowstride (theirs);
  int sum = 0, inked = 0;

  for (int y = 0; y < side; y++)
    for (int x = 0; x < side; x++)
      {
        int alpha = pixels[y * stride + 4 * x + 3];
        int apart = abs (read_alpha (ours, x, y) - alpha);

        if (apart > FARTHEST)
          g_error ("%s at %d: (%d, %d) is %d apart", what, side, x, y, apart);
        sum += apart;
        inked += alpha > 127;
      }
  g_test_message ("%s at %d: %.2f apart", what, side, sum / (double) (side * side));
  g_assert_cmpfloat (sum, <, USUAL * side * side);
  g_assert_cmpint (inked, >, 0);
}

static void
check_file (const char *folder, const char *file, int side)
{
  const GdkRGBA black = { 0, 0, 0, 1 };
  g_autofree char *path = g_strconcat (folder, file, NULL);
  g_autofree char *name = g_strndup (file, strlen (file) - strlen (".svg"));
  g_autoptr (GdkPaintable) icon = komek_icon_new (name);
  cairo_surface_t *ours = show (icon, side, &black);
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbuf) theirs =
    gdk_pixbuf_new_from_resource_at_scale (path, side, side, TRUE, &error);

  g_assert_no_error (error);
  assert_alike (ours, theirs, path);
  cairo_surface_destroy (ours);
}

static void
check_folder (const char *folder, const int *sides)
{
  g_auto (GStrv) files = g_resources_enumerate_children (folder, 0, NULL);

  g_assert_cmpuint (g_strv_length (files), >, 50);
  for (guint i = 0; files[i]; i++)
    for (guint j = 0; sides[j]; j++)
      check_file (folder, files[i], sides[j]);
}

static void
test_every_icon_is_what_librsvg_would_draw (void)
{
  const int small[] = { 14, 16, 18, 0 };
  const int usual[] = { 13, 24, 34, 68, 0 };

  check_folder (FOLDER "16x16/actions/", small);
  check_folder (FOLDER "scalable/actions/", usual);
}

static void
test_an_icon_has_the_colour_of_whoever_shows_it (void)
{
  const GdkRGBA red = { 1, 0, 0, 1 }, blue = { 0, 0, 1, 1 };
  g_autoptr (GdkPaintable) icon = komek_icon_new ("komek-pause-symbolic");
  cairo_surface_t *first = show (icon, 32, &red), *second = show (icon, 32, &blue);
  const guint32 *of_first = (gconstpointer) cairo_image_surface_get_data (first);
  const guint32 *of_second = (gconstpointer) cairo_image_surface_get_data (second);

  /* The middle of its left bar. */
  g_assert_cmphex (of_first[16 * 32 + 10], ==, 0xffff0000);
  g_assert_cmphex (of_second[16 * 32 + 10], ==, 0xff0000ff);
  cairo_surface_destroy (first);
  cairo_surface_destroy (second);
}

static void
test_an_image_keeps_the_icon_that_it_shows (void)
{
  GtkWidget *image = g_object_ref_sink (komek_icon_new_image ("komek-play-symbolic"));
  GdkPaintable *first = gtk_image_get_paintable (GTK_IMAGE (image));

  komek_icon_show (GTK_IMAGE (image), "komek-play-symbolic");
  g_assert_true (gtk_image_get_paintable (GTK_IMAGE (image)) == first);
  komek_icon_show (GTK_IMAGE (image), "komek-pause-symbolic");
  g_assert_true (gtk_image_get_paintable (GTK_IMAGE (image)) != first);
  g_object_unref (image);
}

static void
test_what_nobody_has_drawn_is_known_and_said (void)
{
  const GdkRGBA black = { 0, 0, 0, 1 };
  g_autoptr (GdkPaintable) icon = komek_icon_new ("komek-unicorn-symbolic");

  g_assert_true (komek_icon_exists ("komek-play-symbolic"));
  g_assert_false (komek_icon_exists ("komek-unicorn-symbolic"));
  g_test_expect_message ("komek-base", G_LOG_LEVEL_WARNING, "*komek-unicorn-symbolic*");
  cairo_surface_destroy (show (icon, 32, &black));
  g_test_assert_expected_messages ();
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_resources_register (komek_ui_get_resource ());

  g_test_add_func ("/icon/every-icon-is-what-librsvg-would-draw",
                   test_every_icon_is_what_librsvg_would_draw);
  g_test_add_func ("/icon/an-icon-has-the-colour-of-whoever-shows-it",
                   test_an_icon_has_the_colour_of_whoever_shows_it);
  g_test_add_func ("/icon/an-image-keeps-the-icon-that-it-shows",
                   test_an_image_keeps_the_icon_that_it_shows);
  g_test_add_func ("/icon/what-nobody-has-drawn-is-known-and-said",
                   test_what_nobody_has_drawn_is_known_and_said);
  return g_test_run ();
}
