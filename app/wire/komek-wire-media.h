/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-wire-format.h"

/**
 * KomekWireMedia:
 * @id: (nullable): the city's id of the picture
 * @url: (nullable): where anybody may fetch it
 * @key: (nullable): our own key, where the city gives it back
 *
 * What a city answers to a photo that was sent as one raw body. One of @id and @url is there.
 */
typedef struct
{
  char *id;
  char *url;
  char *key;
} KomekWireMedia;

void komek_wire_media_free (KomekWireMedia *self);
KomekWireMedia *komek_wire_read_media (GBytes *body, GError **error);
GBytes *komek_wire_write_media (const KomekWireMedia *media, KomekWireFormat format);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekWireMedia, komek_wire_media_free)
