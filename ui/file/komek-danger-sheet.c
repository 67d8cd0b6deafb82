/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-danger-sheet.h"

#include "komek-emergency-card.h"
#include "komek-gettext.h"
#include "komek-sheet.h"

/**
 * KomekDangerSheet:
 *
 * Whom to call before anything is typed, where lives may be at stake; then the filing can go on.
 *
 * It lives as long as the sheet on the screen does.
 */
struct _KomekDangerSheet
{
  GObject     parent;
  KomekSheet *sheet;
};

enum
{
  CONTINUED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KomekDangerSheet, komek_danger_sheet, G_TYPE_OBJECT)

static void
on_continue_clicked (KomekDangerSheet *self)
{
  g_object_ref (self);
  komek_sheet_close (self->sheet);
  g_signal_emit (self, signals[CONTINUED], 0);
  g_object_unref (self);
}

static void
komek_danger_sheet_class_init (KomekDangerSheetClass *klass)
{
  /**
   * KomekDangerSheet::continued:
   *
   * The citizen has read whom to call and goes on with the request.
   */
  signals[CONTINUED] = g_signal_new ("continued", KOMEK_TYPE_DANGER_SHEET, G_SIGNAL_RUN_LAST, 0,
                                     NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static GtkWidget *
make_text (void)
{
  GtkWidget *text =
    gtk_label_new (_("This is dangerous. Leave the place and call first: help comes at once. "
                     "A request is not read as fast."));

  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (text), 44);
  gtk_widget_add_css_class (text, "body");
  return text;
}

static void
komek_danger_sheet_init (KomekDangerSheet *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  GtkWidget *button = gtk_button_new_with_label (_("I have called. Continue the request"));

  gtk_widget_add_css_class (button, "primary");
  gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), TRUE);
  gtk_box_append (GTK_BOX (content), make_text ());
  gtk_box_append (GTK_BOX (content), komek_emergency_card_new ());
  gtk_box_append (GTK_BOX (content), button);
  self->sheet = komek_sheet_new (_("Call 112 first"), content);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_continue_clicked), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sheet, "closed", G_CALLBACK (g_object_unref), self,
                           G_CONNECT_SWAPPED);
}

/**
 * komek_danger_sheet_new:
 *
 * Returns: (transfer full): a sheet that takes itself along when it is closed
 */
KomekDangerSheet *
komek_danger_sheet_new (void)
{
  return g_object_new (KOMEK_TYPE_DANGER_SHEET, NULL);
}

void
komek_danger_sheet_open (KomekDangerSheet *self, GtkWidget *over)
{
  g_return_if_fail (KOMEK_IS_DANGER_SHEET (self));

  komek_sheet_open (self->sheet, over);
}
