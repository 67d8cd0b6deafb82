/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "komek-plan-borders.h"
#include "komek-plan-names.h"
#include "komek-plan-painter.h"
#include "komek-plan-source.h"

#define ZOOM 14
#define WORLD (256.0 * (1 << ZOOM))

/* An avenue from west to east, a street across it, and two districts that share a border. */
static const char city[] =
  "{\"type\":\"FeatureCollection\",\"features\":["
  "{\"properties\":{\"kind\":\"district\",\"code\":\"a\",\"kk\":\"Есіл\"},\"geometry\":{\"type\":\"Polygon\","
  "\"coordinates\":[[[71.40,51.10],[71.45,51.10],[71.45,51.20],[71.40,51.20],[71.40,51.10]]]}},"
  "{\"properties\":{\"kind\":\"district\",\"code\":\"b\",\"kk\":\"Нұра\"},\"geometry\":{\"type\":\"Polygon\","
  "\"coordinates\":[[[71.45,51.20],[71.45,51.10],[71.50,51.10],[71.50,51.20],[71.45,51.20]]]}},"
  "{\"properties\":{\"kind\":\"avenue\",\"kk\":\"Абай даңғылы\",\"ru\":\"проспект Абая\"},\"geometry\":{"
  "\"type\":\"LineString\",\"coordinates\":[[71.40,51.15],[71.43,51.15],[71.50,51.15]]}},"
  "{\"properties\":{\"kind\":\"street\",\"kk\":\"Отырар көшесі\"},\"geometry\":{\"type\":\"LineString\","
  "\"coordinates\":[[71.42,51.19],[71.42,51.12]]}},"
  "{\"properties\":{\"kind\":\"river\",\"kk\":\"Есіл\"},\"geometry\":{\"type\":\"LineString\","
  "\"coordinates\":[[71.40,51.13],[71.50,51.13]]}}]}";

static const char sheet[] =
  "@define-color komek_land #F4EFE4;\n@define-color komek_water #B5DCE6;\n"
  "@define-color komek_waterink #1B5F75;\n@define-color komek_park #D8E7C8;\n"
  "@define-color komek_mn #FBE2A0;\n@define-color komek_mnc #D9B45C;\n@define-color komek_st #FFFFFF;\n"
  "@define-color komek_ln #FBF8F1;\n@define-color komek_stc #DDD5C5;\n@define-color komek_rail #B9AF9D;\n"
  "@define-color komek_label #4A4233;\n@define-color komek_dist #8A7A55;\n";

static KomekPlan *
read_plan (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (city, strlen (city));
  g_autoptr (GError) error = NULL;
  KomekPlan *plan = komek_plan_new (bytes, &error);

  g_assert_no_error (error);
  return plan;
}

static KomekPlanPainter *
make_painter (void)
{
  g_autoptr (KomekPlan) plan = read_plan ();
  g_autoptr (KomekPalette) palette = komek_palette_new_from_css (sheet);

  return komek_plan_painter_new (plan, palette, 1);
}

/* The colour of the map at a place, 0xrrggbb. */
static guint32
color_at (KomekPlanPainter *painter, double latitude, double longitude, guint scale)
{
  double x, y;
  guint column, row;
  guint32 color;
  cairo_surface_t *tile;
  const guint8 *data;

  komek_mercator_project (latitude, longitude, &x, &y);
  x *= WORLD;
  y *= WORLD;
  column = (guint) (x / 256);
  row = (guint) (y / 256);
  tile = komek_plan_painter_paint (painter, ZOOM, column, row, scale);
  data = cairo_image_surface_get_data (tile);
  data += (guint) ((y - row * 256) * scale) * cairo_image_surface_get_stride (tile);
  color = ((const guint32 *) (gconstpointer) data)[(guint) ((x - column * 256) * scale)] & 0xffffff;
  cairo_surface_destroy (tile);
  return color;
}

static void
test_each_feature_has_its_color (gconstpointer scale)
{
  g_autoptr (KomekPlanPainter) painter = make_painter ();
  guint n = GPOINTER_TO_UINT (scale);

  g_assert_cmphex (color_at (painter, 51.15, 71.4075, n), ==, 0xfbe2a0);
  g_assert_cmphex (color_at (painter, 51.1805, 71.42, n), ==, 0xffffff);
  g_assert_cmphex (color_at (painter, 51.13, 71.402, n), ==, 0xb5dce6);
  g_assert_cmphex (color_at (painter, 51.105, 71.405, n), ==, 0xf4efe4);
  /* Avenues lie above streets. */
  g_assert_cmphex (color_at (painter, 51.15, 71.42, n), ==, 0xfbe2a0);
}

static void
test_beyond_the_plan_is_land (void)
{
  g_autoptr (KomekPlanPainter) painter = make_painter ();
  static const guint tiles[][3] = { { 10, 0, 0 }, { 10, 1023, 1023 }, { 19, 3, 500000 } };

  for (guint i = 0; i < G_N_ELEMENTS (tiles); i++)
    {
      cairo_surface_t *tile =
        komek_plan_painter_paint (painter, tiles[i][0], tiles[i][1], tiles[i][2], 1);
      const guint32 *pixels = (const guint32 *) (gconstpointer) cairo_image_surface_get_data (tile);

      for (guint j = 0; j < 256 * 256; j++)
        g_assert_cmphex (pixels[j] & 0xffffff, ==, 0xf4efe4);
      cairo_surface_destroy (tile);
    }
}

static void
test_a_shared_border_is_drawn_once (void)
{
  g_autoptr (KomekPlan) plan = read_plan ();
  g_autoptr (GPtrArray) borders = komek_plan_borders_list (plan);
  guint n_segments = 0;

  for (guint i = 0; i < borders->len; i++)
    n_segments += ((GArray *) borders->pdata[i])->len - 1;
  /* Twice four sides, of which one is common. */
  g_assert_cmpuint (n_segments, ==, 7);
}

/* A house with a long name, one with a short one, and one that is called a little longer still. */
static const char houses[] =
  "{\"type\":\"FeatureCollection\",\"features\":["
#define HOUSE(name) \
  "{\"properties\":{\"kind\":\"building\",\"kk\":\"" name "\"},\"geometry\":{\"type\":\"Polygon\"," \
  "\"coordinates\":[[[71.40,51.10],[71.41,51.10],[71.41,51.11],[71.40,51.10]]]}}"
  HOUSE ("Емхана") "," HOUSE ("Қалалық балалар ауруханасы, қабылдау бөлімі") ","
  HOUSE ("Көпбейінді қалалық балалар ауруханасы № 2, шұғыл медициналық көмек көрсету бөлімшесі, қабылдау")
#undef HOUSE
  "]}";

static void
test_landmarks_have_two_lines_at_most (void)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (houses, strlen (houses));
  g_autoptr (KomekPlan) plan = komek_plan_new (bytes, NULL);
  g_autoptr (KomekPlanLettering) lettering =
    komek_plan_lettering_new (plan, KOMEK_LANGUAGE_KAZAKH, 1);
  const KomekPlanWord *one = komek_plan_lettering_get (lettering, 0);
  const KomekPlanWord *two = komek_plan_lettering_get (lettering, 1);
  const KomekPlanWord *cut = komek_plan_lettering_get (lettering, 2);

  g_assert_cmpfloat (two->width, >, one->width);
  g_assert_cmpfloat (two->width, <=, 190);
  g_assert_cmpfloat (two->height, >, one->height);
  g_assert_cmpfloat (cut->width, <=, 190);
  g_assert_cmpfloat_with_epsilon (cut->height, two->height, 2);
}

static void
test_names_are_upright_and_apart (void)
{
  g_autofree char *path =
    g_test_build_filename (G_TEST_DIST, "..", "data", "plan", "astana.geojson", NULL);
  g_autofree char *json = NULL;
  gsize size;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (KomekPlan) plan = NULL;

  g_assert_true (g_file_get_contents (path, &json, &size, NULL));
  bytes = g_bytes_new (json, size);
  plan = komek_plan_new (bytes, NULL);
  for (guint zoom = 10; zoom <= 18; zoom++)
    {
      g_autoptr (KomekPlanLettering) lettering =
        komek_plan_lettering_new (plan, KOMEK_LANGUAGE_RUSSIAN, 1);
      KomekPlanRoom room = { zoom, { 0, 0, ldexp (256, zoom), ldexp (256, zoom) } };
      g_autoptr (GArray) names = komek_plan_names_place (plan, lettering, &room, 1);
      const KomekPlanName *name = (const KomekPlanName *) names->data;

      g_assert_cmpuint (names->len, >, zoom < 12 ? 4 : 8);
      for (guint i = 0; i < names->len; i++)
        {
          g_assert_cmpfloat (fabs (name[i].angle), <=, G_PI_2);
          for (guint j = 0; j < i; j++)
            if (name[i].kind != KOMEK_PLAN_DISTRICT || name[j].kind != KOMEK_PLAN_DISTRICT)
              g_assert_cmpfloat (hypot (name[i].x - name[j].x, name[i].y - name[j].y), >=, 150);
        }
    }
}

static void
test_a_name_is_in_the_language (void)
{
  g_autoptr (KomekPlan) plan = read_plan ();
  g_autoptr (KomekPlanLettering) kk = komek_plan_lettering_new (plan, KOMEK_LANGUAGE_KAZAKH, 1);
  g_autoptr (KomekPlanLettering) ru = komek_plan_lettering_new (plan, KOMEK_LANGUAGE_RUSSIAN, 1);
  g_autoptr (KomekPlanLettering) large = komek_plan_lettering_new (plan, KOMEK_LANGUAGE_RUSSIAN, 1.35);

  g_assert_cmpfloat (komek_plan_lettering_get (kk, 2)->width, !=,
                     komek_plan_lettering_get (ru, 2)->width);
  g_assert_cmpfloat_with_epsilon (komek_plan_lettering_get (large, 2)->width,
                                  komek_plan_lettering_get (ru, 2)->width * 1.35, 3);
}

static void
on_filled (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static GAsyncResult *
fill (KomekPlanSource *source, ShumateTile *tile, GCancellable *cancellable)
{
  GAsyncResult *result = NULL;

  shumate_map_source_fill_tile_async (SHUMATE_MAP_SOURCE (source), tile, cancellable, on_filled,
                                      &result);
  while (!result)
    g_main_context_iteration (NULL, TRUE);
  return result;
}

static void
test_the_source_fills_a_tile (void)
{
  g_autoptr (KomekPlanPainter) painter = make_painter ();
  KomekPlanSource *source = komek_plan_source_new (painter, NULL, 1);
  g_autoptr (ShumateTile) tile = shumate_tile_new_full (11443, 5456, 256, ZOOM);
  g_autoptr (GAsyncResult) result = fill (source, tile, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (
    shumate_map_source_fill_tile_finish (SHUMATE_MAP_SOURCE (source), result, &error));
  g_assert_no_error (error);
  g_assert_cmpint (shumate_tile_get_state (tile), ==, SHUMATE_STATE_DONE);
  g_assert_cmpint (gdk_paintable_get_intrinsic_width (shumate_tile_get_paintable (tile)), ==, 256);
  g_clear_object (&result);
  g_object_unref (source);
}

static void
test_a_tile_that_has_left_is_not_painted (void)
{
  g_autoptr (KomekPlanPainter) painter = make_painter ();
  g_autoptr (KomekPlanSource) source = komek_plan_source_new (painter, NULL, 1);
  g_autoptr (ShumateTile) tile = shumate_tile_new_full (11443, 5456, 256, ZOOM);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  result = fill (source, tile, cancellable);
  g_assert_false (
    shumate_map_source_fill_tile_finish (SHUMATE_MAP_SOURCE (source), result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (shumate_tile_get_paintable (tile));
}

static void
test_a_closed_source_paints_no_more (void)
{
  g_autoptr (KomekPlanPainter) painter = make_painter ();
  g_autoptr (KomekPlanSource) source = komek_plan_source_new (painter, NULL, 1);
  g_autoptr (ShumateTile) tile = shumate_tile_new_full (11443, 5456, 256, ZOOM);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  komek_plan_source_close (source);
  result = fill (source, tile, NULL);
  g_assert_false (
    shumate_map_source_fill_tile_finish (SHUMATE_MAP_SOURCE (source), result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CLOSED);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/painter/each-feature-has-its-color", GUINT_TO_POINTER (1),
                        test_each_feature_has_its_color);
  g_test_add_data_func ("/painter/each-feature-has-its-color-on-a-dense-display",
                        GUINT_TO_POINTER (2), test_each_feature_has_its_color);
  g_test_add_func ("/painter/beyond-the-plan-is-land", test_beyond_the_plan_is_land);
  g_test_add_func ("/painter/a-shared-border-is-drawn-once", test_a_shared_border_is_drawn_once);
  g_test_add_func ("/names/landmarks-have-two-lines-at-most", test_landmarks_have_two_lines_at_most);
  g_test_add_func ("/names/are-upright-and-apart", test_names_are_upright_and_apart);
  g_test_add_func ("/names/are-in-the-language", test_a_name_is_in_the_language);
  g_test_add_func ("/source/fills-a-tile", test_the_source_fills_a_tile);
  g_test_add_func ("/source/a-tile-that-has-left-is-not-painted",
                   test_a_tile_that_has_left_is_not_painted);
  g_test_add_func ("/source/a-closed-source-paints-no-more", test_a_closed_source_paints_no_more);
  return g_test_run ();
}
