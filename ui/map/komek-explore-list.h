/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "komek-exploration.h"

#define KOMEK_TYPE_EXPLORE_LIST (komek_explore_list_get_type ())
G_DECLARE_FINAL_TYPE (KomekExploreList, komek_explore_list, KOMEK, EXPLORE_LIST, GtkWidget)

void komek_explore_list_set_up (KomekExploreList *self, KomekContext *context,
                                KomekExploration *exploration);
