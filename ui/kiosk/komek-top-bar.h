/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-context.h"

#define KOMEK_TYPE_TOP_BAR (komek_top_bar_get_type ())
G_DECLARE_FINAL_TYPE (KomekTopBar, komek_top_bar, KOMEK, TOP_BAR, GtkWidget)

GtkWidget *komek_top_bar_new (KomekContext *context);
