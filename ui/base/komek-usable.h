/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

void komek_usable_set (GtkWidget *widget, gboolean usable);
