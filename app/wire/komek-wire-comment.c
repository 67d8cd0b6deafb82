/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-wire-comment.h"

#include "komek-error.h"
#include "komek-wire-json.h"
#include "komek-wire-writer.h"

void
komek_wire_comment_free (KomekWireComment *self)
{
  g_free (self->id);
  g_free (self->token);
  g_free (self->key);
  g_free (self);
}

/**
 * komek_wire_read_comment:
 * @body: the answer to POST servicerequestupdates: a list of one, or the bare object
 *
 * Fails with %KOMEK_ERROR_UNREADABLE where there is neither an id nor a token.
 *
 * Returns: (transfer full): what the city answered
 */
KomekWireComment *
komek_wire_read_comment (GBytes *body, GError **error)
{
  JsonObject *object;
  g_autoptr (JsonArray) list = komek_wire_parse_answer (body, "update_id", error);
  g_autoptr (KomekWireComment) comment = NULL;

  if (!list)
    return NULL;
  object = komek_wire_get_element (list, 0);
  comment = g_new0 (KomekWireComment, 1);
  comment->id = komek_wire_dup_id (object, "update_id");
  comment->token = comment->id ? NULL : komek_wire_dup_id (object, "token");
  comment->key = komek_wire_dup_id (object, "client_request_id");
  if (comment->id || comment->token)
    return g_steal_pointer (&comment);
  g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE,
               "The city answered without the id of the update");
  return NULL;
}

/**
 * komek_wire_write_comment:
 *
 * Returns: (transfer full): the answer to POST servicerequestupdates
 */
GBytes *
komek_wire_write_comment (const KomekWireComment *comment, KomekWireFormat format)
{
  g_autoptr (KomekWireWriter) writer = komek_wire_writer_new (format, 256);

  komek_wire_writer_begin_list (writer, "service_request_updates");
  komek_wire_writer_begin_object (writer, "request_update");
  if (comment->id)
    komek_wire_writer_text (writer, "update_id", comment->id);
  else
    komek_wire_writer_text (writer, "token", comment->token);
  if (comment->key)
    komek_wire_writer_text (writer, "client_request_id", comment->key);
  komek_wire_writer_end (writer);
  komek_wire_writer_end (writer);
  return komek_wire_writer_finish (writer);
}
