/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#define KOMEK_TYPE_COLUMN (komek_column_get_type ())
G_DECLARE_FINAL_TYPE (KomekColumn, komek_column, KOMEK, COLUMN, GtkWidget)
