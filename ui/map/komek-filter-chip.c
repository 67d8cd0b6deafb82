/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-filter-chip.h"

/**
 * KomekFilterChip:
 *
 * One thing to filter by, with a count of what choosing it would show.
 */
struct _KomekFilterChip
{
  GtkToggleButton parent;
  GtkWidget      *tick;
  GtkLabel       *word;
  GtkLabel       *count;
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

void
komek_filter_chip_set_word (KomekFilterChip *self, const char *word)
{
  g_return_if_fail (KOMEK_IS_FILTER_CHIP (self));

  gtk_label_set_label (self->word, word);
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
