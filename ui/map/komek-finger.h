/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

double komek_finger_measure (int pixels, int millimetres);
double komek_finger_get_pixels (GtkWidget *widget, double millimetres);
double komek_finger_get_unit (GtkWidget *widget);
