/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "time-stage.h"

#include "await.h"

KomekFilterChoice *
get_choice (Fixture *fixture)
{
  return komek_exploration_get_choice (fixture->stage.exploration);
}

KomekSurvey *
get_survey (Fixture *fixture)
{
  return komek_exploration_get_survey (fixture->stage.exploration);
}

void
set_motion (gboolean motion)
{
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", motion, NULL);
}

static void
on_survey (Fixture *fixture)
{
  fixture->surveys++;
}

void
set_up (Fixture *fixture, gconstpointer n_requests)
{
  TestStage *stage = &fixture->stage;

  set_motion (TRUE);
  test_stage_set_up (stage, n_requests);
  fixture->bar = komek_time_bar_new (stage->context, stage->exploration,
                                     &(KomekPlayFields) { .duration = SLOW, .interval = 10 });
  gtk_window_set_default_size (GTK_WINDOW (stage->window), 900, 140);
  gtk_window_set_titlebar (GTK_WINDOW (stage->window), gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));
  gtk_window_set_child (GTK_WINDOW (stage->window), fixture->bar);
  gtk_window_present (GTK_WINDOW (stage->window));
  fixture->histogram = KOMEK_HISTOGRAM (test_stage_find (stage, KOMEK_TYPE_HISTOGRAM));
  while (gtk_widget_get_width (GTK_WIDGET (fixture->histogram)) == 0)
    g_main_context_iteration (NULL, TRUE);
  let_pass (50);
  g_signal_connect_swapped (stage->exploration, "notify::survey", G_CALLBACK (on_survey), fixture);
}

void
tear_down (Fixture *fixture, gconstpointer n_requests)
{
  g_signal_handlers_disconnect_by_data (fixture->stage.exploration, fixture);
  test_stage_tear_down (&fixture->stage, n_requests);
}

void
assert_brush (Fixture *fixture, guint begin, guint end)
{
  KomekTimeBrush brush = komek_histogram_get_brush (fixture->histogram);

  g_assert_cmpuint (brush.begin, ==, begin);
  g_assert_cmpuint (brush.end, ==, end);
}

/* What of it is seen: a label, or the name of an icon. */
const char *
get_label (Fixture *fixture, const char *id)
{
  return gtk_label_get_label (GTK_LABEL (test_stage_find_named (&fixture->stage, id)));
}

static GtkGesture *
find_drag (Fixture *fixture)
{
  g_autoptr (GListModel) controllers =
    gtk_widget_observe_controllers (GTK_WIDGET (fixture->histogram));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkGesture) gesture = g_list_model_get_item (controllers, i);

      if (GTK_IS_GESTURE_DRAG (gesture))
        return gesture; /* the widget holds it */
    }
  g_assert_not_reached ();
}

/* From the middle of a day to the middle of another one. */
void
drag (Fixture *fixture, guint from, guint to)
{
  GtkGesture *gesture = find_drag (fixture);
  double x = (komek_histogram_get_x (fixture->histogram, from)
              + komek_histogram_get_x (fixture->histogram, from + 1)) / 2.0;
  double end = (komek_histogram_get_x (fixture->histogram, to)
                + komek_histogram_get_x (fixture->histogram, to + 1)) / 2.0;

  g_signal_emit_by_name (gesture, "drag-begin", x, 20.0);
  g_signal_emit_by_name (gesture, "drag-update", (end - x) / 2, 0.0);
  g_signal_emit_by_name (gesture, "drag-update", end - x, 0.0);
  g_signal_emit_by_name (gesture, "drag-end", end - x, 0.0);
}
