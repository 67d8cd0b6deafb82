/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "explore-stage.h"

#include <math.h>

#include "await.h"
#include "komek-here-eye.h"
#include "komek-here-layer.h"
#include "komek-map-view-private.h"

/* Where this device stands, among the requests. */

#define ALL 20000
#define FIRST_ZOOM 11
#define LAST_ZOOM 16

static KomekMapView *
open_map (TestStage *stage)
{
  KomekMapView *view = KOMEK_MAP_VIEW (
    komek_map_view_new (stage->theme, komek_context_get_plan (stage->context),
                        KOMEK_LANGUAGE_ENGLISH, NULL));

  komek_map_view_follow (view, stage->context, stage->exploration);
  komek_map_view_set_atlas (
    view, komek_survey_get_atlas (komek_exploration_get_survey (stage->exploration)));
  gtk_window_set_child (GTK_WINDOW (stage->window), GTK_WIDGET (view));
  gtk_window_present (GTK_WINDOW (stage->window));
  let_pass (300);
  return view;
}

static KomekHereEye
find_eye (TestStage *stage, KomekMapView *view)
{
  KomekMapFrame frame = komek_map_frame_measure (SHUMATE_LAYER (view->layer));
  g_autoptr (KomekMapSprites) sprites =
    komek_map_sprites_new (komek_theme_get_palette (stage->theme), 1, 1);

  return komek_here_eye_find (komek_exploration_get_here (stage->exploration), sprites, &frame);
}

/* Where it is hit all over, the cluster lies there. */
static gboolean
is_hidden (KomekMapView *view, double x, double y)
{
  g_autoptr (GArray) picks = komek_request_layer_pick (view->layer, x, y, 0);

  for (guint i = 0; i < picks->len; i++)
    if (!g_array_index (picks, KomekRequestPick, i).point)
      return TRUE;
  return FALSE;
}

/* Of twenty thousand requests, so many that each zoom has clusters all over the place. */
static void
test_no_cluster_hides_the_pin (TestStage *stage, gconstpointer data)
{
  KomekMapView *view = open_map (stage);
  guint near = 0;

  for (int zoom = FIRST_ZOOM; zoom <= LAST_ZOOM; zoom++)
    {
      KomekHereEye eye;

      komek_map_view_jump_to (view, TEST_HERE, zoom);
      let_pass (100);
      eye = find_eye (stage, view);
      g_assert_cmpfloat (eye.radius, >, 5);
      for (double angle = 0; angle < 2 * G_PI; angle += G_PI / 4)
        {
          g_assert_false (is_hidden (view, eye.x + (eye.radius - 0.5) * cos (angle),
                                     eye.y + (eye.radius - 0.5) * sin (angle)));
          near += is_hidden (view, eye.x + (eye.radius + 2) * cos (angle),
                             eye.y + (eye.radius + 2) * sin (angle));
        }
      g_assert_false (is_hidden (view, eye.x, eye.y));
    }
  /* Not that there were none. */
  g_assert_cmpuint (near, >, 0);
}

/* A request that somebody has chosen is worth more than the pin. */
static void
test_requests_stand_above_the_pin (TestStage *stage, gconstpointer data)
{
  KomekMapView *view = open_map (stage);
  GtkWidget *layer = gtk_widget_get_prev_sibling (GTK_WIDGET (view->layer));

  g_assert_true (KOMEK_IS_HERE_LAYER (layer));
  g_assert_null (gtk_widget_get_next_sibling (GTK_WIDGET (view->layer)));
}

static void
test_a_cluster_moves_by_no_more_than_it_has_to (void)
{
  static const struct
  {
    double radius, x, y, to_x, to_y;
  } rows[] = {
    { 20, 130, 100, 130, 100 }, /* beside it */
    { 20, 118, 100, 130, 100 },
    { 20, 100, 85, 100, 70 },
    { 20, 100, 100, 100, 130 }, /* in the very same place: below it */
    { 30, 124, 132, 124, 132 },
  };
  const KomekHereEye eye = { 100, 100, 10 }, none = { 100, 100, 0 };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      double x = rows[i].x, y = rows[i].y;

      komek_here_eye_keep_off (&none, rows[i].radius, &x, &y);
      g_assert_cmpfloat (x, ==, rows[i].x);
      g_assert_cmpfloat (y, ==, rows[i].y);
      komek_here_eye_keep_off (&eye, rows[i].radius, &x, &y);
      g_assert_cmpfloat_with_epsilon (x, rows[i].to_x, 1e-9);
      g_assert_cmpfloat_with_epsilon (y, rows[i].to_y, 1e-9);
    }
}

#define ADD(path, func)                                                                            \
  g_test_add (path, TestStage, GUINT_TO_POINTER (ALL), test_stage_set_up_here, func,               \
              test_stage_tear_down)

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  ADD ("/here/no-cluster-hides-the-pin", test_no_cluster_hides_the_pin);
  ADD ("/here/requests-stand-above-the-pin", test_requests_stand_above_the_pin);
  g_test_add_func ("/here/a-cluster-moves-by-no-more-than-it-has-to",
                   test_a_cluster_moves_by_no_more_than_it_has_to);
  return g_test_run ();
}
