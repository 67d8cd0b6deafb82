/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "request-fakes.h"

#include "komek-dress.h"

static void
set_text_size (double times)
{
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", (int) (times * 96 * PANGO_SCALE), NULL);
}

/* At a desk the sizes are the user's; he may change them while he works. */
static void
test_large_text_makes_a_desk_small (void)
{
  TestStage *stage = test_stage_new (test_city_new ("astana", NULL), FALSE);

  set_text_size (1);
  komek_dress_window (GTK_WINDOW (stage->window), stage->context);
  g_assert_false (komek_context_is_small (stage->context));
  set_text_size (2);
  g_assert_true (komek_context_is_small (stage->context));
  set_text_size (1);
  g_assert_false (komek_context_is_small (stage->context));
  test_stage_free (stage);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/dress/large-text-makes-a-desk-small", test_large_text_makes_a_desk_small);
  return g_test_run ();
}
