/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#define KOMEK_TYPE_SHEET (komek_sheet_get_type ())
G_DECLARE_FINAL_TYPE (KomekSheet, komek_sheet, KOMEK, SHEET, GtkWidget)

KomekSheet *komek_sheet_new (const char *title, GtkWidget *content);
void komek_sheet_open (KomekSheet *self, GtkWidget *over);
void komek_sheet_close (KomekSheet *self);
