/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-wire-format.h"

gboolean komek_wire_read_votes (GBytes *body, guint *votes, GError **error);
GBytes *komek_wire_write_votes (const char *number, guint votes, KomekWireFormat format);
