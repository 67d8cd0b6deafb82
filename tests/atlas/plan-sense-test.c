/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "komek-error.h"
#include "komek-plan.h"

#define LINE(coordinates) \
  "{\"properties\":{\"kind\":\"street\"},\"geometry\":{\"type\":\"LineString\",\"coordinates\":" coordinates "}}"
#define AREA(coordinates) \
  "{\"properties\":{\"kind\":\"district\",\"code\":\"x\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":" \
  coordinates "}}"
#define ABAI LINE ("[[71.40,51.16],[71.42,51.16],[71.44,51.16]]")
#define PLAN(features) "{\"type\":\"FeatureCollection\",\"features\":[" features "]}"

static KomekPlan *
load (const char *json, KomekMapTrouble *trouble)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "komek-sense.geojson", NULL);
  g_autoptr (GBytes) usual = g_bytes_new_static (PLAN (ABAI), strlen (PLAN (ABAI)));
  g_autoptr (GError) error = NULL;
  KomekPlan *plan;

  g_assert_true (g_file_set_contents (path, json, -1, NULL));
  plan = komek_plan_load (path, usual, &error);
  g_unlink (path);
  g_assert_no_error (error);
  g_assert_cmpstr (komek_plan_get_name (plan), ==, "komek-sense.geojson");
  *trouble = komek_plan_get_trouble (plan);
  return plan;
}

static const struct
{
  const char      *name;
  const char      *json;
  KomekMapTrouble  trouble;
  gboolean         substitute;
  guint            n_features, n_skipped;
} files[] = {
  { "good", PLAN (ABAI "," ABAI), KOMEK_MAP_TROUBLE_NONE, FALSE, 2, 0 },
  { "empty", "", KOMEK_MAP_TROUBLE_DAMAGED, TRUE, 1, 0 },
  { "blank", " \n", KOMEK_MAP_TROUBLE_DAMAGED, TRUE, 1, 0 },
  { "half", "{\"type\":\"FeatureCollection\",\"features\":[" ABAI ",{\"prop", KOMEK_MAP_TROUBLE_DAMAGED, TRUE, 1, 0 },
  { "html", "<html>404</html>", KOMEK_MAP_TROUBLE_DAMAGED, TRUE, 1, 0 },
  { "no-features", "{\"type\":\"FeatureCollection\",\"features\":[]}", KOMEK_MAP_TROUBLE_EMPTY, TRUE, 1, 0 },
  { "an-array", "[]", KOMEK_MAP_TROUBLE_EMPTY, TRUE, 1, 0 },
  { "metres", PLAN (LINE ("[[7948211,6640000],[7948300,6640100]]") "," AREA ("[[[7948211,6640000],[7948300,6640100],[7948300,6640000]]]")),
    KOMEK_MAP_TROUBLE_PROJECTION, TRUE, 1, 0 },
  { "named-metres", "{\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::3857\"}},\"features\":[" ABAI "]}",
    KOMEK_MAP_TROUBLE_PROJECTION, TRUE, 1, 0 },
  { "named-degrees", "{\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:OGC:1.3:CRS84\"}},\"features\":[" ABAI "]}",
    KOMEK_MAP_TROUBLE_NONE, FALSE, 1, 0 },
  { "an-odd-crs", "{\"crs\":7,\"features\":[" ABAI "]}", KOMEK_MAP_TROUBLE_NONE, FALSE, 1, 0 },
  { "turned", PLAN (LINE ("[[51.16,71.40],[51.16,71.44]]") "," AREA ("[[[51,71],[51,72],[52,72]]]")),
    KOMEK_MAP_TROUBLE_SWAPPED, FALSE, 2, 0 },
  { "turned-on-purpose", "{\"bbox\":[51,71,52,72],\"features\":[" LINE ("[[51.16,71.40],[51.16,71.44]]") "]}",
    KOMEK_MAP_TROUBLE_NONE, FALSE, 1, 0 },
  { "another-country", PLAN (LINE ("[[37.61,55.75],[37.62,55.76]]")), KOMEK_MAP_TROUBLE_NONE, FALSE, 1, 0 },
  { "a-corner-at-zero", PLAN (ABAI "," LINE ("[[71.40,51.16],[0,0],[71.44,51.16]]")), KOMEK_MAP_TROUBLE_PARTS, FALSE, 1, 1 },
  { "zeros", PLAN (LINE ("[[0,0],[0,0]]") "," LINE ("[[0,0],[0,0]]")), KOMEK_MAP_TROUBLE_PROJECTION, TRUE, 1, 0 },
  { "the-pole", PLAN (ABAI "," LINE ("[[71.4,90],[71.5,90]]")), KOMEK_MAP_TROUBLE_PARTS, FALSE, 1, 1 },
  { "strays", PLAN (ABAI "," ABAI "," LINE ("[[76.9,43.2],[76.91,43.21]]") "," LINE ("[[-120,10],[-121,10]]")),
    KOMEK_MAP_TROUBLE_PARTS, FALSE, 2, 2 },
  { "a-stray-of-the-same-latitude", PLAN (ABAI "," ABAI "," LINE ("[[80.2,51.16],[80.3,51.16]]")),
    KOMEK_MAP_TROUBLE_PARTS, FALSE, 2, 1 },
  { "three-numbers", PLAN (LINE ("[[71.40,51.16,300],[71.42,51.16,301,\"x\"]]")), KOMEK_MAP_TROUBLE_NONE, FALSE, 1, 0 },
  { "a-bow-tie", PLAN (AREA ("[[[71.4,51.1],[71.5,51.2],[71.5,51.1],[71.4,51.2],[71.4,51.1]]]")), KOMEK_MAP_TROUBLE_NONE, FALSE, 1, 0 },
  { "a-ring-of-one-place", PLAN (ABAI "," AREA ("[[[71.4,51.1],[71.4,51.1],[71.4,51.1],[71.4,51.1]]]")), KOMEK_MAP_TROUBLE_PARTS, FALSE, 1, 1 },
  { "an-empty-ring", PLAN (ABAI "," AREA ("[[]]") "," AREA ("[]")), KOMEK_MAP_TROUBLE_PARTS, FALSE, 1, 1 },
};

static void
test_file (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  KomekMapTrouble trouble;
  g_autoptr (KomekPlan) plan = load (files[i].json, &trouble);
  KomekBounds *bounds = komek_plan_get_bounds (plan);
  guint n;

  komek_plan_peek_features (plan, &n);
  g_assert_cmpint (trouble, ==, files[i].trouble);
  g_assert_cmpint (komek_plan_is_substitute (plan), ==, files[i].substitute);
  g_assert_cmpuint (n, ==, files[i].n_features);
  g_assert_cmpuint (komek_plan_get_n_skipped (plan), ==, files[i].n_skipped);
  /* Whatever it is, the map has a place that a person can look at. */
  g_assert_cmpfloat (komek_bounds_get_north (bounds) - komek_bounds_get_south (bounds), <, 4);
}

static void
test_what_was_turned_lies_right (void)
{
  KomekMapTrouble trouble;
  g_autoptr (KomekPlan) plan = load (PLAN (LINE ("[[51.10,71.40],[51.20,71.50]]")), &trouble);
  KomekBounds *bounds = komek_plan_get_bounds (plan);

  g_assert_cmpfloat_with_epsilon (komek_bounds_get_south (bounds), 51.10, 1e-9);
  g_assert_cmpfloat_with_epsilon (komek_bounds_get_east (bounds), 71.50, 1e-9);
}

static void
test_a_file_that_is_not_there_has_the_usual_one_instead (void)
{
  g_autoptr (GBytes) usual = g_bytes_new_static (PLAN (ABAI), strlen (PLAN (ABAI)));
  static const char *const paths[] = { "/nowhere/at/all.geojson", "/", "/dev/zero", "/dev/full" };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (KomekPlan) plan = komek_plan_load (paths[i], usual, &error);

      g_assert_no_error (error);
      g_assert_true (komek_plan_is_substitute (plan));
      g_assert_cmpint (komek_plan_get_trouble (plan), ==, KOMEK_MAP_TROUBLE_NO_FILE);
    }
}

static void
test_a_file_without_end_is_not_read (void)
{
  g_autoptr (GBytes) usual = g_bytes_new_static (PLAN (ABAI), strlen (PLAN (ABAI)));
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "komek-large.geojson", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (KomekPlan) plan = NULL;
  FILE *file = fopen (path, "wb");

  g_assert_cmpint (fseek (file, 2000L << 20, SEEK_SET), ==, 0);
  g_assert_cmpint (fputc ('}', file), ==, '}');
  fclose (file);
  plan = komek_plan_load (path, usual, &error);
  g_unlink (path);
  g_assert_no_error (error);
  g_assert_cmpint (komek_plan_get_trouble (plan), ==, KOMEK_MAP_TROUBLE_TOO_LARGE);
}

/* Where the usual one is broken, too, there is no map to go on with. */
static void
test_two_bad_files_are_an_error (void)
{
  g_autoptr (GBytes) usual = g_bytes_new_static ("{", 1);
  g_autoptr (GError) error = NULL;

  g_assert_null (komek_plan_load ("/nowhere", usual, &error));
  g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_strconcat ("/plan-sense/", files[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_file);
    }
  g_test_add_func ("/plan-sense/what-was-turned-lies-right", test_what_was_turned_lies_right);
  g_test_add_func ("/plan-sense/a-file-that-is-not-there-has-the-usual-one-instead",
                   test_a_file_that_is_not_there_has_the_usual_one_instead);
  g_test_add_func ("/plan-sense/a-file-without-end-is-not-read", test_a_file_without_end_is_not_read);
  g_test_add_func ("/plan-sense/two-bad-files-are-an-error", test_two_bad_files_are_an_error);
  return g_test_run ();
}
