/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-limits.h"

/**
 * KomekLimits:
 *
 * Counts how often somebody calls, by name: of an address, a key or a device.
 *
 * Kept in memory, by each process for itself: with several processes behind a
 * proxy each bears the whole rate, and the limits of the proxy hold for all of
 * them together (see data/nginx). A shared count would cost each call a write
 * to the database.
 *
 * Any thread may use it.
 */
struct _KomekLimits
{
  GMutex      lock;
  gsize       most;
  GHashTable *names;  /* name to the time when its allowance is whole again, in µs */
  GHashTable *before; /* the same, of the generation before */
  GHashTable *running;
};

/**
 * komek_limits_new:
 * @most_names: how many names to remember in each of two generations; a name
 *   that did not call for so long is forgotten
 *
 * Returns: (transfer full): limits that nobody has touched yet
 */
KomekLimits *
komek_limits_new (gsize most_names)
{
  KomekLimits *self = g_new0 (KomekLimits, 1);

  g_mutex_init (&self->lock);
  self->most = most_names;
  self->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->before = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->running = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
komek_limits_free (KomekLimits *self)
{
  g_mutex_clear (&self->lock);
  g_hash_table_unref (self->names);
  g_hash_table_unref (self->before);
  g_hash_table_unref (self->running);
  g_free (self);
}

/* Forgets whoever did not call since the last time. */
static void
begin_generation (KomekLimits *self)
{
  GHashTable *oldest = self->before;

  g_hash_table_remove_all (oldest);
  self->before = self->names;
  self->names = oldest;
}

/* Where the time of a name is kept; a stranger's is 0. */
static gint64 *
find (KomekLimits *self, const char *name)
{
  gint64 *whole = g_hash_table_lookup (self->names, name);
  gint64 *old;

  if (whole)
    return whole;
  if (g_hash_table_size (self->names) >= self->most)
    begin_generation (self);
  old = g_hash_table_lookup (self->before, name);
  whole = g_new (gint64, 1);
  *whole = old ? *old : 0;
  g_hash_table_insert (self->names, g_strdup (name), whole);
  return whole;
}

/**
 * komek_limits_take:
 * @rate: how often; its count 0 allows everything
 * @now: monotonic, in µs
 * @allowance: (out): what is left afterwards
 *
 * Counts a call of @name, unless it is one too many. The generic cell rate
 * algorithm (ITU-T I.371): one time a name stands for a bucket that leaks.
 *
 * Returns: whether the call may be made
 */
gboolean
komek_limits_take (KomekLimits *self, const char *name, const KomekRate *rate, gint64 now,
                   KomekAllowance *allowance)
{
  g_autoptr (GMutexLocker) locker = NULL;
  gint64 *whole, each, most, used;
  gboolean may;

  *allowance = (KomekAllowance) { 0 };
  if (rate->count == 0)
    return TRUE;

  each = rate->seconds * G_USEC_PER_SEC / rate->count;
  most = each * rate->burst;
  locker = g_mutex_locker_new (&self->lock);
  whole = find (self, name);
  used = MAX (*whole - now, 0);
  may = used + each <= most;
  if (may)
    *whole = now + (used += each);
  allowance->limit = rate->burst;
  allowance->window = (most + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC;
  allowance->remaining = (most - used) / each;
  allowance->reset = (used + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC;
  if (!may)
    allowance->retry_after = MAX ((used + each - most + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC, 1);
  return may;
}

/**
 * komek_limits_enter:
 * @at_once: how many calls of @name may run at a time, 0 for any number
 *
 * Notes that a call of @name runs, until komek_limits_leave().
 *
 * Returns: %FALSE where it is one too many; then nothing is noted
 */
gboolean
komek_limits_enter (KomekLimits *self, const char *name, guint at_once)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  guint running = GPOINTER_TO_UINT (g_hash_table_lookup (self->running, name));

  if (at_once > 0 && running >= at_once)
    return FALSE;
  g_hash_table_insert (self->running, g_strdup (name), GUINT_TO_POINTER (running + 1));
  return TRUE;
}

void
komek_limits_leave (KomekLimits *self, const char *name)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  guint running = GPOINTER_TO_UINT (g_hash_table_lookup (self->running, name));

  if (running > 1)
    g_hash_table_insert (self->running, g_strdup (name), GUINT_TO_POINTER (running - 1));
  else
    g_hash_table_remove (self->running, name);
}
