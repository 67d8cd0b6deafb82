/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-wire-media.h"

#include "komek-error.h"
#include "komek-wire-list.h"
#include "komek-wire-writer.h"

static void
clear (KomekWireMedia *self)
{
  g_free (self->id);
  g_free (self->url);
  g_free (self->key);
  *self = (KomekWireMedia) { 0 };
}

void
komek_wire_media_free (KomekWireMedia *self)
{
  clear (self);
  g_free (self);
}

/* The first one that says something counts. */
static gboolean
keep_media (const KomekWireNode *object, gpointer data)
{
  KomekWireMedia *self = data;

  if (self->id || self->url)
    return TRUE;
  clear (self);
  self->id = g_strdup (komek_wire_get_id (object, "media_id"));
  self->url = g_strdup (komek_wire_get_id (object, "media_url"));
  self->key = g_strdup (komek_wire_get_id (object, "client_request_id"));
  return TRUE;
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
  static const KomekWireShape shape = {
    { "media" },
    { "item", "picture", "photo" },
    { "media_url", "media_id" },
  };
  g_autoptr (KomekWireMedia) media = g_new0 (KomekWireMedia, 1);

  if (!komek_wire_visit (body, &shape, keep_media, media, error))
    return NULL;
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
