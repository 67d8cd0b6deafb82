/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "komek-exploration.h"

#define KOMEK_TYPE_ORDER_BUTTON (komek_order_button_get_type ())
G_DECLARE_FINAL_TYPE (KomekOrderButton, komek_order_button, KOMEK, ORDER_BUTTON, GtkButton)

void komek_order_button_set_up (KomekOrderButton *self, KomekExploration *exploration);
