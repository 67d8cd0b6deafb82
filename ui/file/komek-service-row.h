/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-context.h"

#define KOMEK_TYPE_SERVICE_ROW (komek_service_row_get_type ())
G_DECLARE_FINAL_TYPE (KomekServiceRow, komek_service_row, KOMEK, SERVICE_ROW, GtkButton)

GtkWidget *komek_service_row_new (KomekContext *context, KomekService *service,
                                  gboolean with_category);
