/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-filter-chip.h"

#include "komek-gettext.h"

/**
 * KomekFilterChip:
 *
 * One thing to filter by, with a count of what choosing it would show; or one that was chosen
 * and goes when it is pressed.
 */
struct _KomekFilterChip
{
  GtkToggleButton parent;
  GtkWidget      *tick;
  GtkLabel       *word;
  GtkLabel       *count;
  GtkWidget      *cross;
};

G_DEFINE_FINAL_TYPE (KomekFilterChip, komek_filter_chip, GTK_TYPE_TOGGLE_BUTTON)

static void
komek_filter_chip_class_init (KomekFilterChipClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kz/komek/Komek/map/komek-filter-chip.ui");
  gtk_widget_class_bind_template_child (widget_class, KomekFilterChip, tick);
  gtk_widget_class_bind_template_child (widget_class, KomekFilterChip, word);
  gtk_widget_class_bind_template_child (widget_class, KomekFilterChip, count);
  gtk_widget_class_bind_template_child (widget_class, KomekFilterChip, cross);
}

static void
komek_filter_chip_init (KomekFilterChip *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_object_bind_property (self, "active", self->tick, "visible", G_BINDING_SYNC_CREATE);
}

/**
 * komek_filter_chip_new:
 * @action: what it does; the state follows by komek_filter_chip_show()
 * @target: (nullable): what to do it with, floating
 */
GtkWidget *
komek_filter_chip_new (const char *word, const char *action, GVariant *target)
{
  KomekFilterChip *self = g_object_new (KOMEK_TYPE_FILTER_CHIP, NULL);

  gtk_label_set_label (self->word, word);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (self), target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self), action);
  komek_filter_chip_show (self, FALSE, NULL);
  return GTK_WIDGET (self);
}

/**
 * komek_filter_chip_new_removable:
 * @action: what takes the filter away
 * @target: (nullable): which one it takes away, floating
 *
 * A chip of what is chosen and not offered elsewhere in the line.
 */
GtkWidget *
komek_filter_chip_new_removable (const char *word, const char *action, GVariant *target)
{
  GtkWidget *chip = komek_filter_chip_new (word, action, target);
  KomekFilterChip *self = KOMEK_FILTER_CHIP (chip);
  /* Translators: the name of a button for those who hear it; %s is what the list is narrowed
   * down to: a category, a district, a period. */
  g_autofree char *name = g_strdup_printf (_("%s: take the filter away"), word);

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self), TRUE);
  gtk_widget_set_visible (self->cross, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return chip;
}

const char *
komek_filter_chip_get_word (KomekFilterChip *self)
{
  return gtk_label_get_label (self->word);
}

/**
 * komek_filter_chip_show:
 * @count: (nullable): a number as the language writes it
 */
void
komek_filter_chip_show (KomekFilterChip *self, gboolean chosen, const char *count)
{
  g_autofree char *name = NULL;

  g_return_if_fail (KOMEK_IS_FILTER_CHIP (self));

  name = g_strjoin (count ? ", " : "", gtk_label_get_label (self->word), count ? count : "", NULL);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self), chosen);
  gtk_label_set_label (self->count, count ? count : "");
  gtk_widget_set_visible (GTK_WIDGET (self->count), count != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}
