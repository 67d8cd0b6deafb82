/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-wire-tame.h"

#include <string.h>

#include "komek-error.h"

/* What a foreign server sends goes through here before json-glib sees it. Its
 * parser recurses without end on "[[[[…", takes 010 for eight, wraps numbers
 * that do not fit into 64 bits and stops at a comma before a bracket or at half
 * of a letter; all of these are found in the wild, in identifiers above all. */

/* Longer ones may not survive as a number. */
#define MAX_SAFE_DIGITS 15

#define ESCAPE_LENGTH 6
#define IS_HIGH(unit) ((unit) >= 0xd800 && (unit) <= 0xdbff)
#define IS_LOW(unit) ((unit) >= 0xdc00 && (unit) <= 0xdfff)

typedef struct
{
  const char *next;
  const char *end;
  GString    *tame;
  guint       depth;
} Tamer;

static gboolean
refuse (GError **error, const char *what)
{
  g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE, "The answer is not JSON: %s", what);
  return FALSE;
}

/* The 16 bits of an escape like "\u04d8", or 0 where none begins here. */
static guint
peek_unit (const char *text, const char *end)
{
  guint unit = 0;

  if (end - text < ESCAPE_LENGTH || text[0] != '\\' || text[1] != 'u')
    return 0;
  for (int i = 2; i < ESCAPE_LENGTH; i++)
    {
      if (!g_ascii_isxdigit (text[i]))
        return 0;
      unit = unit * 16 + g_ascii_xdigit_value (text[i]);
    }
  return unit;
}

/* Half of a pair is no letter. Newer json-glibs refuse the whole answer for it, older ones make something up. */
static void
copy_escape (Tamer *self)
{
  guint unit = peek_unit (self->next, self->end);
  guint next = unit ? peek_unit (self->next + ESCAPE_LENGTH, self->end) : 0;
  gsize length = 2;

  if (IS_HIGH (unit) && IS_LOW (next))
    length = 2 * ESCAPE_LENGTH;
  else if (IS_HIGH (unit) || IS_LOW (unit))
    {
      g_string_append (self->tame, "\\ufffd");
      self->next += ESCAPE_LENGTH;
      return;
    }
  g_string_append_len (self->tame, self->next, length);
  self->next += length;
}

static gboolean
copy_string (Tamer *self, GError **error)
{
  const char *start = self->next++;

  for (;;)
    {
      while (self->next < self->end && *self->next != '"' && *self->next != '\\')
        self->next++;
      if (self->next < self->end && *self->next == '"')
        break;
      if (self->end - self->next < 2)
        return refuse (error, "a string without an end");
      g_string_append_len (self->tame, start, self->next - start);
      copy_escape (self);
      start = self->next;
    }

  self->next++;
  g_string_append_len (self->tame, start, self->next - start);
  return TRUE;
}

/* Identifiers are often sent as numbers; those that a number cannot hold become strings. */
static void
copy_number (Tamer *self)
{
  const char *start = self->next;
  gsize digits;
  gboolean whole, fits;

  if (*self->next == '-')
    self->next++;
  digits = strspn (self->next, "0123456789");
  fits = digits <= MAX_SAFE_DIGITS && !(digits > 1 && *self->next == '0');
  self->next += digits;
  whole = strspn (self->next, "+-.eE0123456789") == 0;
  self->next += strspn (self->next, "+-.eE0123456789");

  if (whole && !fits)
    g_string_append_c (self->tame, '"');
  g_string_append_len (self->tame, start, self->next - start);
  if (whole && !fits)
    g_string_append_c (self->tame, '"');
}

static void
drop_trailing_comma (GString *tame)
{
  gsize length = tame->len;

  while (length > 0 && g_ascii_isspace (tame->str[length - 1]))
    length--;
  if (length > 0 && tame->str[length - 1] == ',')
    g_string_truncate (tame, length - 1);
}

static gboolean
copy_bracket (Tamer *self, GError **error)
{
  char c = *self->next++;

  if (c == '[' || c == '{')
    {
      if (++self->depth > KOMEK_WIRE_MAX_DEPTH)
        return refuse (error, "nested too deep");
    }
  else
    {
      if (self->depth-- == 0)
        return refuse (error, "a bracket that was never opened");
      drop_trailing_comma (self->tame);
    }
  g_string_append_c (self->tame, c);
  return TRUE;
}

static gboolean
copy_token (Tamer *self, GError **error)
{
  char c = *self->next;

  if (c == '"')
    return copy_string (self, error);
  if (strchr ("[]{}", c))
    return copy_bracket (self, error);
  if (c == '-' || g_ascii_isdigit (c))
    {
      copy_number (self);
      return TRUE;
    }
  if (!g_ascii_isspace (c) && !strchr (",:aeflnrstu", c))
    return refuse (error, "an unknown sign");

  g_string_append_c (self->tame, c);
  self->next++;
  return TRUE;
}

static gboolean
check_start (Tamer *self, GError **error)
{
  if (g_str_has_prefix (self->next, "\xef\xbb\xbf"))
    self->next += 3;
  while (self->next < self->end && g_ascii_isspace (*self->next))
    self->next++;

  if (self->next == self->end)
    return refuse (error, "it is empty");
  if (*self->next == '<')
    return refuse (error, "it is a web page or XML");
  if (*self->next != '[' && *self->next != '{')
    return refuse (error, "it is a plain text");
  return TRUE;
}

/**
 * komek_wire_tame:
 * @body: anything at all
 * @length: (out): the length of the result
 *
 * Copies a JSON text so that json-glib reads it safely and exactly.
 *
 * Fails with %KOMEK_ERROR_UNREADABLE where it is none, or is nested deeper than
 * %KOMEK_WIRE_MAX_DEPTH.
 *
 * Returns: (transfer full): the text, ended by a zero
 */
char *
komek_wire_tame (GBytes *body, gsize *length, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (body, &size);
  g_autofree char *text = g_strndup (data ? data : "", size);
  g_autoptr (GString) tame = g_string_sized_new (size + 1);
  Tamer self = { text, text + size, tame, 0 };

  /* From here on no zero stands in the text but the last, and every sign is whole. */
  if (!g_utf8_validate_len (text, size, NULL))
    {
      refuse (error, "it is not UTF-8");
      return NULL;
    }
  if (!check_start (&self, error))
    return NULL;
  while (self.next < self.end)
    if (!copy_token (&self, error))
      return NULL;
  if (self.depth > 0)
    {
      refuse (error, "it breaks off");
      return NULL;
    }

  *length = tame->len;
  return g_string_free (g_steal_pointer (&tame), FALSE);
}
