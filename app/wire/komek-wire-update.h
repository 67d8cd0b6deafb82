/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-update.h"
#include "komek-wire-format.h"

GPtrArray *komek_wire_read_updates (GBytes *body, GTimeZone *zone, GError **error);
GBytes *komek_wire_write_updates (GPtrArray *updates, GTimeZone *zone, gboolean extensions,
                                  KomekWireFormat format);
