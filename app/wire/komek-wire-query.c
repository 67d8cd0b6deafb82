/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-wire-query.h"

#include "komek-error.h"

/**
 * komek_wire_query_visit:
 * @body: form-urlencoded
 *
 * Hands over all names and values in their order. An empty value equals an
 * absent one in this protocol, so that those are left out.
 *
 * Fails with %KOMEK_ERROR_UNREADABLE where @body is not form-urlencoded UTF-8;
 * the message holds nothing of it.
 */
gboolean
komek_wire_query_visit (GBytes *body, KomekWireQueryVisitor visitor, gpointer data, GError **error)
{
  g_autoptr (GError) reason = NULL;
  gsize length;
  const char *text = g_bytes_get_data (body, &length);
  GUriParamsIter iter;
  char *name, *value;

  g_uri_params_iter_init (&iter, text ? text : "", length, "&", G_URI_PARAMS_WWW_FORM);
  while (g_uri_params_iter_next (&iter, &name, &value, &reason))
    {
      if (*value != '\0')
        visitor (name, value, data);
      g_free (name);
      g_free (value);
    }
  if (reason)
    g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE, "Not a form: %s", reason->message);
  return reason == NULL;
}

/**
 * komek_wire_query_append:
 * @value: (nullable): nothing is written where there is none
 */
void
komek_wire_query_append (GString *query, const char *name, const char *value)
{
  if (!value || *value == '\0')
    return;
  if (query->len > 0)
    g_string_append_c (query, '&');
  g_string_append (query, name);
  g_string_append_c (query, '=');
  g_string_append_uri_escaped (query, value, NULL, FALSE);
}

/* Seven places are a centimetre. */
void
komek_wire_query_append_degrees (GString *query, const char *name, double degrees)
{
  char digits[32];

  komek_wire_query_append (query, name, g_ascii_formatd (digits, sizeof digits, "%.7f", degrees));
}
