/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-done-page.h"

#include "komek-deadline-card.h"
#include "komek-gettext.h"
#include "komek-icon.h"
#include "komek-notice.h"
#include "komek-qr-card.h"
#include "komek-slip-offer.h"
#include "komek-unread.h"
#include "komek-words.h"

/**
 * KomekDonePage:
 *
 * The request is safe: its number, when the answer is due, a code for the phone, and what happens
 * next.
 *
 * Until the city has given its number the one that this device gave is shown,
 * and the page says that: with a line to the city that is a blink, without one
 * days.
 */
struct _KomekDonePage
{
  KomekPage          parent;
  GCancellable      *cancellable;
  KomekReceipt      *receipt; /* NULL for one of a former run of the program */
  char              *number;
  KomekRequest      *kept;    /* as the citizen wrote it */
  KomekRequest      *request;
  GtkWidget         *band;
  GtkImage          *sign;
  GtkLabel          *head;
  GtkLabel          *comfort;
  GtkBox            *split;
  GtkBox            *pair; /* the deadline and the code */
  GtkLabel          *number_label;
  GtkLabel          *number_hint;
  KomekDeadlineCard *deadline;
  KomekQrCard       *qr;
  GtkLabel          *due_step;
  GtkWidget         *save;
  KomekNotice       *notice;
};

G_DEFINE_FINAL_TYPE (KomekDonePage, komek_done_page, KOMEK_TYPE_PAGE)

static KomekContext *
get_context (KomekDonePage *self)
{
  return komek_page_get_context (KOMEK_PAGE (self));
}

static void
show_due (KomekDonePage *self)
{
  KomekContext *context = get_context (self);
  gint64 due = komek_request_peek (self->request)->due;
  g_autofree char *date = NULL;
  g_autofree char *text = NULL;

  if (due <= 0)
    return;
  date = komek_locale_format_date (komek_context_get_locale (context), due,
                                   komek_context_get_zone (context));
  /* Translators: %s is the date of the deadline in figures. */
  text = g_strdup_printf (_("Official answer due: %s"), date);
  gtk_label_set_label (self->due_step, text);
}

static void
show_request (KomekDonePage *self)
{
  komek_deadline_card_show (self->deadline, get_context (self), self->request);
  gtk_widget_set_visible (GTK_WIDGET (self->deadline), komek_request_peek (self->request)->due > 0);
  gtk_widget_set_visible (self->save, !komek_context_is_kiosk (get_context (self)));
  show_due (self);
}

static void
on_request_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KomekRequest) request = komek_feed_find_finish (KOMEK_FEED (source), result, &error);
  KomekDonePage *self = data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  /* The number stands already; deadline and slip follow when the line has brought them. */
  if (error)
    komek_unread_report ("The new request", error);
  if (request && g_set_object (&self->request, request))
    show_request (self);
}

static void
look_up (KomekDonePage *self)
{
  komek_feed_find_async (komek_context_get_feed (get_context (self)), self->number,
                         self->cancellable, on_request_ready, self);
}

static void
on_save_clicked (KomekDonePage *self)
{
  g_autoptr (KomekSlip) slip = komek_slip_new (get_context (self), self->request);

  komek_slip_offer (slip, self->notice);
}

static void
on_upright_changed (KomekDonePage *self)
{
  KomekContext *context = get_context (self);
  gboolean upright = komek_context_is_upright (context);
  gboolean narrow = komek_context_is_small (context) && !komek_context_is_kiosk (context);

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->split),
                                  upright ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->pair), upright || narrow
                                                                 ? GTK_ORIENTATION_VERTICAL
                                                                 : GTK_ORIENTATION_HORIZONTAL);
}

static void
komek_done_page_dispose (GObject *object)
{
  KomekDonePage *self = KOMEK_DONE_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->receipt);
  g_clear_object (&self->kept);
  g_clear_object (&self->request);
  G_OBJECT_CLASS (komek_done_page_parent_class)->dispose (object);
}

static void
komek_done_page_finalize (GObject *object)
{
  KomekDonePage *self = KOMEK_DONE_PAGE (object);

  g_object_unref (self->cancellable);
  g_free (self->number);
  G_OBJECT_CLASS (komek_done_page_parent_class)->finalize (object);
}

static void
komek_done_page_class_init (KomekDonePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = komek_done_page_dispose;
  object_class->finalize = komek_done_page_finalize;

  g_type_ensure (KOMEK_TYPE_DEADLINE_CARD);
  g_type_ensure (KOMEK_TYPE_NOTICE);
  g_type_ensure (KOMEK_TYPE_QR_CARD);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kz/komek/Komek/file/komek-done-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KomekDonePage, band);
  gtk_widget_class_bind_template_child (widget_class, KomekDonePage, sign);
  gtk_widget_class_bind_template_child (widget_class, KomekDonePage, head);
  gtk_widget_class_bind_template_child (widget_class, KomekDonePage, comfort);
  gtk_widget_class_bind_template_child (widget_class, KomekDonePage, split);
  gtk_widget_class_bind_template_child (widget_class, KomekDonePage, pair);
  gtk_widget_class_bind_template_child (widget_class, KomekDonePage, number_label);
  gtk_widget_class_bind_template_child (widget_class, KomekDonePage, number_hint);
  gtk_widget_class_bind_template_child (widget_class, KomekDonePage, deadline);
  gtk_widget_class_bind_template_child (widget_class, KomekDonePage, qr);
  gtk_widget_class_bind_template_child (widget_class, KomekDonePage, due_step);
  gtk_widget_class_bind_template_child (widget_class, KomekDonePage, save);
  gtk_widget_class_bind_template_child (widget_class, KomekDonePage, notice);
  gtk_widget_class_bind_template_callback (widget_class, on_save_clicked);
}

static void
komek_done_page_init (KomekDonePage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  komek_page_set_title (KOMEK_PAGE (self), _("Request number"));
}

/* How far the request has come, in words, colour and sign. */
static void
show_state (KomekDonePage *self)
{
  KomekReceiptState state =
    self->receipt ? komek_receipt_get_state (self->receipt) : KOMEK_RECEIPT_DELIVERED;
  gboolean there = state == KOMEK_RECEIPT_DELIVERED;

  if (there)
    {
      /* Translators: what the page says on top when the city has taken the request. */
      gtk_label_set_label (self->head, _("Request accepted"));
      gtk_label_set_label (self->comfort, _("Thank you! Now everybody can see it."));
      gtk_label_set_label (self->number_hint,
                           _("Keep this number. You may take a photo of the screen."));
    }
  else
    {
      gtk_label_set_label (self->head, _("Your request is safe on this device"));
      gtk_label_set_label (
        self->comfort,
        state == KOMEK_RECEIPT_WAITING
          ? _("It goes to the city by itself, as soon as there is a connection. You need "
              "not wait.")
          : _("The city did not accept it as it is. Staff will look at it."));
      gtk_label_set_label (self->number_hint,
                           _("Keep this number. It leads to your request once the city has it."));
    }
  komek_icon_show (self->sign, there ? "komek-tick-symbolic" : "komek-clock-symbolic");
  if (there)
    gtk_widget_remove_css_class (self->band, "waiting");
  else
    gtk_widget_add_css_class (self->band, "waiting");
}

/* Until the mirror has heard of it the citizen's own words are all there is. */
static void
show_kept (KomekDonePage *self, KomekRequest *kept)
{
  KomekRequestFields fields = *komek_request_peek (kept);
  g_autoptr (KomekRequest) request = NULL;

  fields.number = self->number;
  request = komek_request_new (&fields);
  if (g_set_object (&self->request, request))
    show_request (self);
}

static void
show_number (KomekDonePage *self, const char *number)
{
  g_free (self->number);
  self->number = g_strdup (number);
  gtk_label_set_label (self->number_label, number);
  komek_qr_card_show (self->qr, get_context (self), number);
  show_state (self);
  if (self->kept)
    show_kept (self, self->kept);
  look_up (self);
}

static void
on_receipt_changed (KomekDonePage *self)
{
  show_number (self, komek_receipt_get_shown (self->receipt));
}

/**
 * komek_done_page_new:
 * @kept: (nullable): the request as the citizen wrote it
 * @name: the key of a receipt, or a number that the city gave
 *
 * Returns: (transfer floating): the page
 */
KomekPage *
komek_done_page_new (KomekContext *context, KomekRequest *kept, const char *name)
{
  KomekDonePage *self = g_object_new (KOMEK_TYPE_DONE_PAGE, "context", context, NULL);

  self->kept = kept ? g_object_ref (kept) : NULL;
  self->receipt = komek_outbox_look_up (komek_context_get_outbox (context), name);
  g_signal_connect_object (komek_context_get_feed (context), "requests-changed",
                           G_CALLBACK (look_up), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "notify::upright", G_CALLBACK (on_upright_changed), self,
                           G_CONNECT_SWAPPED);
  if (self->receipt)
    g_signal_connect_object (self->receipt, "notify::state", G_CALLBACK (on_receipt_changed), self,
                             G_CONNECT_SWAPPED);
  on_upright_changed (self);
  show_number (self, self->receipt ? komek_receipt_get_shown (self->receipt) : name);
  return KOMEK_PAGE (self);
}
