/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-filter.h"

#include <string.h>

/**
 * KomekFilter:
 *
 * Which requests the map, the list and the figures are about.
 *
 * Immutable and counted, so that an index may be built by it in a thread.
 */
struct _KomekFilter
{
  gatomicrefcount refs;
  gint64          now;
  gboolean        all_services;
  guint8          services[(G_MAXUINT16 + 1) / 8]; /* a bit each */
  guint           groups;
  gint64          from, to;
  guint32        *keys;
  guint           n_keys;
};

G_DEFINE_BOXED_TYPE (KomekFilter, komek_filter, komek_filter_ref, komek_filter_unref)

/**
 * komek_filter_new:
 *
 * Returns: (transfer full): a filter
 */
KomekFilter *
komek_filter_new (const KomekFilterFields *fields)
{
  KomekFilter *self = g_new0 (KomekFilter, 1);

  g_atomic_ref_count_init (&self->refs);
  self->now = fields->now;
  self->all_services = !fields->services;
  for (guint i = 0; fields->services && i < fields->n_services; i++)
    self->services[fields->services[i] / 8] |= 1 << fields->services[i] % 8;
  self->groups = fields->groups;
  self->from = fields->from;
  self->to = fields->to;
  if (fields->keys)
    {
      /* One more, so that a search that found nothing differs from no search. */
      self->keys = g_new (guint32, fields->n_keys + 1);
      memcpy (self->keys, fields->keys, fields->n_keys * sizeof (guint32));
      self->n_keys = fields->n_keys;
    }
  return self;
}

KomekFilter *
komek_filter_ref (KomekFilter *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
komek_filter_unref (KomekFilter *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_free (self->keys);
  g_free (self);
}

gint64
komek_filter_get_now (const KomekFilter *self)
{
  return self->now;
}

/* The group of a request at the filter's moment. */
KomekGroup
komek_filter_group_of (const KomekFilter *self, const KomekPoint *point)
{
  return komek_status_get_group (point->status, point->due, self->now);
}

static gboolean
has_key (const KomekFilter *self, guint32 key)
{
  guint low = 0, high = self->n_keys;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (self->keys[middle] < key)
        low = middle + 1;
      else
        high = middle;
    }
  return low < self->n_keys && self->keys[low] == key;
}

/**
 * komek_filter_test:
 *
 * Returns: the bits of the parts (see #KomekFilterPart) that hold the request back, 0 where it
 *   is let through
 */
guint
komek_filter_test (const KomekFilter *self, const KomekPoint *point)
{
  guint missed = 0;

  if (!self->all_services && !(self->services[point->service / 8] & 1 << point->service % 8))
    missed |= KOMEK_FILTER_SERVICES;
  if (self->groups && !(self->groups & KOMEK_GROUP_BIT (komek_filter_group_of (self, point))))
    missed |= KOMEK_FILTER_GROUPS;
  if (point->requested < self->from || (self->to != 0 && point->requested >= self->to))
    missed |= KOMEK_FILTER_PERIOD;
  if (self->keys && !has_key (self, point->key))
    missed |= KOMEK_FILTER_KEYS;

  return missed;
}
