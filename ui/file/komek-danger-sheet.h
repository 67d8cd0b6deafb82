/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#define KOMEK_TYPE_DANGER_SHEET (komek_danger_sheet_get_type ())
G_DECLARE_FINAL_TYPE (KomekDangerSheet, komek_danger_sheet, KOMEK, DANGER_SHEET, GObject)

KomekDangerSheet *komek_danger_sheet_new (void);
void komek_danger_sheet_open (KomekDangerSheet *self, GtkWidget *over);
