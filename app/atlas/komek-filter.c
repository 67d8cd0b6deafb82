/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-filter.h"

#include <math.h>
#include <string.h>

#include "komek-place.h"

#define MOST_KEY_BITS (1u << 26)
#define UNITS_PER_DEGREE 1e7
#define METRES_PER_DEGREE 111195 /* of a great circle of komek_place_metres_between()'s Earth */

/* With an answer to read: given once, whatever came of it. Who closed theirs may have got none. */
#define ANSWERED                                                                                   \
  (1u << KOMEK_STATUS_REWORK | 1u << KOMEK_STATUS_REOPENED | 1u << KOMEK_STATUS_ANSWERED           \
   | 1u << KOMEK_STATUS_DONE | 1u << KOMEK_STATUS_CONFIRMED | 1u << KOMEK_STATUS_CLOSED            \
   | 1u << KOMEK_STATUS_REJECTED | 1u << KOMEK_STATUS_DUPLICATE                                    \
   | 1u << KOMEK_STATUS_OTHER_CLOSED)

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
  gboolean        all_districts;
  guint8          districts[(G_MAXUINT8 + 1) / 8]; /* likewise */
  guint           groups;
  guint8          groups_by_status[G_MAXUINT8 + 1][2]; /* in time, and when overdue */
  gboolean        answered;
  gint64          from, to;
  double          latitude, longitude, metres; /* of the circle; 0 for none */
  double          high, wide; /* half the box around it, in units of a point */
  gboolean        all_keys;
  guint32        *keys;
  guint           n_keys;
  guint8         *key_bits; /* of the keys a bit each, where the last is low enough */
};

G_DEFINE_BOXED_TYPE (KomekFilter, komek_filter, komek_filter_ref, komek_filter_unref)

/* A text that stands in half of all requests is found in each of them without a search. */
static void
take_keys (KomekFilter *self, const guint32 *keys, guint n_keys)
{
  self->n_keys = n_keys;
  /* One more, so that a search that found nothing differs from no search. */
  self->keys = g_new (guint32, n_keys + 1);
  memcpy (self->keys, keys, n_keys * sizeof (guint32));
  if (n_keys == 0 || keys[n_keys - 1] >= MOST_KEY_BITS)
    return;

  self->key_bits = g_malloc0 (keys[n_keys - 1] / 8 + 1);
  for (guint i = 0; i < n_keys; i++)
    self->key_bits[keys[i] / 8] |= 1 << keys[i] % 8;
}

/* A million points are asked for their group twice as fast as by two calls. */
static void
fill_groups (KomekFilter *self)
{
  for (guint i = 0; i <= G_MAXUINT8; i++)
    for (guint overdue = 0; overdue < 2; overdue++)
      self->groups_by_status[i][overdue] =
        i < KOMEK_N_STATUSES ? komek_status_get_group (i, overdue, 2) : KOMEK_GROUP_SHUT;
}

/* Most of a million points are told apart by a box, which is a little larger than the circle. */
static void
take_circle (KomekFilter *self, const KomekFilterFields *fields)
{
  double degrees = 1.001 * fields->metres / METRES_PER_DEGREE;
  double shrink = cos ((ABS (fields->latitude) + degrees) * G_PI / 180);

  self->latitude = fields->latitude;
  self->longitude = fields->longitude;
  self->metres = fields->metres;
  self->high = degrees * UNITS_PER_DEGREE;
  self->wide = shrink > 0.01 ? self->high / shrink : 360 * UNITS_PER_DEGREE;
}

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
  self->all_districts = !fields->districts;
  for (guint i = 0; fields->districts && i < fields->n_districts; i++)
    self->districts[fields->districts[i] / 8] |= 1 << fields->districts[i] % 8;
  self->groups = fields->groups;
  fill_groups (self);
  self->answered = fields->answered;
  self->from = fields->from;
  self->to = fields->to;
  take_circle (self, fields);
  self->all_keys = !fields->keys;
  if (fields->keys)
    take_keys (self, fields->keys, fields->n_keys);
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
  g_free (self->key_bits);
  g_free (self);
}

/* Whether it lets everything through. */
gboolean
komek_filter_is_empty (const KomekFilter *self)
{
  return self->all_services && self->all_districts && self->groups == 0 && !self->answered
         && self->from <= 0 && self->to == 0 && self->metres <= 0 && self->all_keys;
}

gint64
komek_filter_get_now (const KomekFilter *self)
{
  return self->now;
}

/* Whether a request of that status is one that the city has answered. */
gboolean
komek_filter_is_answer (KomekStatus status)
{
  return status < KOMEK_N_STATUSES && (ANSWERED & 1u << status);
}

static inline KomekGroup
find_group (const KomekFilter *self, const KomekPoint *point)
{
  gboolean overdue = point->due > 0 && point->due < self->now;

  return self->groups_by_status[point->status][overdue];
}

/* The group of a request at the filter's moment. */
KomekGroup
komek_filter_group_of (const KomekFilter *self, const KomekPoint *point)
{
  return find_group (self, point);
}

static gboolean
has_key (const KomekFilter *self, guint32 key)
{
  guint low = 0, high = self->n_keys;

  if (self->key_bits)
    return key <= self->keys[self->n_keys - 1] && self->key_bits[key / 8] & 1 << key % 8;
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

static gboolean
is_around (const KomekFilter *self, const KomekPoint *point)
{
  double latitude = point->latitude / UNITS_PER_DEGREE;
  double longitude = point->longitude / UNITS_PER_DEGREE;
  double aside = fabs (point->longitude - self->longitude * UNITS_PER_DEGREE);

  if (point->latitude == KOMEK_POINT_NOWHERE
      || fabs (point->latitude - self->latitude * UNITS_PER_DEGREE) > self->high
      || MIN (aside, 360 * UNITS_PER_DEGREE - aside) > self->wide)
    return FALSE;
  return komek_place_metres_between (self->latitude, self->longitude, latitude, longitude)
         <= self->metres;
}

static inline guint
find_missed (const KomekFilter *self, const KomekPoint *point, KomekGroup group)
{
  guint missed = 0;

  if (!self->all_services && !(self->services[point->service / 8] & 1 << point->service % 8))
    missed |= KOMEK_FILTER_SERVICES;
  if (self->groups && !(self->groups & KOMEK_GROUP_BIT (group)))
    missed |= KOMEK_FILTER_GROUPS;
  if (point->requested < self->from || (self->to != 0 && point->requested >= self->to))
    missed |= KOMEK_FILTER_PERIOD;
  if (!self->all_districts
      && !(self->districts[point->district / 8] & 1 << point->district % 8))
    missed |= KOMEK_FILTER_DISTRICTS;
  if (self->answered && !(ANSWERED & 1u << point->status))
    missed |= KOMEK_FILTER_ANSWERED;
  if (self->metres > 0 && !is_around (self, point))
    missed |= KOMEK_FILTER_AROUND;
  if (!self->all_keys && !has_key (self, point->key))
    missed |= KOMEK_FILTER_KEYS;

  return missed;
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
  return find_missed (self, point, find_group (self, point));
}

/**
 * komek_filter_test_all:
 * @missed: (out) (array length=n): what komek_filter_test() returns of each point; all 0 before
 * @groups: (out): what komek_filter_group_of() returns of each, two in a byte, as
 *   komek_groups_get() reads them; all 0 before
 *
 * Tests many points, faster than one by one.
 */
void
komek_filter_test_all (const KomekFilter *self, const KomekPoint *points, guint n, guint8 *missed,
                       guint8 *groups)
{
  /* As most often: what lets everything through need not be asked for each of its parts. */
  if (komek_filter_is_empty (self))
    {
      for (guint i = 0; i < n; i++)
        komek_groups_put (groups, i, find_group (self, &points[i]));
      return;
    }
  for (guint i = 0; i < n; i++)
    {
      KomekGroup group = find_group (self, &points[i]);

      komek_groups_put (groups, i, group);
      missed[i] = find_missed (self, &points[i], group);
    }
}
