/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-wire-xml.h"

#include <libxml/parser.h>
#include <string.h>

#include "komek-error.h"
#include "komek-wire-xml-guard.h"

/* What the parser gets at once: that and one element is all that stands in its memory. */
#define CHUNK (32 * 1024)

/* Each is compared with those before it; a request has thirty. */
#define MAX_FIELDS 300

/* An element that is open. */
typedef struct
{
  KomekWireNode node;
  gsize         text;   /* where its text begins in the buffer */
  guint         fields; /* how many names its children have */
  gboolean      mixed;  /* there is text between its children */
  gboolean      nil;
  gboolean      list;   /* its children go to the visitor */
} Frame;

/**
 * Reading:
 *
 * Builds of XML what its mapping to JSON would hold: an element with children
 * is an object, equal names within it are a list.
 */
typedef struct
{
  xmlParserCtxt  *parser;
  KomekWireArena *arena;
  KomekWireSieve *sieve; /* (nullable): who gets the elements of a list */
  KomekWireNode  *root;
  GString        *text;
  Frame           frames[KOMEK_WIRE_MAX_DEPTH];
  guint           depth;
  gboolean        strange; /* the root says nothing of a list */
  gboolean        stopped;
  const char     *error;
} Reading;

static void
stop (Reading *self, const char *error)
{
  if (!self->error)
    self->error = error;
  self->stopped = TRUE;
  xmlStopParser (self->parser);
}

static gboolean
has (const xmlChar *const *attributes, int n_attributes, const char *name, const char *value)
{
  gsize length = strlen (value);

  for (int i = 0; i < n_attributes; i++)
    {
      const xmlChar *const *attribute = attributes + 5 * i;

      if (strcmp ((const char *) attribute[0], name) == 0
          && (gsize) (attribute[4] - attribute[3]) == length
          && memcmp (attribute[3], value, length) == 0)
        return TRUE;
    }
  return FALSE;
}

/* Some write service-request-id; the parser keeps the names, as they outlive an element. */
static const char *
intern_name (Reading *self, const char *name)
{
  g_autofree char *folded = NULL;

  if (!strchr (name, '-'))
    return name;
  folded = g_strdelimit (g_strdup (name), "-", '_');
  return (const char *) xmlDictLookup (self->parser->dict, (const xmlChar *) folded, -1);
}

static Frame *
top (Reading *self)
{
  return self->depth > 0 ? &self->frames[self->depth - 1] : NULL;
}

/* The root, unless it is one of the things itself; in a foreign one what has the list's name. */
static gboolean
is_list (Reading *self, const KomekWireNode *node)
{
  const KomekWireShape *shape = self->sieve ? self->sieve->shape : NULL;

  if (!shape || self->depth > 1)
    return FALSE;
  if (self->depth == 1)
    return self->frames[0].list
           && komek_wire_shape_is_list (shape, node->name, node->name_length);
  return !komek_wire_shape_is_item (shape, node->name, node->name_length);
}

static void
open_frame (Reading *self, const char *name)
{
  Frame *frame = &self->frames[self->depth];

  *frame = (Frame) { .text = self->text->len };
  frame->node.kind = KOMEK_WIRE_TEXT;
  frame->node.name = intern_name (self, name);
  frame->node.name_length = frame->node.name ? strlen (frame->node.name) : 0;
  frame->node.arena = self->arena;
  frame->list = is_list (self, &frame->node);
  self->depth++;
}

/* A list without elements has to say what it is a list of, or that it is one. */
static gboolean
is_strange (Reading *self, const xmlChar *const *attributes, int n_attributes)
{
  const KomekWireNode *root = &self->frames[0].node;

  return self->sieve
         && !komek_wire_shape_is_list (self->sieve->shape, root->name, root->name_length)
         && !has (attributes, n_attributes, "type", "array");
}

static void
on_start (void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
          int n_namespaces, const xmlChar **namespaces, int n_attributes, int n_defaulted,
          const xmlChar **attributes)
{
  const xmlChar *const *given = (const xmlChar *const *) attributes;
  Reading *self = data;

  if (self->stopped)
    return;
  if (self->depth == KOMEK_WIRE_MAX_DEPTH)
    {
      stop (self, "nested too deep");
      return;
    }
  open_frame (self, (const char *) name);
  /* Also xsi:nil. Every other attribute repeats what is known. */
  top (self)->nil = has (given, n_attributes, "nil", "true");
  if (self->depth == 1)
    self->strange = is_strange (self, given, n_attributes);
}

static gboolean
is_space (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isspace (text[i]))
      return FALSE;
  return TRUE;
}

static void
on_text (void *data, const xmlChar *text, int length)
{
  Reading *self = data;
  Frame *frame = top (self);

  if (self->stopped || !frame)
    return;
  if (frame->list)
    {
      self->strange = self->strange || !is_space ((const char *) text, length);
      return;
    }
  g_string_append_len (self->text, (const char *) text, length);
  frame->mixed = frame->mixed || !is_space ((const char *) text, length);
}

static KomekWireNode *
find_field (Frame *frame, const KomekWireNode *child)
{
  for (KomekWireNode *field = frame->node.first; field; field = field->next)
    if (field->name_length == child->name_length
        && memcmp (field->name, child->name, child->name_length) == 0)
      return field;
  return NULL;
}

/* The field stays where it is, as the list that holds what it was. */
static void
make_list (KomekWireNode *field)
{
  KomekWireNode *first = komek_wire_node_new (field->arena, field->kind);

  *first = *field;
  first->next = NULL;
  field->kind = KOMEK_WIRE_LIST;
  field->first = field->last = NULL;
  komek_wire_node_add (field, first);
}

/* A second child of the same name makes a list of the first. */
static void
add_field (Reading *self, Frame *frame, KomekWireNode *child)
{
  KomekWireNode *field = find_field (frame, child);

  frame->node.kind = KOMEK_WIRE_OBJECT;
  if (!field && ++frame->fields > MAX_FIELDS)
    stop (self, "too many fields");
  else if (!field)
    komek_wire_node_add (&frame->node, child);
  else
    {
      /* No element is a list before it is repeated. */
      if (field->kind != KOMEK_WIRE_LIST)
        make_list (field);
      komek_wire_node_add (field, child);
    }
}

static void
set_text (Reading *self, const Frame *frame, KomekWireNode *node)
{
  node->kind = KOMEK_WIRE_TEXT;
  node->first = node->last = NULL;
  node->text = komek_wire_arena_copy (self->arena, self->text->str + frame->text,
                                      self->text->len - frame->text);
}

static KomekWireNode *
close_frame (Reading *self, const Frame *frame)
{
  KomekWireNode *node = komek_wire_node_new (self->arena, frame->node.kind);

  *node = frame->node;
  /* The parser's own copy goes with the parser. */
  node->name = komek_wire_arena_copy (self->arena, node->name, node->name_length);
  if (frame->nil)
    node->kind = KOMEK_WIRE_NULL;
  else if (node->kind == KOMEK_WIRE_TEXT || frame->mixed)
    set_text (self, frame, node);
  return node;
}

static void
hand_over (Reading *self, KomekWireNode *element)
{
  if (!komek_wire_sieve_take (self->sieve, element))
    stop (self, NULL);
  komek_wire_arena_reset (self->arena);
}

static void
on_end (void *data, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
  Reading *self = data;
  Frame *frame, *parent;
  KomekWireNode *node;

  if (self->stopped || self->depth == 0)
    return;
  frame = top (self);
  self->depth--;
  parent = top (self);
  if (frame->list)
    return;
  if (komek_wire_arena_is_full (self->arena))
    stop (self, "too much in one piece");
  node = close_frame (self, frame);
  /* The words of a child that stands among words belong to them. */
  if (!parent || !parent->mixed)
    g_string_truncate (self->text, frame->text);
  if (!parent)
    self->root = node;
  else if (parent->list)
    hand_over (self, node);
  else
    add_field (self, parent, node);
}

static void
on_document_type (void *data, const xmlChar *name, const xmlChar *external, const xmlChar *system)
{
  stop (data, "it has a document type, as web pages have");
}

static gboolean
parse (Reading *self, const char *text, const char *end)
{
  xmlSAXHandler handler = {
    .initialized = XML_SAX2_MAGIC,
    .internalSubset = on_document_type,
    .startElementNs = on_start,
    .endElementNs = on_end,
    .characters = on_text,
    .cdataBlock = on_text,
  };
  gboolean whole;

  self->parser = xmlCreatePushParserCtxt (&handler, self, NULL, 0, NULL);
  xmlCtxtUseOptions (self->parser, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING
                                       | XML_PARSE_NOCDATA | XML_PARSE_IGNORE_ENC);
  while (text < end && !self->stopped)
    {
      gsize length = MIN (end - text, CHUNK);

      xmlParseChunk (self->parser, text, length, FALSE);
      text += length;
    }
  if (!self->stopped)
    xmlParseChunk (self->parser, NULL, 0, TRUE);
  whole = self->parser->wellFormed;
  xmlFreeParserCtxt (self->parser);
  return whole || (self->stopped && !self->error);
}

static void
init_parser (void)
{
  static gsize once = 0;

  if (g_once_init_enter (&once))
    {
      xmlInitParser ();
      g_once_init_leave (&once, 1);
    }
}

static gboolean
read_text (Reading *self, const KomekWireText *text, GError **error)
{
  g_autofree char *clean = NULL;

  init_parser ();
  self->error = komek_wire_xml_check (text->start, text->end);
  if (!self->error)
    {
      clean = komek_wire_xml_clean (text->start, text->end);
      self->text = g_string_new (NULL);
      if (!parse (self, clean ? clean : text->start, clean ? clean + strlen (clean) : text->end)
          && !self->error)
        self->error = "it is not well formed";
      g_string_free (self->text, TRUE);
    }
  if (self->error)
    g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE, "The answer is not XML: %s",
                 self->error);
  return !self->error;
}

/**
 * komek_wire_xml_read:
 *
 * Returns: (transfer none) (nullable): the root element, in the arena
 */
KomekWireNode *
komek_wire_xml_read (const KomekWireText *text, KomekWireArena *arena, GError **error)
{
  g_autofree Reading *self = g_new0 (Reading, 1);

  self->arena = arena;
  return read_text (self, text, error) ? self->root : NULL;
}

/**
 * komek_wire_xml_visit:
 * @sieve: gets each child of the root, or of what goes by the list's name within it
 */
gboolean
komek_wire_xml_visit (const KomekWireText *text, KomekWireArena *arena, KomekWireSieve *sieve,
                      GError **error)
{
  g_autofree Reading *self = g_new0 (Reading, 1);

  self->arena = arena;
  self->sieve = sieve;
  if (!read_text (self, text, error))
    return FALSE;
  if (self->root)
    komek_wire_sieve_take (sieve, self->root);
  if (sieve->met > 0 || !self->strange)
    return TRUE;
  g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE,
               "The answer is XML, but no list with \"%s\"", sieve->shape->marks[0]);
  return FALSE;
}
