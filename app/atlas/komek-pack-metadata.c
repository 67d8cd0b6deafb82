/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-pack-metadata.h"

#include <string.h>

#define LONGEST_ATTRIBUTION 200 /* characters; it always shows */
#define LONGEST_ENTITY 8        /* bytes between & and ; */

/* What those who write packs call the projection of the web. */
static const char *const mercators[] = {
  "3857", "900913", "3785", "102100", "102113", "mercator", "webmercator", "google",
};

void
komek_pack_metadata_init (KomekPackMetadata *self)
{
  *self = (KomekPackMetadata) { .mercator = TRUE };
}

void
komek_pack_metadata_clear (KomekPackMetadata *self)
{
  g_clear_pointer (&self->attribution, g_free);
  g_clear_pointer (&self->bounds, komek_bounds_unref);
}

/* Returns: 0 where it stands for no character that shows */
static gunichar
look_up_entity (const char *name, gsize length)
{
  static const struct
  {
    const char *name;
    gunichar    character;
  } entities[] = {
    { "copy", 0xa9 }, { "amp", '&' },  { "lt", '<' },    { "gt", '>' },
    { "quot", '"' },  { "apos", '\'' }, { "nbsp", ' ' }, { "reg", 0xae },
  };
  gunichar character = 0;

  for (guint i = 0; i < G_N_ELEMENTS (entities); i++)
    if (strlen (entities[i].name) == length && strncmp (entities[i].name, name, length) == 0)
      return entities[i].character;

  if (length > 2 && name[0] == '#' && g_ascii_tolower (name[1]) == 'x')
    character = (gunichar) g_ascii_strtoull (name + 2, NULL, 16);
  else if (length > 1 && name[0] == '#')
    character = (gunichar) g_ascii_strtoull (name + 1, NULL, 10);
  return g_unichar_validate (character) && g_unichar_isprint (character) ? character : 0;
}

/* Appends what begins with & and answers where it ends. */
static const char *
take_entity (const char *html, GString *text)
{
  const char *end = memchr (html, ';', strnlen (html, LONGEST_ENTITY + 2));
  gunichar character = end ? look_up_entity (html + 1, (gsize) (end - html - 1)) : 0;

  if (character == 0)
    {
      g_string_append_c (text, '&');
      return html + 1;
    }
  g_string_append_unichar (text, character);
  return end + 1;
}

/* A "<" that opens no name is one of arithmetic. */
static const char *
skip_tag (const char *html)
{
  gboolean opens = html[1] == '/' || html[1] == '!' || g_ascii_isalpha (html[1]);
  const char *end = opens ? strchr (html, '>') : NULL;

  return end ? end + 1 : NULL;
}

static void
append_space (GString *text)
{
  if (text->len > 0 && text->str[text->len - 1] != ' ')
    g_string_append_c (text, ' ');
}

static const char *
take_character (const char *html, GString *text)
{
  gunichar character = g_utf8_get_char (html);

  if (g_unichar_isspace (character) || !g_unichar_isprint (character))
    append_space (text);
  else
    g_string_append_unichar (text, character);
  return g_utf8_next_char (html);
}

/**
 * komek_pack_metadata_to_text:
 * @html: an attribution as it is written for web pages
 *
 * Returns: (transfer full) (nullable): what a reader of the page sees of it, on one line and cut at
 *   200 characters; %NULL where that is nothing
 */
char *
komek_pack_metadata_to_text (const char *html)
{
  g_autofree char *valid = g_utf8_make_valid (html, -1);
  g_autoptr (GString) text = g_string_new (NULL);

  for (const char *p = valid; *p;)
    {
      const char *behind = *p == '<' ? skip_tag (p) : NULL;

      if (behind)
        p = behind;
      else
        p = *p == '&' ? take_entity (p, text) : take_character (p, text);
    }
  g_strstrip (text->str);
  if (!*text->str)
    return NULL;
  return g_utf8_substring (text->str, 0, MIN (g_utf8_strlen (text->str, -1), LONGEST_ATTRIBUTION));
}

/* West, south, east and north, of which whole worlds stick out a little. */
static KomekBounds *
parse_bounds (const char *value)
{
  static const double edges[] = { 180, 90, 180, 90 };
  g_auto (GStrv) parts = g_strsplit (value, ",", 5);
  double number[4];

  if (g_strv_length (parts) != 4)
    return NULL;
  for (guint i = 0; i < 4; i++)
    {
      char *end;

      number[i] = g_ascii_strtod (g_strstrip (parts[i]), &end);
      if (end == parts[i] || *end)
        return NULL;
      number[i] = CLAMP (number[i], -edges[i], edges[i]);
    }
  if (!(number[0] < number[2]) || !(number[1] < number[3]))
    return NULL;
  return komek_bounds_new (number[1], number[0], number[3], number[2], NULL);
}

static gboolean
is_mercator (const char *value)
{
  g_autofree char *folded = g_ascii_strdown (value, -1);

  if (!*folded)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (mercators); i++)
    if (strstr (folded, mercators[i]))
      return TRUE;
  return FALSE;
}

/**
 * komek_pack_metadata_take:
 *
 * Takes a row of the table. What makes no sense in it is left as it was.
 */
void
komek_pack_metadata_take (KomekPackMetadata *self, const char *name, const char *value)
{
  if (g_ascii_strcasecmp (name, "attribution") == 0)
    {
      g_free (self->attribution);
      self->attribution = komek_pack_metadata_to_text (value);
    }
  else if (g_ascii_strcasecmp (name, "bounds") == 0)
    {
      g_clear_pointer (&self->bounds, komek_bounds_unref);
      self->bounds = parse_bounds (value);
    }
  else if (g_ascii_strcasecmp (name, "scheme") == 0)
    self->from_north = g_ascii_strcasecmp (value, "xyz") == 0;
  else if (g_ascii_strcasecmp (name, "crs") == 0 || g_ascii_strcasecmp (name, "srs") == 0
           || g_ascii_strcasecmp (name, "projection") == 0
           || g_ascii_strcasecmp (name, "profile") == 0)
    self->mercator = self->mercator && is_mercator (value);
}
