/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "explore-stage.h"

#include <math.h>

#include "await.h"
#include "komek-chooser.h"
#include "komek-district-painter.h"
#include "komek-heat-colors.h"
#include "komek-heat-painter.h"
#include "komek-heat-ramp.h"
#include "komek-layer-choice.h"
#include "komek-legend.h"
#include "komek-map-layers.h"
#include "komek-map-sprites.h"
#include "komek-map-view.h"

#define N_REQUESTS 400
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

static guint32
get_pixel (cairo_surface_t *surface, int x, int y)
{
  const guint8 *data = cairo_image_surface_get_data (surface);

  return ((const guint32 *) (gconstpointer) (
    data + y * cairo_image_surface_get_stride (surface)))[x];
}

static guint32
pack (const KomekPalette *palette, const char *token)
{
  GdkRGBA color = komek_palette_look_up (palette, token);

  return (guint32) lround (color.red * 255) << 16 | (guint32) lround (color.green * 255) << 8
         | (guint32) lround (color.blue * 255);
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
  gsk_render_node_draw (sprite->node, cr);
  cairo_destroy (cr);
}

static gboolean
is_near (guint32 a, guint32 b)
{
  for (guint shift = 0; shift < 24; shift += 8)
    if (ABS ((int) (a >> shift & 0xff) - (int) (b >> shift & 0xff)) > 4)
      return FALSE;
  return TRUE;
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

static KomekMapView *
open_map (TestStage *stage)
{
  KomekTheme *theme = stage->theme;
  KomekMapView *view = KOMEK_MAP_VIEW (
    komek_map_view_new (theme, komek_context_get_plan (stage->context), KOMEK_LANGUAGE_ENGLISH,
                        NULL));
  KomekSurvey *survey = komek_exploration_get_survey (stage->exploration);

  komek_map_view_follow (view, stage->context, stage->exploration);
  gtk_window_set_child (GTK_WINDOW (stage->window), GTK_WIDGET (view));
  gtk_window_present (GTK_WINDOW (stage->window));
  komek_map_view_set_atlas (view, komek_survey_get_atlas (survey));
  let_pass (300);
  return view;
}

static void
wait_for_layers (KomekMapView *view)
{
  for (guint i = 0; i < 100; i++)
    {
      let_pass (50);
      if (!komek_map_layers_is_busy (komek_map_view_get_layers (view)))
        break;
    }
  g_assert_false (komek_map_layers_is_busy (komek_map_view_get_layers (view)));
  let_pass (100);
}

/* What the map shows, as it would be seen. */
static cairo_surface_t *
look_at (KomekMapView *view)
{
  GtkWidget *map = GTK_WIDGET (komek_plan_map_get_map (komek_map_view_get_plan_map (view)));
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (map);
  g_autoptr (GskRenderNode) node = NULL;
  int width = gtk_widget_get_width (map), height = gtk_widget_get_height (map);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_t *cr = cairo_create (surface);

  for (guint i = 0; i < 100 && !node; i++)
    {
      GtkSnapshot *snapshot = gtk_snapshot_new ();

      /* While something is still to be drawn there is nothing to look at. */
      gdk_paintable_snapshot (paintable, snapshot, width, height);
      node = gtk_snapshot_free_to_node (snapshot);
      if (!node)
        let_pass (20);
    }
  g_assert_nonnull (node);
  gsk_render_node_draw (node, cr);
  cairo_destroy (cr);
  return surface;
}

static guint
count_pixels (cairo_surface_t *surface, guint32 color)
{
  guint n = 0;

  for (int y = 0; y < cairo_image_surface_get_height (surface); y++)
    for (int x = 0; x < cairo_image_surface_get_width (surface); x++)
      n += is_near (get_pixel (surface, x, y), color);
  return n;
}

/* A colour over another one. */
static guint32
mix (const KomekPalette *palette, const char *over, const char *under, double cover)
{
  guint32 a = pack (palette, over), b = pack (palette, under), mixed = 0;

  for (guint shift = 0; shift < 24; shift += 8)
    mixed |= (guint32) lround ((a >> shift & 0xff) * cover + (b >> shift & 0xff) * (1 - cover))
             << shift;
  return mixed;
}

static guint
count_heat (cairo_surface_t *surface, const KomekPalette *palette, double cover)
{
  guint n = 0;

  for (guint i = 1; i <= KOMEK_MAP_STEPS; i++)
    n += count_pixels (surface, mix (palette, komek_heat_colors_get_token (i), "land", cover));
  return n;
}

static void
test_each_layer_shows_its_colors (TestStage *stage, gconstpointer n_requests)
{
  KomekMapView *view = open_map (stage);
  KomekPalette *palette = komek_theme_get_palette (stage->theme);
  cairo_surface_t *surface;

  surface = look_at (view);
  g_assert_cmpuint (count_heat (surface, palette, 0.75), <, 200);
  cairo_surface_destroy (surface);

  komek_exploration_set_layer (stage->exploration, KOMEK_MAP_HEAT);
  wait_for_layers (view);
  surface = look_at (view);
  g_assert_cmpuint (count_heat (surface, palette, 0.75), >, 2000);
  cairo_surface_destroy (surface);

  komek_exploration_set_layer (stage->exploration, KOMEK_MAP_DISTRICTS);
  komek_exploration_set_measure (stage->exploration, KOMEK_DISTRICT_PER_KM2);
  wait_for_layers (view);
  surface = look_at (view);
  g_assert_cmpuint (count_heat (surface, palette, 0.6), >, 20000);
  cairo_surface_destroy (surface);

  komek_exploration_set_layer (stage->exploration, KOMEK_MAP_PINS);
  let_pass (200);
  surface = look_at (view);
  g_assert_cmpuint (count_heat (surface, palette, 0.75), <, 200);
  cairo_surface_destroy (surface);
}

static void
test_high_contrast_paints_anew (TestStage *stage, gconstpointer n_requests)
{
  KomekMapView *view = open_map (stage);
  cairo_surface_t *surface;

  komek_exploration_set_layer (stage->exploration, KOMEK_MAP_HEAT);
  wait_for_layers (view);
  komek_theme_set_high_contrast (stage->theme, TRUE);
  wait_for_layers (view);
  let_pass (500);
  surface = look_at (view);
  g_assert_cmpuint (count_heat (surface, komek_theme_get_palette (stage->theme), 0.75), >, 2000);
  cairo_surface_destroy (surface);
  komek_theme_set_high_contrast (stage->theme, FALSE);
}

static GtkWidget *
open_legend (TestStage *stage, KomekMapView *view)
{
  GtkWidget *legend =
    komek_legend_new (stage->context, stage->exploration,
                      komek_map_layers_get_districts (komek_map_view_get_layers (view)));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  g_object_ref (view);
  gtk_window_set_child (GTK_WINDOW (stage->window), NULL);
  gtk_widget_set_vexpand (GTK_WIDGET (view), TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (view));
  gtk_box_append (GTK_BOX (box), legend);
  g_object_unref (view);
  gtk_window_set_child (GTK_WINDOW (stage->window), box);
  let_pass (600);
  return legend;
}

static GSettings *
open_settings (void)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_BUILT, "..", "data", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSettingsSchemaSource) source =
    g_settings_schema_source_new_from_directory (folder, NULL, TRUE, &error);
  g_autoptr (GSettingsSchema) schema = NULL;

  g_assert_no_error (error);
  schema = g_settings_schema_source_lookup (source, "kz.komek.Komek", FALSE);
  g_assert_nonnull (schema);
  return g_settings_new_full (schema, NULL, NULL);
}

/* The legend of one start of the program, on a desktop or on a kiosk. */
static GtkWidget *
start_legend (TestStage *stage, KomekMapView *view, GSettings *settings, gboolean kiosk)
{
  KomekContextFields fields = {
    .feed = KOMEK_FEED (stage->crowd),
    .outbox = KOMEK_OUTBOX (stage->crowd),
    .line = KOMEK_LINE (stage->crowd),
    .clock = stage->clock,
    .locale = stage->locale,
    .theme = stage->theme,
    .plan = komek_context_get_plan (stage->context),
    .settings = settings,
    .kiosk = kiosk,
  };
  g_autoptr (KomekContext) context = komek_context_new (&fields);

  return g_object_ref_sink (
    komek_legend_new (context, stage->exploration,
                      komek_map_layers_get_districts (komek_map_view_get_layers (view))));
}

static GtkToggleButton *
get_fold (GtkWidget *legend)
{
  return GTK_TOGGLE_BUTTON (gtk_widget_get_template_child (legend, KOMEK_TYPE_LEGEND, "fold"));
}

static void
test_the_legend_is_folded_the_next_time (TestStage *stage, gconstpointer n_requests)
{
  g_autoptr (GSettings) settings = open_settings ();
  KomekMapView *view = open_map (stage);
  GtkWidget *legend = start_legend (stage, view, settings, FALSE);

  g_assert_true (gtk_toggle_button_get_active (get_fold (legend)));
  gtk_toggle_button_set_active (get_fold (legend), FALSE);
  g_assert_finalize_object (legend);
  legend = start_legend (stage, view, settings, FALSE);
  g_assert_false (gtk_toggle_button_get_active (get_fold (legend)));
  gtk_toggle_button_set_active (get_fold (legend), TRUE);
  g_assert_finalize_object (legend);
  g_assert_false (g_settings_get_boolean (settings, "legend-folded"));

  g_settings_set_boolean (settings, "legend-folded", TRUE);
  legend = start_legend (stage, view, settings, TRUE);
  g_assert_true (gtk_toggle_button_get_active (get_fold (legend)));
  g_assert_finalize_object (legend);
}

static gboolean
has_label (GtkWidget *widget, const char *text)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget)
      && g_str_equal (gtk_label_get_label (GTK_LABEL (widget)), text))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    if (has_label (child, text))
      return TRUE;
  return FALSE;
}

static void
test_the_legend_follows_the_layer (TestStage *stage, gconstpointer n_requests)
{
  KomekMapView *view = open_map (stage);
  GtkWidget *legend = open_legend (stage, view);

  let_pass (500);
  g_assert_true (has_label (legend, "Map legend"));
  g_assert_true (has_label (legend, "Overdue"));

  komek_exploration_set_layer (stage->exploration, KOMEK_MAP_DISTRICTS);
  wait_for_layers (view);
  g_assert_true (has_label (legend, "Share of overdue requests"));
  g_assert_false (has_label (legend, "Overdue"));
  komek_exploration_set_measure (stage->exploration, KOMEK_DISTRICT_MEDIAN_DAYS);
  let_pass (50);
  g_assert_true (has_label (legend, "Half are answered within, days"));

  komek_exploration_set_layer (stage->exploration, KOMEK_MAP_PINS);
  let_pass (50);
  g_assert_true (has_label (legend, "Overdue"));
}

static GtkWidget *
find_child (GtkWidget *widget, GType type)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_child (child, type);

      if (found)
        return found;
    }
  return NULL;
}

/* The choice is the exploration's: an option that is pressed changes it, and the other way. */
static void
test_layers_are_chosen_by_keys (TestStage *stage, gconstpointer n_requests)
{
  KomekMapView *view = open_map (stage);
  GtkWidget *choice = find_child (GTK_WIDGET (view), KOMEK_TYPE_LAYER_CHOICE);

  g_assert_false (gtk_widget_get_visible (choice));
  gtk_widget_activate_action (GTK_WIDGET (view), "map.layers", NULL);
  g_assert_true (gtk_widget_get_visible (choice));
  let_pass (100);
  g_assert_nonnull (gtk_widget_get_focus_child (choice));

  gtk_widget_activate_action (choice, "layers.layer", "s", "heat");
  g_assert_cmpint (komek_exploration_get_layer (stage->exploration), ==, KOMEK_MAP_HEAT);
  gtk_widget_activate_action (choice, "layers.layer", "s", "districts");
  gtk_widget_activate_action (choice, "layers.measure", "s", "per-km2");
  g_assert_cmpint (komek_exploration_get_layer (stage->exploration), ==, KOMEK_MAP_DISTRICTS);
  g_assert_cmpint (komek_exploration_get_measure (stage->exploration), ==, KOMEK_DISTRICT_PER_KM2);
  wait_for_layers (view);
}

/* A tap on a district comes closer to it; the figures say which one it is. */
static void
test_a_district_is_found_below_a_finger (TestStage *stage, gconstpointer n_requests)
{
  KomekMapView *view = open_map (stage);
  KomekMapLayers *layers = komek_map_view_get_layers (view);
  double x = gtk_widget_get_width (GTK_WIDGET (view)) / 2.0;
  double y = gtk_widget_get_height (GTK_WIDGET (view)) / 2.0;
  KomekPlan *plan = komek_context_get_plan (stage->context);
  double latitude, longitude, zoom;
  const KomekDistrictFigure *figure;

  g_assert_null (komek_map_layers_pick_district (layers, x, y));
  komek_exploration_set_layer (stage->exploration, KOMEK_MAP_DISTRICTS);
  wait_for_layers (view);
  komek_map_view_get_centre (view, &latitude, &longitude, &zoom);
  figure = komek_map_layers_pick_district (layers, x, y);
  g_assert_nonnull (figure);
  g_assert_cmpstr (figure->feature->code, ==, komek_plan_find_district (plan, latitude, longitude));
}

static void
on_listed (GArray **listed, GArray *keys)
{
  g_clear_pointer (listed, g_array_unref);
  *listed = g_array_ref (keys);
}

/* What a cluster holds is read without going closer. */
static void
test_the_space_bar_lists_what_is_nearest (TestStage *stage, gconstpointer n_requests)
{
  KomekMapView *view = open_map (stage);
  g_autoptr (GArray) listed = NULL;

  g_signal_connect_swapped (view, "listed", G_CALLBACK (on_listed), &listed);
  gtk_widget_activate_action (GTK_WIDGET (view), "map.list", NULL);
  g_assert_nonnull (listed);
  g_assert_cmpuint (listed->len, >=, 1);
}

static void
test_enter_asks_which_one_is_meant (TestStage *stage, gconstpointer n_requests)
{
  KomekMapView *view = open_map (stage);
  GtkWidget *chooser;
  double latitude, longitude, zoom, closer;

  komek_map_view_get_centre (view, &latitude, &longitude, &zoom);
  gtk_widget_activate_action (GTK_WIDGET (view), "map.open", NULL);
  chooser = find_child (GTK_WIDGET (view), KOMEK_TYPE_CHOOSER);
  g_assert_nonnull (chooser);
  g_assert_true (gtk_widget_get_visible (chooser));
  g_assert_cmpuint (komek_chooser_get_n_choices (KOMEK_CHOOSER (chooser)), >=, 1);
  g_assert_cmpuint (komek_chooser_get_n_choices (KOMEK_CHOOSER (chooser)), <=, 9);
  let_pass (100);
  g_assert_nonnull (gtk_widget_get_focus_child (chooser));

  /* The first row is a cluster: whoever chooses it comes closer. */
  gtk_widget_activate (gtk_window_get_focus (GTK_WINDOW (stage->window)));
  let_pass (100);
  g_assert_false (gtk_widget_get_visible (chooser));
  komek_map_view_get_centre (view, &latitude, &longitude, &closer);
  g_assert_true (closer > zoom || komek_map_view_get_selected (view) != 0);
}

#define ADD(path, func)                                                                            \
  g_test_add (path, TestStage, GUINT_TO_POINTER (N_REQUESTS), test_stage_set_up, func,             \
              test_stage_tear_down)

static void
add_looks (const char *name, GTestDataFunc func)
{
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    {
      g_autofree char *path = g_strdup_printf ("/layers/%s/%s", name, looks[i]);

      g_test_add_data_func (path, looks[i], func);
    }
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  add_looks ("heat-has-the-colors-of-its-steps", test_heat_has_the_colors_of_its_steps);
  add_looks ("colors-are-even-in-lightness", test_colors_are_even_in_lightness);
  add_looks ("a-ring-shows-the-shares", test_a_ring_shows_the_shares);
  add_looks ("pins-have-shape-color-and-ring", test_pins_have_shape_color_and_ring);
  add_looks ("the-pin-of-this-device-is-sky-and-gold", test_the_pin_of_this_device_is_sky_and_gold);
  g_test_add_func ("/layers/heat-falls-evenly", test_heat_falls_evenly);
  g_test_add_func ("/layers/clusters-are-large-enough-for-fingers",
                   test_clusters_are_large_enough_for_fingers);
  g_test_add_func ("/layers/a-plate-covers-the-name-below", test_a_plate_covers_the_name_below);
  ADD ("/layers/each-layer-shows-its-colors", test_each_layer_shows_its_colors);
  ADD ("/layers/high-contrast-paints-anew", test_high_contrast_paints_anew);
  ADD ("/layers/the-legend-follows-the-layer", test_the_legend_follows_the_layer);
  ADD ("/layers/the-legend-is-folded-the-next-time", test_the_legend_is_folded_the_next_time);
  ADD ("/layers/layers-are-chosen-by-keys", test_layers_are_chosen_by_keys);
  ADD ("/layers/a-district-is-found-below-a-finger", test_a_district_is_found_below_a_finger);
  ADD ("/layers/the-space-bar-lists-what-is-nearest", test_the_space_bar_lists_what_is_nearest);
  ADD ("/layers/enter-asks-which-one-is-meant", test_enter_asks_which_one_is_meant);
  return g_test_run ();
}
