/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "komek-status.h"
#include "komek-theme.h"

#define KOMEK_TYPE_STATE_ICON (komek_state_icon_get_type ())
G_DECLARE_FINAL_TYPE (KomekStateIcon, komek_state_icon, KOMEK, STATE_ICON, GtkWidget)

GtkWidget *komek_state_icon_new (KomekTheme *theme, int size);
void komek_state_icon_set_state (KomekStateIcon *self, KomekGroup group, KomekStatus status,
                                 guint number);
