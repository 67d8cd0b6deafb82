/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#define KOMEK_TYPE_EXPLORE_SPLIT (komek_explore_split_get_type ())
G_DECLARE_FINAL_TYPE (KomekExploreSplit, komek_explore_split, KOMEK, EXPLORE_SPLIT, GtkWidget)

void komek_explore_split_set_upright (KomekExploreSplit *self, gboolean upright);
