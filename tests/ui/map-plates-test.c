/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "explore-stage.h"

#include <math.h>

#include "komek-district-layer.h"
#include "komek-map-view.h"
#include "komek-plan-names.h"
#include "komek-plate-room.h"

#define N_REQUESTS 400
#define VIEW 1000.0 /* pixels a side, as many as the Mercator square has here */
#define WIDTH 120.0
#define HEIGHT 60.0

/* A district that reaches over the whole height of the view. */
typedef struct
{
  KomekPlanVertex  vertices[5];
  KomekPlanLine    ring;
  KomekPlanFeature feature;
} District;

static void
make_district (District *self, double left, double right)
{
  const double corners[5][2] = { { left, 0 }, { right, 0 }, { right, 1 }, { left, 1 }, { left, 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (corners); i++)
    self->vertices[i] = (KomekPlanVertex) { .x = corners[i][0], .y = corners[i][1] };
  self->ring = (KomekPlanLine) { .vertices = self->vertices, .n_vertices = 5 };
  self->feature = (KomekPlanFeature) { .lines = &self->ring, .n_lines = 1,
                                       .box = { left, 0, right, 1 } };
}

static GArray *
make_marks (void)
{
  return g_array_new (FALSE, FALSE, sizeof (KomekPlanMark));
}

static void
lay (GArray *marks, double x0, double y0, double x1, double y1)
{
  KomekPlanMark mark = { { x0, y0, x1, y1 }, FALSE };

  g_array_append_val (marks, mark);
}

static gboolean
find (const District *district, GArray *marks, double *x, double *y)
{
  KomekPlateRoom room = {
    { VIEW, { 0, 0, 1, 1 } }, VIEW, VIEW, &district->feature, marks
  };

  return komek_plate_room_find (&room, WIDTH, HEIGHT, x, y);
}

static void
assert_clear (GArray *marks, double x, double y)
{
  for (guint i = 0; i < marks->len; i++)
    {
      const KomekMercatorBox *box = &g_array_index (marks, KomekPlanMark, i).box;

      g_assert_true (x + WIDTH / 2 <= box->x0 || x - WIDTH / 2 >= box->x1
                     || y + HEIGHT / 2 <= box->y0 || y - HEIGHT / 2 >= box->y1);
    }
}

static void
test_a_plate_stays_where_nothing_is (void)
{
  District district;
  g_autoptr (GArray) marks = make_marks ();
  double x = 300, y = 400;

  make_district (&district, 0, 1);
  lay (marks, 600, 600, 700, 700);
  g_assert_true (find (&district, marks, &x, &y));
  g_assert_cmpfloat (x, ==, 300);
  g_assert_cmpfloat (y, ==, 400);
}

static void
test_a_plate_gives_way_by_the_shortest_way (void)
{
  District district;
  g_autoptr (GArray) marks = make_marks ();
  double x = 300, y = 50;

  make_district (&district, 0, 1);
  lay (marks, 0, 0, 500, 80);
  g_assert_true (find (&district, marks, &x, &y));
  assert_clear (marks, x, y);
  g_assert_cmpfloat (x, ==, 300);
  g_assert_cmpfloat (y, <, 130);
}

/* The shortest way would be over the border. */
static void
test_a_plate_stays_in_its_district (void)
{
  District district;
  g_autoptr (GArray) marks = make_marks ();
  double x = 300, y = 500;

  make_district (&district, 0, 0.35);
  lay (marks, 100, 300, 340, 700);
  g_assert_true (find (&district, marks, &x, &y));
  assert_clear (marks, x, y);
  g_assert_cmpfloat (x, <=, 350);
}

static void
test_a_plate_comes_into_view (void)
{
  District district;
  g_autoptr (GArray) marks = make_marks ();
  double x = 990, y = -40;

  make_district (&district, 0.8, 2);
  lay (marks, 940, 0, 1000, 200);
  g_assert_true (find (&district, marks, &x, &y));
  assert_clear (marks, x, y);
  g_assert_cmpfloat (x + WIDTH / 2, <=, VIEW);
  g_assert_cmpfloat (y - HEIGHT / 2, >=, 0);
}

/* A strip that no line at the edge of something meets. */
static void
test_a_plate_finds_a_narrow_district (void)
{
  District district;
  g_autoptr (GArray) marks = make_marks ();
  double x = 900, y = 900;

  make_district (&district, 0.27, 0.36);
  lay (marks, 400, 400, 1000, 1000);
  g_assert_true (find (&district, marks, &x, &y));
  assert_clear (marks, x, y);
  g_assert_cmpfloat (fabs (x - 315), <=, 45);
}

/* Half a figure would be another figure. */
static void
test_a_plate_without_room_is_left_out (void)
{
  District district;
  g_autoptr (GArray) marks = make_marks ();
  double x = 50, y = 500;

  make_district (&district, 0, 0.1);
  lay (marks, 0, 0, 200, VIEW);
  g_assert_false (find (&district, marks, &x, &y));
}

static void
let_pass (guint milliseconds)
{
  for (gint64 end = g_get_monotonic_time () + milliseconds * 1000; g_get_monotonic_time () < end;)
    g_main_context_iteration (NULL, FALSE);
}

static KomekMapView *
open_map (TestStage *stage)
{
  KomekMapView *view = KOMEK_MAP_VIEW (
    komek_map_view_new (stage->theme, komek_context_get_plan (stage->context),
                        KOMEK_LANGUAGE_ENGLISH, NULL));

  komek_map_view_follow (view, stage->context, stage->exploration);
  gtk_window_set_child (GTK_WINDOW (stage->window), GTK_WIDGET (view));
  gtk_window_present (GTK_WINDOW (stage->window));
  return view;
}

/* The plates are placed once the figures are there and names keep clear of the buttons. */
static GArray *
list_plates (TestStage *stage, KomekMapView *view)
{
  GtkWidget *layer = test_stage_find (stage, KOMEK_TYPE_DISTRICT_LAYER);
  KomekNameLayer *names = komek_plan_map_get_names (komek_map_view_get_plan_map (view));
  GArray *plates = make_marks ();

  for (guint i = 0; i < 100 && plates->len == 0; i++)
    {
      let_pass (50);
      if (!komek_map_layers_is_busy (komek_map_view_get_layers (view))
          && !komek_name_layer_is_busy (names))
        komek_district_layer_add_marks (KOMEK_DISTRICT_LAYER (layer), plates);
    }
  return plates;
}

static void
lay_button (const KomekMercatorBox *box, GArray *marks)
{
  lay (marks, box->x0, box->y0, box->x1, box->y1);
}

static gboolean
is_hidden (GArray *plates, const KomekMercatorBox *box)
{
  for (guint i = 0; i < plates->len; i++)
    {
      const KomekMercatorBox *plate = &g_array_index (plates, KomekPlanMark, i).box;

      if (plate->x0 < box->x1 && plate->x1 > box->x0 && plate->y0 < box->y1 && plate->y1 > box->y0)
        return TRUE;
    }
  return FALSE;
}

/* A button that comes where a plate stands. */
static void
test_plates_give_way_to_buttons (TestStage *stage, gconstpointer n_requests)
{
  KomekMapView *view = open_map (stage);
  KomekNameLayer *names = komek_plan_map_get_names (komek_map_view_get_plan_map (view));
  g_autoptr (GArray) before = NULL, after = NULL;
  KomekMercatorBox box;

  komek_exploration_set_layer (stage->exploration, KOMEK_MAP_DISTRICTS);
  before = list_plates (stage, view);
  g_assert_cmpuint (before->len, >, 1);
  box = g_array_index (before, KomekPlanMark, 0).box;
  g_assert_true (is_hidden (before, &box));

  g_signal_connect_swapped (names, "controls", G_CALLBACK (lay_button), &box);
  komek_name_layer_wait (names);
  after = list_plates (stage, view);
  g_assert_cmpuint (after->len, >, 1);
  g_assert_false (is_hidden (after, &box));
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plates/stays-where-nothing-is", test_a_plate_stays_where_nothing_is);
  g_test_add_func ("/plates/gives-way-by-the-shortest-way",
                   test_a_plate_gives_way_by_the_shortest_way);
  g_test_add_func ("/plates/stays-in-its-district", test_a_plate_stays_in_its_district);
  g_test_add_func ("/plates/comes-into-view", test_a_plate_comes_into_view);
  g_test_add_func ("/plates/finds-a-narrow-district", test_a_plate_finds_a_narrow_district);
  g_test_add_func ("/plates/without-room-is-left-out", test_a_plate_without_room_is_left_out);
  g_test_add ("/plates/give-way-to-buttons", TestStage, GUINT_TO_POINTER (N_REQUESTS),
              test_stage_set_up, test_plates_give_way_to_buttons, test_stage_tear_down);
  return g_test_run ();
}
