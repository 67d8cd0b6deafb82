/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-wire-sieve.h"
#include "komek-wire-text.h"

KomekWireNode *komek_wire_xml_read (const KomekWireText *text, KomekWireArena *arena,
                                    GError **error);
gboolean komek_wire_xml_visit (const KomekWireText *text, KomekWireArena *arena,
                               KomekWireSieve *sieve, GError **error);
