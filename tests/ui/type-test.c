/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-theme.h"

/* The size of type beside the one that somebody has set for all programs. */

#define USUAL (96 * 1024)

static KomekTheme *theme;

static int
measure (const char *shape, const char *type)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *label = gtk_label_new ("Көмек");
  int height;

  gtk_widget_add_css_class (window, "komek");
  gtk_widget_add_css_class (window, shape);
  gtk_widget_add_css_class (label, type);
  gtk_window_set_child (GTK_WINDOW (window), label);
  gtk_widget_measure (label, GTK_ORIENTATION_VERTICAL, -1, NULL, &height, NULL, NULL);
  gtk_window_destroy (GTK_WINDOW (window));
  return height;
}

static void
set_text_size (double times)
{
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", (int) (USUAL * times), NULL);
}

static void
test_grows_on_a_desktop (gconstpointer type)
{
  int usual, twice;

  set_text_size (1);
  usual = measure ("desktop", type);
  set_text_size (2);
  twice = measure ("desktop", type);
  g_assert_cmpint (twice, >=, usual * 19 / 10);
  g_assert_cmpint (twice, <=, usual * 21 / 10);
}

/* Its pages are laid out for the millimetres of its screen: nothing may be pushed over the edge. */
static void
test_stays_on_a_kiosk (gconstpointer type)
{
  int usual;

  set_text_size (1);
  usual = measure ("kiosk", type);
  set_text_size (2);
  g_assert_cmpint (measure ("kiosk", type), ==, usual);
}

static void
add (const char *name, const char *type, GTestDataFunc test)
{
  g_autofree char *path = g_strdup_printf ("/type/%s/%s", name, type);

  g_test_add_data_func (path, type, test);
}

int
main (int argc, char **argv)
{
  const char *types[] = { "display", "title", "heading", "sub", "body", "label", "small" };
  int status;

  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  theme = komek_theme_new (gdk_display_get_default (), adw_style_manager_get_default ());
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      add ("grows-on-a-desktop", types[i], test_grows_on_a_desktop);
      add ("stays-on-a-kiosk", types[i], test_stays_on_a_kiosk);
    }
  status = g_test_run ();
  g_object_unref (theme);
  return status;
}
