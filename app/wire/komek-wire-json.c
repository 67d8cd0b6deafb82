/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-wire-json.h"

#include <math.h>
#include <string.h>

#include "komek-error.h"
#include "komek-wire-tame.h"
#include "komek-wire-time.h"

/* Getters that take what real servers send for what the standard says: numbers
 * as strings and strings as numbers, one thing where a list should stand, null
 * or nothing where a value should. None of them fails. */

/**
 * komek_wire_parse:
 *
 * Fails with %KOMEK_ERROR_UNREADABLE where @body is no JSON.
 *
 * Returns: (transfer full): the root, an array or an object
 */
JsonNode *
komek_wire_parse (GBytes *body, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) reason = NULL;
  g_autofree char *text = NULL;
  gsize length;

  text = komek_wire_tame (body, &length, error);
  if (!text)
    return NULL;
  if (!json_parser_load_from_data (parser, text, length, &reason))
    {
      g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE, "The answer is not JSON: %s",
                   reason->message);
      return NULL;
    }
  return json_parser_steal_root (parser);
}

static JsonArray *
array_of_one (JsonNode *node)
{
  JsonArray *list = json_array_new ();

  json_array_add_element (list, json_node_copy (node));
  return list;
}

static gboolean
is_number (const char *name)
{
  return *name != '\0' && name[strspn (name, "0123456789")] == '\0';
}

/* {"0": {…}, "1": {…}} and {"request": […]} are both seen where an array should stand. */
static JsonArray *
list_of_members (JsonObject *object)
{
  g_autoptr (JsonArray) list = json_array_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;
  guint size = json_object_get_size (object);

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &member))
    {
      if (size == 1 && JSON_NODE_HOLDS_ARRAY (member))
        return json_array_ref (json_node_get_array (member));
      if (!is_number (name) && !(size == 1 && JSON_NODE_HOLDS_OBJECT (member)))
        return NULL;
      json_array_add_element (list, json_node_copy (member));
    }
  return g_steal_pointer (&list);
}

static JsonArray *
list_of (JsonNode *node)
{
  JsonArray *list;

  if (JSON_NODE_HOLDS_ARRAY (node))
    return json_array_ref (json_node_get_array (node));
  if (JSON_NODE_HOLDS_NULL (node))
    return json_array_new ();
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return array_of_one (node);

  list = list_of_members (json_node_get_object (node));
  return list ? list : array_of_one (node);
}

/* Some cities answer 200 with a list of errors, or with one. */
static char *
dup_refusal (JsonArray *list, const char *key)
{
  JsonObject *first = komek_wire_get_element (list, 0);
  g_autofree char *code = NULL;
  char *words;

  if (!first || json_object_has_member (first, key))
    return NULL;
  code = komek_wire_dup_id (first, "code");
  words = komek_wire_dup_text (first, "description");
  if (!words)
    words = komek_wire_dup_text (first, "message");
  if (!code)
    g_clear_pointer (&words, g_free);
  return words;
}

static JsonArray *
unwrap (JsonNode *root, const char *const *names, const char *key)
{
  JsonObject *object;

  if (!JSON_NODE_HOLDS_OBJECT (root))
    return list_of (root);

  object = json_node_get_object (root);
  if (json_object_has_member (object, key))
    return array_of_one (root);
  for (guint i = 0; names[i]; i++)
    if (json_object_has_member (object, names[i]))
      return list_of (json_object_get_member (object, names[i]));
  if (json_object_has_member (object, "errors"))
    return list_of (json_object_get_member (object, "errors"));
  return list_of (root);
}

/* An object that holds neither a list nor what its elements should have. */
static gboolean
is_stranger (JsonNode *root, JsonArray *list, const char *key)
{
  return JSON_NODE_HOLDS_OBJECT (root) && json_array_get_length (list) == 1
         && komek_wire_get_element (list, 0) == json_node_get_object (root)
         && !json_object_has_member (json_node_get_object (root), key);
}

/**
 * komek_wire_parse_list:
 * @names: (array zero-terminated=1): names under which the list may stand in a root object
 * @key: the field that every element should have
 *
 * Reads a list however it is wrapped.
 *
 * Fails with %KOMEK_ERROR_UNREADABLE where there is none, and with
 * %KOMEK_ERROR_REFUSED where there is a list of errors instead.
 *
 * Returns: (transfer full): the list, its elements of any type
 */
JsonArray *
komek_wire_parse_list (GBytes *body, const char *const *names, const char *key, GError **error)
{
  g_autoptr (JsonNode) root = komek_wire_parse (body, error);
  g_autoptr (JsonArray) list = NULL;
  g_autofree char *refusal = NULL;
  guint length, found = 0;

  if (!root)
    return NULL;

  list = unwrap (root, names, key);
  length = json_array_get_length (list);
  for (guint i = 0; i < length; i++)
    found += komek_wire_get_element (list, i) != NULL;
  refusal = dup_refusal (list, key);
  if (refusal)
    {
      g_set_error_literal (error, KOMEK_ERROR, KOMEK_ERROR_REFUSED, refusal);
      return NULL;
    }
  if ((length > 0 && found == 0) || is_stranger (root, list, key))
    {
      g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE,
                   "The answer is JSON, but no list with \"%s\"", key);
      return NULL;
    }
  return g_steal_pointer (&list);
}

/* The list of one that a call which changes something is answered with. */
JsonArray *
komek_wire_parse_answer (GBytes *body, const char *key, GError **error)
{
  static const char *const names[] = { "service_requests", "requests", "request",
                                       "service_request_updates", "media", NULL };

  return komek_wire_parse_list (body, names, key, error);
}

/* Neither a missing member nor null is there. */
static JsonNode *
peek (JsonObject *object, const char *name)
{
  JsonNode *node = object ? json_object_get_member (object, name) : NULL;

  return node && !JSON_NODE_HOLDS_NULL (node) ? node : NULL;
}

/**
 * komek_wire_get_list:
 *
 * Returns: (transfer full): the elements of a member, one where it is no list,
 *   none where it is missing
 */
JsonArray *
komek_wire_get_list (JsonObject *object, const char *name)
{
  JsonNode *node = peek (object, name);

  return node ? list_of (node) : json_array_new ();
}

/**
 * komek_wire_get_object:
 * @object: (nullable): where to look
 *
 * Returns: (transfer none) (nullable): the member where it is an object
 */
JsonObject *
komek_wire_get_object (JsonObject *object, const char *name)
{
  JsonNode *node = peek (object, name);

  return node && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/**
 * komek_wire_get_element:
 *
 * Returns: (transfer none) (nullable): the element where it is an object
 */
JsonObject *
komek_wire_get_element (JsonArray *list, guint position)
{
  JsonNode *node = position < json_array_get_length (list) ? json_array_get_element (list, position)
                                                           : NULL;

  return node && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* A lone half of a surrogate pair comes out of the parser as broken UTF-8. */
static char *
dup_value (JsonNode *node)
{
  double number;

  if (!JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  switch (json_node_get_value_type (node))
    {
    case G_TYPE_STRING:
      return g_utf8_make_valid (json_node_get_string (node), -1);
    case G_TYPE_INT64:
      return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
    case G_TYPE_BOOLEAN:
      return g_strdup (json_node_get_boolean (node) ? "true" : "false");
    case G_TYPE_DOUBLE:
      number = json_node_get_double (node);
      if (number == floor (number) && fabs (number) < 1e15)
        return g_strdup_printf ("%" G_GINT64_FORMAT, (gint64) number);
      return g_ascii_dtostr (g_malloc (G_ASCII_DTOSTR_BUF_SIZE), G_ASCII_DTOSTR_BUF_SIZE, number);
    default:
      return NULL;
    }
}

/* Keywords and groups come as arrays too. */
static char *
dup_joined (JsonArray *list)
{
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      char *text = dup_value (json_array_get_element (list, i));

      if (text)
        g_ptr_array_add (texts, text);
    }
  g_ptr_array_add (texts, NULL);
  return g_strjoinv (",", (char **) texts->pdata);
}

/**
 * komek_wire_dup_text:
 *
 * Returns: (transfer full) (nullable): the member as text, %NULL where it is
 *   empty or missing; a list of texts joined by commas
 */
char *
komek_wire_dup_text (JsonObject *object, const char *name)
{
  JsonNode *node = peek (object, name);
  char *text = NULL;

  if (node && JSON_NODE_HOLDS_ARRAY (node))
    text = dup_joined (json_node_get_array (node));
  else if (node)
    text = dup_value (node);
  if (text && *text == '\0')
    g_clear_pointer (&text, g_free);
  return text;
}

/**
 * komek_wire_dup_id:
 *
 * Returns: (transfer full) (nullable): the member without spaces around it,
 *   %NULL where nothing is left
 */
char *
komek_wire_dup_id (JsonObject *object, const char *name)
{
  char *text = komek_wire_dup_text (object, name);

  if (text && *g_strstrip (text) == '\0')
    g_clear_pointer (&text, g_free);
  return text;
}

/**
 * komek_wire_get_number:
 *
 * Returns: the member as a number, NaN where it is none
 */
double
komek_wire_get_number (JsonObject *object, const char *name)
{
  g_autofree char *text = komek_wire_dup_id (object, name);
  char *end;
  double number;

  if (!text)
    return NAN;
  number = g_ascii_strtod (text, &end);
  return end > text && *end == '\0' && isfinite (number) ? number : NAN;
}

/* A number that counts something: whole, never negative. */
guint
komek_wire_get_count (JsonObject *object, const char *name)
{
  double number = komek_wire_get_number (object, name);

  return number >= 0 && number <= G_MAXINT ? (guint) number : 0;
}

gboolean
komek_wire_get_flag (JsonObject *object, const char *name, gboolean otherwise)
{
  g_autofree char *text = komek_wire_dup_id (object, name);

  if (!text)
    return otherwise;
  return g_ascii_strcasecmp (text, "true") == 0 || g_ascii_strcasecmp (text, "yes") == 0
         || strcmp (text, "1") == 0;
}

/**
 * komek_wire_get_time:
 * @zone: (nullable): the zone of dates that carry none
 *
 * Returns: seconds since 1970, 0 where there is no date
 */
gint64
komek_wire_get_time (JsonObject *object, const char *name, GTimeZone *zone)
{
  g_autofree char *text = komek_wire_dup_id (object, name);

  return text ? komek_wire_read_time (text, zone) : 0;
}

/**
 * komek_wire_dup_label:
 * @names: a member {kk, ru, en} of @object
 * @name: (nullable): a name in one language, nobody says which
 *
 * Returns: (transfer full): what there is of the names, else @name under the
 *   language that it seems to be written in
 */
KomekLabel *
komek_wire_dup_label (JsonObject *object, const char *names, const char *name)
{
  JsonObject *given = komek_wire_get_object (object, names);
  g_autofree char *kk = komek_wire_dup_text (given, "kk");
  g_autofree char *ru = komek_wire_dup_text (given, "ru");
  g_autofree char *en = komek_wire_dup_text (given, "en");
  KomekLanguage language;

  if (kk || ru || en || !name)
    return komek_label_new (kk, ru, en);
  language = komek_language_guess (name);
  return komek_label_new (language == KOMEK_LANGUAGE_KAZAKH ? name : NULL,
                          language == KOMEK_LANGUAGE_RUSSIAN ? name : NULL,
                          language == KOMEK_LANGUAGE_ENGLISH ? name : NULL);
}
