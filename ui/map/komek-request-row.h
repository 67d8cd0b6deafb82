/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "komek-context.h"

#define KOMEK_TYPE_REQUEST_ROW (komek_request_row_get_type ())
G_DECLARE_FINAL_TYPE (KomekRequestRow, komek_request_row, KOMEK, REQUEST_ROW, GtkWidget)

GtkWidget *komek_request_row_new (KomekContext *context);
KomekRequest *komek_request_row_get_request (KomekRequestRow *self);
void komek_request_row_set_request (KomekRequestRow *self, KomekRequest *request);
void komek_request_row_set_number (KomekRequestRow *self, guint number);
void komek_request_row_set_distance (KomekRequestRow *self, double metres, gboolean shown);
void komek_request_row_set_chosen (KomekRequestRow *self, gboolean chosen);
gboolean komek_request_row_is_awake (KomekRequestRow *self);
void komek_request_row_set_awake (KomekRequestRow *self, gboolean awake);
char *komek_request_row_dup_name (KomekRequestRow *self);
