/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-storage-keys.h"

#include "komek-refusal.h"

/**
 * KomekStorageKeys:
 *
 * The keys of whatever is being kept at the moment: what comes with one of
 * them is told to come again.
 */
struct _KomekStorageKeys
{
  GMutex      lock;
  GHashTable *running;
};

KomekStorageKeys *
komek_storage_keys_new (void)
{
  KomekStorageKeys *self = g_new0 (KomekStorageKeys, 1);

  g_mutex_init (&self->lock);
  self->running = g_hash_table_new (g_str_hash, g_str_equal);
  return self;
}

void
komek_storage_keys_free (KomekStorageKeys *self)
{
  g_mutex_clear (&self->lock);
  g_hash_table_unref (self->running);
  g_free (self);
}

/**
 * komek_storage_keys_claim:
 *
 * Fails with %KOMEK_REFUSAL_KEY_RUNNING where somebody else holds the key.
 *
 * Returns: (transfer full): the claim, for komek_storage_keys_release()
 */
char *
komek_storage_keys_claim (KomekStorageKeys *self, const char *client, const char *key,
                          GError **error)
{
  /* No client's name has a line end in it. */
  g_autofree char *claim = g_strconcat (client, "\n", key, NULL);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  if (g_hash_table_contains (self->running, claim))
    {
      g_set_error (error, KOMEK_REFUSAL, KOMEK_REFUSAL_KEY_RUNNING, "The key %s is being kept",
                   key);
      return NULL;
    }
  g_hash_table_add (self->running, claim);
  return g_steal_pointer (&claim);
}

void
komek_storage_keys_release (KomekStorageKeys *self, char *claim)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  g_hash_table_remove (self->running, claim);
  g_free (claim);
}
