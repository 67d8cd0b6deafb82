/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-finger.h"

#define USUAL 3.21 /* pixels a millimetre: 27 inches of Full HD, which all sizes are chosen for */
#define LEAST 2.0  /* what says it is coarser or finer than these */
#define MOST 12.0  /* is a projector, or a screen that does not know its size */

/**
 * komek_finger_measure:
 * @pixels: how many a screen has in a row
 * @millimetres: how wide it says it is, 0 where it does not say
 *
 * Returns: how many pixels a millimetre has; the usual where that makes no sense
 */
double
komek_finger_measure (int pixels, int millimetres)
{
  double density = millimetres > 0 ? (double) pixels / millimetres : 0;

  return density >= LEAST && density <= MOST ? density : USUAL;
}

static double
get_density (GtkWidget *widget)
{
  GtkNative *native = gtk_widget_get_native (widget);
  GdkSurface *surface = native ? gtk_native_get_surface (native) : NULL;
  GdkMonitor *monitor =
    surface ? gdk_display_get_monitor_at_surface (gtk_widget_get_display (widget), surface) : NULL;
  GdkRectangle geometry;

  if (!monitor)
    return USUAL;
  gdk_monitor_get_geometry (monitor, &geometry);
  return komek_finger_measure (geometry.width, gdk_monitor_get_width_mm (monitor));
}

/* How many pixels so many millimetres are on the screen that shows a widget. */
double
komek_finger_get_pixels (GtkWidget *widget, double millimetres)
{
  return millimetres * get_density (widget);
}

/**
 * komek_finger_get_unit:
 *
 * Returns: how much larger than usual something is to be drawn so that fingers find it as large as
 *   usual; never smaller
 */
double
komek_finger_get_unit (GtkWidget *widget)
{
  return MAX (1, get_density (widget) / USUAL);
}
