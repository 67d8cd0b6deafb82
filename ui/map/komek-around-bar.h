/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "komek-exploration.h"

#define KOMEK_TYPE_AROUND_BAR (komek_around_bar_get_type ())
G_DECLARE_FINAL_TYPE (KomekAroundBar, komek_around_bar, KOMEK, AROUND_BAR, GtkWidget)

GtkWidget *komek_around_bar_new (KomekExploration *exploration);
