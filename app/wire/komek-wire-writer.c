/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-wire-writer.h"

#include <math.h>
#include <string.h>

#include "komek-wire-time.h"

#define XML_HEAD "<?xml version=\"1.0\" encoding=\"utf-8\"?>"
#define UNKNOWN_LETTER "\xef\xbf\xbd"

/* "-180.0000000" */
#define DEGREES_SIZE 16

/**
 * KomekWireWriter:
 *
 * Writes JSON or XML straight into one buffer.
 *
 * A page of a thousand requests is some twenty thousand values; a tree of
 * nodes for each of them costs ten times what the text itself does.
 *
 * The JSON is the standard's mapping of the XML: an element that holds equal
 * children is an array, and neither the root nor the children keep their names.
 */
struct _KomekWireWriter
{
  KomekWireFormat format;
  GString        *text;
  guint           depth;
  struct
  {
    const char *name;
    gboolean    list;
    gboolean    filled;
  } open[KOMEK_WIRE_MAX_DEPTH];
};

/**
 * komek_wire_writer_new:
 * @size: how many bytes it will be, roughly
 *
 * Returns: (transfer full): a writer of an answer that has not begun
 */
KomekWireWriter *
komek_wire_writer_new (KomekWireFormat format, gsize size)
{
  KomekWireWriter *self = g_new0 (KomekWireWriter, 1);

  self->format = format;
  self->text = g_string_sized_new (size);
  if (format == KOMEK_WIRE_XML)
    g_string_append (self->text, XML_HEAD);
  return self;
}

void
komek_wire_writer_free (KomekWireWriter *self)
{
  if (self->text)
    g_string_free (self->text, TRUE);
  g_free (self);
}

/**
 * komek_wire_writer_finish:
 *
 * Returns: (transfer full): what was written; nothing more can be
 */
GBytes *
komek_wire_writer_finish (KomekWireWriter *self)
{
  g_return_val_if_fail (self->depth == 0, NULL);

  return g_string_free_to_bytes (g_steal_pointer (&self->text));
}

static void
append_escaped_json (GString *json, guchar c)
{
  if (c == '"' || c == '\\')
    g_string_append_printf (json, "\\%c", c);
  else if (c == '\n')
    g_string_append (json, "\\n");
  else
    g_string_append_printf (json, "\\u%04x", c);
}

static gboolean
is_plain (guchar c)
{
  return c >= 0x20 && c != '"' && c != '\\' && c != 0x7f;
}

/* Most texts are plain to their end, and go in as one piece. */
static void
append_quoted (GString *json, const char *text)
{
  const char *p = text;

  g_string_append_c (json, '"');
  for (;;)
    {
      const char *run = p;

      while (is_plain (*p))
        p++;
      g_string_append_len (json, run, p - run);
      if (*p == '\0')
        break;
      append_escaped_json (json, *p++);
    }
  g_string_append_c (json, '"');
}

/* What XML has no way to write, not even by its number, is not left out silently. */
static void
append_escaped_xml (GString *xml, guchar c)
{
  switch (c)
    {
    case '&':
      g_string_append (xml, "&amp;");
      break;
    case '<':
      g_string_append (xml, "&lt;");
      break;
    case '>':
      g_string_append (xml, "&gt;");
      break;
    case '\r':
      g_string_append (xml, "&#13;");
      break;
    default:
      g_string_append (xml, UNKNOWN_LETTER);
    }
}

/* U+FFFE and U+FFFF are UTF-8, but no XML. */
static gboolean
is_no_letter (const char *text)
{
  return text[0] == '\xef' && text[1] == '\xbf' && (text[2] == '\xbe' || text[2] == '\xbf');
}

static void
append_content (GString *xml, const char *text)
{
  const char *run = text;

  for (const char *p = text; *p != '\0'; p++)
    {
      guchar c = *p;
      gsize length = is_no_letter (p) ? 3 : 1;

      if (length == 1 && (c >= 0x20 || c == '\n' || c == '\t') && c != '&' && c != '<' && c != '>')
        continue;
      g_string_append_len (xml, run, p - run);
      append_escaped_xml (xml, c);
      run = p + length;
      p += length - 1;
    }
  g_string_append (xml, run);
}

static void
append_comma (KomekWireWriter *self)
{
  if (self->depth == 0)
    return;
  if (self->open[self->depth - 1].filled)
    g_string_append_c (self->text, ',');
  self->open[self->depth - 1].filled = TRUE;
}

/* In JSON what stands in an array has no name, and neither has the root. */
static void
append_name (KomekWireWriter *self, const char *name)
{
  append_comma (self);
  if (self->depth == 0 || self->open[self->depth - 1].list)
    return;
  g_string_append_c (self->text, '"');
  g_string_append (self->text, name);
  g_string_append_c (self->text, '"');
  g_string_append_c (self->text, ':');
}

static void
append_tag (KomekWireWriter *self, const char *before, const char *name, const char *after)
{
  g_string_append (self->text, before);
  g_string_append (self->text, name);
  g_string_append (self->text, after);
}

static void
begin (KomekWireWriter *self, const char *name, gboolean list)
{
  g_return_if_fail (self->depth < KOMEK_WIRE_MAX_DEPTH);

  if (self->format == KOMEK_WIRE_XML)
    append_tag (self, "<", name, ">");
  else
    {
      append_name (self, name);
      g_string_append_c (self->text, list ? '[' : '{');
    }
  self->open[self->depth].name = name;
  self->open[self->depth].list = list;
  self->open[self->depth].filled = FALSE;
  self->depth++;
}

/**
 * komek_wire_writer_begin_list:
 * @name: a literal: the name that the element has in XML, and the member in JSON
 *
 * Begins an element that holds equal children.
 */
void
komek_wire_writer_begin_list (KomekWireWriter *self, const char *name)
{
  begin (self, name, TRUE);
}

/**
 * komek_wire_writer_begin_object:
 * @name: a literal, as in komek_wire_writer_begin_list()
 *
 * Begins an element that holds fields.
 */
void
komek_wire_writer_begin_object (KomekWireWriter *self, const char *name)
{
  begin (self, name, FALSE);
}

/* Ends what was begun last. */
void
komek_wire_writer_end (KomekWireWriter *self)
{
  g_return_if_fail (self->depth > 0);

  self->depth--;
  if (self->format == KOMEK_WIRE_XML)
    append_tag (self, "</", self->open[self->depth].name, ">");
  else
    g_string_append_c (self->text, self->open[self->depth].list ? ']' : '}');
}

/* A value that needs no escaping; NULL for none. */
static void
append_plain (KomekWireWriter *self, const char *name, const char *value)
{
  if (self->format == KOMEK_WIRE_JSON)
    {
      append_name (self, name);
      g_string_append (self->text, value ? value : "null");
    }
  else if (value)
    {
      append_tag (self, "<", name, ">");
      g_string_append (self->text, value);
      append_tag (self, "</", name, ">");
    }
  else
    append_tag (self, "<", name, "/>");
}

/**
 * komek_wire_writer_text:
 * @text: (nullable): valid UTF-8; %NULL and "" write null, in XML an empty element
 */
void
komek_wire_writer_text (KomekWireWriter *self, const char *name, const char *text)
{
  if (!text || *text == '\0')
    append_plain (self, name, NULL);
  else if (self->format == KOMEK_WIRE_JSON)
    {
      append_name (self, name);
      append_quoted (self->text, text);
    }
  else
    {
      append_tag (self, "<", name, ">");
      append_content (self->text, text);
      append_tag (self, "</", name, ">");
    }
}

void
komek_wire_writer_count (KomekWireWriter *self, const char *name, gint64 count)
{
  char digits[24];

  g_snprintf (digits, sizeof digits, "%" G_GINT64_FORMAT, count);
  append_plain (self, name, digits);
}

/* From the last digit to the first: printf takes ten times as long. */
static const char *
format_degrees (char buffer[DEGREES_SIZE], double degrees)
{
  guint64 rest = llround (fabs (degrees) * 1e7);
  char *start = buffer + DEGREES_SIZE - 1;

  *start = '\0';
  for (guint place = 0; place <= 7 || rest > 0; place++, rest /= 10)
    {
      if (place == 7)
        *--start = '.';
      *--start = '0' + rest % 10;
    }
  if (degrees < 0)
    *--start = '-';
  return start;
}

/* Seven places are a centimetre; what is no angle writes null. */
void
komek_wire_writer_degrees (KomekWireWriter *self, const char *name, double degrees)
{
  char buffer[DEGREES_SIZE];

  append_plain (self, name, fabs (degrees) <= 180 ? format_degrees (buffer, degrees) : NULL);
}

void
komek_wire_writer_flag (KomekWireWriter *self, const char *name, gboolean flag)
{
  append_plain (self, name, flag ? "true" : "false");
}

/* A time of 0 writes null. */
void
komek_wire_writer_time (KomekWireWriter *self, const char *name, gint64 time, GTimeZone *zone)
{
  g_autofree char *text = time != 0 ? komek_wire_write_time (time, zone) : NULL;

  komek_wire_writer_text (self, name, text);
}

/**
 * komek_wire_writer_names:
 *
 * Writes the names that there are as members kk, ru and en of the open object.
 */
void
komek_wire_writer_names (KomekWireWriter *self, const KomekLabel *label)
{
  for (guint i = 0; i < KOMEK_N_LANGUAGES; i++)
    if (komek_label_get_exact (label, i))
      komek_wire_writer_text (self, komek_language_get_code (i), komek_label_get_exact (label, i));
}

void
komek_wire_writer_label (KomekWireWriter *self, const char *name, const KomekLabel *label)
{
  komek_wire_writer_begin_object (self, name);
  komek_wire_writer_names (self, label);
  komek_wire_writer_end (self);
}

/**
 * komek_wire_writer_media:
 * @media: (nullable): addresses of pictures
 *
 * Writes the standard's one address and, where there are more, all of them as a list beside it.
 */
void
komek_wire_writer_media (KomekWireWriter *self, const char *const *media)
{
  komek_wire_writer_text (self, "media_url", media ? media[0] : NULL);
  if (!media || !media[0] || !media[1])
    return;
  komek_wire_writer_begin_list (self, "media_urls");
  for (guint i = 0; media[i]; i++)
    komek_wire_writer_text (self, "media_url", media[i]);
  komek_wire_writer_end (self);
}
