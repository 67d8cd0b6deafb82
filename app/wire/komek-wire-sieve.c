/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-wire-sieve.h"

#include <string.h>

#include "komek-error.h"
#include "komek-wire-refusal.h"

static gboolean
is_one_of (const char *const *names, const char *name, gsize length)
{
  for (; *names; names++)
    if (strlen (*names) == length && memcmp (*names, name, length) == 0)
      return TRUE;
  return FALSE;
}

/* Whether a list of such things goes by this name. */
gboolean
komek_wire_shape_is_list (const KomekWireShape *self, const char *name, gsize length)
{
  return is_one_of (self->lists, name, length);
}

/* Whether one of them alone goes by this name. */
gboolean
komek_wire_shape_is_item (const KomekWireShape *self, const char *name, gsize length)
{
  return is_one_of (self->items, name, length);
}

static gboolean
is_bare_text (const KomekWireSieve *self, const KomekWireNode *element)
{
  return self->shape->texts && element->kind == KOMEK_WIRE_TEXT && *element->text != '\0'
         && (self->named
             || (element->name
                 && komek_wire_shape_is_item (self->shape, element->name, element->name_length)));
}

static gboolean
is_known (const KomekWireSieve *self, const KomekWireNode *element)
{
  const KomekWireShape *shape = self->shape;

  for (guint i = 0; shape->marks[i]; i++)
    if (komek_wire_has (element, shape->marks[i]))
      return TRUE;
  return is_bare_text (self, element);
}

/* Some cities answer 200 with a list of errors, or with one. */
static char *
dup_refusal (const KomekWireShape *shape, const KomekWireNode *element)
{
  if (komek_wire_has (element, shape->marks[0]) || !komek_wire_get_id (element, "code"))
    return NULL;
  return g_strdup (komek_wire_get_refusal (element));
}

/* Some lists hold [{"request": {…}}, …]. */
static const KomekWireNode *
unwrap (const KomekWireShape *shape, const KomekWireNode *element)
{
  const KomekWireNode *only = element->kind == KOMEK_WIRE_OBJECT ? element->first : NULL;

  if (only && !only->next && only->kind == KOMEK_WIRE_OBJECT
      && komek_wire_shape_is_item (shape, only->name, only->name_length))
    return only;
  return element;
}

static gboolean
take_element (KomekWireSieve *self, const KomekWireNode *wrapped)
{
  const KomekWireNode *element = unwrap (self->shape, wrapped);

  if (self->met++ == 0)
    self->refusal = dup_refusal (self->shape, element);
  /* The rest is read all the same: half a refusal is none. */
  if (self->refusal || !is_known (self, element))
    return TRUE;
  self->known++;
  self->enough = !self->visitor (element, self->data);
  return !self->enough;
}

/**
 * komek_wire_sieve_take:
 * @element: an element of the list, or a list of such
 *
 * Returns: whether to go on
 */
gboolean
komek_wire_sieve_take (KomekWireSieve *self, const KomekWireNode *element)
{
  if (element->kind != KOMEK_WIRE_LIST || !element->first)
    return take_element (self, element);
  for (const KomekWireNode *inner = element->first; inner; inner = inner->next)
    if (!take_element (self, inner))
      return FALSE;
  return TRUE;
}

/**
 * komek_wire_sieve_finish:
 *
 * Fails with %KOMEK_ERROR_REFUSED where there was a list of errors, and with
 * %KOMEK_ERROR_UNREADABLE where there were things, but none that was asked for.
 * Frees what @self holds.
 */
gboolean
komek_wire_sieve_finish (KomekWireSieve *self, GError **error)
{
  g_autofree char *refusal = g_steal_pointer (&self->refusal);

  if (refusal)
    g_set_error_literal (error, KOMEK_ERROR, KOMEK_ERROR_REFUSED, refusal);
  else if (self->met > 0 && self->known == 0)
    g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE,
                 "The answer is well formed, but no list with \"%s\"", self->shape->marks[0]);
  else
    return TRUE;
  return FALSE;
}
