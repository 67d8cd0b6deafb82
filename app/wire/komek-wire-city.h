/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-city.h"

KomekCity *komek_wire_read_city (GBytes *body, GError **error);
char *komek_wire_read_endpoint (GBytes *body, GError **error);
GBytes *komek_wire_write_city (KomekCity *city, const char *endpoint, const char *contact,
                               const char *key_service);
