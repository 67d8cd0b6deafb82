/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-pages.h"

/* Nobody has so much, but a server may make up new requests for ever. */
#define MOST_PAGES 100000

/**
 * KomekPages:
 *
 * Tells from the pages of a list whether there are more.
 *
 * Servers give fewer requests than a page was asked to have, repeat the last
 * page for ever, give the first one for each, or change their mind about the
 * length. Only the page before is remembered, so that a list may have any length.
 */
struct _KomekPages
{
  guint       page;     /* the one to ask for, from 1 */
  guint       length;   /* of the first one */
  guint       before;   /* length of the page before */
  GHashTable *first;    /* (element-type utf8): numbers on the first page */
  GHashTable *previous; /* and on the page before */
};

static GHashTable *
collect_numbers (GPtrArray *requests)
{
  GHashTable *numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < requests->len; i++)
    g_hash_table_add (numbers, g_strdup (komek_request_get_number (requests->pdata[i])));
  return numbers;
}

static gboolean
holds_all (GHashTable *numbers, GPtrArray *requests)
{
  for (guint i = 0; i < requests->len; i++)
    if (!g_hash_table_contains (numbers, komek_request_get_number (requests->pdata[i])))
      return FALSE;
  return TRUE;
}

KomekPages *
komek_pages_new (void)
{
  KomekPages *self = g_new0 (KomekPages, 1);

  self->page = 1;
  return self;
}

void
komek_pages_free (KomekPages *self)
{
  g_clear_pointer (&self->first, g_hash_table_unref);
  g_clear_pointer (&self->previous, g_hash_table_unref);
  g_free (self);
}

/* The same list from further on: it begins where the page before ended. */
void
komek_pages_turn_back (KomekPages *self)
{
  g_clear_pointer (&self->first, g_hash_table_unref);
  self->page = 1;
}

/* Another list, or the same once more. */
void
komek_pages_restart (KomekPages *self)
{
  komek_pages_turn_back (self);
  g_clear_pointer (&self->previous, g_hash_table_unref);
}

static void
remember (KomekPages *self, GPtrArray *requests)
{
  GHashTable *numbers = collect_numbers (requests);

  if (!self->first)
    {
      self->first = g_hash_table_ref (numbers);
      self->length = requests->len;
    }
  g_clear_pointer (&self->previous, g_hash_table_unref);
  self->previous = numbers;
  self->before = requests->len;
  self->page++;
}

/* A last page that is repeated may meanwhile have moved by what is new on the first. */
static KomekPagesEnd
judge (KomekPages *self, GPtrArray *requests)
{
  if (requests->len == 0 || self->page >= MOST_PAGES)
    return KOMEK_PAGES_DONE;
  if (!self->first)
    return KOMEK_PAGES_MORE;
  if (requests->len == self->length && holds_all (self->first, requests))
    return KOMEK_PAGES_SAME;
  if (komek_pages_repeats (self, requests))
    return requests->len == self->before ? KOMEK_PAGES_DONE : KOMEK_PAGES_UNEVEN;
  if (self->before != self->length || requests->len > self->length)
    return KOMEK_PAGES_UNEVEN;
  return KOMEK_PAGES_MORE;
}

/**
 * komek_pages_take:
 * @requests: (element-type KomekRequest): the page that komek_pages_get_page() told to ask for
 *
 * Notes a page.
 */
KomekPagesEnd
komek_pages_take (KomekPages *self, GPtrArray *requests)
{
  KomekPagesEnd end = judge (self, requests);

  remember (self, requests);
  return end;
}

/* Whether all of it was on the page before; never of a first page. */
gboolean
komek_pages_repeats (KomekPages *self, GPtrArray *requests)
{
  return self->previous && holds_all (self->previous, requests);
}

guint
komek_pages_get_page (KomekPages *self)
{
  return self->page;
}
