/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gtk/gtk.h>

#include "komek-explore-split.h"

#define WIDTH 1280
#define HEIGHT 600

/* How wide the list is beside the map, with text so many times as large as usual. */
static int
measure_list (double times)
{
  GtkWidget *list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *split = g_object_new (KOMEK_TYPE_EXPLORE_SPLIT,
                                   "map", gtk_box_new (GTK_ORIENTATION_VERTICAL, 0),
                                   "time", gtk_box_new (GTK_ORIENTATION_VERTICAL, 0),
                                   "panel", list, NULL);
  int dpi, width;

  g_object_get (gtk_settings_get_default (), "gtk-xft-dpi", &dpi, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", (int) (dpi * times), NULL);
  g_object_ref_sink (split);
  gtk_widget_measure (split, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
  gtk_widget_allocate (split, WIDTH, HEIGHT, -1, NULL);
  width = gtk_widget_get_width (list);
  g_object_unref (split);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", dpi, NULL);
  return width;
}

static void
test_the_list_has_its_share (void)
{
  g_assert_cmpint (measure_list (1), ==, (int) (WIDTH * 0.36));
}

/* Where both together find room, neither makes the window larger for the sake of its share. */
static void
assert_least_widths (int list_needs, int map_needs)
{
  GtkWidget *map = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *split = g_object_new (KOMEK_TYPE_EXPLORE_SPLIT, "map", map,
                                   "time", gtk_box_new (GTK_ORIENTATION_VERTICAL, 0),
                                   "panel", list, NULL);
  int least;

  g_object_ref_sink (split);
  gtk_widget_set_size_request (list, list_needs, -1);
  gtk_widget_set_size_request (map, map_needs, -1);
  gtk_widget_measure (split, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  g_assert_cmpint (least, ==, list_needs + map_needs);
  gtk_widget_allocate (split, least, HEIGHT, -1, NULL);
  g_assert_cmpint (gtk_widget_get_width (list), ==, list_needs);
  g_assert_cmpint (gtk_widget_get_width (map), ==, map_needs);
  g_object_unref (split);
}

static void
test_a_small_screen_is_shared_by_need (void)
{
  assert_least_widths (320, 400);
  assert_least_widths (320, 620);
}

static void
test_large_text_gets_more (void)
{
  g_assert_cmpint (measure_list (2), >, (int) (WIDTH * 0.4));
  g_assert_cmpint (measure_list (4), ==, WIDTH / 2);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/split/the-list-has-its-share", test_the_list_has_its_share);
  g_test_add_func ("/split/large-text-gets-more", test_large_text_gets_more);
  g_test_add_func ("/split/a-small-screen-is-shared-by-need", test_a_small_screen_is_shared_by_need);
  return g_test_run ();
}
