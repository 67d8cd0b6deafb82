/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "komek-context.h"
#include "komek-request.h"

#define KOMEK_TYPE_SUPPORT (komek_support_get_type ())
G_DECLARE_FINAL_TYPE (KomekSupport, komek_support, KOMEK, SUPPORT, GtkBox)

void komek_support_show (KomekSupport *self, KomekContext *context, KomekRequest *request);
