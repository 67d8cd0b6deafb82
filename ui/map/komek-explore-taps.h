/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

void komek_explore_open_on_second_tap (GtkWidget *row, GtkListItem *item);
