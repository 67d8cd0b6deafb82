/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#define KOMEK_TYPE_EMBEDDED_CITY (komek_embedded_city_get_type ())
G_DECLARE_FINAL_TYPE (KomekEmbeddedCity, komek_embedded_city, KOMEK, EMBEDDED_CITY, GObject)

KomekEmbeddedCity *komek_embedded_city_new (const char *program);
const char *komek_embedded_city_get_key (KomekEmbeddedCity *self);
void komek_embedded_city_start (KomekEmbeddedCity *self);
