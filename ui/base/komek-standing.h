/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-context.h"
#include "komek-notice.h"

#define KOMEK_TYPE_STANDING (komek_standing_get_type ())
G_DECLARE_FINAL_TYPE (KomekStanding, komek_standing, KOMEK, STANDING, GObject)

KomekStanding *komek_standing_new (KomekContext *context, KomekNotice *notice);
void komek_standing_show (KomekStanding *self);
