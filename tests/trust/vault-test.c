/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <sys/stat.h>

#include "komek-device-vault.h"
#include "komek-error.h"

typedef struct
{
  char       *folder;
  char       *path;
  KomekVault *vault;
  GBytes     *clear;
} Device;

static void
set_up (Device *device, gconstpointer unused)
{
  device->folder = g_dir_make_tmp ("komek-vault-XXXXXX", NULL);
  device->path = g_build_filename (device->folder, "state", "outbox.key", NULL);
  device->vault = komek_device_vault_new (device->path, NULL);
  device->clear = g_bytes_new_static ("Әсел +7 701", 16);
}

static void
tear_down (Device *device, gconstpointer unused)
{
  g_autofree char *state = g_path_get_dirname (device->path);

  g_object_unref (device->vault);
  g_bytes_unref (device->clear);
  g_unlink (device->path);
  g_rmdir (state);
  g_assert_cmpint (g_rmdir (device->folder), ==, 0);
  g_free (device->folder);
  g_free (device->path);
}

static void
test_opens_what_it_locked_also_after_a_restart (Device *device, gconstpointer unused)
{
  g_autoptr (GBytes) locked = komek_vault_lock (device->vault, device->clear, "item 1", NULL);
  g_autoptr (GBytes) again = komek_vault_lock (device->vault, device->clear, "item 1", NULL);
  g_autoptr (KomekVault) later = komek_device_vault_new (device->path, NULL);
  g_autoptr (GBytes) opened = komek_vault_open (later, locked, "item 1", NULL);
  struct stat status;

  g_assert_true (g_bytes_equal (opened, device->clear));
  g_assert_false (g_bytes_equal (locked, again));
  g_assert_cmpint (g_stat (device->path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  g_assert_cmpint (status.st_size, ==, 32);
}

static void
test_another_label_does_not_open_it (Device *device, gconstpointer unused)
{
  g_autoptr (GBytes) locked = komek_vault_lock (device->vault, device->clear, "item 1", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (komek_vault_open (device->vault, locked, "item 2", &error));
  g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE);
}

static void
test_a_changed_byte_does_not_open (Device *device, gconstpointer unused)
{
  g_autoptr (GBytes) locked = komek_vault_lock (device->vault, device->clear, "x", NULL);
  gsize length = g_bytes_get_size (locked);

  for (gsize i = 0; i < length; i++)
    {
      g_autofree guint8 *bytes = g_memdup2 (g_bytes_get_data (locked, NULL), length);
      g_autoptr (GBytes) changed = NULL;
      g_autoptr (GBytes) cut = g_bytes_new (bytes, i);

      bytes[i] ^= 0x80;
      changed = g_bytes_new (bytes, length);
      g_assert_null (komek_vault_open (device->vault, changed, "x", NULL));
      g_assert_null (komek_vault_open (device->vault, cut, "x", NULL));
    }
}

static void
test_a_key_of_another_length_is_refused (Device *device, gconstpointer unused)
{
  g_autofree char *state = g_path_get_dirname (device->path);
  g_autoptr (GError) error = NULL;

  g_mkdir (state, 0700);
  g_file_set_contents (device->path, "short", -1, NULL);
  g_assert_null (komek_vault_lock (device->vault, device->clear, "x", &error));
  g_assert_error (error, KOMEK_ERROR, KOMEK_ERROR_UNSAVED);
}

static void
test_a_credential_goes_before_the_file (Device *device, gconstpointer unused)
{
  g_autofree char *credential = g_build_filename (device->folder, "credential", NULL);
  g_autoptr (KomekVault) vault = komek_device_vault_new (device->path, credential);
  g_autoptr (GBytes) locked = NULL;

  g_file_set_contents (credential, "0123456789abcdef0123456789abcdef", -1, NULL);
  locked = komek_vault_lock (vault, device->clear, "x", NULL);
  g_assert_nonnull (locked);
  g_assert_false (g_file_test (device->path, G_FILE_TEST_EXISTS));
  g_assert_null (komek_vault_open (device->vault, locked, "x", NULL));
  g_unlink (credential);
}

#define ADD(path, function) g_test_add ("/vault/" path, Device, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("opens-what-it-locked-also-after-a-restart", test_opens_what_it_locked_also_after_a_restart);
  ADD ("another-label-does-not-open-it", test_another_label_does_not_open_it);
  ADD ("a-changed-byte-does-not-open", test_a_changed_byte_does_not_open);
  ADD ("a-key-of-another-length-is-refused", test_a_key_of_another_length_is_refused);
  ADD ("a-credential-goes-before-the-file", test_a_credential_goes_before_the_file);
  return g_test_run ();
}
