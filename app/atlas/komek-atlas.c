/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-atlas.h"

#include "komek-atlas-private.h"

/**
 * KomekAtlas:
 *
 * Where the requests are that a filter lets through: the index that the map asks.
 *
 * What the filter leaves of the Morton order of all points, with running sums
 * beside it: a whole quarter of the map is counted by two binary searches, at
 * every zoom alike.
 *
 * Immutable and counted. A new filter makes a new atlas out of the last one's
 * order, which takes less time than a finger takes to leave the chip.
 */
G_DEFINE_BOXED_TYPE (KomekAtlas, komek_atlas, komek_atlas_ref, komek_atlas_unref)

/* Keeps the order of what is let through; where that is everything, no copy is kept. */
static void
take_filtered (KomekAtlas *self)
{
  const KomekMorton *order = self->order;
  const guint8 *missed = komek_sieve_peek_missed (self->sieve);
  guint n = 0;

  self->own_codes = g_new (guint64, order->n + 1);
  self->own_indexes = g_new (guint32, order->n + 1);
  for (guint i = 0; i < order->n; i++)
    {
      guint32 index = order->indexes[i];

      /* Written whether it is let through or not: no branch to be foreseen. */
      self->own_codes[n] = order->codes[i];
      self->own_indexes[n] = index;
      n += missed[index] == 0;
    }

  self->n = n;
  self->own_codes = g_renew (guint64, self->own_codes, n + 1);
  self->own_indexes = g_renew (guint32, self->own_indexes, n + 1);
  self->codes = self->own_codes;
  self->indexes = self->own_indexes;
}

static void
take_all (KomekAtlas *self)
{
  self->n = self->order->n;
  self->codes = self->order->codes;
  self->indexes = self->order->indexes;
}

/* In a pass of its own: with nothing else to do in it, the next reads of memory are under way
 * before the last one has come, however many points there are. */
static void
take_groups (KomekAtlas *self)
{
  const guint8 *groups = komek_sieve_peek_groups (self->sieve);

  self->groups = g_malloc (self->n + 1);
  for (guint i = 0; i < self->n; i++)
    self->groups[i] = komek_groups_get (groups, self->indexes[i]);
}

static void
fill_sums (KomekAtlas *self)
{
  KomekAtlasSums sums = { 0 };

  self->sums = g_new (KomekAtlasSums, self->n / KOMEK_ATLAS_BLOCK + 2);
  for (guint i = 0; i < self->n; i++)
    {
      if (i % KOMEK_ATLAS_BLOCK == 0)
        self->sums[i / KOMEK_ATLAS_BLOCK] = sums;
      sums.x += komek_morton_gather (self->codes[i]);
      sums.y += komek_morton_gather (self->codes[i] >> 1);
      sums.groups[self->groups[i]]++;
    }
  /* The end of a last block that is full. */
  if (self->n % KOMEK_ATLAS_BLOCK == 0)
    self->sums[self->n / KOMEK_ATLAS_BLOCK] = sums;
}

/**
 * komek_atlas_new_from_order:
 * @order: all points that have a place
 *
 * Keeps what @filter lets through; nothing is sorted.
 *
 * Returns: (transfer full): the atlas
 */
KomekAtlas *
komek_atlas_new_from_order (KomekMorton *order, KomekFilter *filter)
{
  KomekAtlas *self = g_new0 (KomekAtlas, 1);

  g_atomic_ref_count_init (&self->refs);
  self->order = komek_morton_ref (order);
  self->points = komek_points_ref (order->points);
  self->sieve = komek_sieve_new (order->points, filter);
  if (komek_filter_is_empty (filter))
    take_all (self);
  else
    take_filtered (self);
  take_groups (self);
  fill_sums (self);
  return self;
}

/**
 * komek_atlas_new:
 *
 * Sorts the places of all points and keeps those that @filter lets through.
 * Points without a place, or with one that is not on Earth, are left out.
 *
 * Returns: (transfer full): the atlas
 */
KomekAtlas *
komek_atlas_new (KomekPoints *points, KomekFilter *filter)
{
  g_autoptr (KomekMorton) order = komek_morton_new (points);

  return komek_atlas_new_from_order (order, filter);
}

/**
 * komek_atlas_new_after:
 * @last: (nullable): an atlas of the same points, or of what they were before
 *
 * Makes the same as komek_atlas_new() out of what @last has sorted already.
 *
 * Returns: (transfer full): the atlas
 */
KomekAtlas *
komek_atlas_new_after (KomekAtlas *last, KomekPoints *points, KomekFilter *filter)
{
  g_autoptr (KomekMorton) order =
    last ? komek_morton_new_update (last->order, points) : komek_morton_new (points);

  return komek_atlas_new_from_order (order, filter);
}

typedef struct
{
  KomekAtlas  *last;
  KomekPoints *points;
  KomekFilter *filter;
} Job;

static void
job_free (Job *job)
{
  g_clear_pointer (&job->last, komek_atlas_unref);
  komek_points_unref (job->points);
  komek_filter_unref (job->filter);
  g_free (job);
}

static void
build_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;

  g_task_return_pointer (task, komek_atlas_new_after (job->last, job->points, job->filter),
                         (GDestroyNotify) komek_atlas_unref);
}

/**
 * komek_atlas_new_async:
 * @last: (nullable): as for komek_atlas_new_after()
 *
 * Does what komek_atlas_new_after() does in a thread.
 */
void
komek_atlas_new_async (KomekAtlas *last, KomekPoints *points, KomekFilter *filter,
                       GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Job *job = g_new (Job, 1);

  *job = (Job) {
    last ? komek_atlas_ref (last) : NULL, komek_points_ref (points), komek_filter_ref (filter),
  };
  g_task_set_source_tag (task, komek_atlas_new_async);
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  g_task_run_in_thread (task, build_in_thread);
}

/**
 * komek_atlas_new_finish:
 *
 * Fails only where it was cancelled.
 *
 * Returns: (transfer full): the atlas
 */
KomekAtlas *
komek_atlas_new_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, komek_atlas_new_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

KomekAtlas *
komek_atlas_ref (KomekAtlas *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
komek_atlas_unref (KomekAtlas *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  komek_points_unref (self->points);
  komek_sieve_unref (self->sieve);
  komek_morton_unref (self->order);
  g_free (self->own_codes);
  g_free (self->own_indexes);
  g_free (self->groups);
  g_free (self->sums);
  g_free (self);
}

KomekPoints *
komek_atlas_get_points (const KomekAtlas *self)
{
  return self->points;
}

KomekFilter *
komek_atlas_get_filter (const KomekAtlas *self)
{
  return komek_sieve_get_filter (self->sieve);
}

/* All points that have a place, whatever the filter. */
KomekMorton *
komek_atlas_get_order (const KomekAtlas *self)
{
  return self->order;
}

/* What the filter says of each point. */
KomekSieve *
komek_atlas_get_sieve (const KomekAtlas *self)
{
  return self->sieve;
}

/**
 * komek_atlas_get_size:
 *
 * Returns: the bytes that it takes, with the order and the points that it holds on to
 */
gsize
komek_atlas_get_size (const KomekAtlas *self)
{
  guint n_points;

  komek_points_peek (self->points, &n_points);
  return sizeof *self + n_points * (sizeof (KomekPoint) + sizeof (guint8))
         + komek_groups_get_size (n_points)
         + self->order->n * (sizeof (guint64) + sizeof (guint32))
         + (self->own_codes ? self->n * (sizeof (guint64) + sizeof (guint32)) : 0) + self->n
         + (self->n / KOMEK_ATLAS_BLOCK + 2) * sizeof (KomekAtlasSums);
}

/* How many requests it can show: let through by the filter and with a place. */
guint
komek_atlas_get_n_placed (const KomekAtlas *self)
{
  return self->n;
}

/**
 * komek_atlas_look_up:
 *
 * Returns: (nullable) (transfer none): the point with that key, whether the filter lets it
 *   through or not; it lives as long as the atlas
 */
const KomekPoint *
komek_atlas_look_up (const KomekAtlas *self, guint32 key)
{
  guint n_points;
  const KomekPoint *points = komek_points_peek (self->points, &n_points);

  for (guint i = 0; i < n_points; i++)
    if (points[i].key == key)
      return &points[i];

  return NULL;
}

static void
add_up (const KomekAtlas *self, guint first, guint end, KomekAtlasSums *sums)
{
  for (guint i = first; i < end; i++)
    {
      sums->x += komek_morton_gather (self->codes[i]);
      sums->y += komek_morton_gather (self->codes[i] >> 1);
      sums->groups[self->groups[i]]++;
    }
}

static void
take_away (KomekAtlasSums *from, const KomekAtlasSums *sums)
{
  from->x -= sums->x;
  from->y -= sums->y;
  for (guint i = 0; i < KOMEK_N_GROUPS; i++)
    from->groups[i] -= sums->groups[i];
}

/* What stands before a place, from the nearest end of a block. */
static KomekAtlasSums
sum_before (const KomekAtlas *self, guint place)
{
  guint block = (place + KOMEK_ATLAS_BLOCK / 2) / KOMEK_ATLAS_BLOCK;
  KomekAtlasSums sums, between = { 0 };

  if (block * KOMEK_ATLAS_BLOCK > self->n)
    block--;
  sums = self->sums[block];
  if (block * KOMEK_ATLAS_BLOCK <= place)
    {
      add_up (self, block * KOMEK_ATLAS_BLOCK, place, &sums);
      return sums;
    }
  add_up (self, place, block * KOMEK_ATLAS_BLOCK, &between);
  take_away (&sums, &between);
  return sums;
}

/*
 * komek_atlas_sum:
 *
 * Adds a stretch to @sums: its coordinates, in units of 2^-32 of the world, and its groups.
 */
void
komek_atlas_sum (const KomekAtlas *self, guint first, guint end, KomekAtlasSums *sums)
{
  KomekAtlasSums before, behind;

  /* As short as the way to both its ends. */
  if (end - first <= KOMEK_ATLAS_BLOCK)
    {
      add_up (self, first, end, sums);
      return;
    }
  before = sum_before (self, first);
  behind = sum_before (self, end);
  take_away (&behind, &before);
  sums->x += behind.x;
  sums->y += behind.y;
  for (guint i = 0; i < KOMEK_N_GROUPS; i++)
    sums->groups[i] += behind.groups[i];
}
