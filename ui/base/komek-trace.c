/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-trace.h"

#define DOMAIN "komek-trace"

static void
on_after_paint (GdkFrameClock *clock, char *what)
{
  g_log (DOMAIN, G_LOG_LEVEL_DEBUG, "%s", what);
  g_signal_handlers_disconnect_by_func (clock, on_after_paint, what);
}

static void
free_what (gpointer data, GClosure *closure)
{
  g_free (data);
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  g_signal_connect_data (clock, "after-paint", G_CALLBACK (on_after_paint), g_strdup (data),
                         free_what, 0);
  return G_SOURCE_REMOVE;
}

/**
 * komek_trace_drawn:
 * @what: what can be seen now, for whoever measures
 *
 * Leaves a mark once the frame is painted that shows the widget as it is now.
 *
 * A mark is a debug message of the domain "komek-trace"; where nobody listens
 * to that domain nothing is done.
 */
void
komek_trace_drawn (GtkWidget *widget, const char *what)
{
  if (!g_log_writer_default_would_drop (G_LOG_LEVEL_DEBUG, DOMAIN))
    gtk_widget_add_tick_callback (widget, on_tick, g_strdup (what), g_free);
}
