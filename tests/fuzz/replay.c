/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "targets.h"

/* All that a fuzzer has ever started from or tripped over, once more and without one. */

static void
feed (const KomekFuzzTarget *target, const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *data = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &data, &length, &error));
  g_assert_no_error (error);
  body = g_bytes_new (data, length);
  g_test_message ("%s", name);
  target->run (body);
}

static void
test_replay (gconstpointer data)
{
  const KomekFuzzTarget *target = data;
  g_autofree char *folder =
    g_test_build_filename (G_TEST_DIST, "fuzz", "corpus", target->corpus, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) files = g_dir_open (folder, 0, &error);
  const char *name;
  guint count = 0;

  g_assert_no_error (error);
  for (; (name = g_dir_read_name (files)); count++)
    feed (target, folder, name);
  g_assert_cmpuint (count, >=, 10);
}

int
main (int argc, char **argv)
{
  const KomekFuzzTarget *target;

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; (target = komek_fuzz_get (i)); i++)
    {
      g_autofree char *path = g_strconcat ("/fuzz/replay/", target->name, NULL);

      g_test_add_data_func (path, target, test_replay);
    }
  return g_test_run ();
}
