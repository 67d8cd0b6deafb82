/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-around-bar.h"

#include "komek-filter-words.h"
#include "komek-gettext.h"

/**
 * KomekAroundBar:
 *
 * Three buttons that leave of the city what lies around the place where this device stands.
 *
 * What is pressed takes the circle away again. Where nobody has said where the device stands
 * there is nothing to press, and it does not show.
 */
struct _KomekAroundBar
{
  GtkWidget         parent;
  KomekExploration *exploration;
  GtkWidget        *buttons[KOMEK_N_RADII];
};

G_DEFINE_FINAL_TYPE (KomekAroundBar, komek_around_bar, GTK_TYPE_WIDGET)

static void
on_around_changed (KomekAroundBar *self)
{
  guint around = komek_exploration_get_around (self->exploration);

  for (guint i = 0; i < KOMEK_N_RADII; i++)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->buttons[i]), around == komek_radii[i]);
}

static void
komek_around_bar_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))))
    gtk_widget_unparent (child);
  g_clear_object (&KOMEK_AROUND_BAR (object)->exploration);
  G_OBJECT_CLASS (komek_around_bar_parent_class)->dispose (object);
}

static void
komek_around_bar_class_init (KomekAroundBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = komek_around_bar_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "around-bar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static GtkWidget *
add_button (KomekAroundBar *self, guint metres)
{
  GtkWidget *button = gtk_toggle_button_new ();
  g_autofree char *name = komek_filter_words_around (self->exploration, metres);

  /* A label of the button itself would be its name in newer GTKs, whatever it is called below. */
  gtk_button_set_child (GTK_BUTTON (button), gtk_label_new (komek_filter_words_radius (metres)));
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), g_variant_new_uint32 (metres));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "explore.around");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_parent (button, GTK_WIDGET (self));
  return button;
}

static void
komek_around_bar_init (KomekAroundBar *self)
{
  /* Translators: stands before three buttons, 500 m, 1 km, 3 km: what is so near to this kiosk. */
  const char *title = C_ ("map", "Around me");
  GtkWidget *label = gtk_label_new (title);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_parent (label, GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (self), "card");
  gtk_widget_add_css_class (GTK_WIDGET (self), "floating");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

GtkWidget *
komek_around_bar_new (KomekExploration *exploration)
{
  KomekAroundBar *self = g_object_new (KOMEK_TYPE_AROUND_BAR, NULL);

  self->exploration = g_object_ref (exploration);
  for (guint i = 0; i < KOMEK_N_RADII; i++)
    self->buttons[i] = add_button (self, komek_radii[i]);
  gtk_widget_set_visible (GTK_WIDGET (self), komek_exploration_get_here (exploration) != NULL);
  g_signal_connect_object (exploration, "notify::around", G_CALLBACK (on_around_changed), self,
                           G_CONNECT_SWAPPED);
  on_around_changed (self);
  return GTK_WIDGET (self);
}
