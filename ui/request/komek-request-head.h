/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-context.h"

#define KOMEK_TYPE_REQUEST_HEAD (komek_request_head_get_type ())
G_DECLARE_FINAL_TYPE (KomekRequestHead, komek_request_head, KOMEK, REQUEST_HEAD, GtkBox)

GtkWidget *komek_request_head_new (void);
void komek_request_head_show (KomekRequestHead *self, KomekContext *context, KomekRequest *request);
