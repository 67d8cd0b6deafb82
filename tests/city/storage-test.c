/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>

#include "storage-tests.h"

/* What any engine must do. Which one, says KOMEK_TEST_DATABASE; without it, SQLite. */

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_storage_filing ();
  add_storage_lists ();
  add_storage_changes ();
  add_storage_keeping ();
  return g_test_run ();
}
