/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-sheet.h"

#include "komek-gettext.h"

/**
 * KomekSheet:
 *
 * Something to read or decide before going on, over the page, inside the window.
 *
 * A window of its own would need a window manager, which a kiosk has none of.
 * It closes by its button, by Escape and by a tap beside it, and then gives
 * the focus back to whoever had it.
 */
struct _KomekSheet
{
  GtkWidget   parent;
  GtkOverlay *overlay; /* where it lies while open */
  GtkWidget  *previous_focus;
  GtkWidget  *panel;
  GtkLabel   *title;
  GtkWidget  *close;
};

enum
{
  CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KomekSheet, komek_sheet, GTK_TYPE_WIDGET)

static void
on_close_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  komek_sheet_close (KOMEK_SHEET (widget));
}

static void
on_released (KomekSheet *self, int n_press, double x, double y, GtkGestureClick *gesture)
{
  GtkWidget *hit = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);

  if (hit && hit != self->panel && !gtk_widget_is_ancestor (hit, self->panel))
    komek_sheet_close (self);
}

static void
komek_sheet_dispose (GObject *object)
{
  KomekSheet *self = KOMEK_SHEET (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))))
    gtk_widget_unparent (child);
  g_clear_weak_pointer (&self->previous_focus);
  G_OBJECT_CLASS (komek_sheet_parent_class)->dispose (object);
}

static void
komek_sheet_class_init (KomekSheetClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = komek_sheet_dispose;

  /**
   * KomekSheet::closed:
   *
   * The sheet is about to go, whatever way it was closed.
   */
  signals[CLOSED] = g_signal_new ("closed", KOMEK_TYPE_SHEET, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_DIALOG);
  gtk_widget_class_install_action (widget_class, "sheet.close", NULL, on_close_activated);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "sheet.close", NULL);
  gtk_widget_class_set_template_from_resource (widget_class, "/kz/komek/Komek/base/komek-sheet.ui");
  gtk_widget_class_bind_template_child (widget_class, KomekSheet, panel);
  gtk_widget_class_bind_template_child (widget_class, KomekSheet, title);
  gtk_widget_class_bind_template_child (widget_class, KomekSheet, close);
  gtk_widget_class_bind_template_callback (widget_class, on_released);
}

static void
komek_sheet_init (KomekSheet *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * komek_sheet_new:
 * @content: (transfer floating): what stands below the title
 *
 * Returns: (transfer floating): a sheet that is not open yet
 */
KomekSheet *
komek_sheet_new (const char *title, GtkWidget *content)
{
  KomekSheet *self = g_object_new (KOMEK_TYPE_SHEET, NULL);

  gtk_label_set_label (self->title, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_box_insert_child_after (GTK_BOX (self->panel), content,
                              gtk_widget_get_first_child (self->panel));
  return self;
}

/**
 * komek_sheet_open:
 * @over: any widget of the window, above which there is a #GtkOverlay
 *
 * Lays the sheet over the page and moves the focus into it.
 */
void
komek_sheet_open (KomekSheet *self, GtkWidget *over)
{
  GtkRoot *root = gtk_widget_get_root (over);
  GtkWidget *outermost = NULL;

  g_return_if_fail (KOMEK_IS_SHEET (self));
  g_return_if_fail (self->overlay == NULL);

  for (GtkWidget *above = over; above; above = gtk_widget_get_parent (above))
    if (GTK_IS_OVERLAY (above))
      outermost = above;
  g_return_if_fail (outermost);

  g_set_weak_pointer (&self->previous_focus, gtk_root_get_focus (root));
  self->overlay = GTK_OVERLAY (outermost);
  /* Tab stays in the sheet: what lies below cannot have the focus meanwhile. */
  gtk_widget_set_can_focus (gtk_overlay_get_child (self->overlay), FALSE);
  gtk_overlay_add_overlay (self->overlay, GTK_WIDGET (self));
  gtk_widget_grab_focus (self->close);
}

void
komek_sheet_close (KomekSheet *self)
{
  GtkOverlay *overlay;

  g_return_if_fail (KOMEK_IS_SHEET (self));

  overlay = g_steal_pointer (&self->overlay);
  if (!overlay)
    return;
  g_object_ref (self);
  gtk_widget_set_can_focus (gtk_overlay_get_child (overlay), TRUE);
  g_signal_emit (self, signals[CLOSED], 0);
  if (self->previous_focus && gtk_widget_get_mapped (self->previous_focus))
    gtk_widget_grab_focus (self->previous_focus);
  gtk_overlay_remove_overlay (overlay, GTK_WIDGET (self));
  g_object_unref (self);
}
