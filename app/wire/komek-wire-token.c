/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-wire-token.h"

#include "komek-error.h"
#include "komek-wire-list.h"
#include "komek-wire-writer.h"

static void
clear (KomekWireToken *self)
{
  g_free (self->token);
  g_free (self->number);
  *self = (KomekWireToken) { 0 };
}

void
komek_wire_token_free (KomekWireToken *self)
{
  clear (self);
  g_free (self);
}

/* The first one that says something counts. */
static gboolean
keep_token (const KomekWireNode *object, gpointer data)
{
  KomekWireToken *self = data;

  if (self->token || self->number)
    return TRUE;
  clear (self);
  self->token = g_strdup (komek_wire_get_id (object, "token"));
  self->number = g_strdup (komek_wire_get_id (object, "service_request_id"));
  return TRUE;
}

/**
 * komek_wire_read_token:
 * @body: the answer to GET tokens/ID
 *
 * Fails with %KOMEK_ERROR_UNREADABLE where there is neither a number nor a
 * token, and with %KOMEK_ERROR_REFUSED where the city says that there is no such token.
 *
 * Returns: (transfer full): what the city answered
 */
KomekWireToken *
komek_wire_read_token (GBytes *body, GError **error)
{
  static const KomekWireShape shape = {
    { "service_requests", "requests" },
    { "request", "service_request" },
    { "service_request_id", "token" },
  };
  g_autoptr (KomekWireToken) token = g_new0 (KomekWireToken, 1);

  if (!komek_wire_visit (body, &shape, keep_token, token, error))
    return NULL;
  if (token->token || token->number)
    return g_steal_pointer (&token);
  g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE,
               "The city answered without a number or a token");
  return NULL;
}

/**
 * komek_wire_write_token:
 *
 * Returns: (transfer full): a GeoReport v2 answer to GET tokens/ID
 */
GBytes *
komek_wire_write_token (const KomekWireToken *token, KomekWireFormat format)
{
  g_autoptr (KomekWireWriter) writer = komek_wire_writer_new (format, 256);

  komek_wire_writer_begin_list (writer, "service_requests");
  komek_wire_writer_begin_object (writer, "request");
  komek_wire_writer_text (writer, "token", token->token);
  if (token->number)
    komek_wire_writer_text (writer, "service_request_id", token->number);
  komek_wire_writer_end (writer);
  komek_wire_writer_end (writer);
  return komek_wire_writer_finish (writer);
}
