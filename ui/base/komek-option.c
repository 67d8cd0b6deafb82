/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-option.h"

#define CHOOSE "option.choose"

/**
 * KomekOption:
 *
 * Something to tick, or one of several of which one is chosen.
 *
 * A check button of GTK does nothing for assistive technology, which is left to
 * guess where to click. This one has an action that does what a tap does.
 */
G_DEFINE_TYPE (KomekOption, komek_option, GTK_TYPE_CHECK_BUTTON)

static void
choose (GtkWidget *widget, const char *action, GVariant *parameter)
{
  if (gtk_widget_is_sensitive (widget))
    gtk_widget_activate (widget);
}

static void
komek_option_class_init (KomekOptionClass *klass)
{
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), CHOOSE, NULL, choose);
}

static void
komek_option_init (KomekOption *self)
{
}

/**
 * komek_option_new:
 * @role: that of a check box, or of a radio button where only one of several can be chosen: neither
 *   an action nor a group tells that to those who hear it
 *
 * Returns: (transfer floating): an option that is not chosen
 */
GtkWidget *
komek_option_new (GtkAccessibleRole role, const char *words)
{
  GtkWidget *self = g_object_new (KOMEK_TYPE_OPTION, "accessible-role", role, NULL);
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (self), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  return self;
}
