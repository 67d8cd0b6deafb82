/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-context.h"

#define KOMEK_TYPE_TIMELINE_ITEM (komek_timeline_item_get_type ())
G_DECLARE_FINAL_TYPE (KomekTimelineItem, komek_timeline_item, KOMEK, TIMELINE_ITEM, GtkBox)

GtkWidget *komek_timeline_item_new (KomekContext *context, KomekUpdate *update);
void komek_timeline_item_set_ends (KomekTimelineItem *self, gboolean newest, gboolean oldest);
KomekUpdate *komek_timeline_item_get_update (KomekTimelineItem *self);
