/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "komek-exploration.h"

#define KOMEK_TYPE_EXPLORE_SUMMARY (komek_explore_summary_get_type ())
G_DECLARE_FINAL_TYPE (KomekExploreSummary, komek_explore_summary, KOMEK, EXPLORE_SUMMARY, GtkWidget)

void komek_explore_summary_set_up (KomekExploreSummary *self, KomekContext *context,
                                   KomekExploration *exploration);
