/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-wire-format.h"

/**
 * KomekWireToken:
 * @token: (nullable): the token that was asked for, where the city repeats it
 * @number: (nullable): the number of the request, %NULL while there is none yet
 *
 * What a city answers to GET tokens/ID.
 */
typedef struct
{
  char *token;
  char *number;
} KomekWireToken;

void komek_wire_token_free (KomekWireToken *self);
KomekWireToken *komek_wire_read_token (GBytes *body, GError **error);
GBytes *komek_wire_write_token (const KomekWireToken *token, KomekWireFormat format);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekWireToken, komek_wire_token_free)
