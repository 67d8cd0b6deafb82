/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-context.h"

#define KOMEK_TYPE_TIMELINE (komek_timeline_get_type ())
G_DECLARE_FINAL_TYPE (KomekTimeline, komek_timeline, KOMEK, TIMELINE, GtkBox)

GtkWidget *komek_timeline_new (void);
void komek_timeline_show (KomekTimeline *self, KomekContext *context, GPtrArray *updates);
