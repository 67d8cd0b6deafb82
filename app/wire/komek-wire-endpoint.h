/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-wire-format.h"

/**
 * KomekWireEndpoint:
 * @url: its address, with a slash at the end
 * @changeset: (nullable): its own, where the city gives one
 * @test: filings there reach nobody
 * @json: whether it speaks JSON; also where it does not say what it speaks
 * @xml: whether it speaks XML; also where it does not say what it speaks
 *
 * One of the addresses under which a city speaks GeoReport v2.
 */
typedef struct
{
  char    *url;
  char    *changeset;
  gboolean test;
  gboolean json;
  gboolean xml;
} KomekWireEndpoint;

void komek_wire_endpoint_free (KomekWireEndpoint *self);
GPtrArray *komek_wire_read_endpoints (GBytes *body, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekWireEndpoint, komek_wire_endpoint_free)
