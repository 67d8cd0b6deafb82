/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-number-pad.h"

#include "komek-gettext.h"
#include "komek-icon.h"

/**
 * KomekNumberPad:
 *
 * Twelve big keys that type digits into a field, which keeps the focus meanwhile.
 */
struct _KomekNumberPad
{
  GtkGrid      parent;
  GtkEditable *target; /* weak */
};

G_DEFINE_FINAL_TYPE (KomekNumberPad, komek_number_pad, GTK_TYPE_GRID)

static void
on_digit_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KomekNumberPad *self = KOMEK_NUMBER_PAD (widget);
  const char *digit = g_variant_get_string (parameter, NULL);
  int position;

  if (!self->target)
    return;
  gtk_editable_delete_selection (self->target);
  position = gtk_editable_get_position (self->target);
  gtk_editable_insert_text (self->target, digit, -1, &position);
  gtk_editable_set_position (self->target, position);
}

/* Takes away what is selected, else the digit before the cursor; a hyphen goes with its digit. */
static void
on_backspace_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KomekNumberPad *self = KOMEK_NUMBER_PAD (widget);
  const char *text;
  int position, from;

  if (!self->target)
    return;
  if (gtk_editable_get_selection_bounds (self->target, NULL, NULL))
    {
      gtk_editable_delete_selection (self->target);
      return;
    }
  text = gtk_editable_get_text (self->target);
  position = from = gtk_editable_get_position (self->target);
  while (from > 0 && *g_utf8_offset_to_pointer (text, from - 1) == '-')
    from--;
  gtk_editable_delete_text (self->target, MAX (from - 1, 0), position);
}

static void
komek_number_pad_dispose (GObject *object)
{
  g_clear_weak_pointer (&KOMEK_NUMBER_PAD (object)->target);
  G_OBJECT_CLASS (komek_number_pad_parent_class)->dispose (object);
}

static void
komek_number_pad_class_init (KomekNumberPadClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = komek_number_pad_dispose;

  gtk_widget_class_set_css_name (widget_class, "numberpad");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_install_action (widget_class, "pad.digit", "s", on_digit_activated);
  gtk_widget_class_install_action (widget_class, "pad.backspace", NULL, on_backspace_activated);
}

static void
add_key (KomekNumberPad *self, GtkWidget *key, int column, int row)
{
  gtk_widget_set_focus_on_click (key, FALSE);
  gtk_widget_add_css_class (key, "key");
  gtk_grid_attach (GTK_GRID (self), key, column, row, 1, 1);
}

static void
add_digit (KomekNumberPad *self, const char *digit, int column, int row)
{
  GtkWidget *key = gtk_button_new_with_label (digit);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (key), "pad.digit");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (key), "s", digit);
  if (*digit == '-')
    gtk_widget_add_css_class (key, "function");
  add_key (self, key, column, row);
}

static void
komek_number_pad_init (KomekNumberPad *self)
{
  static const char *const digits[] = { "1", "2", "3", "4", "5", "6", "7", "8", "9", "-", "0" };
  GtkWidget *backspace = komek_icon_new_button ("komek-backspace-symbolic");

  gtk_grid_set_row_homogeneous (GTK_GRID (self), TRUE);
  gtk_grid_set_column_homogeneous (GTK_GRID (self), TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (digits); i++)
    add_digit (self, digits[i], i % 3, i / 3);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (backspace), "pad.backspace");
  gtk_widget_add_css_class (backspace, "function");
  gtk_accessible_update_property (GTK_ACCESSIBLE (backspace), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  /* Translators: the key that takes away the last digit; only
                                     heard. */
                                  C_ ("key", "Delete"), -1);
  add_key (self, backspace, 2, 3);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  /* Translators: what the keys 0 to 9 are called together; only
                                     heard. */
                                  _("Number keys"), -1);
}

GtkWidget *
komek_number_pad_new (void)
{
  return g_object_new (KOMEK_TYPE_NUMBER_PAD, NULL);
}

/* The field that the keys type into. */
void
komek_number_pad_set_target (KomekNumberPad *self, GtkEditable *target)
{
  g_return_if_fail (KOMEK_IS_NUMBER_PAD (self));

  g_set_weak_pointer (&self->target, target);
}
