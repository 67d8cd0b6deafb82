/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

void komek_map_keys_add (GtkWidgetClass *widget_class);
