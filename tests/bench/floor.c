/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>

/* The floor under the start of komek: a window that shows as much of GTK and nothing of a city.
 * It has a header with as many buttons, a list of twenty thousand rows and a tile of a map, and
 * leaves the mark "floor" once its first frame is painted. */

#define ROWS 20000
#define TILE 256

static void
on_after_paint (GdkFrameClock *clock)
{
  g_log ("komek-trace", G_LOG_LEVEL_DEBUG, "floor");
  g_signal_handlers_disconnect_by_func (clock, on_after_paint, NULL);
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  g_signal_connect (clock, "after-paint", G_CALLBACK (on_after_paint), NULL);
  return G_SOURCE_REMOVE;
}

static GtkWidget *
make_header (void)
{
  GtkWidget *header = adw_header_bar_new ();
  const char *const words[] = { "Қазақша", "Русский", "English" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    adw_header_bar_pack_end (ADW_HEADER_BAR (header), gtk_toggle_button_new_with_label (words[i]));
  adw_header_bar_pack_end (ADW_HEADER_BAR (header),
                           gtk_button_new_from_icon_name ("weather-clear-night-symbolic"));
  adw_header_bar_pack_start (ADW_HEADER_BAR (header),
                             gtk_button_new_from_icon_name ("go-previous-symbolic"));
  return header;
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);

  gtk_box_append (GTK_BOX (row), gtk_label_new (NULL));
  gtk_box_append (GTK_BOX (row), gtk_label_new (NULL));
  gtk_list_item_set_child (item, row);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *title = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  const char *word = gtk_string_object_get_string (gtk_list_item_get_item (item));

  gtk_label_set_label (GTK_LABEL (title), word);
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_next_sibling (title)), "Абай даңғылы, 12");
}

static GtkWidget *
make_list (void)
{
  GtkStringList *words = gtk_string_list_new (NULL);
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  for (guint i = 0; i < ROWS; i++)
    gtk_string_list_take (words, g_strdup_printf ("Жолдағы шұңқыр %u", i));
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  gtk_scrolled_window_set_child (
    GTK_SCROLLED_WINDOW (scroller),
    gtk_list_view_new (GTK_SELECTION_MODEL (gtk_single_selection_new (G_LIST_MODEL (words))),
                       factory));
  gtk_widget_set_size_request (scroller, 420, -1);
  return scroller;
}

static GtkWidget *
make_map (void)
{
  g_autoptr (GBytes) pixels = g_bytes_new_take (g_malloc0 (3 * TILE * TILE), 3 * TILE * TILE);
  g_autoptr (GdkTexture) tile =
    gdk_memory_texture_new (TILE, TILE, GDK_MEMORY_R8G8B8, pixels, 3 * TILE);
  GtkWidget *map = gtk_picture_new_for_paintable (GDK_PAINTABLE (tile));

  gtk_widget_set_hexpand (map, TRUE);
  return map;
}

static void
on_activate (GtkApplication *application)
{
  GtkWidget *window = adw_application_window_new (application);
  GtkWidget *frame = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_box_append (GTK_BOX (frame), make_header ());
  gtk_box_append (GTK_BOX (frame), page);
  gtk_box_append (GTK_BOX (page), make_list ());
  gtk_box_append (GTK_BOX (page), make_map ());
  gtk_widget_set_vexpand (page, TRUE);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (window), frame);
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  gtk_widget_add_tick_callback (window, on_tick, NULL, NULL);
  gtk_window_present (GTK_WINDOW (window));
}

/* As komek where cairo draws: to look for OpenGL is no part of what a window needs. */
static void
forgo_opengl (void)
{
  if (gtk_get_minor_version () < 16)
    g_setenv ("GDK_DEBUG", "gl-disable", TRUE);
  else
    g_setenv ("GDK_DISABLE", "gl,vulkan", TRUE);
}

int
main (int argc, char **argv)
{
  g_autoptr (AdwApplication) application = NULL;

  forgo_opengl ();
  application = adw_application_new ("kz.komek.Floor", G_APPLICATION_DEFAULT_FLAGS);
  g_signal_connect (application, "activate", G_CALLBACK (on_activate), NULL);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
