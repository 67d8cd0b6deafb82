/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "explore-stage.h"

#include <math.h>

#include "await.h"
#include "komek-amount.h"
#include "komek-density-field.h"
#include "komek-heat-ramp.h"
#include "komek-legend.h"
#include "komek-map-view.h"

/* That what the legend says of the colours and shapes is true. */

#define N_REQUESTS 400
#define ZOOM 12

/* Beside a map, which has the figures of the districts. */
static GtkWidget *
open_legend (TestStage *stage)
{
  KomekMapView *view = KOMEK_MAP_VIEW (
    komek_map_view_new (stage->theme, komek_context_get_plan (stage->context),
                        KOMEK_LANGUAGE_ENGLISH, NULL));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *legend;

  komek_map_view_follow (view, stage->context, stage->exploration);
  legend = komek_legend_new (stage->context, stage->exploration,
                             komek_map_layers_get_districts (komek_map_view_get_layers (view)));
  gtk_widget_set_vexpand (GTK_WIDGET (view), TRUE);
  /* GTK 4.18 warns of a window that its content outgrows. */
  gtk_widget_set_size_request (box, 640, 480);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (view));
  gtk_box_append (GTK_BOX (box), legend);
  gtk_window_set_child (GTK_WINDOW (stage->window), box);
  gtk_window_present (GTK_WINDOW (stage->window));
  let_pass (300);
  return legend;
}

/* There is no survey until there is one of this part. */
static void
look_at (TestStage *stage, KomekBounds *bounds)
{
  KomekViewport viewport = { 51.13, 71.43, ZOOM };

  komek_exploration_set_view (stage->exploration, &viewport, bounds);
  while (!komek_exploration_get_survey (stage->exploration))
    let_pass (10);
}

static const char *
get_text (GtkWidget *legend, const char *id)
{
  return gtk_label_get_label (
    GTK_LABEL (gtk_widget_get_template_child (legend, KOMEK_TYPE_LEGEND, id)));
}

static void
test_the_states_in_view_are_counted (TestStage *stage, gconstpointer n_requests)
{
  g_autoptr (KomekBounds) part = komek_bounds_new (51.12, 71.40, 51.16, 71.46, NULL);
  GtkWidget *legend = open_legend (stage), *grid;
  KomekPoints *points = test_crowd_get_points (stage->crowd);
  guint expected[KOMEK_N_GROUPS] = { 0 }, n, total = 0;
  const KomekPoint *point = komek_points_peek (points, &n);

  look_at (stage, part);
  for (guint i = 0; i < n; i++)
    if (point[i].latitude != KOMEK_POINT_NOWHERE
        && komek_bounds_contains (part, point[i].latitude / 1e7, point[i].longitude / 1e7))
      {
        expected[komek_status_get_group (point[i].status, point[i].due, TEST_NOW)]++;
        total++;
      }
  g_assert_cmpuint (total, >, 20);
  g_assert_cmpuint (total, <, n / 2);
  grid = GTK_WIDGET (gtk_widget_get_template_child (legend, KOMEK_TYPE_LEGEND, "grid"));
  for (guint i = 0; i < KOMEK_N_GROUPS; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", expected[i]);
      GtkWidget *count = gtk_grid_get_child_at (GTK_GRID (grid), 2, (int) i);

      g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (count)), ==, text);
    }
}

static void
assert_bounds (GtkWidget *legend, KomekLocale *locale, const double *bounds, const char *unit)
{
  GtkWidget *ramp =
    GTK_WIDGET (gtk_widget_get_template_child (legend, KOMEK_TYPE_LEGEND, "ramp"));
  GtkWidget *step = gtk_widget_get_first_child (ramp);

  for (int i = 0; i < KOMEK_MAP_STEPS; i++, step = gtk_widget_get_next_sibling (step))
    {
      GtkLabel *label = GTK_LABEL (gtk_widget_get_last_child (step));
      g_autofree char *amount = komek_amount_format (locale, bounds[i]);
      g_autofree char *text =
        g_strconcat (amount, unit, i == KOMEK_MAP_STEPS - 1 ? "+" : "", NULL);

      g_assert_cmpstr (gtk_label_get_label (label), ==, text);
    }
  g_assert_null (step);
}

/* At zoom 12 the world is 256 times 4,096 pixels wide, so that one of them is 24 m here, and a
 * request spreads over ten of them. */
static void
test_a_density_has_its_unit (TestStage *stage, gconstpointer n_requests)
{
  g_autoptr (KomekBounds) part = komek_bounds_new (51.0, 71.2, 51.3, 71.7, NULL);
  GtkWidget *legend = open_legend (stage);
  KomekMapScale scale;

  look_at (stage, part);
  komek_exploration_set_layer (stage->exploration, KOMEK_MAP_HEAT);
  scale = komek_density_field_choose_scale (
    komek_survey_get_atlas (komek_exploration_get_survey (stage->exploration)),
    10.0 / (256 * 4096));
  g_assert_cmpstr (get_text (legend, "title"), ==, "Requests per km²");
  g_assert_cmpstr (get_text (legend, "note"), ==, "Each request is spread over 240 m all round");
  assert_bounds (legend, stage->locale, scale.bounds, "");
}

static void
wait_for_figures (TestStage *stage, KomekDistrictModel *districts)
{
  while (!komek_district_model_get_figures (districts))
    let_pass (10);
}

static void
test_districts_have_their_units (TestStage *stage, gconstpointer n_requests)
{
  GtkWidget *legend = open_legend (stage);
  KomekMapView *view = KOMEK_MAP_VIEW (test_stage_find (stage, KOMEK_TYPE_MAP_VIEW));
  KomekDistrictModel *districts = komek_map_layers_get_districts (komek_map_view_get_layers (view));
  KomekDistrictFigures *figures;
  KomekMapScale scale;

  komek_exploration_set_layer (stage->exploration, KOMEK_MAP_DISTRICTS);
  wait_for_figures (stage, districts);
  figures = komek_district_model_get_figures (districts);
  scale = komek_district_measure_choose_scale (KOMEK_DISTRICT_OVERDUE, figures);
  g_assert_cmpstr (get_text (legend, "title"), ==, "Share of overdue requests");
  assert_bounds (legend, stage->locale, scale.bounds, "%");

  komek_exploration_set_measure (stage->exploration, KOMEK_DISTRICT_PER_KM2);
  scale = komek_district_measure_choose_scale (KOMEK_DISTRICT_PER_KM2, figures);
  g_assert_cmpstr (get_text (legend, "title"), ==, "Requests per km²");
  assert_bounds (legend, stage->locale, scale.bounds, "");
  /* Each district has an area, and so no dash has to be explained. */
  g_assert_cmpstr (get_text (legend, "note"), ==, "");

  /* Nothing in this city has been answered, so there is a dash. */
  komek_exploration_set_measure (stage->exploration, KOMEK_DISTRICT_MEDIAN_DAYS);
  g_assert_cmpstr (get_text (legend, "note"), ==, "A dash: nothing to tell of this district");
}

/* By hand: 300 requests, 20 of 60 open ones overdue, 80,000 people on 40 km². */
static void
test_figures_are_what_they_are_called (void)
{
  static const struct
  {
    KomekDistrictMeasure measure;
    double               value;
    const char          *text;
  } rows[] = {
    { KOMEK_DISTRICT_OVERDUE, 20 * 100.0 / 300, "6.7%" },
    { KOMEK_DISTRICT_MEDIAN_DAYS, 2.5, "2.5" },
    { KOMEK_DISTRICT_PER_KM2, 7.5, "7.5" },
    { KOMEK_DISTRICT_PER_1000, 3.75, "3.8" },
  };
  const KomekDistrictFigure figure = { .total = 300, .open = 60, .overdue = 20, .answered = 240,
                                       .median_days = 2.5, .km2 = 40, .population = 80000 };
  const KomekDistrictFigure empty = { .median_days = NAN };
  g_autoptr (KomekLocale) locale = komek_locale_new ("/nowhere", KOMEK_LANGUAGE_ENGLISH);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      double value = komek_district_measure_take (rows[i].measure, &figure);
      g_autofree char *text = komek_district_measure_format (rows[i].measure, locale, value);
      g_autofree char *none = komek_district_measure_format (
        rows[i].measure, locale, komek_district_measure_take (rows[i].measure, &empty));

      g_assert_cmpfloat_with_epsilon (value, rows[i].value, 1e-9);
      g_assert_cmpstr (text, ==, rows[i].text);
      g_assert_cmpstr (none, ==, "–");
    }
}

#define ADD(path, func)                                                                            \
  g_test_add (path, TestStage, GUINT_TO_POINTER (N_REQUESTS), test_stage_set_up, func,             \
              test_stage_tear_down)

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  ADD ("/legend/the-states-in-view-are-counted", test_the_states_in_view_are_counted);
  ADD ("/legend/a-density-has-its-unit", test_a_density_has_its_unit);
  ADD ("/legend/districts-have-their-units", test_districts_have_their_units);
  g_test_add_func ("/legend/figures-are-what-they-are-called",
                   test_figures_are_what_they_are_called);
  return g_test_run ();
}
