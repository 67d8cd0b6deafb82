/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-context.h"
#include "komek-place-finder.h"

#define KOMEK_TYPE_PLACE_RESULTS (komek_place_results_get_type ())
G_DECLARE_FINAL_TYPE (KomekPlaceResults, komek_place_results, KOMEK, PLACE_RESULTS, GtkBox)

GtkWidget *komek_place_results_new (KomekContext *context, KomekPlaceFinder *finder);
void komek_place_results_search (KomekPlaceResults *self, const char *text);
void komek_place_results_list_districts (KomekPlaceResults *self);
void komek_place_results_choose_first (KomekPlaceResults *self);
gboolean komek_place_results_focus (KomekPlaceResults *self);
void komek_place_results_clear (KomekPlaceResults *self);
