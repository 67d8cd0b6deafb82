/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#define KOMEK_TYPE_OPTION (komek_option_get_type ())
G_DECLARE_DERIVABLE_TYPE (KomekOption, komek_option, KOMEK, OPTION, GtkCheckButton)

struct _KomekOptionClass
{
  GtkCheckButtonClass parent_class;
};

GtkWidget *komek_option_new (GtkAccessibleRole role, const char *words);
