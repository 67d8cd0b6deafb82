/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-backoff.h"

/* What the waits after so many failures may be, with a base of 2 s and a cap of 300 s. */
static const guint most[] = {
  2000, 4000, 8000, 16000, 32000, 64000, 128000, 256000, 300000, 300000
};

static void
test_grows_to_its_cap (void)
{
  guint longest[G_N_ELEMENTS (most)] = { 0 };

  for (guint i = 0; i < 200; i++)
    {
      KomekBackoff backoff = { .base = 2000, .cap = 300000 };

      for (guint n = 0; n < G_N_ELEMENTS (most); n++)
        {
          guint wait = komek_backoff_next (&backoff);

          g_assert_cmpuint (wait, >=, 1000);
          g_assert_cmpuint (wait, <=, most[n]);
          longest[n] = MAX (longest[n], wait);
        }
    }
  /* 200 draws of which none reaches the upper half would be a wonder. */
  for (guint n = 0; n < G_N_ELEMENTS (most); n++)
    g_assert_cmpuint (longest[n], >, most[n] / 2);
}

static void
test_begins_anew_after_a_success (void)
{
  KomekBackoff backoff = { .base = 2000, .cap = 300000 };

  for (guint i = 0; i < 1000; i++)
    komek_backoff_next (&backoff);
  komek_backoff_reset (&backoff);
  g_assert_cmpuint (komek_backoff_next (&backoff), <=, 2000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/backoff/grows-to-its-cap", test_grows_to_its_cap);
  g_test_add_func ("/backoff/begins-anew-after-a-success", test_begins_anew_after_a_success);
  return g_test_run ();
}
