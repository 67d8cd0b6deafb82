/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "komek-exploration.h"

#define KOMEK_TYPE_FILTER_CHIPS (komek_filter_chips_get_type ())
G_DECLARE_FINAL_TYPE (KomekFilterChips, komek_filter_chips, KOMEK, FILTER_CHIPS, GtkWidget)

void komek_filter_chips_set_up (KomekFilterChips *self, KomekContext *context,
                                KomekExploration *exploration);
