/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-deadline-clock.h"
#include "komek-locale.h"

static const struct
{
  const char   *name;
  KomekDeadline deadline;
  const char   *figure, *unit, *token;
  double        share;
} rows[] = {
  { "in-time", { KOMEK_DEADLINE_IN_TIME, 4, 0.3 }, "4", "days left", "sky", 0.3 },
  { "one-day-is-singular", { KOMEK_DEADLINE_LAST_DAY, 1, 0.8 }, "1", "day left", "work", 0.8 },
  { "last-hours", { KOMEK_DEADLINE_LAST_DAY, 0, 0.98 }, "0", "days left", "work", 0.98 },
  { "overdue-is-full-and-counts-up", { KOMEK_DEADLINE_OVERDUE, 2, 1 }, "+2", "days over", "late", 1 },
  { "overdue-since-today", { KOMEK_DEADLINE_OVERDUE, 0, 1 }, "0", "days over", "late", 1 },
  { "paused-says-no-number", { KOMEK_DEADLINE_PAUSED, 9, 0.4 }, "–", "paused", "shut", 0.4 },
  { "answered-early", { KOMEK_DEADLINE_MET, 1, 0.65 }, "1", "day early", "done", 0.65 },
  { "answered-late-is-not-green", { KOMEK_DEADLINE_MISSED, 3, 1 }, "+3", "days late", "late", 1 },
};

static void
test_state (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  KomekTheme *theme = komek_theme_new (gdk_display_get_default (), adw_style_manager_get_default ());
  KomekDeadlineClock *clock = KOMEK_DEADLINE_CLOCK (g_object_ref_sink (komek_deadline_clock_new ()));

  komek_deadline_clock_show (clock, theme, &rows[i].deadline);

  g_assert_cmpstr (komek_deadline_clock_get_figure (clock), ==, rows[i].figure);
  g_assert_cmpstr (komek_deadline_clock_get_unit (clock), ==, rows[i].unit);
  g_assert_cmpstr (komek_deadline_clock_get_token (clock), ==, rows[i].token);
  g_assert_cmpfloat (komek_deadline_clock_get_share (clock), ==, rows[i].share);
  g_assert_finalize_object (clock);
  g_assert_finalize_object (theme);
}

int
main (int argc, char **argv)
{
  g_autoptr (KomekLocale) locale = NULL;

  g_test_init (&argc, &argv, NULL);
  locale = komek_locale_new ("/nowhere", KOMEK_LANGUAGE_ENGLISH);
  gtk_disable_setlocale ();
  adw_init ();
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/deadline-clock/%s", rows[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_state);
    }
  return g_test_run ();
}
