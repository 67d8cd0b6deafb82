/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-time-handle.h"

/**
 * KomekTimeHandle:
 *
 * One end of the stretch of time that is chosen: a slider for keys, and what a finger takes hold
 * of.
 *
 * It is as large as a finger needs; what is seen of it is its knob. It only
 * says how far a key would move it: where that is, its histogram knows.
 */
struct _KomekTimeHandle
{
  GtkWidget  parent;
  GtkWidget *knob;
};

enum
{
  STEPPED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KomekTimeHandle, komek_time_handle, GTK_TYPE_WIDGET)

static void
on_step_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  int step, count;

  g_variant_get (parameter, "(ii)", &step, &count);
  g_signal_emit (widget, signals[STEPPED], 0, step, count);
}

static void
komek_time_handle_dispose (GObject *object)
{
  g_clear_pointer (&KOMEK_TIME_HANDLE (object)->knob, gtk_widget_unparent);
  G_OBJECT_CLASS (komek_time_handle_parent_class)->dispose (object);
}

static void
add_keys (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint           key;
    GdkModifierType modifiers;
    KomekTimeStep   step;
    int             count;
  } keys[] = {
    { GDK_KEY_Left, 0, KOMEK_TIME_STEP_BAR, -1 },
    { GDK_KEY_Right, 0, KOMEK_TIME_STEP_BAR, 1 },
    { GDK_KEY_Down, 0, KOMEK_TIME_STEP_BAR, -1 },
    { GDK_KEY_Up, 0, KOMEK_TIME_STEP_BAR, 1 },
    { GDK_KEY_Page_Down, 0, KOMEK_TIME_STEP_MONTH, -1 },
    { GDK_KEY_Page_Up, 0, KOMEK_TIME_STEP_MONTH, 1 },
    { GDK_KEY_Home, 0, KOMEK_TIME_STEP_END, -1 },
    { GDK_KEY_End, 0, KOMEK_TIME_STEP_END, 1 },
    { GDK_KEY_Left, GDK_SHIFT_MASK, KOMEK_TIME_STEP_BOTH, -1 },
    { GDK_KEY_Right, GDK_SHIFT_MASK, KOMEK_TIME_STEP_BOTH, 1 },
  };

  gtk_widget_class_install_action (widget_class, "handle.step", "(ii)", on_step_activated);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class, keys[i].key, keys[i].modifiers,
                                         "handle.step", "(ii)", keys[i].step, keys[i].count);
}

static void
komek_time_handle_class_init (KomekTimeHandleClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = komek_time_handle_dispose;

  /**
   * KomekTimeHandle::stepped:
   * @step: a #KomekTimeStep
   * @count: 1 forwards, -1 backwards
   */
  signals[STEPPED] = g_signal_new ("stepped", KOMEK_TYPE_TIME_HANDLE, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_INT);
  add_keys (widget_class);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "time-handle");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SLIDER);
}

static void
komek_time_handle_init (KomekTimeHandle *self)
{
  self->knob = g_object_new (GTK_TYPE_BOX, "css-name", "knob", "accessible-role",
                             GTK_ACCESSIBLE_ROLE_PRESENTATION, "halign", GTK_ALIGN_CENTER, "valign",
                             GTK_ALIGN_CENTER, NULL);
  gtk_widget_set_parent (self->knob, GTK_WIDGET (self));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
}

GtkWidget *
komek_time_handle_new (void)
{
  return g_object_new (KOMEK_TYPE_TIME_HANDLE, NULL);
}

/* How much of its width is seen, pixels. */
int
komek_time_handle_get_knob_width (KomekTimeHandle *self)
{
  int width;

  gtk_widget_measure (self->knob, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  return width;
}

/**
 * komek_time_handle_set_value:
 * @value: where it is, 0 to @most
 * @words: the same to be heard, as a sentence: "From 1 March 2026"
 */
void
komek_time_handle_set_value (KomekTimeHandle *self, guint value, guint most, const char *words)
{
  g_return_if_fail (KOMEK_IS_TIME_HANDLE (self));

  /* Not every version of GTK hands the value of a slider of ours on, so the name says it, too. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, 0.0,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, (double) most,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, (double) value,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, words,
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}
