/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gtk/gtk.h>

#include "komek-histogram-months.h"

/* Names that do not fit leave others out at even distances, and not those that happen to be long. */
static void
test_names_stand_at_even_distances (void)
{
  g_assert_cmpuint (komek_histogram_months_get_step (30, 50), ==, 1);
  g_assert_cmpuint (komek_histogram_months_get_step (50, 50), ==, 2);
  g_assert_cmpuint (komek_histogram_months_get_step (50, 20), ==, 3);
  g_assert_cmpuint (komek_histogram_months_get_step (90, 20), ==, 6);
  g_assert_cmpuint (komek_histogram_months_get_step (50, 0), ==, 12);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/months/names-stand-at-even-distances", test_names_stand_at_even_distances);
  return g_test_run ();
}
