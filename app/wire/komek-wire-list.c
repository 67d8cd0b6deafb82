/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-wire-list.h"

#include <string.h>

#include "komek-error.h"
#include "komek-wire-json.h"
#include "komek-wire-sieve.h"
#include "komek-wire-text.h"
#include "komek-wire-xml.h"

/* In how many objects one within another a list may be wrapped. */
#define MAX_WRAPPING 4

typedef struct
{
  KomekWireJson   json;
  KomekWireArena *arena;
  KomekWireSieve *sieve;
} Walk;

static void visit_value (Walk *self, guint wrapping);

/* Reads one element, which is forgotten before the next. */
static gboolean
visit_element (Walk *self)
{
  const KomekWireNode *element;

  komek_wire_arena_reset (self->arena);
  element = komek_wire_json_read (&self->json, self->arena);
  return !self->json.error && komek_wire_sieve_take (self->sieve, element);
}

static void
visit_list (Walk *self)
{
  if (!komek_wire_json_enter (&self->json, '['))
    return;
  do
    if (!visit_element (self))
      return;
  while (komek_wire_json_go_on (&self->json, '['));
}

/* What an object turns out to be when its members are looked at from outside. */
typedef struct
{
  guint       size;
  gboolean    numbered;
  gboolean    keyed;  /* it has what one of the things should have */
  gboolean    marked; /* or what one of them may have */
  const char *value; /* of the member that is the list, else of the last one */
  gboolean    named;  /* that member goes by the name of such a list */
} Outline;

static gboolean
is_name (const char *name, guint length, const char *other)
{
  return strlen (other) == length && memcmp (name, other, length) == 0;
}

static gboolean
is_mark (const KomekWireShape *shape, const char *name, guint length)
{
  for (guint i = 0; shape->marks[i]; i++)
    if (is_name (name, length, shape->marks[i]))
      return TRUE;
  return FALSE;
}

static gboolean
is_digits (const char *name, guint length)
{
  for (guint i = 0; i < length; i++)
    if (!g_ascii_isdigit (name[i]))
      return FALSE;
  return length > 0;
}

static void
note_member (Outline *outline, const KomekWireShape *shape, const char *name, guint length,
             const char *value)
{
  gboolean named = komek_wire_shape_is_list (shape, name, length)
                   || komek_wire_shape_is_item (shape, name, length)
                   || is_name (name, length, "errors");

  outline->size++;
  outline->numbered = outline->numbered && is_digits (name, length);
  outline->keyed = outline->keyed || is_name (name, length, shape->marks[0]);
  outline->marked = outline->marked || is_mark (shape, name, length);
  if (named || !outline->named)
    outline->value = value;
  outline->named = outline->named || named;
}

static gboolean
outline_object (Walk *self, Outline *outline)
{
  KomekWireJson *json = &self->json;

  *outline = (Outline) { .numbered = TRUE };
  if (!komek_wire_json_enter (json, '{'))
    return !json->error;
  do
    {
      guint length;
      const char *name = komek_wire_json_read_name (json, self->arena, &length);

      if (!name)
        return FALSE;
      /* The value begins behind the space. */
      komek_wire_json_peek (json);
      note_member (outline, self->sieve->shape, name, length, json->next);
      komek_wire_arena_reset (self->arena);
      if (!komek_wire_json_skip (json))
        return FALSE;
    }
  while (komek_wire_json_go_on (json, '{'));
  return !json->error;
}

/* {"0": {…}, "1": {…}} */
static void
visit_members (Walk *self)
{
  guint length;

  if (!komek_wire_json_enter (&self->json, '{'))
    return;
  do
    {
      komek_wire_arena_reset (self->arena);
      if (!komek_wire_json_read_name (&self->json, self->arena, &length) || !visit_element (self))
        return;
    }
  while (komek_wire_json_go_on (&self->json, '{'));
}

/* Beside a list stand "status" and "token" too, and beside a message stands "error": true. */
static gboolean
is_wrapper (const Outline *outline, guint wrapping)
{
  if (outline->keyed || wrapping == 0)
    return FALSE;
  if (outline->named && (*outline->value == '[' || *outline->value == '{'))
    return TRUE;
  return !outline->marked && (outline->named || outline->size == 1);
}

/* Goes on behind the object, whichever member was read. */
static void
visit_object (Walk *self, guint wrapping)
{
  KomekWireJson *json = &self->json;
  KomekWireJson start = *json, after;
  Outline outline;

  if (!outline_object (self, &outline))
    return;
  after = *json;
  *json = start;
  if (is_wrapper (&outline, wrapping))
    {
      json->next = outline.value;
      json->depth++;
      self->sieve->named = self->sieve->named || outline.named;
      visit_value (self, wrapping - 1);
      if (!json->error)
        *json = after;
    }
  else if (outline.numbered && outline.size > 0)
    visit_members (self);
  else
    visit_element (self);
}

static void
visit_value (Walk *self, guint wrapping)
{
  char sign = komek_wire_json_peek (&self->json);

  if (sign == '[')
    visit_list (self);
  else if (sign == '{')
    visit_object (self, wrapping);
  else if (sign != 'n')
    visit_element (self);
  else
    komek_wire_json_read (&self->json, self->arena);
}

static gboolean
visit_json (const KomekWireText *text, KomekWireArena *arena, KomekWireSieve *sieve, GError **error)
{
  Walk walk = { { text->start, text->end, 0, NULL }, arena, sieve };

  visit_value (&walk, MAX_WRAPPING);
  if (sieve->enough || komek_wire_json_finish (&walk.json))
    return TRUE;
  g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE, "The answer is not JSON: %s",
               walk.json.error);
  return FALSE;
}

/**
 * komek_wire_visit:
 *
 * Hands over the elements of a list, one after the other, however the list is
 * written and wrapped. What is no element of such a list is left out.
 *
 * Those before a fault were visited already when it fails.
 *
 * Fails with %KOMEK_ERROR_UNREADABLE where there is no such list, and with
 * %KOMEK_ERROR_REFUSED where there is a list of errors instead.
 */
gboolean
komek_wire_visit (GBytes *body, const KomekWireShape *shape, KomekWireVisitor visitor,
                  gpointer data, GError **error)
{
  g_auto (KomekWireText) text = { 0 };
  g_autoptr (KomekWireArena) arena = NULL;
  KomekWireSieve sieve = { .shape = shape, .visitor = visitor, .data = data };
  gboolean read;

  if (!komek_wire_text_init (&text, body, error))
    return FALSE;
  arena = komek_wire_arena_new ();
  read = text.format == KOMEK_WIRE_XML ? komek_wire_xml_visit (&text, arena, &sieve, error)
                                       : visit_json (&text, arena, &sieve, error);
  return komek_wire_sieve_finish (&sieve, read ? error : NULL) && read;
}
