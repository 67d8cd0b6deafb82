/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-request.h"
#include "komek-wire-format.h"

/**
 * KomekWireRequestVisitor:
 * @request: (transfer none): one request of the list
 *
 * Returns: whether to go on
 */
typedef gboolean (*KomekWireRequestVisitor) (KomekRequest *request, gpointer data);

GPtrArray *komek_wire_read_requests (GBytes *body, GTimeZone *zone, GError **error);
gboolean komek_wire_visit_requests (GBytes *body, GTimeZone *zone, KomekWireRequestVisitor visitor,
                                    gpointer data, GError **error);
GBytes *komek_wire_write_requests (GPtrArray *requests, GTimeZone *zone, gboolean extensions,
                                   KomekWireFormat format);
