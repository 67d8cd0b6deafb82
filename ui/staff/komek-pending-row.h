/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "komek-context.h"

#define KOMEK_TYPE_PENDING_ROW (komek_pending_row_get_type ())
G_DECLARE_FINAL_TYPE (KomekPendingRow, komek_pending_row, KOMEK, PENDING_ROW, GtkListBoxRow)

GtkWidget *komek_pending_row_new (KomekContext *context, KomekPending *pending);
const char *komek_pending_row_get_key (KomekPendingRow *self);
void komek_pending_row_focus_button (KomekPendingRow *self);
