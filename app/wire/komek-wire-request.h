/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-request.h"

GPtrArray *komek_wire_read_requests (GBytes *body, GTimeZone *zone, GError **error);
GBytes *komek_wire_write_requests (GPtrArray *requests, GTimeZone *zone, gboolean extensions);
