/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#define KOMEK_TYPE_MOUTH (komek_mouth_get_type ())
G_DECLARE_FINAL_TYPE (KomekMouth, komek_mouth, KOMEK, MOUTH, GOutputStream)

KomekMouth *komek_mouth_new (GSocket *socket);
void komek_mouth_hold (KomekMouth *self);
