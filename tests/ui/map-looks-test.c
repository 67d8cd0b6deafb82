/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "map-pixels.h"

#include <adwaita.h>
#include <math.h>

#include "explore-crowd.h"
#include "komek-heat-colors.h"
#include "komek-heat-painter.h"
#include "komek-map-sprites.h"

/* What is drawn on the map, without a map: densities, clusters, pins and plates, pixel by pixel. */

#define TILE 256
#define ZOOM 12

/* Every look in which pictures are taken. */
static const char *const looks[] = { "tokens.css", "tokens-dark.css", "tokens-high-contrast.css" };

static KomekPalette *
read_palette (const char *sheet)
{
  g_autofree char *path =
    g_test_build_filename (G_TEST_DIST, "..", "ui", "style", sheet, NULL);
  g_autofree char *css = NULL;

  g_assert_true (g_file_get_contents (path, &css, NULL, NULL));
  return komek_palette_new_from_css (css);
}

/* The colour of a pixel without its alpha, to within what rounding takes. */
static void
assert_color (guint32 pixel, const KomekPalette *palette, const char *token, double cover)
{
  guint alpha = pixel >> 24;
  guint32 expected = pack (palette, token);

  g_assert_cmpuint (alpha, ==, lround (255 * cover));
  for (guint shift = 0; shift < 24; shift += 8)
    g_assert_cmpint (ABS ((int) ((pixel >> shift & 0xff) * 255 / alpha)
                          - (int) (expected >> shift & 0xff)), <=, 3);
}

/* In the middle of the tile of a place. */
static void
find_tile (double latitude, double longitude, guint *column, guint *row, int *x, int *y)
{
  double n = ldexp (1, ZOOM), mx, my;

  komek_mercator_project (latitude, longitude, &mx, &my);
  *column = (guint) (mx * n);
  *row = (guint) (my * n);
  *x = (int) ((mx * n - *column) * TILE);
  *y = (int) ((my * n - *row) * TILE);
}

static void
add (GArray *array, double latitude, double longitude, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      KomekPoint point = { .key = array->len + 1, .latitude = (gint32) (latitude * 1e7),
                           .longitude = (gint32) (longitude * 1e7),
                           .requested = TEST_NOW - array->len };

      g_array_append_val (array, point);
    }
}

static KomekAtlas *
make_atlas (GArray *array)
{
  static const char *const words[] = { "a", NULL };
  g_autoptr (KomekPoints) points = komek_points_new (array, words, words);
  g_autoptr (KomekFilter) filter = komek_filter_new (&(KomekFilterFields) { .now = TEST_NOW });

  return komek_atlas_new (points, filter);
}

/* A thick place, a lone request far from it, and nothing between. */
static KomekAtlas *
make_two_places (void)
{
  GArray *array = g_array_new (FALSE, FALSE, sizeof (KomekPoint));

  add (array, 51.15, 71.43, 60);
  add (array, 51.25, 71.60, 1);
  return make_atlas (array);
}

/* What is thickest has the last colour, a lone request a lower one, and where there is nothing the
 * plan shows; the same in every look. */
static void
test_heat_has_the_colors_of_its_steps (gconstpointer look)
{
  g_autoptr (KomekPalette) palette = read_palette (look);
  g_autoptr (KomekAtlas) atlas = make_two_places ();
  g_autoptr (KomekHeatPainter) painter = komek_heat_painter_new (atlas, palette);
  KomekMapScale scale = komek_heat_painter_choose_scale (atlas, ZOOM);
  guint column, row;
  int x, y;
  cairo_surface_t *tile;

  find_tile (51.15, 71.43, &column, &row, &x, &y);
  tile = komek_overlay_painter_paint (KOMEK_OVERLAY_PAINTER (painter), ZOOM, column, row, 1);
  g_assert_nonnull (tile);
  g_assert_cmpint (cairo_image_surface_get_width (tile), ==, TILE);
  assert_color (get_pixel (tile, x, y), palette, "heat6", 0.75);
  g_assert_cmphex (get_pixel (tile, (x + 128) % TILE, (y + 128) % TILE), ==, 0);
  cairo_surface_destroy (tile);

  find_tile (51.25, 71.60, &column, &row, &x, &y);
  tile = komek_overlay_painter_paint (KOMEK_OVERLAY_PAINTER (painter), ZOOM, column, row, 2);
  g_assert_cmpint (cairo_image_surface_get_width (tile), ==, 2 * TILE);
  {
    double metres = komek_mercator_metres (0.333, komek_heat_painter_get_reach (ZOOM));
    guint step = komek_map_scale_find_step (&scale, 0.94e6 / (2 * G_PI * metres * metres));

    g_assert_cmpuint (step, >=, 1);
    g_assert_cmpuint (step, <, KOMEK_MAP_STEPS);
    assert_color (get_pixel (tile, 2 * x, 2 * y), palette, komek_heat_colors_get_token (step),
                  0.75);
  }
  cairo_surface_destroy (tile);

  find_tile (50.9, 71.1, &column, &row, &x, &y);
  tile = komek_overlay_painter_paint (KOMEK_OVERLAY_PAINTER (painter), ZOOM, column, row, 1);
  g_assert_null (tile);
}

/* Which step a pixel of a tile shows, 0 for none. */
static guint
find_step (const KomekPalette *palette, guint32 pixel)
{
  for (guint i = 1; i <= KOMEK_MAP_STEPS && pixel != 0; i++)
    {
      guint32 color = pack (palette, komek_heat_colors_get_token (i));
      gboolean same = TRUE;

      for (guint shift = 0; shift < 24; shift += 8)
        same &= ABS ((int) ((pixel >> shift & 0xff) * 4 / 3) - (int) (color >> shift & 0xff)) <= 3;
      if (same)
        return i;
    }
  return 0;
}

/* From the place outward no step is left out and none comes back. */
static void
test_heat_falls_evenly (void)
{
  g_autoptr (KomekPalette) palette = read_palette (looks[0]);
  g_autoptr (KomekAtlas) atlas = make_two_places ();
  g_autoptr (KomekHeatPainter) painter = komek_heat_painter_new (atlas, palette);
  guint column, row, last = KOMEK_MAP_STEPS, n_changes = 0;
  int x, y;
  cairo_surface_t *tile;

  find_tile (51.15, 71.43, &column, &row, &x, &y);
  tile = komek_overlay_painter_paint (KOMEK_OVERLAY_PAINTER (painter), ZOOM, column, row, 1);
  for (int at = x; at < TILE && last > 0; at++)
    {
      guint step = find_step (palette, get_pixel (tile, at, y));

      g_assert_cmpuint (step, <=, last);
      g_assert_cmpuint (last - step, <=, 1);
      n_changes += step != last;
      last = step;
    }
  g_assert_cmpuint (n_changes, ==, KOMEK_MAP_STEPS);
  cairo_surface_destroy (tile);
}

/* L* by the formulas of CIE 1976. */
static double
measure_lightness (const KomekPalette *palette, const char *token)
{
  GdkRGBA color = komek_palette_look_up (palette, token);
  const float channels[] = { color.red, color.green, color.blue };
  const double weights[] = { 0.2126, 0.7152, 0.0722 };
  double light = 0;

  for (guint i = 0; i < 3; i++)
    light += weights[i] * (channels[i] <= 0.04045 ? channels[i] / 12.92
                                                  : pow ((channels[i] + 0.055) / 1.055, 2.4));
  return light > 0.008856 ? 116 * cbrt (light) - 16 : 903.3 * light;
}

/* Lightness goes one way from step to step, and by much the same. */
static void
test_colors_are_even_in_lightness (gconstpointer look)
{
  g_autoptr (KomekPalette) palette = read_palette (look);
  double land = measure_lightness (palette, "land");
  double first = measure_lightness (palette, "heat1"), last = measure_lightness (palette, "heat6");

  for (guint i = 2; i <= KOMEK_MAP_STEPS; i++)
    {
      double step = measure_lightness (palette, komek_heat_colors_get_token (i))
                    - measure_lightness (palette, komek_heat_colors_get_token (i - 1));

      g_assert_cmpfloat (step * (last - first), >, 0);
      g_assert_cmpfloat (fabs (step), >=, 9);
      g_assert_cmpfloat (fabs (step), <=, 20);
    }
  /* The most is what differs most from the land. */
  g_assert_cmpfloat (fabs (last - land), >, fabs (first - land));
}

static void
draw_sprite (const KomekMapSprite *sprite, cairo_surface_t **surface)
{
  cairo_t *cr;

  *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, sprite->size, sprite->height);
  cr = cairo_create (*surface);
  gsk_render_node_draw (komek_picture_get_node (sprite->picture, KOMEK_CANVAS_MEMORY), cr);
  cairo_destroy (cr);
}

/* How much of the ring is of a colour, clockwise from the top, in degrees. */
static guint
count_degrees (cairo_surface_t *surface, double radius, guint32 color)
{
  double middle = cairo_image_surface_get_width (surface) / 2.0;
  guint n = 0;

  for (guint degree = 0; degree < 360; degree++)
    {
      double turn = (degree - 89.5) * G_PI / 180;

      n += is_near (get_pixel (surface, (int) (middle + radius * cos (turn)),
                               (int) (middle + radius * sin (turn))), color);
    }
  return n;
}

static void
test_a_ring_shows_the_shares (gconstpointer look)
{
  static const KomekCluster cluster = { .count = 200, .groups = { 100, 50, 25, 25, 0 } };
  g_autoptr (KomekPalette) palette = read_palette (look);
  g_autoptr (KomekMapSprites) sprites = komek_map_sprites_new (palette, 1, 1);
  const KomekMapSprite *sprite = komek_map_sprites_get_cluster (sprites, &cluster);
  double radius = komek_map_sprites_get_radius (sprites, cluster.count) - 6.5 / 2;
  double middle = sprite->size / 2.0;
  cairo_surface_t *surface;

  draw_sprite (sprite, &surface);
  g_assert_cmpuint (count_degrees (surface, radius, pack (palette, "new")), >=, 174);
  g_assert_cmpuint (count_degrees (surface, radius, pack (palette, "new")), <=, 186);
  g_assert_cmpint (count_degrees (surface, radius, pack (palette, "work")), >=, 84);
  g_assert_cmpint (count_degrees (surface, radius, pack (palette, "late")), >=, 40);
  g_assert_cmpint (count_degrees (surface, radius, pack (palette, "done")), >=, 40);
  g_assert_cmpint (count_degrees (surface, radius, pack (palette, "shut")), ==, 0);
  /* In the order registered, in work, overdue, answered: at three, eight, and half past ten. */
  g_assert_true (is_near (get_pixel (surface, (int) (middle + radius), (int) middle),
                          pack (palette, "new")));
  g_assert_true (is_near (get_pixel (surface, (int) (middle - radius * 0.71),
                                     (int) (middle + radius * 0.71)), pack (palette, "work")));
  /* What is written stands on the surface, inside a ring that parts it from any ground. */
  g_assert_true (is_near (get_pixel (surface, (int) middle, (int) (middle + radius * 0.6)),
                          pack (palette, "surface")));
  g_assert_true (is_near (
    get_pixel (surface, (int) (middle + radius + 6.5 / 2 + 0.5), (int) middle),
    pack (palette, "ring")));
  cairo_surface_destroy (surface);
}

/* Fourteen millimetres across on a kiosk, whatever its pixels. */
/* Moving over a whole city makes ever new ones; what a screen shows is not drawn again for that. */
static void
test_what_is_shown_is_kept (void)
{
  g_autoptr (KomekPalette) palette = read_palette (looks[0]);
  g_autoptr (KomekMapSprites) sprites = komek_map_sprites_new (palette, 1, 1);
  KomekCluster shown = { .count = 5000, .groups = { 5000 } };
  KomekPicture *picture = komek_map_sprites_get_cluster (sprites, &shown)->picture;
  g_autoptr (GskRenderNode) node =
    gsk_render_node_ref (komek_picture_get_node (picture, KOMEK_CANVAS_MEMORY));

  for (guint i = 1; i < 2000; i++)
    {
      KomekCluster passing = { .count = i, .groups = { 0, i } };

      komek_map_sprites_get_cluster (sprites, &passing);
      picture = komek_map_sprites_get_cluster (sprites, &shown)->picture;
      g_assert_true (komek_picture_get_node (picture, KOMEK_CANVAS_MEMORY) == node);
    }
}

static void
test_clusters_are_large_enough_for_fingers (void)
{
  static const double densities[] = { 2.4, 3.21, 3.6, 6.4, 9 };
  static const KomekCluster cluster = { .count = 2, .groups = { 2 } };
  g_autoptr (KomekPalette) palette = read_palette (looks[0]);

  for (guint i = 0; i < G_N_ELEMENTS (densities); i++)
    {
      double unit = MAX (1, densities[i] / 3.21);
      g_autoptr (KomekMapSprites) sprites = komek_map_sprites_new (palette, 1, unit);
      double across = 2 * (komek_map_sprites_get_radius (sprites, 2) + 2 * unit);

      g_assert_cmpfloat (across / densities[i], >=, 14);
      g_assert_cmpint (komek_map_sprites_get_cluster (sprites, &cluster)->size, >=, (int) across);
    }
}

/* Each state has its colour inside and a ring round it; the corners tell the shapes apart. */
static void
test_pins_have_shape_color_and_ring (gconstpointer look)
{
  static const double corners[KOMEK_N_GROUPS] = { 0, 0, 0, 1, 0 };
  g_autoptr (KomekPalette) palette = read_palette (look);
  g_autoptr (KomekMapSprites) sprites = komek_map_sprites_new (palette, 1, 1);

  for (guint i = 0; i < KOMEK_N_GROUPS; i++)
    {
      KomekStateMark mark = { i, KOMEK_STATUS_OTHER_OPEN };
      const KomekMapSprite *sprite = komek_map_sprites_get_pin (sprites, &mark, 40);
      int middle = sprite->size / 2;
      guint32 color = pack (palette, komek_state_art_get_token (i));
      cairo_surface_t *surface;
      guint n_ring = 0;

      draw_sprite (sprite, &surface);
      g_assert_true (is_near (get_pixel (surface, middle, middle + 11), color));
      g_assert_true (is_near (get_pixel (surface, middle + 13, middle + 13), color) == !!corners[i]
                     || i == KOMEK_GROUP_LATE);
      for (int x = 0; x < middle; x++)
        n_ring += is_near (get_pixel (surface, x, middle), pack (palette, "ring"))
                  && get_pixel (surface, x, middle) >> 24 == 255;
      g_assert_cmpuint (n_ring, >=, 2);
      cairo_surface_destroy (surface);
    }
}

static void
test_the_pin_of_this_device_is_sky_and_gold (gconstpointer look)
{
  g_autoptr (KomekPalette) palette = read_palette (look);
  g_autoptr (KomekMapSprites) sprites = komek_map_sprites_new (palette, 1, 1);
  const KomekMapSprite *sprite = komek_map_sprites_get_here (sprites);
  int middle = sprite->size / 2;
  cairo_surface_t *surface;

  draw_sprite (sprite, &surface);
  g_assert_true (is_near (get_pixel (surface, middle, middle - 27), pack (palette, "gold")));
  g_assert_true (is_near (get_pixel (surface, middle, middle - 10), pack (palette, "sky")));
  g_assert_cmpuint (get_pixel (surface, middle, middle + 20) >> 24, <, 128);
  g_assert_cmpuint (get_pixel (surface, middle, middle + 20) >> 24, >, 20);
  cairo_surface_destroy (surface);
}

static void
test_a_plate_covers_the_name_below (void)
{
  g_autoptr (KomekPalette) palette = read_palette (looks[0]);
  g_autoptr (KomekMapSprites) sprites = komek_map_sprites_new (palette, 1, 1);
  const KomekMapSprite *narrow = komek_map_sprites_get_plate (sprites, "Есіл", "12%", 0);
  const KomekMapSprite *wide = komek_map_sprites_get_plate (sprites, "Есіл", "12%", 200);
  cairo_surface_t *surface;
  guint n_ink = 0;

  g_assert_cmpint (wide->size, >, 200);
  g_assert_cmpint (narrow->size, <, wide->size);
  g_assert_cmpint (narrow->height, ==, wide->height);
  draw_sprite (wide, &surface);
  g_assert_true (is_near (get_pixel (surface, 30, wide->height / 2), pack (palette, "surface")));
  for (int x = 0; x < wide->size; x++)
    for (int y = 0; y < wide->height; y++)
      n_ink += is_near (get_pixel (surface, x, y), pack (palette, "ink"));
  g_assert_cmpuint (n_ink, >, 60);
  cairo_surface_destroy (surface);
}

static void
add_looks (const char *name, GTestDataFunc func)
{
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    {
      g_autofree char *path = g_strdup_printf ("/looks/%s/%s", name, looks[i]);

      g_test_add_data_func (path, looks[i], func);
    }
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  add_looks ("heat-has-the-colors-of-its-steps", test_heat_has_the_colors_of_its_steps);
  add_looks ("colors-are-even-in-lightness", test_colors_are_even_in_lightness);
  add_looks ("a-ring-shows-the-shares", test_a_ring_shows_the_shares);
  add_looks ("pins-have-shape-color-and-ring", test_pins_have_shape_color_and_ring);
  add_looks ("the-pin-of-this-device-is-sky-and-gold", test_the_pin_of_this_device_is_sky_and_gold);
  g_test_add_func ("/looks/heat-falls-evenly", test_heat_falls_evenly);
  g_test_add_func ("/looks/clusters-are-large-enough-for-fingers",
                   test_clusters_are_large_enough_for_fingers);
  g_test_add_func ("/looks/what-is-shown-is-kept", test_what_is_shown_is_kept);
  g_test_add_func ("/looks/a-plate-covers-the-name-below", test_a_plate_covers_the_name_below);
  return g_test_run ();
}
