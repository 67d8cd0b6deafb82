/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-wire-node.h"

#include <math.h>
#include <string.h>

#include "komek-wire-time.h"

/* Getters that take what real servers send for what the standard says: numbers
 * as strings and strings as numbers, one thing where a list should stand, null
 * or nothing where a value should. None of them fails. What they return lives
 * as long as the object. */

/**
 * komek_wire_node_new:
 *
 * Returns: (transfer none): an empty node without a name
 */
KomekWireNode *
komek_wire_node_new (KomekWireArena *arena, KomekWireKind kind)
{
  KomekWireNode *self = komek_wire_arena_take (arena, sizeof *self);

  *self = (KomekWireNode) { .kind = kind, .text = "", .arena = arena };
  return self;
}

void
komek_wire_node_add (KomekWireNode *self, KomekWireNode *child)
{
  if (self->last)
    self->last->next = child;
  else
    self->first = child;
  self->last = child;
}

/* Where a name comes twice the last one counts, as in every reader of JSON. */
static const KomekWireNode *
find (const KomekWireNode *object, const char *name)
{
  const KomekWireNode *found = NULL;
  gsize length = strlen (name);

  if (!object || object->kind != KOMEK_WIRE_OBJECT)
    return NULL;
  for (const KomekWireNode *member = object->first; member; member = member->next)
    if (member->name_length == length && memcmp (member->name, name, length) == 0)
      found = member;
  return found;
}

/* {"@nil": "true"} is how XML without a value looks after a careless mapping. */
static gboolean
is_nothing (const KomekWireNode *node)
{
  return node->kind == KOMEK_WIRE_NULL || (node->kind == KOMEK_WIRE_OBJECT && find (node, "@nil"));
}

/* Neither a missing member nor null is there. */
static const KomekWireNode *
peek (const KomekWireNode *object, const char *name)
{
  const KomekWireNode *node = find (object, name);

  return node && !is_nothing (node) ? node : NULL;
}

/**
 * komek_wire_has:
 * @object: (nullable): where to look
 *
 * Returns: whether there is such a member, even if it is empty
 */
gboolean
komek_wire_has (const KomekWireNode *object, const char *name)
{
  return find (object, name) != NULL;
}

static gboolean
is_number (const KomekWireNode *member)
{
  for (guint i = 0; i < member->name_length; i++)
    if (!g_ascii_isdigit (member->name[i]))
      return FALSE;
  return member->name_length > 0;
}

static KomekWireNode *
list_of_one (const KomekWireNode *node)
{
  KomekWireNode *list = komek_wire_node_new (node->arena, KOMEK_WIRE_LIST);
  KomekWireNode *copy = komek_wire_node_new (node->arena, node->kind);

  *copy = *node;
  copy->next = NULL;
  komek_wire_node_add (list, copy);
  return list;
}

/* {"0": {…}, "1": {…}} and {"request": […]} are both seen where a list should stand. */
static const KomekWireNode *
list_of_members (const KomekWireNode *object)
{
  KomekWireNode *list;
  const KomekWireNode *only = object->first == object->last ? object->first : NULL;

  if (only && only->kind == KOMEK_WIRE_LIST)
    return only;
  if (only && only->kind == KOMEK_WIRE_OBJECT)
    return list_of_one (only);
  for (const KomekWireNode *member = object->first; member; member = member->next)
    if (!is_number (member))
      return list_of_one (object);
  /* The members follow each other already. */
  list = komek_wire_node_new (object->arena, KOMEK_WIRE_LIST);
  list->first = object->first;
  list->last = object->last;
  return list;
}

/**
 * komek_wire_list_of:
 *
 * Returns: (transfer none): the list that a node is or stands for; empty for nothing
 */
const KomekWireNode *
komek_wire_list_of (const KomekWireNode *node)
{
  if (node->kind == KOMEK_WIRE_LIST)
    return node;
  if (is_nothing (node) || (node->kind == KOMEK_WIRE_TEXT && *node->text == '\0'))
    return komek_wire_node_new (node->arena, KOMEK_WIRE_LIST);
  return node->kind == KOMEK_WIRE_OBJECT ? list_of_members (node) : list_of_one (node);
}

/**
 * komek_wire_get_list:
 * @object: where to look
 *
 * Returns: (transfer none): the elements of a member, one where it is no list,
 *   none where it is missing
 */
const KomekWireNode *
komek_wire_get_list (const KomekWireNode *object, const char *name)
{
  const KomekWireNode *node = peek (object, name);

  return node ? komek_wire_list_of (node) : komek_wire_node_new (object->arena, KOMEK_WIRE_LIST);
}

/**
 * komek_wire_get_object:
 * @object: (nullable): where to look
 *
 * Returns: (transfer none) (nullable): the member where it is an object, also in a list of one
 */
const KomekWireNode *
komek_wire_get_object (const KomekWireNode *object, const char *name)
{
  const KomekWireNode *node = peek (object, name);

  if (node && node->kind == KOMEK_WIRE_LIST && node->first && node->first == node->last)
    node = node->first;
  return node && node->kind == KOMEK_WIRE_OBJECT ? node : NULL;
}

/* Identifiers come as 638344.0 and 6.38344e5 from languages without integers. */
static const char *
write_number (const KomekWireNode *node)
{
  double number;
  char digits[32];

  if (!strpbrk (node->text, ".eE"))
    return node->text;
  number = g_ascii_strtod (node->text, NULL);
  if (number != floor (number) || fabs (number) >= 1e15)
    return node->text;
  g_snprintf (digits, sizeof digits, "%" G_GINT64_FORMAT, (gint64) number);
  return komek_wire_arena_copy (node->arena, digits, strlen (digits));
}

/* One text, also in a list of one. */
static const char *
read_scalar (const KomekWireNode *node)
{
  if (node && node->kind == KOMEK_WIRE_LIST && node->first == node->last)
    node = node->first;
  if (!node || (node->kind != KOMEK_WIRE_TEXT && node->kind != KOMEK_WIRE_NUMBER))
    return NULL;
  return node->kind == KOMEK_WIRE_NUMBER ? write_number (node) : node->text;
}

/* The texts of a list, wherever XML or a careless mapping has put it. */
static void
collect_texts (const KomekWireNode *node, GPtrArray *texts, guint depth)
{
  const char *text = read_scalar (node);

  if (text)
    g_ptr_array_add (texts, (char *) text);
  else if (depth > 0 && (node->kind == KOMEK_WIRE_LIST || node->kind == KOMEK_WIRE_OBJECT))
    for (const KomekWireNode *child = node->first; child; child = child->next)
      if (child->kind != KOMEK_WIRE_OBJECT || node->first == node->last)
        collect_texts (child, texts, depth - 1);
}

static gboolean
is_wrapped (const KomekWireNode *node)
{
  return node->kind != KOMEK_WIRE_OBJECT || node->first == node->last;
}

/**
 * komek_wire_get_texts:
 *
 * Returns: (transfer container) (element-type utf8): all the texts of a member:
 *   of a list, of one text, of a list in an object of its own
 */
GPtrArray *
komek_wire_get_texts (const KomekWireNode *object, const char *name)
{
  GPtrArray *texts = g_ptr_array_new ();
  const KomekWireNode *node = peek (object, name);

  if (node && is_wrapped (node))
    collect_texts (node, texts, 2);
  return texts;
}

/* Keywords and groups come as lists too. */
static const char *
join_texts (const KomekWireNode *object, const char *name)
{
  g_autoptr (GPtrArray) texts = komek_wire_get_texts (object, name);
  g_autofree char *joined = NULL;

  if (texts->len == 0)
    return NULL;
  g_ptr_array_add (texts, NULL);
  joined = g_strjoinv (",", (char **) texts->pdata);
  return komek_wire_arena_copy (object->arena, joined, strlen (joined));
}

/**
 * komek_wire_get_text:
 * @object: (nullable): where to look
 *
 * Returns: (transfer none) (nullable): the member as text, %NULL where it is
 *   empty or missing; a list of texts joined by commas
 */
const char *
komek_wire_get_text (const KomekWireNode *object, const char *name)
{
  const KomekWireNode *node = peek (object, name);
  const char *text = read_scalar (node);

  if (!text && node)
    text = join_texts (object, name);
  return text && *text != '\0' ? text : NULL;
}

/**
 * komek_wire_get_id:
 * @object: (nullable): where to look
 *
 * Returns: (transfer none) (nullable): the member without spaces around it,
 *   %NULL where nothing is left or it is no single value
 */
const char *
komek_wire_get_id (const KomekWireNode *object, const char *name)
{
  const char *text = read_scalar (peek (object, name));
  gsize length;

  if (!text)
    return NULL;
  while (g_ascii_isspace (*text))
    text++;
  length = strlen (text);
  while (length > 0 && g_ascii_isspace (text[length - 1]))
    length--;
  if (length == 0)
    return NULL;
  return text[length] == '\0' ? text : komek_wire_arena_copy (object->arena, text, length);
}

/**
 * komek_wire_get_number:
 * @object: (nullable): where to look
 *
 * Returns: the member as a number, NaN where it is none
 */
double
komek_wire_get_number (const KomekWireNode *object, const char *name)
{
  const char *text = komek_wire_get_id (object, name);
  char *end;
  double number;

  if (!text)
    return NAN;
  number = g_ascii_strtod (text, &end);
  return end > text && *end == '\0' && isfinite (number) ? number : NAN;
}

/* A number that counts something: whole, never negative. */
guint
komek_wire_get_count (const KomekWireNode *object, const char *name)
{
  double number = komek_wire_get_number (object, name);

  return number >= 0 && number <= G_MAXINT ? (guint) number : 0;
}

gboolean
komek_wire_get_flag (const KomekWireNode *object, const char *name, gboolean otherwise)
{
  const char *text = komek_wire_get_id (object, name);

  if (!text)
    return otherwise;
  return g_ascii_strcasecmp (text, "true") == 0 || g_ascii_strcasecmp (text, "yes") == 0
         || strcmp (text, "1") == 0;
}

/**
 * komek_wire_get_time:
 * @object: (nullable): where to look
 * @zone: (nullable): the zone of dates that carry none
 *
 * Returns: seconds since 1970, 0 where there is no date
 */
gint64
komek_wire_get_time (const KomekWireNode *object, const char *name, GTimeZone *zone)
{
  const char *text = komek_wire_get_id (object, name);

  return text ? komek_wire_read_time (text, zone) : 0;
}

/**
 * komek_wire_get_label:
 * @names: a member {kk, ru, en} of @object
 * @name: (nullable): a name in one language, nobody says which
 *
 * Returns: (transfer full): what there is of the names, else @name under the
 *   language that it seems to be written in
 */
KomekLabel *
komek_wire_get_label (const KomekWireNode *object, const char *names, const char *name)
{
  const KomekWireNode *given = komek_wire_get_object (object, names);
  const char *kk = komek_wire_get_text (given, "kk");
  const char *ru = komek_wire_get_text (given, "ru");
  const char *en = komek_wire_get_text (given, "en");
  KomekLanguage language;

  if (kk || ru || en || !name)
    return komek_label_new (kk, ru, en);
  language = komek_language_guess (name);
  return komek_label_new (language == KOMEK_LANGUAGE_KAZAKH ? name : NULL,
                          language == KOMEK_LANGUAGE_RUSSIAN ? name : NULL,
                          language == KOMEK_LANGUAGE_ENGLISH ? name : NULL);
}
