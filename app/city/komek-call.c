/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-call.h"

#include <libsoup/soup.h>
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

/* Whoever files something may say it in the form instead of the address. */
static gboolean
read_form_language (const KomekCall *self, KomekLanguage *language)
{
  g_autofree char *form = NULL;
  g_autoptr (GHashTable) values = NULL;

  if (strcmp (self->method, "POST") != 0)
    return FALSE;
  form = g_strndup (g_bytes_get_data (self->body, NULL), g_bytes_get_size (self->body));
  values = soup_form_decode (form ? form : "");
  return komek_language_from_code (g_hash_table_lookup (values, "locale"), language);
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

/**
 * komek_call_new:
 * @path: as it was sent
 * @arguments: (nullable) (element-type utf8 utf8): as they were sent
 * @accept_language: (nullable): the header of that name
 *
 * Returns: (transfer full): the call, its texts valid UTF-8
 */
KomekCall *
komek_call_new (const KomekOffice *office, const char *method, const char *path,
                GHashTable *arguments, const char *accept_language, GBytes *body)
{
  KomekCall *self = g_new0 (KomekCall, 1);
  const char *extensions;

  self->office = office;
  self->method = g_strdup (method);
  self->path = decode_path (path);
  self->rest = g_strdup ("");
  self->arguments = copy_valid (arguments);
  self->body = g_bytes_ref (body);
  self->language = choose_language (self, accept_language);
  extensions = komek_call_get (self, "extensions");
  self->extensions =
    extensions && (g_ascii_strcasecmp (extensions, "true") == 0 || strcmp (extensions, "1") == 0);
  return self;
}

void
komek_call_free (KomekCall *self)
{
  g_free (self->method);
  g_free (self->path);
  g_free (self->rest);
  g_hash_table_unref (self->arguments);
  g_bytes_unref (self->body);
  g_free (self);
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
