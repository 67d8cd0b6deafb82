/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>
#include <math.h>

#include "komek-map-view.h"
#include "komek-plan-names.h"
#include "shipped-plan.h"

#define NOW 1700000000
#define ZOOM 13
#define WORLD (256.0 * (1 << ZOOM))

static const char *const services[] = { "road", NULL };
static const char *const districts[] = { "esil", NULL };

static KomekPlan *plan;
static KomekTheme *theme;

/* The heart of Astana, and a view in its middle. */
static KomekPlanRoom
make_room (void)
{
  KomekMercatorBox view;

  komek_mercator_project (51.17, 71.38, &view.x0, &view.y0);
  komek_mercator_project (51.11, 71.48, &view.x1, &view.y1);
  view = (KomekMercatorBox) { view.x0 * WORLD, view.y0 * WORLD, view.x1 * WORLD, view.y1 * WORLD };
  return (KomekPlanRoom) {
    ZOOM, { view.x0 - 200, view.y0 - 200, view.x1 + 200, view.y1 + 200 }, view, NULL, NULL
  };
}

static GArray *
place (KomekPlanLettering *lettering, const KomekPlanRoom *room)
{
  return komek_plan_names_place (plan, lettering, room, 1);
}

static const KomekPlanName *
find_nearest (const GArray *names, const KomekPlanName *like)
{
  const KomekPlanName *best = NULL;

  for (guint i = 0; i < names->len; i++)
    {
      const KomekPlanName *name = &g_array_index (names, KomekPlanName, i);

      if (name->feature == like->feature
          && (!best || hypot (name->x - like->x, name->y - like->y)
                         < hypot (best->x - like->x, best->y - like->y)))
        best = name;
    }
  return best;
}

static gboolean
stands_there (const GArray *names, const KomekPlanName *like)
{
  const KomekPlanName *name = find_nearest (names, like);

  return name && name->x == like->x && name->y == like->y;
}

/* Some points of the writing itself: none of them may lie in the box. */
static gboolean
is_covered (const KomekPlanName *name, const KomekPlanMark *mark)
{
  double reach = (mark->box.x1 - mark->box.x0) / 2;

  for (int i = -10; i <= 10; i++)
    {
      double x = name->x + cos (name->angle) * name->word->width / 2 * i / 10;
      double y = name->y + sin (name->angle) * name->word->width / 2 * i / 10;

      if (mark->round ? hypot (x - (mark->box.x0 + mark->box.x1) / 2,
                               y - (mark->box.y0 + mark->box.y1) / 2) < reach
                      : x > mark->box.x0 && x < mark->box.x1 && y > mark->box.y0
                          && y < mark->box.y1)
        return TRUE;
    }
  return FALSE;
}

static void
test_a_mark_moves_or_drops_the_name_below_it (gconstpointer round)
{
  g_autoptr (KomekPlanLettering) lettering =
    komek_plan_lettering_new (plan, KOMEK_LANGUAGE_KAZAKH, 1);
  KomekPlanRoom room = make_room ();
  g_autoptr (GArray) before = place (lettering, &room);
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (KomekPlanMark));
  guint n_moved = 0;

  g_assert_cmpuint (before->len, >, 5);
  room.marks = marks;
  for (guint i = 0; i < before->len; i++)
    {
      const KomekPlanName *name = &g_array_index (before, KomekPlanName, i);
      KomekPlanMark mark = { { name->x - 26, name->y - 26, name->x + 26, name->y + 26 },
                             GPOINTER_TO_INT (round) };
      g_autoptr (GArray) after = NULL;
      const KomekPlanName *moved;

      g_array_set_size (marks, 0);
      g_array_append_val (marks, mark);
      after = place (lettering, &room);
      for (guint j = 0; j < after->len; j++)
        g_assert_false (is_covered (&g_array_index (after, KomekPlanName, j), &mark));
      moved = find_nearest (after, name);
      n_moved += moved && hypot (moved->x - name->x, moved->y - name->y) < 300;
    }
  /* Most of the streets are longer than their names. */
  g_assert_cmpuint (n_moved, >=, before->len / 3);
}

static void
test_a_name_away_from_marks_stays (void)
{
  g_autoptr (KomekPlanLettering) lettering =
    komek_plan_lettering_new (plan, KOMEK_LANGUAGE_KAZAKH, 1);
  KomekPlanRoom room = make_room ();
  g_autoptr (GArray) before = place (lettering, &room);
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (KomekPlanMark));
  const KomekPlanName *under = &g_array_index (before, KomekPlanName, before->len / 2);
  KomekPlanMark mark = { { under->x - 26, under->y - 26, under->x + 26, under->y + 26 }, TRUE };
  g_autoptr (GArray) after = NULL;

  g_array_append_val (marks, mark);
  room.marks = marks;
  room.keep = before;
  after = place (lettering, &room);
  for (guint i = 0; i < before->len; i++)
    {
      const KomekPlanName *name = &g_array_index (before, KomekPlanName, i);

      if (name == under)
        g_assert_false (stands_there (after, name));
      else
        g_assert_true (stands_there (after, name));
    }
}

/* Dragged by half a view: what is still wholly in it stays. */
static void
test_names_stay_while_the_view_moves (void)
{
  g_autoptr (KomekPlanLettering) lettering =
    komek_plan_lettering_new (plan, KOMEK_LANGUAGE_KAZAKH, 1);
  KomekPlanRoom room = make_room ();
  double by = (room.view.x1 - room.view.x0) / 2;
  g_autoptr (GArray) before = place (lettering, &room);
  g_autoptr (GArray) after = NULL;
  guint n_kept = 0;

  room.view.x0 += by;
  room.view.x1 += by;
  room.region.x0 += by;
  room.region.x1 += by;
  room.keep = before;
  after = place (lettering, &room);
  for (guint i = 0; i < before->len; i++)
    {
      const KomekPlanName *name = &g_array_index (before, KomekPlanName, i);
      double reach = name->word->width / 2 + 40;

      if (name->x - reach < room.view.x0 || name->x + reach > room.view.x1
          || name->y - reach < room.view.y0 || name->y + reach > room.view.y1)
        continue;
      g_assert_true (stands_there (after, name));
      n_kept++;
    }
  g_assert_cmpuint (n_kept, >, 0);
}

static void
test_no_name_is_half_in_view (void)
{
  g_autoptr (KomekPlanLettering) lettering =
    komek_plan_lettering_new (plan, KOMEK_LANGUAGE_RUSSIAN, 1);
  KomekPlanRoom room = make_room ();
  g_autoptr (GArray) names = place (lettering, &room);

  for (guint i = 0; i < names->len; i++)
    {
      const KomekPlanName *name = &g_array_index (names, KomekPlanName, i);
      double wide = fabs (cos (name->angle)) * name->word->width / 2;
      double high = fabs (sin (name->angle)) * name->word->width / 2;

      g_assert_false (name->x - wide < room.view.x0 && name->x + wide > room.view.x0
                      && name->y > room.view.y0 && name->y < room.view.y1);
      g_assert_false (name->y - high < room.view.y1 && name->y + high > room.view.y1
                      && name->x > room.view.x0 && name->x < room.view.x1);
    }
}

typedef struct
{
  KomekMapView *view;
  GtkWindow    *window;
} Fixture;

/* Requests all over the city, so that clusters lie on many of its names. */
static KomekAtlas *
make_atlas (void)
{
  GArray *array = g_array_new (FALSE, FALSE, sizeof (KomekPoint));
  g_autoptr (KomekPoints) points = NULL;
  g_autoptr (KomekFilter) filter = komek_filter_new (&(KomekFilterFields) { .now = NOW });

  for (guint i = 0; i < 2000; i++)
    {
      KomekPoint point = { .key = i + 1,
                           .latitude = 511000000 + (int) (i * 7919 % 1000) * 800,
                           .longitude = 713500000 + (int) (i * 104729 % 1009) * 1600,
                           .requested = NOW - i,
                           .status = KOMEK_STATUS_NEW };

      g_array_append_val (array, point);
    }
  points = komek_points_new (array, services, districts);
  return komek_atlas_new (points, filter);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->window = GTK_WINDOW (gtk_window_new ());
  fixture->view = KOMEK_MAP_VIEW (
    g_object_ref_sink (komek_map_view_new (theme, plan, KOMEK_LANGUAGE_KAZAKH, NULL)));
  gtk_window_set_default_size (fixture->window, 1000, 700);
  gtk_window_set_child (fixture->window, GTK_WIDGET (fixture->view));
  gtk_window_present (fixture->window);
  while (gtk_widget_get_width (GTK_WIDGET (fixture->view)) == 0)
    g_main_context_iteration (NULL, TRUE);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (fixture->window);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_finalize_object (fixture->view);
}

static KomekNameLayer *
get_names (Fixture *fixture)
{
  return komek_plan_map_get_names (komek_map_view_get_plan_map (fixture->view));
}

static GArray *
list_names (Fixture *fixture)
{
  while (komek_name_layer_is_busy (get_names (fixture)))
    g_main_context_iteration (NULL, TRUE);
  return komek_name_layer_list (get_names (fixture));
}

/* How many names that show lie under a cluster or a pin of the map. */
static guint
count_covered (Fixture *fixture, const GArray *names)
{
  KomekPlanMap *map = komek_map_view_get_plan_map (fixture->view);
  double x, y, world;
  g_autoptr (GArray) marks = g_array_new (FALSE, FALSE, sizeof (KomekPlanMark));
  guint n = 0;

  komek_plan_map_get_middle (map, &x, &y, &world);
  g_signal_emit_by_name (get_names (fixture), "gather", marks);
  g_assert_cmpuint (marks->len, >, 2);
  for (guint i = 0; i < names->len; i++)
    for (guint j = 0; j < marks->len; j++)
      {
        KomekPlanName name = g_array_index (names, KomekPlanName, i);

        name.x -= x * world - gtk_widget_get_width (GTK_WIDGET (map)) / 2.0;
        name.y -= y * world - gtk_widget_get_height (GTK_WIDGET (map)) / 2.0;
        n += is_covered (&name, &g_array_index (marks, KomekPlanMark, j));
      }
  return n;
}

static void
test_names_give_way_to_requests (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KomekAtlas) atlas = make_atlas ();
  g_autoptr (GArray) before = list_names (fixture), after = NULL;

  g_assert_cmpuint (before->len, >, 5);
  komek_map_view_set_atlas (fixture->view, atlas);
  g_assert_cmpuint (count_covered (fixture, before), >, 0);
  g_assert_true (komek_name_layer_is_busy (get_names (fixture)));
  after = list_names (fixture);
  g_assert_cmpuint (after->len, >, 2);
  g_assert_cmpuint (count_covered (fixture, after), ==, 0);
}

static void
test_names_come_for_each_zoom (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KomekAtlas) atlas = make_atlas ();

  komek_map_view_set_atlas (fixture->view, atlas);
  for (guint zoom = 11; zoom < 15; zoom++)
    {
      g_autoptr (GArray) names = NULL;

      komek_map_view_jump_to (fixture->view, 51.14, 71.43, zoom);
      names = list_names (fixture);
      g_assert_cmpuint (names->len, >, 1);
      g_assert_cmpuint (count_covered (fixture, names), ==, 0);
    }
}

/* Nothing of the tiles depends on it. */
static void
test_another_language_writes_names_and_keeps_tiles (Fixture *fixture, gconstpointer data)
{
  ShumateViewport *viewport =
    komek_plan_map_get_viewport (komek_map_view_get_plan_map (fixture->view));
  ShumateMapSource *source = shumate_viewport_get_reference_map_source (viewport);
  g_autoptr (GArray) before = list_names (fixture), after = NULL;
  double width = g_array_index (before, KomekPlanName, 0).word->width;
  const KomekPlanName *same;

  komek_map_view_set_language (fixture->view, KOMEK_LANGUAGE_RUSSIAN);
  after = list_names (fixture);
  same = find_nearest (after, &g_array_index (before, KomekPlanName, 0));
  g_assert_nonnull (same);
  g_assert_cmpfloat (same->word->width, !=, width);
  g_assert_true (shumate_viewport_get_reference_map_source (viewport) == source);
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  int status;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  theme = komek_theme_new (gdk_display_get_default (), adw_style_manager_get_default ());
  plan = read_shipped_plan ();

  g_test_add_data_func ("/names/a-round-mark-moves-or-drops-the-name-below-it",
                        GINT_TO_POINTER (TRUE), test_a_mark_moves_or_drops_the_name_below_it);
  g_test_add_data_func ("/names/a-square-mark-moves-or-drops-the-name-below-it",
                        GINT_TO_POINTER (FALSE), test_a_mark_moves_or_drops_the_name_below_it);
  g_test_add_func ("/names/away-from-marks-they-stay", test_a_name_away_from_marks_stays);
  g_test_add_func ("/names/stay-while-the-view-moves", test_names_stay_while_the_view_moves);
  g_test_add_func ("/names/none-is-half-in-view", test_no_name_is_half_in_view);
  ADD ("/map/names-give-way-to-requests", test_names_give_way_to_requests);
  ADD ("/map/names-come-for-each-zoom", test_names_come_for_each_zoom);
  ADD ("/map/another-language-writes-names-and-keeps-tiles",
       test_another_language_writes_names_and_keeps_tiles);
  status = g_test_run ();

  g_assert_finalize_object (theme);
  komek_plan_unref (plan);
  return status;
}
