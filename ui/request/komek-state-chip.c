/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-state-chip.h"

#include "komek-state-art.h"
#include "komek-state-icon.h"
#include "komek-words.h"

/**
 * KomekStateChip:
 *
 * The state of a request in a few square centimetres: colour, shape and word.
 */
struct _KomekStateChip
{
  GtkBox          parent;
  KomekStateIcon *icon;
  GtkLabel       *word;
};

G_DEFINE_FINAL_TYPE (KomekStateChip, komek_state_chip, GTK_TYPE_BOX)

static void
komek_state_chip_class_init (KomekStateChipClass *klass)
{
}

static void
komek_state_chip_init (KomekStateChip *self)
{
  self->icon = KOMEK_STATE_ICON (komek_state_icon_new (NULL, 28));
  self->word = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->word, TRUE);
  gtk_label_set_wrap_mode (self->word, PANGO_WRAP_WORD);
  gtk_label_set_natural_wrap_mode (self->word, GTK_NATURAL_WRAP_NONE);
  gtk_label_set_xalign (self->word, 0);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->icon));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->word));
  gtk_box_set_spacing (GTK_BOX (self), 8);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_START);
}

GtkWidget *
komek_state_chip_new (void)
{
  return g_object_new (KOMEK_TYPE_STATE_CHIP, NULL);
}

void
komek_state_chip_show (KomekStateChip *self, KomekContext *context, KomekRequest *request)
{
  KomekGroup group = komek_request_get_group (request, komek_context_now (context));
  const char *classes[] = { "chip", komek_state_art_get_token (group), NULL };

  g_return_if_fail (KOMEK_IS_STATE_CHIP (self));

  g_object_set (self->icon, "theme", komek_context_get_theme (context), "size",
                komek_context_is_kiosk (context) ? 28 : 20, NULL);
  komek_state_icon_set_state (self->icon, group, komek_request_get_status (request), 0);
  gtk_label_set_label (self->word, komek_words_status (context, request));
  gtk_widget_set_css_classes (GTK_WIDGET (self), classes);
}
