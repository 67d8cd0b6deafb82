/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-map-imprint.h"
#include "tiles-fakes.h"

#include <glib/gstdio.h>
#include <string.h>

#define FEATURES \
  "\"features\":[{\"properties\":{\"kind\":\"street\"},\"geometry\":{\"type\":\"LineString\"," \
  "\"coordinates\":[[71.40,51.16],[71.44,51.16]]}}]"
#define OSM "© OpenStreetMap contributors"

static KomekPlan *
make_plan (const char *attribution)
{
  g_autofree char *json = attribution
                            ? g_strdup_printf ("{\"attribution\":\"%s\"," FEATURES "}", attribution)
                            : g_strdup ("{" FEATURES "}");
  g_autoptr (GBytes) bytes = g_bytes_new (json, strlen (json));
  KomekPlan *plan = komek_plan_new (bytes, NULL);

  g_assert_nonnull (plan);
  return plan;
}

static void
on_notify (gpointer count)
{
  *(guint *) count += 1;
}

static void
test_names_everybody_once (void)
{
  g_autoptr (KomekPlan) plan = make_plan (OSM);
  g_autoptr (GListStore) list = g_list_store_new (KOMEK_TYPE_TILES);
  g_autoptr (FakeTiles) pack = fake_tiles_new ("a.mbtiles", FALSE);
  g_autoptr (FakeTiles) server = fake_tiles_new ("tiles.example.org", TRUE);
  KomekMapImprint *imprint;
  guint n_told = 0;

  fake_tiles_set_attribution (server, OSM);
  g_list_store_append (list, server);
  g_list_store_append (list, pack);
  imprint = komek_map_imprint_new (plan, G_LIST_MODEL (list));
  g_assert_cmpstr (komek_map_imprint_get_attribution (imprint), ==, OSM);
  g_assert_cmpstr (komek_map_imprint_get_trouble (imprint), ==, "");

  g_signal_connect_swapped (imprint, "notify::attribution", G_CALLBACK (on_notify), &n_told);
  fake_tiles_set_attribution (pack, "© Қала");
  g_assert_cmpstr (komek_map_imprint_get_attribution (imprint), ==, OSM " · © Қала");
  g_assert_cmpuint (n_told, ==, 1);
  g_assert_finalize_object (imprint);
}

static void
test_a_plan_that_names_nobody_has_no_attribution (void)
{
  g_autoptr (KomekPlan) plan = make_plan (NULL);
  KomekMapImprint *imprint = komek_map_imprint_new (plan, NULL);

  g_assert_cmpstr (komek_map_imprint_get_attribution (imprint), ==, "");
  g_assert_finalize_object (imprint);
}

/* Every trouble of tiles has a sentence, which names the file or the host. */
static void
test_every_trouble_has_a_sentence (void)
{
  g_autoptr (KomekPlan) plan = make_plan (OSM);
  g_autoptr (GListStore) list = g_list_store_new (KOMEK_TYPE_TILES);
  g_autoptr (FakeTiles) tiles = fake_tiles_new ("a%sb.mbtiles", FALSE);
  g_autoptr (GHashTable) sentences = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GEnumClass) troubles = g_type_class_ref (KOMEK_TYPE_MAP_TROUBLE);
  KomekMapImprint *imprint;
  guint n = 0;

  g_list_store_append (list, tiles);
  imprint = komek_map_imprint_new (plan, G_LIST_MODEL (list));
  for (guint i = 0; i < troubles->n_values; i++)
    {
      KomekMapTrouble trouble = (KomekMapTrouble) troubles->values[i].value;
      const char *sentence;

      /* These two are of plans that show all the same. */
      if (trouble == KOMEK_MAP_TROUBLE_NONE || trouble == KOMEK_MAP_TROUBLE_SWAPPED
          || trouble == KOMEK_MAP_TROUBLE_PARTS)
        continue;
      fake_tiles_set_trouble (tiles, trouble);
      sentence = komek_map_imprint_get_trouble (imprint);
      g_assert_nonnull (strstr (sentence, "a%sb.mbtiles"));
      g_assert_true (g_str_has_suffix (sentence, " The plan is shown."));
      g_hash_table_add (sentences, g_strdup (sentence));
      n++;
    }
  g_assert_cmpuint (n, >=, 12);
  g_assert_cmpuint (g_hash_table_size (sentences), ==, n);

  fake_tiles_set_trouble (tiles, KOMEK_MAP_TROUBLE_NONE);
  g_assert_cmpstr (komek_map_imprint_get_trouble (imprint), ==, "");
  g_assert_finalize_object (imprint);
}

static void
test_says_that_the_plan_shows_only_where_it_does (void)
{
  g_autoptr (KomekPlan) plan = make_plan (OSM);
  g_autoptr (GListStore) list = g_list_store_new (KOMEK_TYPE_TILES);
  g_autoptr (FakeTiles) good = fake_tiles_new ("good.mbtiles", FALSE);
  g_autoptr (FakeTiles) bad = fake_tiles_new ("bad.mbtiles", FALSE);
  KomekMapImprint *imprint;

  g_list_store_append (list, good);
  imprint = komek_map_imprint_new (plan, G_LIST_MODEL (list));
  fake_tiles_set_trouble (bad, KOMEK_MAP_TROUBLE_NO_PACK);
  g_list_store_append (list, bad);
  g_assert_cmpstr (komek_map_imprint_get_trouble (imprint), ==, "“bad.mbtiles” is not a map pack.");
  g_assert_finalize_object (imprint);
}

static void
test_a_pack_of_another_place_is_told (void)
{
  g_autoptr (KomekPlan) plan = make_plan (OSM);
  g_autoptr (GListStore) list = g_list_store_new (KOMEK_TYPE_TILES);
  g_autoptr (FakeTiles) here = fake_tiles_new ("astana.mbtiles", FALSE);
  g_autoptr (FakeTiles) there = fake_tiles_new ("almaty.mbtiles", FALSE);
  g_autoptr (KomekBounds) astana = komek_bounds_new (51.0, 71.2, 51.3, 71.7, NULL);
  g_autoptr (KomekBounds) almaty = komek_bounds_new (43.1, 76.7, 43.4, 77.1, NULL);
  KomekMapImprint *imprint;

  fake_tiles_set_bounds (here, astana);
  fake_tiles_set_bounds (there, almaty);
  g_list_store_append (list, here);
  imprint = komek_map_imprint_new (plan, G_LIST_MODEL (list));
  g_assert_cmpstr (komek_map_imprint_get_trouble (imprint), ==, "");
  g_list_store_append (list, there);
  g_assert_cmpstr (komek_map_imprint_get_trouble (imprint), ==,
                   "The map “almaty.mbtiles” is of another place than this city.");
  g_assert_finalize_object (imprint);
}

static void
test_a_plan_that_stands_in_for_another_says_so (void)
{
  g_autofree char *usual = g_strdup ("{\"attribution\":\"" OSM "\"," FEATURES "}");
  g_autoptr (GBytes) bytes = g_bytes_new (usual, strlen (usual));
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "komek-half.geojson", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (KomekPlan) plan = NULL;
  KomekMapImprint *imprint;

  g_assert_true (g_file_set_contents (path, "{\"features\":[{\"prop", -1, NULL));
  plan = komek_plan_load (path, bytes, &error);
  g_unlink (path);
  g_assert_no_error (error);
  imprint = komek_map_imprint_new (plan, NULL);
  g_assert_cmpstr (komek_map_imprint_get_trouble (imprint), ==,
                   "The map file “komek-half.geojson” is damaged. "
                   "The plan that comes with the program is shown.");
  g_assert_cmpstr (komek_map_imprint_get_attribution (imprint), ==, OSM);
  g_assert_finalize_object (imprint);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/imprint/names-everybody-once", test_names_everybody_once);
  g_test_add_func ("/imprint/a-plan-that-names-nobody-has-no-attribution",
                   test_a_plan_that_names_nobody_has_no_attribution);
  g_test_add_func ("/imprint/every-trouble-has-a-sentence", test_every_trouble_has_a_sentence);
  g_test_add_func ("/imprint/says-that-the-plan-shows-only-where-it-does",
                   test_says_that_the_plan_shows_only_where_it_does);
  g_test_add_func ("/imprint/a-pack-of-another-place-is-told",
                   test_a_pack_of_another_place_is_told);
  g_test_add_func ("/imprint/a-plan-that-stands-in-for-another-says-so",
                   test_a_plan_that_stands_in_for_another_says_so);
  return g_test_run ();
}
