/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-qr-card.h"

#include "komek-gettext.h"
#include "komek-qr.h"

/**
 * KomekQrCard:
 *
 * A code that takes a request along on a phone, and what the phone will show.
 *
 * Where the city has no public pages the code holds the number alone, and the card says so.
 */
struct _KomekQrCard
{
  GtkBox    parent;
  KomekQr  *code;
  GtkLabel *title;
  GtkLabel *use;
  char     *text;
};

G_DEFINE_FINAL_TYPE (KomekQrCard, komek_qr_card, GTK_TYPE_BOX)

static void
komek_qr_card_finalize (GObject *object)
{
  g_free (KOMEK_QR_CARD (object)->text);
  G_OBJECT_CLASS (komek_qr_card_parent_class)->finalize (object);
}

static void
komek_qr_card_class_init (KomekQrCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = komek_qr_card_finalize;

  g_type_ensure (KOMEK_TYPE_QR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kz/komek/Komek/request/komek-qr-card.ui");
  gtk_widget_class_bind_template_child (widget_class, KomekQrCard, code);
  gtk_widget_class_bind_template_child (widget_class, KomekQrCard, title);
  gtk_widget_class_bind_template_child (widget_class, KomekQrCard, use);
}

static void
komek_qr_card_init (KomekQrCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
komek_qr_card_new (void)
{
  return g_object_new (KOMEK_TYPE_QR_CARD, NULL);
}

void
komek_qr_card_show (KomekQrCard *self, KomekContext *context, const char *number)
{
  g_autofree char *link = komek_city_dup_link (komek_context_get_city (context), number);

  g_return_if_fail (KOMEK_IS_QR_CARD (self));

  g_free (self->text);
  self->text = g_strdup (link ? link : number);
  komek_qr_set_text (self->code, self->text);
  gtk_label_set_label (self->title, link ? _("Scan the QR code") : _("The number as a QR code"));
  gtk_label_set_label (
    self->use,
    link ? _("Your phone shows the history, the deadline and the official answer.")
         : _("This city has no pages for phones. Show the code here to find the request again."));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->code), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_label (self->title),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, self->text, -1);
}

/* What the code says. */
const char *
komek_qr_card_get_code (KomekQrCard *self)
{
  g_return_val_if_fail (KOMEK_IS_QR_CARD (self), NULL);

  return self->text;
}
