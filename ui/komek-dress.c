/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-dress.h"

#define LARGE 900      /* pixels of the shorter side from which on a screen has room for everything */
#define LARGE_TEXT 1.4 /* times the usual size, from which on a desk has little room */
#define DESK_WIDTH 1280 /* pixels that a window on a desk takes, if there are so many */
#define DESK_HEIGHT 800
#define NARROW 1100    /* pixels: a screen on a desk that is narrower has little room */

static GdkRectangle
measure_monitor (GdkDisplay *display)
{
  g_autoptr (GdkMonitor) monitor = g_list_model_get_item (gdk_display_get_monitors (display), 0);
  GdkRectangle area = { 0, 0, DESK_WIDTH, DESK_HEIGHT };

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

static gboolean
is_narrow (GdkDisplay *display)
{
  return measure_monitor (display).width < NARROW;
}

static void
on_text_size_changed (KomekContext *context, GParamSpec *pspec, GtkSettings *settings)
{
  komek_context_set_small (context,
                           is_text_large (settings) || is_narrow (gdk_display_get_default ()));
}

/* Large text makes a screen small, and an old screen is. The sizes of a kiosk are its own, but a
 * desk has those that its user has chosen; whoever chooses others meanwhile sees it on the next
 * page. */
static void
dress_for_desk (GtkWindow *window, KomekContext *context)
{
  GtkSettings *settings = gtk_widget_get_settings (GTK_WIDGET (window));
  GdkDisplay *display = gtk_widget_get_display (GTK_WIDGET (window));
  GdkRectangle area = measure_monitor (display);

  gtk_widget_add_css_class (GTK_WIDGET (window), "wide");
  if (is_narrow (display))
    gtk_widget_add_css_class (GTK_WIDGET (window), "small");
  gtk_window_set_default_size (window, MIN (area.width, DESK_WIDTH),
                               MIN (area.height, DESK_HEIGHT));
  on_text_size_changed (context, NULL, settings);
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
      dress_for_desk (window, context);
      return;
    }
  dress_for_monitor (window, context);
  gtk_window_set_decorated (window, FALSE);
  gtk_window_set_deletable (window, FALSE);
  gtk_window_fullscreen (window);
}
