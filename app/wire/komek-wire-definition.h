/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-attribute.h"
#include "komek-wire-format.h"

GPtrArray *komek_wire_read_definition (GBytes *body, GError **error);
GBytes *komek_wire_write_definition (const char *service, GPtrArray *attributes,
                                     KomekLanguage language, gboolean extensions,
                                     KomekWireFormat format);
