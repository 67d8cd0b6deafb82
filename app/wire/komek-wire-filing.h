/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-wire-format.h"

/**
 * KomekWireFiling:
 * @number: (nullable): the number of the request
 * @token: (nullable): what to ask for the number later; never beside a number
 * @notice: (nullable): what the city says to whoever filed it
 * @key: (nullable): our own key, where the city gives it back
 *
 * What a city answers to a filed request.
 */
typedef struct
{
  char *number;
  char *token;
  char *notice;
  char *key;
} KomekWireFiling;

void komek_wire_filing_free (KomekWireFiling *self);
KomekWireFiling *komek_wire_read_filing (GBytes *body, GError **error);
GBytes *komek_wire_write_filing (const KomekWireFiling *filing, KomekWireFormat format);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekWireFiling, komek_wire_filing_free)
