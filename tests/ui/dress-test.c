/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "request-fakes.h"

#include "komek-dress.h"

#define NARROW 1100 /* pixels wide: a screen on a desk that has less has little room */
#define LARGE 900   /* pixels of the shorter side, of a kiosk that has room for everything */

static void
set_text_size (double times)
{
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", (int) (times * 96 * PANGO_SCALE), NULL);
}

/* The test runs on several screens: on each it must be that one. */
static GdkRectangle
measure_screen (void)
{
  g_autoptr (GdkMonitor) monitor =
    g_list_model_get_item (gdk_display_get_monitors (gdk_display_get_default ()), 0);
  const char *expected = g_getenv ("KOMEK_STAGE_SCREEN");
  GdkRectangle area;

  gdk_monitor_get_geometry (monitor, &area);
  if (expected)
    {
      g_autofree char *size = g_strdup_printf ("%dx%d", area.width, area.height);

      g_assert_cmpstr (size, ==, expected);
    }
  return area;
}

/* At a desk the sizes are the user's; he may change them while he works. */
static void
test_large_text_makes_a_desk_small (void)
{
  TestStage *stage = test_stage_new (test_city_new ("astana", NULL), FALSE);
  gboolean narrow = measure_screen ().width < NARROW;

  set_text_size (1);
  komek_dress_window (GTK_WINDOW (stage->window), stage->context);
  g_assert_cmpint (komek_context_is_small (stage->context), ==, narrow);
  set_text_size (2);
  g_assert_true (komek_context_is_small (stage->context));
  set_text_size (1);
  g_assert_cmpint (komek_context_is_small (stage->context), ==, narrow);
  test_stage_free (stage);
}

/* Whatever the screen is, the window is no larger, and on a narrow one it says so to its pages. */
static void
test_a_narrow_screen_makes_a_desk_small (void)
{
  TestStage *stage = test_stage_new (test_city_new ("astana", NULL), FALSE);
  GdkRectangle area = measure_screen ();
  int width, height;

  set_text_size (1);
  komek_dress_window (GTK_WINDOW (stage->window), stage->context);
  gtk_window_get_default_size (GTK_WINDOW (stage->window), &width, &height);
  g_assert_cmpint (width, ==, MIN (area.width, 1280));
  g_assert_cmpint (height, ==, MIN (area.height, 800));
  g_assert_cmpint (komek_context_is_small (stage->context), ==, area.width < NARROW);
  g_assert_cmpint (gtk_widget_has_css_class (stage->window, "small"), ==,
                   area.width < NARROW);
  test_stage_free (stage);
}

/* A kiosk takes all of its screen, and knows its shape before the first page is made. */
static void
test_a_screen_makes_a_kiosk_upright_and_small (void)
{
  TestStage *stage = test_stage_new (test_city_new ("astana", NULL), TRUE);
  GdkRectangle area = measure_screen ();
  gboolean upright = area.height > area.width;
  gboolean small = MIN (area.width, area.height) < LARGE;

  komek_dress_window (GTK_WINDOW (stage->window), stage->context);
  g_assert_cmpint (komek_context_is_upright (stage->context), ==, upright);
  g_assert_true (gtk_widget_has_css_class (stage->window, upright ? "upright" : "wide"));
  g_assert_cmpint (komek_context_is_small (stage->context), ==, small);
  g_assert_cmpint (gtk_widget_has_css_class (stage->window, "small"), ==, small);
  test_stage_free (stage);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/dress/large-text-makes-a-desk-small", test_large_text_makes_a_desk_small);
  g_test_add_func ("/dress/a-narrow-screen-makes-a-desk-small",
                   test_a_narrow_screen_makes_a_desk_small);
  g_test_add_func ("/dress/a-screen-makes-a-kiosk-upright-and-small",
                   test_a_screen_makes_a_kiosk_upright_and_small);
  return g_test_run ();
}
