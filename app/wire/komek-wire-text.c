/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-wire-text.h"

#include <string.h>

#include "komek-error.h"

#define MARK "\xef\xbb\xbf"

/* How far into XML its declaration may reach. */
#define MAX_DECLARATION 200

/* The charsets that servers of city halls are seen with. Others would have to be let into
 * the converter by name, and some of them can hide a tag from whoever looks at the bytes. */
static const char *const charsets[] = {
  "windows-1250", "windows-1251", "windows-1252", "iso-8859-1", "iso-8859-2",
  "iso-8859-5",   "iso-8859-15",  "koi8-r",       "us-ascii",
};

static gboolean
refuse (GError **error, const char *what)
{
  g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE, "The answer is no data: %s", what);
  return FALSE;
}

void
komek_wire_text_clear (KomekWireText *self)
{
  g_clear_pointer (&self->bytes, g_bytes_unref);
}

/* The charset in <?xml version="1.0" encoding="…"?>, lower case; NULL where it names none. */
static char *
dup_charset (const KomekWireText *self)
{
  gsize length = MIN (self->end - self->start, MAX_DECLARATION);
  g_autofree char *head = g_strndup (self->start, length);
  char *end = g_str_has_prefix (head, "<?xml") ? strstr (head, "?>") : NULL;
  const char *name;

  if (!end)
    return NULL;
  *end = '\0';
  name = strstr (head, "encoding");
  name = name ? strpbrk (name, "\"'") : NULL;
  end = name ? strchr (name + 1, *name) : NULL;
  return end ? g_ascii_strdown (name + 1, end - name - 1) : NULL;
}

static gboolean
is_utf8 (const char *charset)
{
  return !charset || strcmp (charset, "utf-8") == 0 || strcmp (charset, "utf8") == 0;
}

/* Only XML can say that it is not UTF-8. */
static gboolean
convert (KomekWireText *self, const char *charset, GError **error)
{
  gsize length;
  char *text = NULL;

  for (guint i = 0; !text && i < G_N_ELEMENTS (charsets); i++)
    if (strcmp (charset, charsets[i]) == 0)
      text = g_convert (self->start, self->end - self->start, "utf-8", charset, NULL, &length,
                        NULL);
  if (!text)
    return refuse (error, "it is in an unknown charset");
  g_bytes_unref (self->bytes);
  self->bytes = g_bytes_new_take (text, length);
  self->start = text;
  self->end = text + length;
  return TRUE;
}

static gboolean
find_start (KomekWireText *self, GError **error)
{
  if (self->end - self->start >= 3 && memcmp (self->start, MARK, 3) == 0)
    self->start += 3;
  while (self->start < self->end && g_ascii_isspace (*self->start))
    self->start++;
  if (self->start == self->end)
    return refuse (error, "it is empty");
  if (!strchr ("<[{", *self->start))
    return refuse (error, "it is a plain text");
  self->format = *self->start == '<' ? KOMEK_WIRE_XML : KOMEK_WIRE_JSON;
  return TRUE;
}

/**
 * komek_wire_text_init:
 * @body: anything at all
 *
 * Finds out what an answer is from itself: what the headers say of it is wrong too often.
 *
 * Fails with %KOMEK_ERROR_UNREADABLE where it is neither XML nor JSON in a known
 * charset, or holds a zero.
 */
gboolean
komek_wire_text_init (KomekWireText *self, GBytes *body, GError **error)
{
  gsize length;
  const char *data = g_bytes_get_data (body, &length);
  g_autofree char *charset = NULL;

  *self = (KomekWireText) { .start = data ? data : "" };
  self->end = self->start + length;
  self->bytes = g_bytes_ref (body);
  if (!find_start (self, error))
    return FALSE;
  if (self->format == KOMEK_WIRE_XML)
    charset = dup_charset (self);
  if (!is_utf8 (charset) && !convert (self, charset, error))
    return FALSE;
  return g_utf8_validate_len (self->start, self->end - self->start, NULL)
         || refuse (error, "it is not UTF-8");
}
