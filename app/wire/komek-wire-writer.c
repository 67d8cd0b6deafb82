/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-wire-writer.h"

#include <math.h>

#include "komek-wire-time.h"

/**
 * KomekWireWriter:
 *
 * Writes JSON straight into one buffer.
 *
 * A page of a thousand requests is some twenty thousand values; a tree of
 * nodes for each of them costs ten times what the text itself does.
 */
struct _KomekWireWriter
{
  GString *json;
};

KomekWireWriter *
komek_wire_writer_new (gsize size)
{
  KomekWireWriter *self = g_new (KomekWireWriter, 1);

  self->json = g_string_sized_new (size);
  return self;
}

void
komek_wire_writer_free (KomekWireWriter *self)
{
  if (self->json)
    g_string_free (self->json, TRUE);
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
  return g_string_free_to_bytes (g_steal_pointer (&self->json));
}

static void
append_quoted (GString *json, const char *text)
{
  const char *run = text;

  g_string_append_c (json, '"');
  for (const char *p = text; *p != '\0'; p++)
    {
      guchar c = *p;

      if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7f)
        continue;
      g_string_append_len (json, run, p - run);
      run = p + 1;
      if (c == '"' || c == '\\')
        g_string_append_printf (json, "\\%c", c);
      else if (c == '\n')
        g_string_append (json, "\\n");
      else
        g_string_append_printf (json, "\\u%04x", c);
    }
  g_string_append (json, run);
  g_string_append_c (json, '"');
}

/* Values of an array have no name. */
static void
append_name (KomekWireWriter *self, const char *name)
{
  GString *json = self->json;

  if (json->len > 0 && json->str[json->len - 1] != '[' && json->str[json->len - 1] != '{')
    g_string_append_c (json, ',');
  if (!name)
    return;
  append_quoted (json, name);
  g_string_append_c (json, ':');
}

void
komek_wire_writer_begin (KomekWireWriter *self, const char *name, char bracket)
{
  append_name (self, name);
  g_string_append_c (self->json, bracket);
}

void
komek_wire_writer_end (KomekWireWriter *self, char bracket)
{
  g_string_append_c (self->json, bracket);
}

/**
 * komek_wire_writer_text:
 * @text: (nullable): valid UTF-8; %NULL and "" write null
 */
void
komek_wire_writer_text (KomekWireWriter *self, const char *name, const char *text)
{
  append_name (self, name);
  if (text && *text != '\0')
    append_quoted (self->json, text);
  else
    g_string_append (self->json, "null");
}

void
komek_wire_writer_count (KomekWireWriter *self, const char *name, gint64 count)
{
  append_name (self, name);
  g_string_append_printf (self->json, "%" G_GINT64_FORMAT, count);
}

/* Seven places are a centimetre. */
void
komek_wire_writer_degrees (KomekWireWriter *self, const char *name, double degrees)
{
  char digits[32];

  append_name (self, name);
  g_string_append (self->json, isfinite (degrees)
                                   ? g_ascii_formatd (digits, sizeof digits, "%.7f", degrees)
                                   : "null");
}

void
komek_wire_writer_flag (KomekWireWriter *self, const char *name, gboolean flag)
{
  append_name (self, name);
  g_string_append (self->json, flag ? "true" : "false");
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
  komek_wire_writer_begin (self, name, '{');
  komek_wire_writer_names (self, label);
  komek_wire_writer_end (self, '}');
}
