/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-bottom-bar.h"

/**
 * KomekBottomBar:
 *
 * The four buttons that a kiosk always has in the same place: back, contrast, help, and finish and
 * erase.
 */
struct _KomekBottomBar
{
  GtkWidget parent;
};

G_DEFINE_FINAL_TYPE (KomekBottomBar, komek_bottom_bar, GTK_TYPE_WIDGET)

static void
komek_bottom_bar_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))))
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (komek_bottom_bar_parent_class)->dispose (object);
}

static void
komek_bottom_bar_class_init (KomekBottomBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = komek_bottom_bar_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kz/komek/Komek/kiosk/komek-bottom-bar.ui");
}

static void
komek_bottom_bar_init (KomekBottomBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
komek_bottom_bar_new (void)
{
  return g_object_new (KOMEK_TYPE_BOTTOM_BAR, NULL);
}
