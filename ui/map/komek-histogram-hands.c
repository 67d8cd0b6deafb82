/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-histogram-private.h"

#include "komek-time-handle.h"

/* How the brush is led: by fingers, by a mouse, and by the keys of its handles. */

#define KIOSK_REACH 32 /* pixels from the middle of a handle, as far as it is held */
#define DESKTOP_REACH 14

static void
step_edge (KomekHistogram *self, KomekTimeEdge edge, KomekTimeUnit unit, int count)
{
  guint day = edge == KOMEK_TIME_BEGIN ? self->brush.begin : self->brush.end;
  guint goal = komek_time_scale_step (self->scale, unit, day, count);

  komek_histogram_brush (self, komek_time_brush_place (self->brush, edge, (int) goal));
}

static void
step_both (KomekHistogram *self, int count)
{
  guint goal = komek_time_scale_step (self->scale, self->unit, self->brush.begin, count);

  komek_histogram_brush (self, komek_time_brush_place (self->brush, KOMEK_TIME_BOTH, (int) goal));
}

static void
on_stepped (KomekTimeHandle *handle, int step, int count, KomekHistogram *self)
{
  KomekTimeEdge edge = GTK_WIDGET (handle) == self->handles[0] ? KOMEK_TIME_BEGIN : KOMEK_TIME_END;

  if (!self->scale)
    return;
  switch ((KomekTimeStep) step)
    {
    case KOMEK_TIME_STEP_MONTH:
      step_edge (self, edge, KOMEK_TIME_MONTH, count);
      break;
    case KOMEK_TIME_STEP_END:
      step_edge (self, edge, KOMEK_TIME_DAY, count * (int) self->brush.n_days);
      break;
    case KOMEK_TIME_STEP_BOTH:
      step_both (self, count);
      break;
    case KOMEK_TIME_STEP_BAR:
    default:
      step_edge (self, edge, self->unit, count);
      break;
    }
}

static void
on_drag_begin (GtkGestureDrag *drag, double x, double y, KomekHistogram *self)
{
  int reach = komek_context_is_kiosk (self->context) ? KIOSK_REACH : DESKTOP_REACH;
  KomekHistogramPicture picture;

  if (!self->scale)
    {
      gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_CLAIMED);
  picture = komek_histogram_make_picture (self);
  self->grip = komek_time_grip_begin (&picture, x, reach);
  if (self->grip.held != KOMEK_TIME_BOTH)
    gtk_widget_grab_focus (self->handles[self->grip.held]);
}

static void
on_drag_update (GtkGestureDrag *drag, double dx, double dy, KomekHistogram *self)
{
  KomekHistogramPicture picture = komek_histogram_make_picture (self);

  komek_histogram_brush (self, komek_time_grip_move (&self->grip, &picture, dx, dy));
}

/* A tap chooses the month that it is in. */
static void
choose_month (KomekHistogram *self, guint day)
{
  guint begin = komek_time_scale_step (self->scale, KOMEK_TIME_MONTH, day + 1, -1);
  guint end = komek_time_scale_step (self->scale, KOMEK_TIME_MONTH, day, 1);

  komek_histogram_brush (self, komek_time_brush_span (self->brush, begin, end));
}

static void
on_drag_end (GtkGestureDrag *drag, double dx, double dy, KomekHistogram *self)
{
  if (self->scale && komek_time_grip_is_tap (&self->grip))
    choose_month (self, self->grip.day);
}

static void
on_cancel (GtkGesture *gesture, GdkEventSequence *sequence, KomekHistogram *self)
{
  if (self->scale && self->grip.moved)
    komek_histogram_brush (self, self->grip.before);
  /* The end that follows is no tap. */
  self->grip.moved = TRUE;
}

/* Once, when it is made: its handles are there. */
void
komek_histogram_add_hands (KomekHistogram *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  for (guint i = 0; i < G_N_ELEMENTS (self->handles); i++)
    g_signal_connect (self->handles[i], "stepped", G_CALLBACK (on_stepped), self);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (drag), GDK_BUTTON_PRIMARY);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (on_drag_end), self);
  g_signal_connect (drag, "cancel", G_CALLBACK (on_cancel), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}
