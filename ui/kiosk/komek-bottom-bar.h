/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-context.h"

#define KOMEK_TYPE_BOTTOM_BAR (komek_bottom_bar_get_type ())
G_DECLARE_FINAL_TYPE (KomekBottomBar, komek_bottom_bar, KOMEK, BOTTOM_BAR, GtkWidget)

GtkWidget *komek_bottom_bar_new (KomekContext *context);
