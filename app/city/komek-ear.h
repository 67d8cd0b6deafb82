/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#define KOMEK_TYPE_EAR (komek_ear_get_type ())
G_DECLARE_FINAL_TYPE (KomekEar, komek_ear, KOMEK, EAR, GInputStream)

KomekEar *komek_ear_new (GSocket *socket);
void komek_ear_rest (KomekEar *self);
