/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-wire-comment.h"

#include "komek-error.h"
#include "komek-wire-list.h"
#include "komek-wire-writer.h"

static void
clear (KomekWireComment *self)
{
  g_free (self->id);
  g_free (self->token);
  g_free (self->key);
  *self = (KomekWireComment) { 0 };
}

void
komek_wire_comment_free (KomekWireComment *self)
{
  clear (self);
  g_free (self);
}

/* The first one that says something counts. */
static gboolean
keep_comment (const KomekWireNode *object, gpointer data)
{
  KomekWireComment *self = data;

  if (self->id || self->token)
    return TRUE;
  clear (self);
  self->id = g_strdup (komek_wire_get_id (object, "update_id"));
  self->token = self->id ? NULL : g_strdup (komek_wire_get_id (object, "token"));
  self->key = g_strdup (komek_wire_get_id (object, "client_request_id"));
  return TRUE;
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
  static const KomekWireShape shape = {
    { "service_request_updates", "request_updates", "updates" },
    { "request_update", "service_request_update", "update" },
    { "update_id", "token" },
  };
  g_autoptr (KomekWireComment) comment = g_new0 (KomekWireComment, 1);

  if (!komek_wire_visit (body, &shape, keep_comment, comment, error))
    return NULL;
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
