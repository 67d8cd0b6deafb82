/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-reply.h"

#include <string.h>

/**
 * komek_reply_new:
 * @type: (nullable): of the body; must live for ever
 * @body: (nullable) (transfer full): what to send
 *
 * Returns: (transfer full): the reply
 */
KomekReply *
komek_reply_new (guint status, const char *type, GBytes *body)
{
  KomekReply *self = g_new0 (KomekReply, 1);

  self->status = status;
  self->type = type;
  self->body = body;
  return self;
}

/**
 * komek_reply_new_wire:
 * @body: (transfer full): written in @format
 *
 * Returns: (transfer full): the reply
 */
KomekReply *
komek_reply_new_wire (guint status, KomekWireFormat format, GBytes *body)
{
  return komek_reply_new (status, komek_wire_format_get_type_name (format), body);
}

/**
 * komek_reply_new_page:
 * @html: (transfer full): a whole page
 *
 * Returns: (transfer full): the reply
 */
KomekReply *
komek_reply_new_page (guint status, char *html)
{
  return komek_reply_new (status, "text/html; charset=utf-8",
                          g_bytes_new_take (html, strlen (html)));
}

/**
 * komek_reply_new_elsewhere:
 * @location: (transfer full): the address of what was asked for
 *
 * Returns: (transfer full): the reply
 */
KomekReply *
komek_reply_new_elsewhere (char *location)
{
  KomekReply *self = komek_reply_new (303, NULL, NULL);

  self->location = location;
  return self;
}

void
komek_reply_free (KomekReply *self)
{
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->location);
  g_free (self->link);
  g_free (self->etag);
  g_free (self->disposition);
  g_free (self);
}
