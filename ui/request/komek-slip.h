/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "komek-context.h"

#define KOMEK_TYPE_SLIP (komek_slip_get_type ())
G_DECLARE_FINAL_TYPE (KomekSlip, komek_slip, KOMEK, SLIP, GObject)

KomekSlip *komek_slip_new (KomekContext *context, KomekRequest *request);
const char *komek_slip_get_number (KomekSlip *self);
const char *komek_slip_get_code (KomekSlip *self);
char *komek_slip_dup_file_name (KomekSlip *self);
double komek_slip_draw (KomekSlip *self, cairo_t *cr);
void komek_slip_save_async (KomekSlip *self, GFile *file, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer data);
gboolean komek_slip_save_finish (KomekSlip *self, GAsyncResult *result, GError **error);
