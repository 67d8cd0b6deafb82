/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-order-button.h"

#include "komek-filter-option.h"
#include "komek-filter-words.h"
#include "komek-gettext.h"
#include "komek-icon.h"

/**
 * KomekOrderButton:
 *
 * Says how the list is ordered, and opens the choice of the other orders.
 *
 * A button with a popover of its own, and not a menu button: on GTK 4.8 the part of that which
 * takes the focus has no name that could be set.
 */
struct _KomekOrderButton
{
  GtkButton         parent;
  KomekExploration *exploration;
  GSimpleAction    *choose;
  GtkLabel         *word;
  GtkWidget        *popover;
  GtkWidget        *options;
};

G_DEFINE_FINAL_TYPE (KomekOrderButton, komek_order_button, GTK_TYPE_BUTTON)

static void
on_order_changed (KomekOrderButton *self)
{
  KomekListOrder order = komek_exploration_get_order (self->exploration);
  const char *word = komek_filter_words_order (order);
  /* Translators: the name of a button for those who hear it; %s is how the list is ordered now:
   * Newest, Nearest, … */
  g_autofree char *name = g_strdup_printf (_("Order of the list: %s"), word);

  gtk_label_set_label (self->word, word);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_simple_action_set_state (self->choose, g_variant_new_uint32 (order));
}

static void
on_choose_requested (GSimpleAction *action, GVariant *state, gpointer data)
{
  KomekOrderButton *self = data;
  guint32 order = g_variant_get_uint32 (state);

  if (order < KOMEK_N_LIST_ORDERS)
    komek_exploration_set_order (self->exploration, order);
  gtk_popover_popdown (GTK_POPOVER (self->popover));
}

/* Whoever opens it by keyboard begins at what is chosen. */
static void
focus_chosen (KomekOrderButton *self)
{
  for (GtkWidget *option = gtk_widget_get_first_child (self->options); option;
       option = gtk_widget_get_next_sibling (option))
    if (gtk_check_button_get_active (GTK_CHECK_BUTTON (option)))
      gtk_widget_grab_focus (option);
}

static void
on_clicked (KomekOrderButton *self)
{
  gtk_popover_popup (GTK_POPOVER (self->popover));
  focus_chosen (self);
}

static void
on_popover_visible_changed (KomekOrderButton *self)
{
  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_EXPANDED,
                               gtk_widget_get_visible (self->popover), -1);
}

static GtkWidget *
make_option (KomekListOrder order)
{
  GtkWidget *option = komek_filter_option_new (GTK_ACCESSIBLE_ROLE_RADIO,
                                               komek_filter_words_order (order), NULL);

  komek_filter_option_set_action (KOMEK_FILTER_OPTION (option), "order.choose",
                                  g_variant_new_uint32 (order));
  return option;
}

static void
make_popover (KomekOrderButton *self)
{
  self->options = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  for (KomekListOrder order = 0; order < KOMEK_N_LIST_ORDERS; order++)
    gtk_box_append (GTK_BOX (self->options), make_option (order));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->options), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Order of the list"), -1);

  self->popover = gtk_popover_new ();
  gtk_widget_add_css_class (self->popover, "order-options");
  gtk_popover_set_child (GTK_POPOVER (self->popover), self->options);
  gtk_popover_set_has_arrow (GTK_POPOVER (self->popover), FALSE);
  gtk_widget_set_parent (self->popover, GTK_WIDGET (self));
  g_signal_connect_swapped (self->popover, "notify::visible",
                            G_CALLBACK (on_popover_visible_changed), self);
  on_popover_visible_changed (self);
}

static void
make_face (KomekOrderButton *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *arrow = komek_icon_new_image ("komek-down-symbolic");

  self->word = GTK_LABEL (gtk_label_new (NULL));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->word));
  gtk_box_append (GTK_BOX (box), arrow);
  gtk_button_set_child (GTK_BUTTON (self), box);
}

/* Nothing stays open over a page that has gone. */
static void
komek_order_button_unmap (GtkWidget *widget)
{
  gtk_popover_popdown (GTK_POPOVER (KOMEK_ORDER_BUTTON (widget)->popover));
  GTK_WIDGET_CLASS (komek_order_button_parent_class)->unmap (widget);
}

static void
komek_order_button_dispose (GObject *object)
{
  KomekOrderButton *self = KOMEK_ORDER_BUTTON (object);

  if (self->popover)
    g_signal_handlers_disconnect_by_data (self->popover, self);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  g_clear_object (&self->exploration);
  g_clear_object (&self->choose);
  G_OBJECT_CLASS (komek_order_button_parent_class)->dispose (object);
}

static void
komek_order_button_class_init (KomekOrderButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = komek_order_button_dispose;
  GTK_WIDGET_CLASS (klass)->unmap = komek_order_button_unmap;
}

static void
komek_order_button_init (KomekOrderButton *self)
{
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();

  self->choose = g_simple_action_new_stateful ("choose", G_VARIANT_TYPE_UINT32,
                                               g_variant_new_uint32 (KOMEK_LIST_NEWEST));
  g_signal_connect (self->choose, "change-state", G_CALLBACK (on_choose_requested), self);
  g_action_map_add_action (G_ACTION_MAP (actions), G_ACTION (self->choose));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "order", G_ACTION_GROUP (actions));
  make_face (self);
  make_popover (self);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_HAS_POPUP, TRUE,
                                  -1);
  g_signal_connect (self, "clicked", G_CALLBACK (on_clicked), NULL);
}

/**
 * komek_order_button_set_up:
 *
 * Says whose list it is; once, by the page that owns it.
 */
void
komek_order_button_set_up (KomekOrderButton *self, KomekExploration *exploration)
{
  g_return_if_fail (KOMEK_IS_ORDER_BUTTON (self));

  self->exploration = g_object_ref (exploration);
  g_signal_connect_object (exploration, "notify::order", G_CALLBACK (on_order_changed), self,
                           G_CONNECT_SWAPPED);
  on_order_changed (self);
}
