/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-explore-taps.h"

static void
on_pressed (GtkGestureClick *gesture, int n_press, double x, double y, gpointer data)
{
  gboolean again = n_press == 1 && gtk_list_item_get_selected (data);

  g_object_set_data (G_OBJECT (gesture), "again", GINT_TO_POINTER (again));
}

static void
on_released (GtkGestureClick *gesture, int n_press, double x, double y, gpointer data)
{
  GtkListItem *item = data;

  if (n_press == 1 && g_object_get_data (G_OBJECT (gesture), "again"))
    gtk_widget_activate_action (gtk_list_item_get_child (item), "list.activate-item", "u",
                                gtk_list_item_get_position (item));
}

/**
 * komek_explore_open_on_second_tap:
 * @item: whose child the row is going to be
 *
 * Lets a tap on what is chosen open it. The list itself would take the first
 * tap for choosing and only a double click for opening.
 */
void
komek_explore_open_on_second_tap (GtkWidget *row, GtkListItem *item)
{
  GtkGesture *gesture = gtk_gesture_click_new ();

  g_signal_connect_object (gesture, "pressed", G_CALLBACK (on_pressed), item, 0);
  g_signal_connect_object (gesture, "released", G_CALLBACK (on_released), item, 0);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (gesture));
}
