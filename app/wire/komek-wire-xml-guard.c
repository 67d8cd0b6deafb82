/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-wire-xml-guard.h"

#include <string.h>

/* What libxml2 must never see. It expands no entity for us and asks no network,
 * but it compares each attribute of a tag with all others and looks for the end
 * of a tag in all that has come: both are squares in what a stranger sends. */

#define MAX_TAG (64 * 1024)
#define MAX_ATTRIBUTES 32

static gboolean
begins (const char *text, const char *end, const char *what)
{
  gsize length = strlen (what);

  return (gsize) (end - text) >= length && memcmp (text, what, length) == 0;
}

/* Behind the tag that begins at @text, or the end of a text that breaks off; NULL where
 * there is too much in it. */
static const char *
skip_tag (const char *text, const char *end)
{
  const char *limit = end - text > MAX_TAG ? text + MAX_TAG : end;
  guint attributes = 0;
  char quote = '\0';

  for (; text < limit; text++)
    if (quote != '\0')
      quote = *text == quote ? '\0' : quote;
    else if (*text == '"' || *text == '\'')
      quote = *text;
    else if (*text == '>')
      return text + 1;
    else if (*text == '=' && ++attributes > MAX_ATTRIBUTES)
      return NULL;
  return text == end ? end : NULL;
}

/* Behind what ends with @closing; the parser finds out where nothing does. */
static const char *
skip_to (const char *text, const char *end, const char *closing)
{
  const char *found = memmem (text, end - text, closing, strlen (closing));

  return found ? found : end;
}

/* Behind the mark-up that begins at @text with '<'. */
static const char *
skip_markup (const char *text, const char *end, const char **error)
{
  const char *after = NULL;

  if (begins (text, end, "<!--"))
    return skip_to (text + 4, end, "-->");
  if (begins (text, end, "<![CDATA["))
    return skip_to (text + 9, end, "]]>");
  if (begins (text, end, "<?"))
    return skip_to (text + 2, end, "?>");
  if (begins (text, end, "<!"))
    *error = "it has a document type, as web pages have";
  else if (!(after = skip_tag (text, end)))
    *error = "a tag is too long";
  return after;
}

/**
 * komek_wire_xml_check:
 *
 * Returns: (nullable): why a text is not for the parser
 */
const char *
komek_wire_xml_check (const char *text, const char *end)
{
  const char *error = NULL;

  while (!error && text && (text = memchr (text, '<', end - text)))
    text = skip_markup (text, end, &error);
  return error;
}

/* The letters that XML has no place for, not even by their number. */
static gboolean
is_forbidden (gunichar letter)
{
  return (letter < 0x20 && letter != '\t' && letter != '\n' && letter != '\r') || letter == 0xfffe
         || letter == 0xffff || (letter >= 0xd800 && letter <= 0xdfff) || letter > 0x10ffff;
}

/* How long the reference to a forbidden letter is that begins at @text, like "&#x10;"; else 0. */
static gsize
measure_reference (const char *text, const char *end)
{
  const char *semicolon =
    begins (text, end, "&#") ? memchr (text, ';', MIN (end - text, 12)) : NULL;
  gboolean hexadecimal = semicolon && text[2] == 'x';
  const char *digits = text + (hexadecimal ? 3 : 2);
  guint64 letter;
  char *stop;

  if (!semicolon || !g_ascii_isxdigit (*digits))
    return 0;
  letter = g_ascii_strtoull (digits, &stop, hexadecimal ? 16 : 10);
  return stop == semicolon && is_forbidden (MIN (letter, G_MAXUINT32)) ? semicolon + 1 - text : 0;
}

/* Cheap, so that a text without such a letter costs one look. */
static gboolean
is_suspect (const char *text)
{
  guchar c = *text;

  return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0xef || c == '&';
}

static gsize
measure_forbidden (const char *text, const char *end)
{
  if ((guchar) *text == 0xef)
    return begins (text, end, "\xef\xbf\xbe") || begins (text, end, "\xef\xbf\xbf") ? 3 : 0;
  return *text == '&' ? measure_reference (text, end) : 1;
}

/**
 * komek_wire_xml_clean:
 *
 * Real servers send control characters, which no XML may hold.
 *
 * Returns: (transfer full) (nullable): the text with a space for each of them,
 *   ended by a zero; %NULL where it has none
 */
char *
komek_wire_xml_clean (const char *text, const char *end)
{
  GString *clean = NULL;
  const char *run = text;

  for (; text < end; text++)
    {
      gsize length = is_suspect (text) ? measure_forbidden (text, end) : 0;

      if (length == 0)
        continue;
      if (!clean)
        clean = g_string_sized_new (end - run);
      g_string_append_len (clean, run, text - run);
      g_string_append_c (clean, ' ');
      run = text + length;
      text += length - 1;
    }
  if (!clean)
    return NULL;
  g_string_append_len (clean, run, end - run);
  return g_string_free (clean, FALSE);
}
