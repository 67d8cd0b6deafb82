/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-map-gestures.h"

#include <math.h>

#define TAP_SLOP 12.0 /* pixels that a finger may slide while it taps */

/**
 * KomekMapGestures:
 *
 * What fingers, a mouse and its wheel do to a map.
 *
 * Of libshumate's gestures dragging and pinching stay. Nobody turns the map by
 * mistake, the wheel goes by whole zooms, and a pinch ends at one.
 */
struct _KomekMapGestures
{
  GObject       parent;
  KomekPlanMap *plan_map;
  double        press_x, press_y;
  double        pointer_x, pointer_y;
};

enum
{
  TAPPED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KomekMapGestures, komek_map_gestures, G_TYPE_OBJECT)

static void
on_pressed (GtkGestureClick *gesture, int n_press, double x, double y, KomekMapGestures *self)
{
  self->press_x = x;
  self->press_y = y;
}

static void
on_released (GtkGestureClick *gesture, int n_press, double x, double y, KomekMapGestures *self)
{
  /* The map under the finger was dragged. */
  if (hypot (x - self->press_x, y - self->press_y) <= TAP_SLOP)
    g_signal_emit (self, signals[TAPPED], 0, x, y);
}

static void
on_motion (GtkEventControllerMotion *controller, double x, double y, KomekMapGestures *self)
{
  self->pointer_x = x;
  self->pointer_y = y;
}

static gboolean
on_scroll (GtkEventControllerScroll *controller, double dx, double dy, KomekMapGestures *self)
{
  if (dy != 0)
    komek_plan_map_zoom_at (self->plan_map, dy < 0 ? 1 : -1, self->pointer_x, self->pointer_y);
  return GDK_EVENT_STOP;
}

static void
on_pinch_end (GtkGesture *gesture, GdkEventSequence *sequence, KomekMapGestures *self)
{
  double latitude, longitude, zoom;

  komek_plan_map_get_goal (self->plan_map, &latitude, &longitude, &zoom);
  komek_plan_map_fly_to (self->plan_map, latitude, longitude, round (zoom));
}

static void
tame_gestures (KomekMapGestures *self)
{
  GtkWidget *map = GTK_WIDGET (komek_plan_map_get_map (self->plan_map));
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (map);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      /* The switch below is not enough: libshumate 1.0 zooms at a double tap all the same. */
      if (GTK_IS_GESTURE_ROTATE (controller) || GTK_IS_EVENT_CONTROLLER_SCROLL (controller)
          || GTK_IS_GESTURE_CLICK (controller))
        gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_NONE);
      if (GTK_IS_GESTURE_ZOOM (controller))
        g_signal_connect_object (controller, "end", G_CALLBACK (on_pinch_end), self, 0);
    }
  shumate_map_set_zoom_on_double_click (SHUMATE_MAP (map), FALSE);
}

static void
add_gestures (KomekMapGestures *self)
{
  GtkWidget *map = GTK_WIDGET (komek_plan_map_get_map (self->plan_map));
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (
    GTK_EVENT_CONTROLLER_SCROLL_VERTICAL | GTK_EVENT_CONTROLLER_SCROLL_DISCRETE);

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_PRIMARY);
  g_signal_connect_object (click, "pressed", G_CALLBACK (on_pressed), self, 0);
  g_signal_connect_object (click, "released", G_CALLBACK (on_released), self, 0);
  g_signal_connect_object (motion, "motion", G_CALLBACK (on_motion), self, 0);
  g_signal_connect_object (scroll, "scroll", G_CALLBACK (on_scroll), self, 0);
  gtk_widget_add_controller (map, GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (map, motion);
  gtk_widget_add_controller (map, scroll);
}

static void
komek_map_gestures_dispose (GObject *object)
{
  g_clear_object (&KOMEK_MAP_GESTURES (object)->plan_map);
  G_OBJECT_CLASS (komek_map_gestures_parent_class)->dispose (object);
}

static void
komek_map_gestures_class_init (KomekMapGesturesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = komek_map_gestures_dispose;

  /**
   * KomekMapGestures::tapped:
   * @x: where, in pixels of the map
   * @y: likewise
   */
  signals[TAPPED] = g_signal_new ("tapped", KOMEK_TYPE_MAP_GESTURES, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 2, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
}

static void
komek_map_gestures_init (KomekMapGestures *self)
{
}

KomekMapGestures *
komek_map_gestures_new (KomekPlanMap *plan_map)
{
  KomekMapGestures *self = g_object_new (KOMEK_TYPE_MAP_GESTURES, NULL);

  self->plan_map = g_object_ref (plan_map);
  tame_gestures (self);
  add_gestures (self);
  return self;
}
