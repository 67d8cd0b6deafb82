/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-dress.h"

#define LARGE 900      /* pixels of the shorter side from which on a screen has room for everything */
#define LARGE_TEXT 1.4 /* times the usual size, from which on a desk has little room */

static GdkRectangle
measure_monitor (GdkDisplay *display)
{
  g_autoptr (GdkMonitor) monitor = g_list_model_get_item (gdk_display_get_monitors (display), 0);
  GdkRectangle area = { 0, 0, LARGE, LARGE };

  if (monitor)
    gdk_monitor_get_geometry (monitor, &area);
  return area;
}

static gboolean
is_text_large (GtkSettings *settings)
{
  int dpi;

  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  return dpi >= LARGE_TEXT * 96 * PANGO_SCALE;
}

static void
on_text_size_changed (KomekContext *context, GParamSpec *pspec, GtkSettings *settings)
{
  komek_context_set_small (context, is_text_large (settings));
}

/* Large text makes a screen small. The sizes of a kiosk are its own, but a desk has those that its
 * user has chosen; whoever chooses others meanwhile sees it on the next page. */
static void
dress_for_text (GtkWindow *window, KomekContext *context)
{
  GtkSettings *settings = gtk_widget_get_settings (GTK_WIDGET (window));

  komek_context_set_small (context, is_text_large (settings));
  g_signal_connect_object (settings, "notify::gtk-xft-dpi", G_CALLBACK (on_text_size_changed),
                           context, G_CONNECT_SWAPPED);
}

/* A kiosk knows its shape before the first page is built; waiting for the first
 * allocation would lay a wide page on an upright screen, too wide to shrink again. */
static void
dress_for_monitor (GtkWindow *window, KomekContext *context)
{
  GdkRectangle area = measure_monitor (gtk_widget_get_display (GTK_WIDGET (window)));
  gboolean upright = area.height > area.width;
  gboolean small = MIN (area.width, area.height) < LARGE;

  gtk_widget_add_css_class (GTK_WIDGET (window), upright ? "upright" : "wide");
  komek_context_set_upright (context, upright);
  if (small)
    gtk_widget_add_css_class (GTK_WIDGET (window), "small");
  komek_context_set_small (context, small);
}

/**
 * komek_dress_window:
 *
 * Tells a window and its pages on what they are shown: on a kiosk or a desk, upright or wide, with
 * much room or little. Before the first page is made.
 */
void
komek_dress_window (GtkWindow *window, KomekContext *context)
{
  gboolean kiosk = komek_context_is_kiosk (context);

  /* A page that is built anew puts the focus into its field; the next letter must not replace what
   * stands there. */
  g_object_set (gtk_widget_get_settings (GTK_WIDGET (window)), "gtk-entry-select-on-focus", FALSE,
                NULL);
  gtk_widget_add_css_class (GTK_WIDGET (window), "komek");
  gtk_widget_add_css_class (GTK_WIDGET (window), kiosk ? "kiosk" : "desktop");
  if (!kiosk)
    {
      gtk_widget_add_css_class (GTK_WIDGET (window), "wide");
      gtk_window_set_default_size (window, 1280, 800);
      dress_for_text (window, context);
      return;
    }
  dress_for_monitor (window, context);
  gtk_window_set_decorated (window, FALSE);
  gtk_window_set_deletable (window, FALSE);
  gtk_window_fullscreen (window);
}
