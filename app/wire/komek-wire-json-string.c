/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-wire-json-string.h"

#include <string.h>

#define ESCAPE_LENGTH 6
#define IS_HIGH(unit) ((unit) >= 0xd800 && (unit) <= 0xdbff)
#define IS_LOW(unit) ((unit) >= 0xdc00 && (unit) <= 0xdfff)
#define UNKNOWN_LETTER 0xfffd

/* The 16 bits of an escape like "\u04d8"; FALSE where none begins here. */
static gboolean
read_unit (const char *text, const char *end, guint *unit)
{
  *unit = 0;
  if (end - text < ESCAPE_LENGTH || text[0] != '\\' || text[1] != 'u')
    return FALSE;
  for (int i = 2; i < ESCAPE_LENGTH; i++)
    {
      if (!g_ascii_isxdigit (text[i]))
        return FALSE;
      *unit = *unit * 16 + g_ascii_xdigit_value (text[i]);
    }
  return TRUE;
}

/* Half of a pair is no letter, and a zero would end the text: both become the unknown letter. */
static const char *
copy_unit (const char *text, const char *end, char **to)
{
  guint unit, low;
  gunichar letter;

  if (!read_unit (text, end, &unit))
    return NULL;
  letter = unit;
  text += ESCAPE_LENGTH;
  if (IS_HIGH (unit) && read_unit (text, end, &low) && IS_LOW (low))
    {
      letter = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
      text += ESCAPE_LENGTH;
    }
  else if (unit == 0 || IS_HIGH (unit) || IS_LOW (unit))
    letter = UNKNOWN_LETTER;
  *to += g_unichar_to_utf8 (letter, *to);
  return text;
}

/* Returns where the text goes on, NULL where there is no such escape. */
static const char *
copy_escape (const char *text, const char *end, char **to)
{
  static const char signs[] = "\"\\/bfnrt'";
  static const char meant[] = "\"\\/\b\f\n\r\t'";
  const char *sign = end - text >= 2 ? memchr (signs, text[1], sizeof signs - 1) : NULL;

  if (!sign)
    return copy_unit (text, end, to);
  *(*to)++ = meant[sign - signs];
  return text + 2;
}

/**
 * komek_wire_json_unescape:
 * @text: what stands between two quotation marks, valid UTF-8
 * @copied: (out): the length of the result
 *
 * Returns: (transfer none) (nullable): what it stands for, in the arena and ended
 *   by a zero; %NULL where it has an escape that there is not
 */
char *
komek_wire_json_unescape (KomekWireArena *arena, const char *text, gsize length, gsize *copied)
{
  const char *end = text + length;
  /* An escape is never shorter than the letter that it stands for. */
  char *copy = komek_wire_arena_take (arena, length + 1);
  char *to = copy;

  while (text && text < end)
    {
      const char *escape = memchr (text, '\\', end - text);
      gsize plain = (escape ? escape : end) - text;

      memcpy (to, text, plain);
      to += plain;
      text = escape ? copy_escape (escape, end, &to) : end;
    }
  *to = '\0';
  *copied = to - copy;
  return text ? copy : NULL;
}
