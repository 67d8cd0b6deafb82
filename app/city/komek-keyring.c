/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-keyring.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

#include "komek-error.h"

/* As many strangers' keys as this are remembered; then all are forgotten. */
#define MOST_KEYS 4096

#define KEY_BYTES 32

/**
 * KomekKeyring:
 *
 * Whose api key is whose. The storage knows; the keyring remembers for a
 * while what it said, so that a call need not ask it. Who gets a key or loses
 * one is noticed when that while is over. Any thread may use it.
 */
struct _KomekKeyring
{
  KomekStorage *storage;
  gint64        memory;
  GMutex        lock;
  GHashTable   *keys; /* hash to Entry */
  gboolean      any;
  gint64        any_until;
};

typedef struct
{
  KomekCaller *caller; /* NULL where it is nobody's */
  gint64       until;
} Entry;

static void
entry_free (gpointer data)
{
  Entry *self = data;

  g_clear_pointer (&self->caller, komek_caller_unref);
  g_free (self);
}

/**
 * komek_keyring_new:
 * @memory_us: how long to remember, in µs
 *
 * Returns: (transfer full): the keyring
 */
KomekKeyring *
komek_keyring_new (KomekStorage *storage, gint64 memory_us)
{
  KomekKeyring *self = g_new0 (KomekKeyring, 1);

  self->storage = g_object_ref (storage);
  self->memory = memory_us;
  g_mutex_init (&self->lock);
  self->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, entry_free);
  return self;
}

void
komek_keyring_free (KomekKeyring *self)
{
  g_object_unref (self->storage);
  g_hash_table_unref (self->keys);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/* What is remembered and not too old; call with the lock held. */
static Entry *
remember (KomekKeyring *self, const char *hash)
{
  Entry *entry = g_hash_table_lookup (self->keys, hash);

  return entry && entry->until > g_get_monotonic_time () ? entry : NULL;
}

/**
 * komek_keyring_remembers:
 *
 * Returns: whether komek_keyring_find() will answer without asking the storage
 */
gboolean
komek_keyring_remembers (KomekKeyring *self, const char *key)
{
  g_autofree char *hash = komek_caller_hash_key (key);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return remember (self, hash) != NULL;
}

static void
see_client (const KomekClient *client, gpointer data)
{
  KomekCaller **caller = data;
  KomekRole role;

  if (!*caller && komek_role_from_code (client->role, &role))
    *caller = komek_caller_new (client->id, role, client->name);
}

static void
keep (KomekKeyring *self, const char *hash, KomekCaller *caller)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->caller = caller ? komek_caller_ref (caller) : NULL;
  entry->until = g_get_monotonic_time () + self->memory;
  g_mutex_lock (&self->lock);
  if (g_hash_table_size (self->keys) >= MOST_KEYS)
    g_hash_table_remove_all (self->keys);
  g_hash_table_insert (self->keys, g_strdup (hash), entry);
  g_mutex_unlock (&self->lock);
}

/**
 * komek_keyring_find:
 * @caller: (out) (transfer full) (nullable): whose key it is, %NULL where it is nobody's
 *
 * Fails only where the storage cannot be asked.
 */
gboolean
komek_keyring_find (KomekKeyring *self, const char *key, KomekCaller **caller, GError **error)
{
  g_autofree char *hash = komek_caller_hash_key (key);
  Entry *entry;

  *caller = NULL;
  g_mutex_lock (&self->lock);
  entry = remember (self, hash);
  if (entry && entry->caller)
    *caller = komek_caller_ref (entry->caller);
  g_mutex_unlock (&self->lock);
  if (entry)
    return TRUE;

  if (!komek_storage_list_clients (self->storage, hash, see_client, caller, error))
    return FALSE;
  keep (self, hash, *caller);
  return TRUE;
}

/**
 * komek_keyring_recall:
 * @caller: (out) (transfer full) (nullable): whose key it was when the storage was last asked
 *
 * Never asks the storage, however long ago that was.
 *
 * Returns: whether it was asked at all
 */
gboolean
komek_keyring_recall (KomekKeyring *self, const char *key, KomekCaller **caller)
{
  g_autofree char *hash = komek_caller_hash_key (key);
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  Entry *entry = g_hash_table_lookup (self->keys, hash);

  *caller = entry && entry->caller ? komek_caller_ref (entry->caller) : NULL;
  return entry != NULL;
}

/* The same of whether anybody has a key. */
gboolean
komek_keyring_recall_any (KomekKeyring *self, gboolean *any)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  *any = self->any;
  return self->any_until != 0;
}

/**
 * komek_keyring_remembers_any:
 *
 * Returns: whether komek_keyring_has_any() will answer without asking the storage
 */
gboolean
komek_keyring_remembers_any (KomekKeyring *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->any_until > g_get_monotonic_time ();
}

static void
see_any (const KomekClient *client, gpointer data)
{
  gboolean *any = data;

  *any = TRUE;
}

/**
 * komek_keyring_has_any:
 * @any: (out): whether anybody has a key
 */
gboolean
komek_keyring_has_any (KomekKeyring *self, gboolean *any, GError **error)
{
  if (!komek_keyring_remembers_any (self))
    {
      *any = FALSE;
      if (!komek_storage_list_clients (self->storage, NULL, see_any, any, error))
        return FALSE;
      g_mutex_lock (&self->lock);
      self->any = *any;
      self->any_until = g_get_monotonic_time () + self->memory;
      g_mutex_unlock (&self->lock);
    }
  g_mutex_lock (&self->lock);
  *any = self->any;
  g_mutex_unlock (&self->lock);
  return TRUE;
}

/* Safe in an address and in a form as it is. */
static char *
make_key (GError **error)
{
  guchar bytes[KEY_BYTES];
  g_autofree char *text = NULL;

  if (getrandom (bytes, sizeof bytes, 0) != sizeof bytes)
    {
      g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNSAVED, "No random numbers: %s",
                   g_strerror (errno));
      return NULL;
    }
  text = g_base64_encode (bytes, sizeof bytes);
  g_strdelimit (g_strdelimit (text, "+", '-'), "/", '_');
  *strchrnul (text, '=') = '\0';
  return g_strconcat ("komek_", text, NULL);
}

/**
 * komek_keyring_add:
 * @name: what people call whoever gets the key
 *
 * Makes a key. Only its hash is kept: nobody can be told the key again.
 *
 * Returns: (transfer full): the key
 */
char *
komek_keyring_add (KomekStorage *storage, KomekRole role, const char *name, GError **error)
{
  g_autofree char *key = make_key (error);
  g_autofree char *hash = key ? komek_caller_hash_key (key) : NULL;
  g_autofree char *id = g_uuid_string_random ();
  const KomekClient client = {
    .id = id, .name = name, .role = komek_role_get_code (role), .key_hash = hash
  };

  if (!key || !komek_storage_add_client (storage, &client, error))
    return NULL;
  return g_steal_pointer (&key);
}
