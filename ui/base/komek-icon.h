/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#define KOMEK_TYPE_ICON (komek_icon_get_type ())
G_DECLARE_FINAL_TYPE (KomekIcon, komek_icon, KOMEK, ICON, GObject)

gboolean komek_icon_exists (const char *name);
GdkPaintable *komek_icon_new (const char *name);
GtkWidget *komek_icon_new_image (const char *name);
GtkWidget *komek_icon_new_button (const char *name);
void komek_icon_show (GtkImage *image, const char *name);
