/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#define KOMEK_TYPE_EMERGENCY_CARD (komek_emergency_card_get_type ())
G_DECLARE_FINAL_TYPE (KomekEmergencyCard, komek_emergency_card, KOMEK, EMERGENCY_CARD, GtkWidget)

GtkWidget *komek_emergency_card_new (void);
