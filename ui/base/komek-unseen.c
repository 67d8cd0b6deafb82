/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-unseen.h"

static void
on_visible_child_changed (GtkStack *stack)
{
  GtkWidget *seen = gtk_stack_get_visible_child (stack);

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (stack)); child;
       child = gtk_widget_get_next_sibling (child))
    gtk_accessible_update_state (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_STATE_HIDDEN, child != seen,
                                 -1);
}

/**
 * komek_unseen_hide_in_stack:
 *
 * Hides from those who hear the screen what nobody sees on it.
 *
 * GTK 4.8 leaves the children that a stack does not show in the accessible
 * tree, so that a screen reader walks through pages that are long gone.
 */
void
komek_unseen_hide_in_stack (GtkStack *stack)
{
  g_return_if_fail (GTK_IS_STACK (stack));

  g_signal_connect (stack, "notify::visible-child", G_CALLBACK (on_visible_child_changed), NULL);
  on_visible_child_changed (stack);
}
