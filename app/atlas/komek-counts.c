/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-counts.h"

/**
 * KomekCounts:
 *
 * How many requests there are: in all, of each group, of each service, in each district,
 * answered, and over time.
 *
 * Each row of chips counts what choosing one of them would show, so the groups
 * are counted under every part of the filter but the groups, the services
 * under every part but the services, and so on; the bars under every part but
 * the period. Nobody may write to it any more once it is shared.
 */
struct _KomekCounts
{
  gatomicrefcount    refs;
  guint              total;
  guint              groups[KOMEK_N_GROUPS];
  guint             *services;
  guint              n_services;
  guint              districts[G_MAXUINT8 + 1];
  guint              statuses[G_MAXUINT8 + 1]; /* under every part but that they are answered */
  gint64            *starts; /* of the bars, and where the last one ends */
  KomekCountsBucket *buckets;
  guint              n_buckets;
};

G_DEFINE_BOXED_TYPE (KomekCounts, komek_counts, komek_counts_ref, komek_counts_unref)

/**
 * komek_counts_new_empty:
 * @points: what is to be counted later by komek_counts_add()
 *
 * Returns: (transfer full): counts that are all 0 and have no bars
 */
KomekCounts *
komek_counts_new_empty (KomekPoints *points)
{
  KomekCounts *self = g_new0 (KomekCounts, 1);

  g_atomic_ref_count_init (&self->refs);
  self->n_services = g_strv_length ((char **) komek_points_get_services (points));
  self->services = g_new0 (guint, self->n_services + 1);
  return self;
}

static void
count_service (KomekCounts *self, const KomekPoint *point)
{
  if (point->service < self->n_services)
    self->services[point->service]++;
}

/* Bars are nearly of one length, so a guess is at most a few off. */
static guint
find_bucket (const KomekCounts *self, gint64 time)
{
  gint64 first = self->starts[0], length = self->starts[self->n_buckets] - first;
  guint bucket = (guint) ((time - first) * self->n_buckets / length);

  while (time < self->starts[bucket])
    bucket--;
  while (time >= self->starts[bucket + 1])
    bucket++;
  return bucket;
}

static void
count_time (KomekCounts *self, const KomekPoint *point, KomekGroup group)
{
  guint bucket;

  if (self->n_buckets == 0 || point->requested < self->starts[0]
      || point->requested >= self->starts[self->n_buckets])
    return;

  bucket = find_bucket (self, point->requested);
  self->buckets[bucket].all++;
  self->buckets[bucket].late += group == KOMEK_GROUP_LATE;
}

/**
 * komek_counts_new:
 * @starts: (nullable) (array): where each bar of the histogram begins, seconds since 1970,
 *   rising, and behind them where the last one ends; copied
 * @n_buckets: how many bars there are
 * @shown: (out) (optional): what the whole filter lets through, counted in the same pass
 *
 * Counts all points in one pass, those without a place on the map too.
 *
 * Returns: (transfer full): the counts
 */
KomekCounts *
komek_counts_new (const KomekSieve *sieve, const gint64 *starts, guint n_buckets,
                  KomekCounts **shown)
{
  KomekPoints *points = komek_sieve_get_points (sieve);
  const guint8 *missed = komek_sieve_peek_missed (sieve);
  const guint8 *groups = komek_sieve_peek_groups (sieve);
  KomekCounts *self = komek_counts_new_empty (points);
  KomekCounts *whole = komek_counts_new_empty (points);
  guint n_points;
  const KomekPoint *point = komek_points_peek (points, &n_points);

  self->starts = n_buckets > 0 ? g_memdup2 (starts, (n_buckets + 1) * sizeof *starts) : NULL;
  self->buckets = g_new0 (KomekCountsBucket, n_buckets + 1);
  self->n_buckets = n_buckets;

  for (guint i = 0; i < n_points; i++, point++)
    {
      KomekGroup group = komek_groups_get (groups, i);

      if (missed[i] == 0)
        komek_counts_add (whole, point, group);
      self->groups[group] += (missed[i] & ~KOMEK_FILTER_GROUPS) == 0;
      if ((missed[i] & ~KOMEK_FILTER_SERVICES) == 0)
        count_service (self, point);
      self->districts[point->district] += (missed[i] & ~KOMEK_FILTER_DISTRICTS) == 0;
      self->statuses[point->status] += (missed[i] & ~KOMEK_FILTER_ANSWERED) == 0;
      if ((missed[i] & ~KOMEK_FILTER_PERIOD) == 0)
        count_time (self, point, group);
    }
  self->total = whole->total;
  if (shown)
    *shown = g_steal_pointer (&whole);
  g_clear_pointer (&whole, komek_counts_unref);
  return self;
}

KomekCounts *
komek_counts_ref (KomekCounts *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
komek_counts_unref (KomekCounts *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_free (self->services);
  g_free (self->starts);
  g_free (self->buckets);
  g_free (self);
}

/* Counts one request more, in all but the bars. */
void
komek_counts_add (KomekCounts *self, const KomekPoint *point, KomekGroup group)
{
  self->total++;
  self->groups[group]++;
  count_service (self, point);
}

guint
komek_counts_get_total (const KomekCounts *self)
{
  return self->total;
}

guint
komek_counts_get_group (const KomekCounts *self, KomekGroup group)
{
  return self->groups[group];
}

/* What choosing no group would show. */
guint
komek_counts_get_all_groups (const KomekCounts *self)
{
  guint all = 0;

  for (guint i = 0; i < KOMEK_N_GROUPS; i++)
    all += self->groups[i];
  return all;
}

guint
komek_counts_get_service (const KomekCounts *self, guint service)
{
  return service < self->n_services ? self->services[service] : 0;
}

/* What choosing no service would show. */
guint
komek_counts_get_all_services (const KomekCounts *self)
{
  guint all = 0;

  for (guint i = 0; i < self->n_services; i++)
    all += self->services[i];
  return all;
}

/* What choosing the district at that place in the list of the points would show. */
guint
komek_counts_get_district (const KomekCounts *self, guint district)
{
  return district <= G_MAXUINT8 ? self->districts[district] : 0;
}

/* What choosing only the answered would show. */
guint
komek_counts_get_answered (const KomekCounts *self)
{
  guint answered = 0;

  for (guint i = 0; i <= G_MAXUINT8; i++)
    if (komek_filter_is_answer (i))
      answered += self->statuses[i];
  return answered;
}

const KomekCountsBucket *
komek_counts_peek_buckets (const KomekCounts *self, guint *n_buckets)
{
  *n_buckets = self->n_buckets;
  return self->buckets;
}

/**
 * komek_counts_peek_starts:
 *
 * Returns: (transfer none) (nullable): where each bar begins, seconds since 1970, and behind them
 *   where the last one ends; %NULL where there are no bars
 */
const gint64 *
komek_counts_peek_starts (const KomekCounts *self)
{
  return self->starts;
}
