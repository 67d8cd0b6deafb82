/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#define KOMEK_TYPE_FILTER_CHIP (komek_filter_chip_get_type ())
G_DECLARE_FINAL_TYPE (KomekFilterChip, komek_filter_chip, KOMEK, FILTER_CHIP, GtkToggleButton)

GtkWidget *komek_filter_chip_new (const char *word, const char *action, GVariant *target);
GtkWidget *komek_filter_chip_new_removable (const char *word, const char *action,
                                            GVariant *target);
const char *komek_filter_chip_get_word (KomekFilterChip *self);
void komek_filter_chip_show (KomekFilterChip *self, gboolean chosen, const char *count);
