/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-service.h"
#include "komek-wire-format.h"

GPtrArray *komek_wire_read_services (GBytes *body, GError **error);
GBytes *komek_wire_write_services (GPtrArray *services, KomekLanguage language, gboolean extensions,
                                   gboolean batch, KomekWireFormat format);
