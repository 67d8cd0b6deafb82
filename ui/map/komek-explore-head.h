/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "komek-exploration.h"
#include "komek-notice.h"

#define KOMEK_TYPE_EXPLORE_HEAD (komek_explore_head_get_type ())
G_DECLARE_FINAL_TYPE (KomekExploreHead, komek_explore_head, KOMEK, EXPLORE_HEAD, GtkWidget)

void komek_explore_head_set_up (KomekExploreHead *self, KomekContext *context,
                                KomekExploration *exploration, KomekNotice *notice);
void komek_explore_head_focus_filters (KomekExploreHead *self);
