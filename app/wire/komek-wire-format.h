/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * KomekWireFormat:
 * @KOMEK_WIRE_JSON: what the standard allows
 * @KOMEK_WIRE_XML: what the standard demands
 *
 * How an answer is written. Readers take both and never ask which.
 */
typedef enum
{
  KOMEK_WIRE_JSON,
  KOMEK_WIRE_XML,
} KomekWireFormat;

#define KOMEK_WIRE_MAX_DEPTH 32

const char *komek_wire_format_get_type_name (KomekWireFormat format);
const char *komek_wire_format_get_suffix (KomekWireFormat format);
