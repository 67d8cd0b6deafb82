/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-fit.h"

/**
 * komek_fit_measure:
 * @most: how many pixels there are for its width
 *
 * What lies on a map gets the size that it asks for, but a wrapped sentence asks for one line,
 * however narrow the map is.
 *
 * Returns: as wide as it wants to be, if there is room, and as high as it is then
 */
GtkRequisition
komek_fit_measure (GtkWidget *widget, int most)
{
  GtkRequisition size;
  int least;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &least, &size.width, NULL, NULL);
  size.width = MAX (least, MIN (size.width, most));
  gtk_widget_measure (widget, GTK_ORIENTATION_VERTICAL, size.width, NULL, &size.height, NULL, NULL);
  return size;
}
