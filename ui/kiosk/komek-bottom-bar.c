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

/* Where four words find no room beside their icons, they stand below them. */
static void
stack_buttons (KomekBottomBar *self)
{
  GtkWidget *box = gtk_widget_get_first_child (GTK_WIDGET (self));

  for (GtkWidget *button = gtk_widget_get_first_child (box); button;
       button = gtk_widget_get_next_sibling (button))
    {
      GtkWidget *content = gtk_button_get_child (GTK_BUTTON (button));
      GtkWidget *label = gtk_widget_get_last_child (content);

      gtk_orientable_set_orientation (GTK_ORIENTABLE (content), GTK_ORIENTATION_VERTICAL);
      gtk_box_set_spacing (GTK_BOX (content), 4);
      gtk_widget_set_valign (content, GTK_ALIGN_CENTER);
      gtk_label_set_xalign (GTK_LABEL (label), 0.5);
      gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
    }
}

GtkWidget *
komek_bottom_bar_new (KomekContext *context)
{
  KomekBottomBar *self = g_object_new (KOMEK_TYPE_BOTTOM_BAR, NULL);

  if (komek_context_is_small (context) && komek_context_is_upright (context))
    stack_buttons (self);
  return GTK_WIDGET (self);
}
