/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "await.h"
#include "komek-plan-map.h"
#include "komek-theme.h"
#include "tiles-fakes.h"

#include <adwaita.h>
#include <string.h>

static const char city[] =
  "{\"attribution\":\"© OpenStreetMap contributors\",\"features\":["
  "{\"properties\":{\"kind\":\"street\",\"kk\":\"Абай көшесі\"},\"geometry\":{\"type\":\"LineString\","
  "\"coordinates\":[[71.40,51.15],[71.50,51.15]]}},"
  "{\"properties\":{\"kind\":\"street\"},\"geometry\":{\"type\":\"LineString\","
  "\"coordinates\":[[71.40,51.10],[71.40,51.20]]}}]}";

typedef struct
{
  KomekTheme *theme;
  KomekPlan  *plan;
  GListStore *list;
  FakeTiles  *server, *pack;
  GtkWidget  *map;
  GtkWidget  *window;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (city, strlen (city));

  fixture->theme = komek_theme_new (gdk_display_get_default (), adw_style_manager_get_default ());
  fixture->plan = komek_plan_new (bytes, NULL);
  fixture->list = g_list_store_new (KOMEK_TYPE_TILES);
  fixture->server = fake_tiles_new ("tiles.example.org", TRUE);
  fixture->pack = fake_tiles_new ("a.mbtiles", FALSE);
  g_list_store_append (fixture->list, fixture->server);
  g_list_store_append (fixture->list, fixture->pack);
  fixture->map = komek_plan_map_new (fixture->theme, fixture->plan, KOMEK_LANGUAGE_KAZAKH,
                                     G_LIST_MODEL (fixture->list), 1);
  fixture->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 600, 400);
  gtk_window_set_child (GTK_WINDOW (fixture->window), fixture->map);
  gtk_window_present (GTK_WINDOW (fixture->window));
  while (gtk_widget_get_height (fixture->map) == 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  let_pass (50);
  g_clear_object (&fixture->list);
  g_assert_finalize_object (fixture->server);
  g_assert_finalize_object (fixture->pack);
  komek_plan_unref (fixture->plan);
  g_object_unref (fixture->theme);
}

static GtkWidget *
find_words (Fixture *fixture, const char *style)
{
  for (GtkWidget *child = gtk_widget_get_first_child (fixture->map); child;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_has_css_class (child, style))
      return child;

  g_assert_not_reached ();
}

static void
wait_for_words (Fixture *fixture)
{
  for (guint i = 0; i < 100 && gtk_widget_get_width (find_words (fixture, "map-trouble")) == 0; i++)
    let_pass (10);
}

static void
test_the_trouble_shows_and_goes (Fixture *fixture, gconstpointer data)
{
  GtkWidget *trouble = find_words (fixture, "map-trouble");
  GtkWidget *attribution = find_words (fixture, "attribution");

  g_assert_false (gtk_widget_get_visible (trouble));
  fake_tiles_set_trouble (fixture->server, KOMEK_MAP_TROUBLE_UNREACHABLE);
  g_assert_true (gtk_widget_get_visible (trouble));
  g_assert_nonnull (strstr (gtk_label_get_label (GTK_LABEL (trouble)), "tiles.example.org"));
  wait_for_words (fixture);
  g_assert_cmpint (gtk_widget_get_width (trouble), >, 0);
  g_assert_cmpint (gtk_widget_get_width (trouble), <=, gtk_widget_get_width (fixture->map));
  /* Who made the map shows all the while. */
  g_assert_true (gtk_widget_get_mapped (attribution));

  fake_tiles_set_trouble (fixture->server, KOMEK_MAP_TROUBLE_NONE);
  g_assert_false (gtk_widget_get_visible (trouble));
}

static void
test_long_words_wrap_within_the_map (Fixture *fixture, gconstpointer data)
{
  GtkWidget *trouble = find_words (fixture, "map-trouble");
  int width = gtk_widget_get_width (fixture->map);

  fake_tiles_set_trouble (fixture->server, KOMEK_MAP_TROUBLE_NO_PICTURES);
  fake_tiles_set_trouble (fixture->pack, KOMEK_MAP_TROUBLE_PROJECTION);
  wait_for_words (fixture);
  g_assert_cmpint (gtk_widget_get_width (trouble), <=, width);
  g_assert_cmpint (gtk_widget_get_height (trouble), >, 30);
  g_assert_cmpint (gtk_widget_get_width (fixture->map), ==, width);
}

/* Tiles that are painted are cairo's nodes among those that the map has drawn. */
static gboolean
shows_tiles (Fixture *fixture)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (fixture->map);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GBytes) written = NULL;
  GskRenderNode *node;

  gdk_paintable_snapshot (paintable, snapshot, 600, 400);
  node = gtk_snapshot_free_to_node (snapshot);
  if (!node)
    return FALSE;
  written = gsk_render_node_serialize (node);
  gsk_render_node_unref (node);
  return g_strstr_len (g_bytes_get_data (written, NULL), (gssize) g_bytes_get_size (written),
                       "cairo {")
         != NULL;
}

static void
test_the_plan_is_drawn_while_a_server_is_slow (Fixture *fixture, gconstpointer data)
{
  gboolean shows = FALSE;

  fake_tiles_hold (fixture->server, TRUE);
  komek_tiles_changed (KOMEK_TILES (fixture->server));
  for (guint i = 0; i < 100 && !(shows = shows_tiles (fixture)); i++)
    let_pass (20);
  g_assert_true (shows);
  fake_tiles_hold (fixture->server, FALSE);
}

static void
test_asks_anew_once_a_server_is_back (Fixture *fixture, gconstpointer data)
{
  guint n_asked;

  for (guint i = 0; i < 200 && fake_tiles_get_n_asked (fixture->server) < 4; i++)
    let_pass (10);
  let_pass (100);
  n_asked = fake_tiles_get_n_asked (fixture->server);
  g_assert_cmpuint (n_asked, >=, 4);
  komek_tiles_changed (KOMEK_TILES (fixture->server));
  for (guint i = 0; i < 200 && fake_tiles_get_n_asked (fixture->server) < 2 * n_asked; i++)
    let_pass (10);
  g_assert_cmpuint (fake_tiles_get_n_asked (fixture->server), >=, 2 * n_asked);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)
  ADD ("/tiles-map/the-trouble-shows-and-goes", test_the_trouble_shows_and_goes);
  ADD ("/tiles-map/long-words-wrap-within-the-map", test_long_words_wrap_within_the_map);
  ADD ("/tiles-map/the-plan-is-drawn-while-a-server-is-slow",
       test_the_plan_is_drawn_while_a_server_is_slow);
  ADD ("/tiles-map/asks-anew-once-a-server-is-back", test_asks_anew_once_a_server_is_back);
#undef ADD
  return g_test_run ();
}
