/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-envelope.h"

#include <string.h>

#include "komek-complaint.h"
#include "komek-seal.h"

/* A sealed box of libsodium: a public key and an authenticator around the text. */
#define SHORTEST_BOX (32 + 16 + 1)
#define LONGEST_BOX 4096
#define MAX_LETTERS 200

static gboolean
is_box (const char *sealed)
{
  g_autofree guchar *box = NULL;
  gsize length = strlen (sealed);

  if (length > LONGEST_BOX || length % 4 != 0
      || strspn (sealed, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=")
           != length)
    return FALSE;
  box = g_base64_decode (sealed, &length);
  return length >= SHORTEST_BOX;
}

static void
check_length (const char *value, const char *field, GPtrArray *complaints)
{
  if (value && g_utf8_strlen (value, -1) > MAX_LETTERS)
    komek_complain (complaints, KOMEK_REFUSAL_LONG_CONTACT, field, NULL);
}

/**
 * komek_envelope_check:
 * @complaints: (element-type KomekComplaint): where what is wrong is added, without the values
 */
void
komek_envelope_check (const KomekEnvelope *self, GPtrArray *complaints)
{
  check_length (self->first_name, "first_name", complaints);
  check_length (self->last_name, "last_name", complaints);
  check_length (self->email, "email", complaints);
  check_length (self->phone, "phone", complaints);
  if (self->sealed && !is_box (self->sealed))
    komek_complain (complaints, KOMEK_REFUSAL_BAD_SEAL, "sealed_contact", NULL);
}

static void
append (GString *form, const char *name, const char *value)
{
  g_autofree char *escaped = value ? g_uri_escape_string (value, NULL, FALSE) : NULL;

  if (escaped)
    g_string_append_printf (form, "%s%s=%s", form->len > 0 ? "&" : "", name, escaped);
}

/**
 * komek_envelope_seal:
 * @seal_key: the city's public key
 * @sealed: (out) (transfer full) (nullable): the box to keep, %NULL where there is no contact
 *
 * From here on nobody without the city's secret key reads who it was, this
 * server included. A box that came closed is kept as it is.
 */
gboolean
komek_envelope_seal (const KomekEnvelope *self, const char *seal_key, char **sealed, GError **error)
{
  g_autoptr (GString) form = g_string_new (NULL);

  *sealed = g_strdup (self->sealed);
  if (*sealed)
    return TRUE;
  append (form, "first_name", self->first_name);
  append (form, "last_name", self->last_name);
  append (form, "email", self->email);
  append (form, "phone", self->phone);
  if (form->len == 0)
    return TRUE;
  *sealed = komek_seal_close (form->str, seal_key, error);
  explicit_bzero (form->str, form->len);
  return *sealed != NULL;
}
