/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-key.h"

#include <string.h>

#include "komek-refusal.h"

/* The sender's own key, by which the same filing is told from another one:
 * draft-ietf-httpapi-idempotency-key-header has it in a header, as a string of
 * RFC 8941 with its quotation marks; client_request_id of the form says the
 * same to those who cannot set headers. */

/* In UUID form, or whatever else of that kind a sender counts with. */
#define MAX_KEY 64

static gboolean
refuse (KomekRefusal refusal, GError **error)
{
  g_set_error (error, KOMEK_REFUSAL, refusal, "The key was refused");
  return FALSE;
}

static gboolean
is_key (const char *key, gsize shortest)
{
  gsize length = strlen (key);

  for (const char *p = key; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && *p != '-')
      return FALSE;
  return length >= shortest && length <= MAX_KEY;
}

/* A key has no letter that a string of RFC 8941 would have to escape. Parameters
 * may follow the string; none means anything here. */
static char *
unquote (const char *header)
{
  g_autofree char *text = g_strstrip (g_strdup (header));
  char *end = *text == '"' ? strchr (text + 1, '"') : NULL;

  if (!end || (end[1] != '\0' && end[1] != ';'))
    return NULL;
  return g_strndup (text + 1, end - text - 1);
}

/**
 * komek_key_read:
 * @header: (nullable): the header Idempotency-Key as it was sent
 * @field: (nullable): the same in the form
 * @shortest: how many letters the field has at least; the header is held to a UUID's kind
 * @key: (out) (transfer full) (nullable): the key, %NULL where there is none
 *
 * Fails with %KOMEK_REFUSAL_BAD_KEY where one is malformed, and with
 * %KOMEK_REFUSAL_KEYS_DIFFER where the two are not the same.
 */
gboolean
komek_key_read (const char *header, const char *field, gsize shortest, char **key, GError **error)
{
  g_autofree char *quoted = header ? unquote (header) : NULL;

  *key = NULL;
  if ((header && (!quoted || !is_key (quoted, KOMEK_KEY_SHORTEST)))
      || (field && !is_key (field, shortest)))
    return refuse (KOMEK_REFUSAL_BAD_KEY, error);
  if (quoted && field && strcmp (quoted, field) != 0)
    return refuse (KOMEK_REFUSAL_KEYS_DIFFER, error);
  *key = quoted ? g_steal_pointer (&quoted) : g_strdup (field);
  return TRUE;
}

/**
 * komek_key_dup_scope:
 * @device: (nullable): as the caller names it
 *
 * Whose keys a key is one of. Telephones share the api key of their program,
 * and whoever has none has only what the device calls itself; an address of
 * the network would change between two tries.
 *
 * Returns: (transfer full): the scope
 */
char *
komek_key_dup_scope (const KomekCall *call, const char *device)
{
  const KomekCaller *client = call->client;
  gboolean anonymous = !client || client->role == KOMEK_ROLE_ANONYMOUS;
  const char *id = anonymous ? "" : client->id;

  if (device && (anonymous || client->role == KOMEK_ROLE_PHONE))
    return g_strconcat (id, "/", device, NULL);
  return g_strdup (id);
}
