/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-filter-option.h"

/**
 * KomekFilterOption:
 *
 * One thing to tick in the panel of the filters, with a count of what it would show.
 */
struct _KomekFilterOption
{
  KomekOption parent;
  GtkLabel   *word;
  GtkLabel   *count;
};

G_DEFINE_FINAL_TYPE (KomekFilterOption, komek_filter_option, KOMEK_TYPE_OPTION)

static void
komek_filter_option_class_init (KomekFilterOptionClass *klass)
{
}

static void
komek_filter_option_init (KomekFilterOption *self)
{
  self->word = GTK_LABEL (gtk_label_new (NULL));
  self->count = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->word, 0);
  gtk_label_set_wrap (self->word, TRUE);
  gtk_label_set_wrap_mode (self->word, PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (GTK_WIDGET (self->word), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->count), "count");
  gtk_widget_add_css_class (GTK_WIDGET (self), "filter-option");
}

/**
 * komek_filter_option_new:
 * @role: as of komek_option_new()
 * @icon: (nullable): what stands before the word
 */
GtkWidget *
komek_filter_option_new (GtkAccessibleRole role, const char *word, GtkWidget *icon)
{
  KomekFilterOption *self = g_object_new (KOMEK_TYPE_FILTER_OPTION, "accessible-role", role, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_label_set_label (self->word, word);
  if (icon)
    gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->word));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->count));
  gtk_check_button_set_child (GTK_CHECK_BUTTON (self), box);
  komek_filter_option_show (self, FALSE, NULL);
  return GTK_WIDGET (self);
}

/**
 * komek_filter_option_set_action:
 * @target: (nullable): floating
 */
void
komek_filter_option_set_action (KomekFilterOption *self, const char *action, GVariant *target)
{
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (self), target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self), action);
}

/* Another word is heard with the next komek_filter_option_show(). */
void
komek_filter_option_set_word (KomekFilterOption *self, const char *word)
{
  g_return_if_fail (KOMEK_IS_FILTER_OPTION (self));

  gtk_label_set_label (self->word, word);
}

/**
 * komek_filter_option_show:
 * @count: (nullable): a number as the language writes it
 */
void
komek_filter_option_show (KomekFilterOption *self, gboolean chosen, const char *count)
{
  g_autofree char *name = NULL;

  g_return_if_fail (KOMEK_IS_FILTER_OPTION (self));

  name = g_strjoin (count ? ", " : "", gtk_label_get_label (self->word), count ? count : "", NULL);
  gtk_label_set_label (self->count, count ? count : "");
  /* A text with nothing in it is read out as what it is made of. */
  gtk_widget_set_visible (GTK_WIDGET (self->count), count != NULL);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self), chosen);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}
