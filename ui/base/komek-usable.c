/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-usable.h"

#define HAD_FOCUS "komek-had-focus"

/**
 * komek_usable_set:
 *
 * Lets a widget be used or not for a while, as gtk_widget_set_sensitive() does, and gives it back
 * the focus that it had.
 *
 * GTK drops a focus on what cannot be used any more. Whoever has pressed "Send" by a key and has
 * to try again would begin at the top of the page. A focus that went elsewhere meanwhile stays.
 */
void
komek_usable_set (GtkWidget *widget, gboolean usable)
{
  GtkRoot *root;
  gboolean had_focus;

  g_return_if_fail (GTK_IS_WIDGET (widget));

  if (!usable && gtk_widget_is_focus (widget))
    g_object_set_data (G_OBJECT (widget), HAD_FOCUS, GINT_TO_POINTER (TRUE));
  gtk_widget_set_sensitive (widget, usable);
  if (!usable)
    return;

  had_focus = g_object_steal_data (G_OBJECT (widget), HAD_FOCUS) != NULL;
  root = gtk_widget_get_root (widget);
  if (had_focus && root && !gtk_root_get_focus (root) && gtk_widget_get_mapped (widget))
    gtk_widget_grab_focus (widget);
}
