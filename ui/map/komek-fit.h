/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

GtkRequisition komek_fit_measure (GtkWidget *widget, int most);
