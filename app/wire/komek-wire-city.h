/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-city.h"
#include "komek-wire-endpoint.h"

KomekCity *komek_wire_read_city (GBytes *body, GError **error);
GBytes *komek_wire_write_city (KomekCity *city, GPtrArray *endpoints, const char *contact,
                               const char *key_service, KomekWireFormat format);
