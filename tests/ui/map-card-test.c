/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "explore-stage.h"

#include <string.h>

#include "await.h"
#include "komek-map-layers.h"
#include "komek-map-view.h"
#include "komek-picture.h"

/* The map in a window that a graphics card draws, or what stands for one: nothing that it shows in
 * every frame may be drawn by the processor. */

#define N_REQUESTS 400

static KomekMapView *
open_map (TestStage *stage)
{
  KomekMapView *view = KOMEK_MAP_VIEW (
    komek_map_view_new (stage->theme, komek_context_get_plan (stage->context),
                        KOMEK_LANGUAGE_ENGLISH, NULL));
  KomekSurvey *survey = komek_exploration_get_survey (stage->exploration);

  komek_map_view_follow (view, stage->context, stage->exploration);
  gtk_window_set_child (GTK_WINDOW (stage->window), GTK_WIDGET (view));
  gtk_window_present (GTK_WINDOW (stage->window));
  komek_map_view_set_atlas (view, komek_survey_get_atlas (survey));
  let_pass (500);
  return view;
}

static void
wait_for_layers (KomekMapView *view)
{
  let_pass (50);
  for (guint i = 0; i < 100 && komek_map_layers_is_busy (komek_map_view_get_layers (view)); i++)
    let_pass (50);
  g_assert_false (komek_map_layers_is_busy (komek_map_view_get_layers (view)));
  let_pass (500);
}

/* How the whole map is drawn, in words. */
static char *
describe (KomekMapView *view)
{
  GtkWidget *widget = GTK_WIDGET (view);
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GBytes) bytes = NULL;

  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (widget),
                          gtk_widget_get_height (widget));
  node = gtk_snapshot_free_to_node (snapshot);
  g_assert_nonnull (node);
  bytes = gsk_render_node_serialize (node);
  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

static guint
count (const char *text, const char *word)
{
  guint n = 0;

  for (text = strstr (text, word); text; text = strstr (text + 1, word))
    n++;
  return n;
}

static void
test_nothing_is_drawn_in_each_frame (TestStage *stage, gconstpointer n_requests)
{
  static const KomekMapLayer layers[] = { KOMEK_MAP_PINS, KOMEK_MAP_HEAT, KOMEK_MAP_DISTRICTS };
  KomekMapView *view = open_map (stage);

  if (komek_canvas_find (GTK_WIDGET (view)) == KOMEK_CANVAS_MEMORY)
    {
      g_test_skip ("There is nothing that draws as a graphics card does");
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (layers); i++)
    {
      g_autofree char *drawn = NULL;

      komek_exploration_set_layer (stage->exploration, layers[i]);
      wait_for_layers (view);
      drawn = describe (view);
      g_test_message ("%u textures", count (drawn, "texture {"));
      g_assert_cmpuint (count (drawn, "texture {"), >, 12);
      g_assert_cmpuint (count (drawn, "cairo {"), ==, 0);
    }
}

int
main (int argc, char **argv)
{
  /* Whatever other tests are drawn with; Mesa does without a card, if slowly. */
  g_setenv ("GSK_RENDERER", gtk_get_minor_version () < 14 ? "gl" : "ngl", TRUE);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  g_test_add ("/map/card/nothing-is-drawn-in-each-frame", TestStage, GUINT_TO_POINTER (N_REQUESTS),
              test_stage_set_up, test_nothing_is_drawn_in_each_frame, test_stage_tear_down);
  return g_test_run ();
}
