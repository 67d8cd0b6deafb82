/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-call.h"

#include <string.h>

/* The first language of the header that is one of ours; Kazakh where none is. */
static KomekLanguage
choose_accepted (const char *accept_language)
{
  KomekLanguage language = KOMEK_LANGUAGE_KAZAKH;
  GSList *tags = accept_language ? soup_header_parse_quality_list (accept_language, NULL) : NULL;

  for (GSList *tag = tags; tag; tag = tag->next)
    if (komek_language_from_code (tag->data, &language))
      break;
  soup_header_free_list (tags);
  return language;
}

static gboolean
sends_form (const KomekCall *self)
{
  return self->type && strcmp (self->type, SOUP_FORM_MIME_TYPE_URLENCODED) == 0;
}

/**
 * komek_call_dup_field:
 *
 * Returns: (transfer full) (nullable): a field of the form that was posted
 */
char *
komek_call_dup_field (const KomekCall *self, const char *name)
{
  g_autofree char *form = NULL;
  g_autoptr (GHashTable) values = NULL;

  if (!sends_form (self) || g_bytes_get_size (self->body) == 0)
    return NULL;
  form = g_strndup (g_bytes_get_data (self->body, NULL), g_bytes_get_size (self->body));
  if (!strstr (form, name))
    return NULL;
  values = soup_form_decode (form);
  return g_strdup (g_hash_table_lookup (values, name));
}

/* Whoever files something may say it in the form instead of the address. */
static gboolean
read_form_language (const KomekCall *self, KomekLanguage *language)
{
  g_autofree char *locale = komek_call_dup_field (self, "locale");

  return locale && komek_language_from_code (locale, language);
}

/* The interface calls it locale, a link on a page lang. */
static KomekLanguage
choose_language (const KomekCall *self, const char *accept_language)
{
  KomekLanguage language;

  if (komek_language_from_code (komek_call_get (self, "locale"), &language)
      || komek_language_from_code (komek_call_get (self, "lang"), &language)
      || read_form_language (self, &language))
    return language;
  return choose_accepted (accept_language);
}

static GHashTable *
copy_valid (GHashTable *arguments)
{
  GHashTable *copy = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GHashTableIter iter;
  gpointer name, value;

  if (!arguments)
    return copy;
  g_hash_table_iter_init (&iter, arguments);
  while (g_hash_table_iter_next (&iter, &name, &value))
    g_hash_table_insert (copy, g_utf8_make_valid (name, -1),
                         g_utf8_make_valid (value ? value : "", -1));
  return copy;
}

static char *
decode_path (const char *path)
{
  g_autofree char *decoded = g_uri_unescape_string (path, NULL);

  return g_utf8_make_valid (decoded ? decoded : path, -1);
}

static char *
dup_type (SoupMessageHeaders *headers)
{
  const char *type = soup_message_headers_get_content_type (headers, NULL);

  return type ? g_ascii_strdown (type, -1) : NULL;
}

static gboolean
accepts (const char *list, const char *word)
{
  GSList *accepted =
    list && strcasestr (list, word) ? soup_header_parse_quality_list (list, NULL) : NULL;
  gboolean found = g_slist_find_custom (accepted, word, (GCompareFunc) g_ascii_strcasecmp) != NULL;

  soup_header_free_list (accepted);
  return found;
}

static gboolean
is_true (const char *value)
{
  return value && (g_ascii_strcasecmp (value, "true") == 0 || strcmp (value, "1") == 0);
}

static void
read_headers (KomekCall *self, SoupMessageHeaders *headers)
{
  const char *accept = soup_message_headers_get_list (headers, "Accept");

  self->type = dup_type (headers);
  self->key = g_strdup (soup_message_headers_get_one (headers, "Idempotency-Key"));
  self->match = g_strdup (soup_message_headers_get_list (headers, "If-None-Match"));
  self->gzip = accepts (soup_message_headers_get_list (headers, "Accept-Encoding"), "gzip");
  self->problem = accepts (accept, "application/problem+json")
                  || accepts (accept, "application/problem+xml");
}

/**
 * komek_call_new:
 * @path: as it was sent
 * @arguments: (nullable) (element-type utf8 utf8): as they were sent
 * @headers: of the message
 *
 * Returns: (transfer full): the call of an anonymous client, its texts valid UTF-8
 */
KomekCall *
komek_call_new (const KomekOffice *office, const char *method, const char *path,
                GHashTable *arguments, SoupMessageHeaders *headers, GBytes *body)
{
  KomekCall *self = g_new0 (KomekCall, 1);

  self->office = office;
  self->method = g_strdup (strcmp (method, "HEAD") == 0 ? "GET" : method);
  self->path = decode_path (path);
  self->rest = g_strdup ("");
  self->more = g_strdup ("");
  self->arguments = copy_valid (arguments);
  self->body = g_bytes_ref (body);
  self->client = komek_caller_new ("", KOMEK_ROLE_ANONYMOUS, "");
  read_headers (self, headers);
  self->language =
    choose_language (self, soup_message_headers_get_list (headers, "Accept-Language"));
  self->extensions = is_true (komek_call_get (self, "extensions"));
  return self;
}

void
komek_call_free (KomekCall *self)
{
  g_free (self->method);
  g_free (self->path);
  g_free (self->rest);
  g_free (self->more);
  g_hash_table_unref (self->arguments);
  g_bytes_unref (self->body);
  g_free (self->type);
  g_free (self->key);
  g_free (self->match);
  komek_caller_unref (self->client);
  g_free (self);
}

void
komek_call_set_client (KomekCall *self, KomekCaller *client)
{
  komek_caller_ref (client);
  komek_caller_unref (self->client);
  self->client = client;
}

/**
 * komek_call_get:
 *
 * Returns: (transfer none) (nullable): the argument; an empty one equals an absent one
 */
const char *
komek_call_get (const KomekCall *self, const char *argument)
{
  const char *value = g_hash_table_lookup (self->arguments, argument);

  return value && *value != '\0' ? value : NULL;
}

/**
 * komek_call_dup_api_key:
 *
 * The standard has the key as an argument or in the form. What sends the bytes
 * of a photo has no form, and an address ends up in the logs of proxies: the
 * header Authorization takes it too, as a bearer's (RFC 6750).
 *
 * Returns: (transfer full) (nullable): the key of the caller
 */
char *
komek_call_dup_api_key (const KomekCall *self, SoupMessageHeaders *headers)
{
  const char *header = soup_message_headers_get_one (headers, "Authorization");
  const char *argument = komek_call_get (self, "api_key");
  char *field;

  if (header && g_ascii_strncasecmp (header, "Bearer ", 7) == 0)
    return g_strstrip (g_strdup (header + 7));
  if (argument)
    return g_strdup (argument);
  field = komek_call_dup_field (self, "api_key");
  if (field && *field == '\0')
    g_clear_pointer (&field, g_free);
  return field;
}
