/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-wire-token.h"

#include "komek-error.h"
#include "komek-wire-json.h"
#include "komek-wire-writer.h"

void
komek_wire_token_free (KomekWireToken *self)
{
  g_free (self->token);
  g_free (self->number);
  g_free (self);
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
  JsonObject *object;
  g_autoptr (JsonArray) list = komek_wire_parse_answer (body, "token", error);
  g_autoptr (KomekWireToken) token = NULL;

  if (!list)
    return NULL;
  object = komek_wire_get_element (list, 0);
  token = g_new0 (KomekWireToken, 1);
  token->token = komek_wire_dup_id (object, "token");
  token->number = komek_wire_dup_id (object, "service_request_id");
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
