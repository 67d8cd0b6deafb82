/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#define KOMEK_TYPE_WAY_IN (komek_way_in_get_type ())
G_DECLARE_FINAL_TYPE (KomekWayIn, komek_way_in, KOMEK, WAY_IN, GtkButton)

void komek_way_in_set_upright (KomekWayIn *self, gboolean upright);
