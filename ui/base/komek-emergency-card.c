/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-emergency-card.h"

/**
 * KomekEmergencyCard:
 *
 * Whom to call when lives are at stake: 112 and the four services behind it.
 */
struct _KomekEmergencyCard
{
  GtkWidget parent;
};

G_DEFINE_FINAL_TYPE (KomekEmergencyCard, komek_emergency_card, GTK_TYPE_WIDGET)

static void
komek_emergency_card_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))))
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (komek_emergency_card_parent_class)->dispose (object);
}

static void
komek_emergency_card_class_init (KomekEmergencyCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = komek_emergency_card_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kz/komek/Komek/base/komek-emergency-card.ui");
}

static void
komek_emergency_card_init (KomekEmergencyCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
komek_emergency_card_new (void)
{
  return g_object_new (KOMEK_TYPE_EMERGENCY_CARD, NULL);
}
