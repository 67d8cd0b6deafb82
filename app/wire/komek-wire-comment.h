/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-wire-format.h"

/**
 * KomekWireComment:
 * @id: (nullable): the id of the update
 * @token: (nullable): what to ask for it later; never beside an id
 * @key: (nullable): our own key, where the city gives it back
 *
 * What a city answers to POST servicerequestupdates.
 */
typedef struct
{
  char *id;
  char *token;
  char *key;
} KomekWireComment;

void komek_wire_comment_free (KomekWireComment *self);
KomekWireComment *komek_wire_read_comment (GBytes *body, GError **error);
GBytes *komek_wire_write_comment (const KomekWireComment *comment, KomekWireFormat format);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekWireComment, komek_wire_comment_free)
