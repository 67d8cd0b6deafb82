/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>

#include "await.h"
#include "komek-pack.h"
#include "komek-plan-map.h"
#include "komek-plan-names.h"
#include "request-fakes.h"
#include "shipped-plan.h"
#include "town-pack.h"

/* A map of the shipped plan, and a pack with a street that the plan does not know by that name. */
typedef struct
{
  TestCity         *city;
  TestStage        *stage;
  KomekPlaceFinder *finder;
  GtkWindow        *window;
  KomekPlanMap     *map;
  char             *folder, *path;
} Fixture;

static KomekPlan *plan;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->city = test_city_new ("astana", NULL);
  fixture->stage = test_stage_new (fixture->city, FALSE);
  fixture->finder = komek_place_finder_new (KOMEK_FEED (fixture->city), plan, NULL);
  fixture->window = GTK_WINDOW (gtk_window_new ());
  fixture->map = KOMEK_PLAN_MAP (g_object_ref_sink (komek_plan_map_new (
    komek_context_get_theme (fixture->stage->context), plan, KOMEK_LANGUAGE_KAZAKH, NULL, 1)));
  fixture->folder = g_dir_make_tmp ("komek-streets-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "town.mbtiles", NULL);
  town_pack_write (fixture->path, TOWN_OPENMAPTILES);
  gtk_window_set_default_size (fixture->window, 1000, 700);
  gtk_window_set_child (fixture->window, GTK_WIDGET (fixture->map));
  gtk_window_present (fixture->window);
  while (gtk_widget_get_width (GTK_WIDGET (fixture->map)) == 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (fixture->window);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_finalize_object (fixture->map);
  let_go (G_OBJECT (fixture->finder));
  test_stage_free (fixture->stage);
  g_unlink (fixture->path);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static KomekNameLayer *
get_names (Fixture *fixture)
{
  return komek_plan_map_get_names (fixture->map);
}

/* How many of the names that show are of streets that the plan does not know. */
static guint
count_strangers (Fixture *fixture)
{
  g_autoptr (GArray) names = NULL;
  guint n_features, n = 0;

  komek_plan_peek_features (plan, &n_features);
  while (komek_name_layer_is_busy (get_names (fixture)))
    g_main_context_iteration (NULL, TRUE);
  names = komek_name_layer_list (get_names (fixture));
  for (guint i = 0; i < names->len; i++)
    n += g_array_index (names, KomekPlanName, i).feature >= n_features;
  return n;
}

/* What the landmarks are called that show, one a line. */
static char *
read_landmarks (Fixture *fixture)
{
  g_autoptr (GArray) names = NULL;
  GString *text = g_string_new (NULL);
  guint n;
  const KomekPlanFeature *features =
    komek_plan_peek_features (komek_place_finder_get_streets (fixture->finder), &n);

  while (komek_name_layer_is_busy (get_names (fixture)))
    g_main_context_iteration (NULL, TRUE);
  names = komek_name_layer_list (get_names (fixture));
  for (guint i = 0; i < names->len; i++)
    {
      const KomekPlanName *name = &g_array_index (names, KomekPlanName, i);

      if (name->kind == KOMEK_PLAN_BUILDING)
        g_string_append_printf (text, "%s\n",
                                komek_label_get (features[name->feature].label,
                                                 komek_plan_map_get_language (fixture->map)));
    }
  return g_string_free (text, FALSE);
}

static void
on_changed (KomekPlaceFinder *finder, gboolean *changed)
{
  *changed = TRUE;
}

static void
read_pack (Fixture *fixture)
{
  g_autoptr (GListStore) maps = g_list_store_new (G_TYPE_OBJECT);
  g_autoptr (KomekPack) pack = komek_pack_new (fixture->path);
  gboolean changed = FALSE;
  gulong id = g_signal_connect (fixture->finder, "changed", G_CALLBACK (on_changed), &changed);

  g_list_store_append (maps, pack);
  komek_place_finder_set_maps (fixture->finder, G_LIST_MODEL (maps),
                               komek_plan_get_bounds (plan));
  while (!changed)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (fixture->finder, id);
}

/* As soon as the pack has told them, whoever asked first. */
static void
test_streets_of_a_pack_get_their_names (Fixture *fixture, gconstpointer early)
{
  komek_plan_map_jump_to (fixture->map, 51.1262, 71.41, 16);
  g_assert_cmpuint (count_strangers (fixture), ==, 0);
  if (early)
    komek_plan_map_name_streets (fixture->map, fixture->finder);
  g_assert_cmpuint (count_strangers (fixture), ==, 0);
  read_pack (fixture);
  if (!early)
    komek_plan_map_name_streets (fixture->map, fixture->finder);
  g_assert_cmpuint (count_strangers (fixture), ==, 1);
  komek_plan_map_set_language (fixture->map, KOMEK_LANGUAGE_RUSSIAN);
  g_assert_cmpuint (count_strangers (fixture), ==, 1);
}

static void
assert_landmarks (Fixture *fixture, const char *expected)
{
  g_autofree char *landmarks = read_landmarks (fixture);

  g_assert_cmpstr (landmarks, ==, expected);
}

/* Only where there is room for them, and in the language of who looks. */
static void
test_landmarks_of_a_pack_get_their_names (Fixture *fixture, gconstpointer data)
{
  komek_plan_map_name_streets (fixture->map, fixture->finder);
  read_pack (fixture);
  komek_plan_map_jump_to (fixture->map, 51.128, 71.412, 16);
  assert_landmarks (fixture, "");
  komek_plan_map_jump_to (fixture->map, 51.128, 71.412, 17);
  assert_landmarks (fixture, "№45 мектеп\nХан Шатыр\n");
  komek_plan_map_set_language (fixture->map, KOMEK_LANGUAGE_RUSSIAN);
  assert_landmarks (fixture, "Школа №45\nХан Шатыр\n");
}

static void
on_gather (GArray *taken, GArray *marks)
{
  g_array_append_vals (marks, taken->data, taken->len);
}

/* Where all around is taken by a mark, the name does not show. */
static void
test_landmarks_give_way (Fixture *fixture, gconstpointer data)
{
  double wide = gtk_widget_get_width (GTK_WIDGET (fixture->map));
  double high = gtk_widget_get_height (GTK_WIDGET (fixture->map));
  KomekPlanMark mark = { { wide / 2 - 60, high / 2 - 60, wide / 2 + 60, high / 2 + 60 }, TRUE };
  g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof mark);
  gulong id;

  g_array_append_val (taken, mark);
  id = g_signal_connect_swapped (get_names (fixture), "gather", G_CALLBACK (on_gather), taken);
  komek_plan_map_name_streets (fixture->map, fixture->finder);
  read_pack (fixture);
  komek_plan_map_jump_to (fixture->map, 51.128, 71.412, 17);
  assert_landmarks (fixture, "Хан Шатыр\n");
  g_signal_handler_disconnect (get_names (fixture), id);
  komek_name_layer_wait (get_names (fixture));
  assert_landmarks (fixture, "№45 мектеп\nХан Шатыр\n");
}

int
main (int argc, char **argv)
{
  int status;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  plan = read_shipped_plan ();

  g_test_add ("/map-streets/named-when-the-pack-has-told-them", Fixture, GINT_TO_POINTER (TRUE),
              set_up, test_streets_of_a_pack_get_their_names, tear_down);
  g_test_add ("/map-streets/named-where-they-are-known", Fixture, NULL, set_up,
              test_streets_of_a_pack_get_their_names, tear_down);
  g_test_add ("/map-streets/landmarks-are-named-near-by", Fixture, NULL, set_up,
              test_landmarks_of_a_pack_get_their_names, tear_down);
  g_test_add ("/map-streets/landmarks-give-way", Fixture, NULL, set_up, test_landmarks_give_way,
              tear_down);
  status = g_test_run ();
  komek_plan_unref (plan);
  return status;
}
