/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-wire-json.h"

#include <string.h>

#include "komek-wire-format.h"
#include "komek-wire-json-string.h"

/* Why not json-glib: it recurses without end on "[[[[…", takes 010 for eight,
 * wraps numbers that do not fit into 64 bits, and stops at a comma before a
 * bracket or at half of a letter; all of these are found in the wild, in
 * identifiers above all. To tame a text for it one has to read all of JSON
 * anyway, and then its tree costs four times the reading. */

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

/* What the letters of @text stand for; takes its length and returns the other's. */
static char *
unescape (KomekWireJson *self, KomekWireArena *arena, const char *text, gsize *length)
{
  char *copy = komek_wire_json_unescape (arena, text, *length, length);

  if (!copy)
    fail (self, "an unknown escape");
  return copy;
}

static char *
read_string (KomekWireJson *self, KomekWireArena *arena)
{
  gsize length;
  gboolean escaped;
  const char *text = scan_string (self, &length, &escaped);

  if (!text)
    return NULL;
  return escaped ? unescape (self, arena, text, &length)
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
    name = unescape (self, arena, name, &size);
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

  if (komek_wire_arena_is_full (arena))
    fail (self, "too much in one piece");
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
