/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-wire-format.h"

/**
 * KomekWireText:
 * @format: what it seems to be
 * @start: its first sign, a bracket
 * @end: behind its last one
 * @bytes: where it stands
 *
 * An answer as text: UTF-8 without a mark at its start, nowhere a zero.
 */
typedef struct
{
  KomekWireFormat format;
  const char     *start;
  const char     *end;
  GBytes         *bytes;
} KomekWireText;

gboolean komek_wire_text_init (KomekWireText *self, GBytes *body, GError **error);
void komek_wire_text_clear (KomekWireText *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KomekWireText, komek_wire_text_clear)
