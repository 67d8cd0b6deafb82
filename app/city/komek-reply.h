/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * KomekReply:
 * @status: of HTTP
 * @type: (nullable): of the body
 * @body: (nullable): what to send
 * @location: (nullable): where else to look
 *
 * What the server answers.
 */
typedef struct
{
  guint       status;
  const char *type;
  GBytes     *body;
  char       *location;
} KomekReply;

KomekReply *komek_reply_new_json (guint status, GBytes *body);
KomekReply *komek_reply_new_page (guint status, char *html);
KomekReply *komek_reply_new_elsewhere (char *location);
void komek_reply_free (KomekReply *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekReply, komek_reply_free)
