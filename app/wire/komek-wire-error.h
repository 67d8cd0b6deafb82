/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-wire-format.h"

char *komek_wire_read_errors (GBytes *body, GError **error);
GBytes *komek_wire_write_errors (guint code, const char *const *descriptions,
                                 KomekWireFormat format);
GBytes *komek_wire_write_error (guint code, const char *description, KomekWireFormat format);
