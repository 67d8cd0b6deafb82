/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-wire-format.h"

/**
 * komek_wire_format_get_type_name:
 *
 * Returns: the type of such an answer, with its charset, as the standard wants it
 */
const char *
komek_wire_format_get_type_name (KomekWireFormat format)
{
  return format == KOMEK_WIRE_XML ? "text/xml; charset=utf-8" : "application/json; charset=utf-8";
}

/**
 * komek_wire_format_get_suffix:
 *
 * Returns: how an address that asks for it ends, without the dot
 */
const char *
komek_wire_format_get_suffix (KomekWireFormat format)
{
  return format == KOMEK_WIRE_XML ? "xml" : "json";
}
