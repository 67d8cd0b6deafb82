/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-exploration.h"
#include "komek-play.h"

#define KOMEK_TYPE_TIME_BAR (komek_time_bar_get_type ())
G_DECLARE_FINAL_TYPE (KomekTimeBar, komek_time_bar, KOMEK, TIME_BAR, GtkWidget)

GtkWidget *komek_time_bar_new (KomekContext *context, KomekExploration *exploration,
                               const KomekPlayFields *speed);
