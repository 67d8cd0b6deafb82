/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-device-vault.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#include "komek-error.h"
#include "komek-fault.h"
#include "komek-seal.h"

#define KEY_BYTES crypto_aead_xchacha20poly1305_ietf_KEYBYTES
#define NONCE_BYTES crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG_BYTES crypto_aead_xchacha20poly1305_ietf_ABYTES

/* The first byte of all that is locked: how. */
#define MANNER 1
#define HEAD_BYTES (1 + NONCE_BYTES)

/**
 * KomekDeviceVault:
 *
 * A vault with a key of this device: XChaCha20-Poly1305 of libsodium, the label as its additional
 * data.
 *
 * The key is a credential of systemd where there is one, else a file of mode
 * 0600 that is made by lot when it is first needed. It lies in another folder
 * than what it locks, so that a copy of the queue alone tells nothing. It is
 * read when it is first needed, in the thread that needs it, and kept in memory
 * that is neither swapped nor dumped.
 */
struct _KomekDeviceVault
{
  GObject parent;
  char   *path;
  char   *credential; /* NULL where there is none */
  GMutex  mutex;
  guint8 *key;        /* NULL until it is read */
};

static void komek_device_vault_vault_init (KomekVaultInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KomekDeviceVault, komek_device_vault, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KOMEK_TYPE_VAULT,
                                                      komek_device_vault_vault_init))

static gboolean
fail (GError **error, const char *path, int number)
{
  g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNSAVED, "The key %s cannot be used: %s", path,
               number ? g_strerror (number) : "it has another length");
  return FALSE;
}

static int
open_again (const char *path, int flags)
{
  int file;

  do
    file = open (path, flags | O_CLOEXEC, 0600);
  while (file < 0 && errno == EINTR);
  return file;
}

/* One byte more than a key has, to tell a longer file. */
static gboolean
read_key (KomekDeviceVault *self, const char *path, GError **error)
{
  guint8 bytes[KEY_BYTES + 1];
  gssize length = -1;
  int file = open_again (path, O_RDONLY);
  int number = errno;

  if (file >= 0)
    {
      length = read (file, bytes, sizeof bytes);
      number = errno;
      close (file);
    }
  if (length == KEY_BYTES)
    {
      memcpy (self->key, bytes, KEY_BYTES);
      sodium_mprotect_readonly (self->key);
    }
  sodium_memzero (bytes, sizeof bytes);
  return length == KEY_BYTES || fail (error, path, length < 0 ? number : 0);
}

static gboolean
write_all (const char *path, const guint8 *bytes, gsize length, GError **error)
{
  int file = open_again (path, O_WRONLY | O_CREAT | O_TRUNC);
  gboolean written = file >= 0 && write (file, bytes, length) == (gssize) length
                     && fsync (file) == 0;
  int number = errno;

  if (file >= 0 && close (file) != 0 && written)
    {
      written = FALSE;
      number = errno;
    }
  return written || fail (error, path, number ? number : EIO);
}

static gboolean
sync_folder (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  int file = open_again (folder, O_RDONLY | O_DIRECTORY);
  gboolean synced = file >= 0 && fsync (file) == 0;
  int number = errno;

  if (file >= 0)
    close (file);
  return synced || fail (error, folder, number);
}

/* It appears under its name whole and durable or not at all. Another process may make one at the
 * same moment: the first stays. */
static gboolean
make_key (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *draft = g_strdup_printf ("%s.%d", path, getpid ());
  guint8 bytes[KEY_BYTES];
  gboolean made;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    return fail (error, folder, errno);
  randombytes_buf (bytes, sizeof bytes);
  made = write_all (draft, bytes, sizeof bytes, error);
  sodium_memzero (bytes, sizeof bytes);
  komek_fault_point ("vault.key.drafted");
  if (made && link (draft, path) != 0 && errno != EEXIST)
    made = fail (error, path, errno);
  komek_fault_point ("vault.key.linked");
  unlink (draft);
  return made && sync_folder (path, error);
}

static gboolean
load_key (KomekDeviceVault *self, GError **error)
{
  if (sodium_init () < 0)
    return fail (error, self->path, ENOSYS);
  if (!self->key)
    self->key = sodium_malloc (KEY_BYTES);
  if (!self->key)
    return fail (error, self->path, ENOMEM);
  if (self->credential)
    return read_key (self, self->credential, error);
  if (!g_file_test (self->path, G_FILE_TEST_EXISTS) && !make_key (self->path, error))
    return FALSE;
  return read_key (self, self->path, error);
}

/* A file that could not be read is tried again with each call. */
static gboolean
has_key (KomekDeviceVault *self, GError **error)
{
  gboolean loaded;

  g_mutex_lock (&self->mutex);
  loaded = self->key != NULL;
  if (!loaded && !(loaded = load_key (self, error)))
    g_clear_pointer (&self->key, sodium_free);
  g_mutex_unlock (&self->mutex);
  return loaded;
}

static GBytes *
komek_device_vault_lock (KomekVault *vault, GBytes *clear, const char *label, GError **error)
{
  KomekDeviceVault *self = KOMEK_DEVICE_VAULT (vault);
  gsize length;
  const guint8 *bytes = g_bytes_get_data (clear, &length);
  guint8 *locked;

  if (!has_key (self, error))
    return NULL;
  locked = g_malloc (HEAD_BYTES + length + TAG_BYTES);
  locked[0] = MANNER;
  randombytes_buf (locked + 1, NONCE_BYTES);
  crypto_aead_xchacha20poly1305_ietf_encrypt (locked + HEAD_BYTES, NULL, bytes, length,
                                              (const guint8 *) label, strlen (label), NULL,
                                              locked + 1, self->key);
  return g_bytes_new_take (locked, HEAD_BYTES + length + TAG_BYTES);
}

static GBytes *
komek_device_vault_open (KomekVault *vault, GBytes *locked, const char *label, GError **error)
{
  KomekDeviceVault *self = KOMEK_DEVICE_VAULT (vault);
  gsize length;
  const guint8 *bytes = g_bytes_get_data (locked, &length);
  g_autofree guint8 *clear = NULL;

  if (!has_key (self, error))
    return NULL;
  if (length >= HEAD_BYTES + TAG_BYTES && bytes[0] == MANNER)
    {
      clear = g_malloc (length - HEAD_BYTES - TAG_BYTES + 1);
      if (crypto_aead_xchacha20poly1305_ietf_decrypt (clear, NULL, NULL, bytes + HEAD_BYTES,
                                                      length - HEAD_BYTES, (const guint8 *) label,
                                                      strlen (label), bytes + 1, self->key) == 0)
        return g_bytes_new_take (g_steal_pointer (&clear), length - HEAD_BYTES - TAG_BYTES);
    }
  g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE, "What was locked as %s does not open",
               label);
  return NULL;
}

static char *
komek_device_vault_seal (KomekVault *vault, const char *text, const char *recipient, GError **error)
{
  return komek_seal_close (text, recipient, error);
}

static void
komek_device_vault_finalize (GObject *object)
{
  KomekDeviceVault *self = KOMEK_DEVICE_VAULT (object);

  g_clear_pointer (&self->key, sodium_free);
  g_mutex_clear (&self->mutex);
  g_free (self->path);
  g_free (self->credential);
  G_OBJECT_CLASS (komek_device_vault_parent_class)->finalize (object);
}

static void
komek_device_vault_vault_init (KomekVaultInterface *iface)
{
  iface->lock = komek_device_vault_lock;
  iface->open = komek_device_vault_open;
  iface->seal = komek_device_vault_seal;
}

static void
komek_device_vault_class_init (KomekDeviceVaultClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = komek_device_vault_finalize;
}

static void
komek_device_vault_init (KomekDeviceVault *self)
{
  g_mutex_init (&self->mutex);
}

/**
 * komek_device_vault_new:
 * @path: where the key's file is, or is to be made
 * @credential: (nullable): a file with a key that goes before it, as systemd hands them over
 *
 * Returns: (transfer full): the vault; no file is touched yet
 */
KomekVault *
komek_device_vault_new (const char *path, const char *credential)
{
  KomekDeviceVault *self = g_object_new (KOMEK_TYPE_DEVICE_VAULT, NULL);

  self->path = g_strdup (path);
  self->credential = g_strdup (credential);
  return KOMEK_VAULT (self);
}
