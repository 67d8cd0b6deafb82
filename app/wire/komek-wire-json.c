/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-wire-json.h"

#include <string.h>

#include "komek-wire-format.h"

/* Why not json-glib: it recurses without end on "[[[[…", takes 010 for eight,
 * wraps numbers that do not fit into 64 bits, and stops at a comma before a
 * bracket or at half of a letter; all of these are found in the wild, in
 * identifiers above all. To tame a text for it one has to read all of JSON
 * anyway, and then its tree costs four times the reading. */

#define ESCAPE_LENGTH 6
#define IS_HIGH(unit) ((unit) >= 0xd800 && (unit) <= 0xdbff)
#define IS_LOW(unit) ((unit) >= 0xdc00 && (unit) <= 0xdfff)
#define UNKNOWN_LETTER 0xfffd

static gboolean
fail (KomekWireJson *self, const char *what)
{
  if (!self->error)
    self->error = what;
  return FALSE;
}

static void
skip_space (KomekWireJson *self)
{
  while (self->next < self->end && g_ascii_isspace (*self->next))
    self->next++;
}

/* The next sign that is no space; a zero at the end. */
char
komek_wire_json_peek (KomekWireJson *self)
{
  skip_space (self);
  return self->next < self->end ? *self->next : '\0';
}

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

/* An escape is never shorter than the letter that it stands for. */
static char *
copy_escaped (KomekWireJson *self, KomekWireArena *arena, const char *text, gsize length,
              gsize *copied)
{
  const char *end = text + length;
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
  if (!text)
    fail (self, "an unknown escape");
  *to = '\0';
  *copied = to - copy;
  return copy;
}

/* What stands between two quotation marks, as it is written. */
static const char *
scan_string (KomekWireJson *self, gsize *length, gboolean *escaped)
{
  const char *start = ++self->next;

  *escaped = FALSE;
  while (self->next < self->end && *self->next != '"')
    if (*self->next++ == '\\')
      {
        *escaped = TRUE;
        self->next += self->next < self->end;
      }
  if (self->next == self->end)
    {
      fail (self, "a string without an end");
      return NULL;
    }
  *length = self->next++ - start;
  return start;
}

static char *
read_string (KomekWireJson *self, KomekWireArena *arena)
{
  gsize length;
  gboolean escaped;
  const char *text = scan_string (self, &length, &escaped);

  if (!text)
    return NULL;
  return escaped ? copy_escaped (self, arena, text, length, &length)
                 : komek_wire_arena_copy (arena, text, length);
}

/**
 * komek_wire_json_read_name:
 * @length: (out): of the name
 *
 * Reads the name of a member and its colon.
 *
 * Returns: (transfer none) (nullable): the name, not ended by a zero
 */
const char *
komek_wire_json_read_name (KomekWireJson *self, KomekWireArena *arena, guint *length)
{
  gsize size;
  gboolean escaped;
  const char *name;

  if (komek_wire_json_peek (self) != '"')
    {
      fail (self, "a member without a name");
      return NULL;
    }
  name = scan_string (self, &size, &escaped);
  if (name && escaped)
    name = copy_escaped (self, arena, name, size, &size);
  if (!name)
    return NULL;
  if (komek_wire_json_peek (self) != ':')
    {
      fail (self, "a name without a value");
      return NULL;
    }
  self->next++;
  *length = MIN (size, G_MAXUINT);
  return name;
}

static gsize
skip_digits (KomekWireJson *self)
{
  const char *start = self->next;

  while (self->next < self->end && g_ascii_isdigit (*self->next))
    self->next++;
  return self->next - start;
}

static gboolean
skip_sign (KomekWireJson *self, const char *any)
{
  if (self->next == self->end || !memchr (any, *self->next, strlen (any)))
    return FALSE;
  self->next++;
  return TRUE;
}

/* Leading zeros are taken: identifiers have them. */
static gboolean
skip_number (KomekWireJson *self)
{
  gboolean whole;

  skip_sign (self, "-");
  whole = skip_digits (self) > 0;
  if (whole && skip_sign (self, "."))
    whole = skip_digits (self) > 0;
  if (whole && skip_sign (self, "eE"))
    {
      skip_sign (self, "+-");
      whole = skip_digits (self) > 0;
    }
  return whole || fail (self, "a number that is none");
}

static gboolean
skip_word (KomekWireJson *self, const char *word)
{
  gsize length = strlen (word);

  if ((gsize) (self->end - self->next) < length || memcmp (self->next, word, length) != 0)
    return FALSE;
  self->next += length;
  return TRUE;
}

/* Some languages write what is no number by its name, which no standard of JSON knows. */
static gboolean
skip_no_number (KomekWireJson *self)
{
  return skip_word (self, "NaN") || skip_word (self, "Infinity") || skip_word (self, "-Infinity");
}

static KomekWireNode *
read_word (KomekWireJson *self, KomekWireArena *arena)
{
  KomekWireNode *node = komek_wire_node_new (arena, KOMEK_WIRE_TEXT);

  if (skip_word (self, "true"))
    node->text = "true";
  else if (skip_word (self, "false"))
    node->text = "false";
  else if (skip_word (self, "null") || skip_no_number (self))
    node->kind = KOMEK_WIRE_NULL;
  else
    fail (self, self->next < self->end ? "an unknown sign" : "it breaks off");
  return node;
}

static KomekWireNode *
read_number (KomekWireJson *self, KomekWireArena *arena)
{
  KomekWireNode *node = komek_wire_node_new (arena, KOMEK_WIRE_NUMBER);
  const char *start = self->next;

  if (skip_number (self))
    node->text = komek_wire_arena_copy (arena, start, self->next - start);
  return node;
}

/**
 * komek_wire_json_enter:
 * @bracket: '[' or '{', which stands next
 *
 * Returns: whether there is anything inside
 */
gboolean
komek_wire_json_enter (KomekWireJson *self, char bracket)
{
  self->next++;
  if (++self->depth > KOMEK_WIRE_MAX_DEPTH)
    return fail (self, "nested too deep");
  if (komek_wire_json_peek (self) != bracket + 2)
    return TRUE;
  self->next++;
  self->depth--;
  return FALSE;
}

/**
 * komek_wire_json_go_on:
 * @bracket: '[' or '{', inside of which something was read
 *
 * A comma before the closing bracket counts as none.
 *
 * Returns: whether more follows inside; if not, the bracket is closed or there is an error
 */
gboolean
komek_wire_json_go_on (KomekWireJson *self, char bracket)
{
  gboolean comma = komek_wire_json_peek (self) == ',';

  if (self->error)
    return FALSE;
  if (comma)
    self->next++;
  if (komek_wire_json_peek (self) == bracket + 2)
    {
      self->next++;
      self->depth--;
      return FALSE;
    }
  return comma || fail (self, self->next < self->end ? "an unknown sign" : "it breaks off");
}

static KomekWireNode *
read_list (KomekWireJson *self, KomekWireArena *arena)
{
  KomekWireNode *list = komek_wire_node_new (arena, KOMEK_WIRE_LIST);

  if (!komek_wire_json_enter (self, '['))
    return list;
  do
    komek_wire_node_add (list, komek_wire_json_read (self, arena));
  while (komek_wire_json_go_on (self, '['));
  return list;
}

static KomekWireNode *
read_object (KomekWireJson *self, KomekWireArena *arena)
{
  KomekWireNode *object = komek_wire_node_new (arena, KOMEK_WIRE_OBJECT);
  const char *name;
  guint length;

  if (!komek_wire_json_enter (self, '{'))
    return object;
  do
    {
      KomekWireNode *member;

      name = komek_wire_json_read_name (self, arena, &length);
      if (!name)
        break;
      member = komek_wire_json_read (self, arena);
      member->name = name;
      member->name_length = length;
      komek_wire_node_add (object, member);
    }
  while (komek_wire_json_go_on (self, '{'));
  return object;
}

/**
 * komek_wire_json_read:
 *
 * Reads a whole value. Where it cannot, @self has an error and the value is good for nothing.
 *
 * Returns: (transfer none): the value, with whatever it holds
 */
KomekWireNode *
komek_wire_json_read (KomekWireJson *self, KomekWireArena *arena)
{
  char sign = komek_wire_json_peek (self);
  KomekWireNode *node;

  if (self->error)
    return komek_wire_node_new (arena, KOMEK_WIRE_NULL);
  if (sign == '[')
    return read_list (self, arena);
  if (sign == '{')
    return read_object (self, arena);
  if (g_ascii_isdigit (sign) || (sign == '-' && !skip_no_number (self)))
    return read_number (self, arena);
  if (sign != '"')
    return sign == '-' ? komek_wire_node_new (arena, KOMEK_WIRE_NULL) : read_word (self, arena);
  node = komek_wire_node_new (arena, KOMEK_WIRE_TEXT);
  node->text = read_string (self, arena);
  return node;
}

/* The rest of a number or a word. */
static void
skip_scalar (KomekWireJson *self)
{
  while (self->next < self->end && !g_ascii_isspace (*self->next)
         && !memchr (",:]}[{\"", *self->next, 7))
    self->next++;
}

/* One sign, string, number or word, whatever it means. */
static gboolean
skip_token (KomekWireJson *self, char sign)
{
  gsize length;
  gboolean escaped;

  if (sign == '\0')
    return fail (self, "it breaks off");
  if (sign == '"')
    return scan_string (self, &length, &escaped) != NULL;
  if (strchr ("[]{},:", sign))
    self->next++;
  else
    skip_scalar (self);
  return TRUE;
}

/**
 * komek_wire_json_skip:
 *
 * Passes over a value by its brackets alone: whoever reads it later finds what is wrong inside.
 *
 * Returns: whether it has an end
 */
gboolean
komek_wire_json_skip (KomekWireJson *self)
{
  guint open = 0;
  char sign = komek_wire_json_peek (self);

  if (strchr ("]},:", sign))
    return fail (self, "a value is missing");
  do
    {
      sign = komek_wire_json_peek (self);
      if (!skip_token (self, sign))
        return FALSE;
      open += sign == '[' || sign == '{';
      open -= sign == ']' || sign == '}';
    }
  while (open > 0);
  return TRUE;
}

/**
 * komek_wire_json_finish:
 *
 * Returns: whether all went well and nothing but space follows
 */
gboolean
komek_wire_json_finish (KomekWireJson *self)
{
  if (!self->error && komek_wire_json_peek (self) != '\0')
    fail (self, "something follows it");
  return !self->error;
}
