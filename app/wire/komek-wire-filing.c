/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-wire-filing.h"

#include "komek-error.h"
#include "komek-wire-list.h"
#include "komek-wire-writer.h"

static void
clear (KomekWireFiling *self)
{
  g_free (self->number);
  g_free (self->token);
  g_free (self->notice);
  g_free (self->key);
  *self = (KomekWireFiling) { 0 };
}

void
komek_wire_filing_free (KomekWireFiling *self)
{
  clear (self);
  g_free (self);
}

/* The first one that says something counts. */
static gboolean
keep_filing (const KomekWireNode *object, gpointer data)
{
  KomekWireFiling *self = data;

  if (self->number || self->token)
    return TRUE;
  clear (self);
  self->number = g_strdup (komek_wire_get_id (object, "service_request_id"));
  self->token = self->number ? NULL : g_strdup (komek_wire_get_id (object, "token"));
  self->notice = g_strdup (komek_wire_get_text (object, "service_notice"));
  self->key = g_strdup (komek_wire_get_id (object, "client_request_id"));
  return TRUE;
}

/**
 * komek_wire_read_filing:
 * @body: the answer to POST requests: an array of one, or the bare object
 *
 * Fails with %KOMEK_ERROR_UNREADABLE where there is neither a number nor a
 * token: then nobody may be told that the city has it.
 *
 * Returns: (transfer full): what the city answered
 */
KomekWireFiling *
komek_wire_read_filing (GBytes *body, GError **error)
{
  static const KomekWireShape shape = {
    { "service_requests", "requests" },
    { "request", "service_request" },
    { "service_request_id", "token" },
  };
  g_autoptr (KomekWireFiling) filing = g_new0 (KomekWireFiling, 1);

  if (!komek_wire_visit (body, &shape, keep_filing, filing, error))
    return NULL;
  if (filing->number || filing->token)
    return g_steal_pointer (&filing);
  g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE,
               "The city answered without a number");
  return NULL;
}

/**
 * komek_wire_write_filing:
 *
 * Returns: (transfer full): a GeoReport v2 answer to a filed request
 */
GBytes *
komek_wire_write_filing (const KomekWireFiling *filing, KomekWireFormat format)
{
  g_autoptr (KomekWireWriter) writer = komek_wire_writer_new (format, 512);

  komek_wire_writer_begin_list (writer, "service_requests");
  komek_wire_writer_begin_object (writer, "request");
  if (filing->number)
    komek_wire_writer_text (writer, "service_request_id", filing->number);
  else
    komek_wire_writer_text (writer, "token", filing->token);
  komek_wire_writer_text (writer, "service_notice", filing->notice);
  komek_wire_writer_text (writer, "account_id", NULL);
  if (filing->key)
    komek_wire_writer_text (writer, "client_request_id", filing->key);
  komek_wire_writer_end (writer);
  komek_wire_writer_end (writer);
  return komek_wire_writer_finish (writer);
}
