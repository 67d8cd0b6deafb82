/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-context.h"

#define KOMEK_TYPE_SENDING (komek_sending_get_type ())
G_DECLARE_FINAL_TYPE (KomekSending, komek_sending, KOMEK, SENDING, GObject)

KomekSending *komek_sending_new (KomekContext *context);
void komek_sending_start (KomekSending *self);
gboolean komek_sending_is_busy (KomekSending *self);
const GError *komek_sending_get_problem (KomekSending *self);
void komek_sending_forget_problem (KomekSending *self);
KomekRequest *komek_sending_get_kept (KomekSending *self);
void komek_sending_forget_kept (KomekSending *self);
