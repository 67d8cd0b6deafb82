/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-option.h"

#define KOMEK_TYPE_FILTER_OPTION (komek_filter_option_get_type ())
G_DECLARE_FINAL_TYPE (KomekFilterOption, komek_filter_option, KOMEK, FILTER_OPTION, KomekOption)

GtkWidget *komek_filter_option_new (GtkAccessibleRole role, const char *word, GtkWidget *icon);
void komek_filter_option_set_action (KomekFilterOption *self, const char *action, GVariant *target);
void komek_filter_option_set_word (KomekFilterOption *self, const char *word);
void komek_filter_option_show (KomekFilterOption *self, gboolean chosen, const char *count);
