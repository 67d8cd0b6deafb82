/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-wire-media.h"

#include "komek-error.h"
#include "komek-wire-json.h"
#include "komek-wire-writer.h"

void
komek_wire_media_free (KomekWireMedia *self)
{
  g_free (self->id);
  g_free (self->url);
  g_free (self->key);
  g_free (self);
}

/**
 * komek_wire_read_media:
 * @body: the answer to a photo
 *
 * Fails with %KOMEK_ERROR_UNREADABLE where there is neither an id nor an address.
 *
 * Returns: (transfer full): what the city answered
 */
KomekWireMedia *
komek_wire_read_media (GBytes *body, GError **error)
{
  JsonObject *object;
  g_autoptr (JsonArray) list = komek_wire_parse_answer (body, "media_url", error);
  g_autoptr (KomekWireMedia) media = NULL;

  if (!list)
    return NULL;
  object = komek_wire_get_element (list, 0);
  media = g_new0 (KomekWireMedia, 1);
  media->id = komek_wire_dup_id (object, "media_id");
  media->url = komek_wire_dup_id (object, "media_url");
  media->key = komek_wire_dup_id (object, "client_request_id");
  if (media->id || media->url)
    return g_steal_pointer (&media);
  g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE,
               "The city answered without saying where the photo is");
  return NULL;
}

/**
 * komek_wire_write_media:
 *
 * Returns: (transfer full): the answer to a photo
 */
GBytes *
komek_wire_write_media (const KomekWireMedia *media, KomekWireFormat format)
{
  g_autoptr (KomekWireWriter) writer = komek_wire_writer_new (format, 256);

  komek_wire_writer_begin_list (writer, "media");
  komek_wire_writer_begin_object (writer, "item");
  komek_wire_writer_text (writer, "media_id", media->id);
  komek_wire_writer_text (writer, "media_url", media->url);
  if (media->key)
    komek_wire_writer_text (writer, "client_request_id", media->key);
  komek_wire_writer_end (writer);
  komek_wire_writer_end (writer);
  return komek_wire_writer_finish (writer);
}
