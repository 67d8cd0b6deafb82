/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-context.h"
#include "komek-survey.h"

#define KOMEK_TYPE_EXPLORE_NOTHING (komek_explore_nothing_get_type ())
G_DECLARE_FINAL_TYPE (KomekExploreNothing, komek_explore_nothing, KOMEK, EXPLORE_NOTHING, GtkWidget)

void komek_explore_nothing_explain (KomekExploreNothing *self, KomekContext *context,
                                    KomekSurvey *survey);
