/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-support.h"

#include "komek-error.h"
#include "komek-gettext.h"
#include "komek-usable.h"
#include "komek-words.h"

/**
 * KomekSupport:
 *
 * A button that tells the city that somebody else's request concerns more people, and what came of
 * it.
 *
 * Only for requests that are open, at cities that count votes. It remembers
 * nothing: the city counts each device once, and the outbox keeps what it has not
 * heard of.
 */
struct _KomekSupport
{
  GtkBox        parent;
  GCancellable *cancellable;
  KomekContext *context;
  char         *number;
  GtkWidget    *button;
  GtkLabel     *outcome;
};

G_DEFINE_FINAL_TYPE (KomekSupport, komek_support, GTK_TYPE_BOX)

static void
say (KomekSupport *self, const char *text)
{
  gtk_label_set_label (self->outcome, text);
  gtk_widget_set_visible (GTK_WIDGET (self->outcome), text != NULL);
}

/* Nobody knows the count while there is no line. */
static void
show_kept (KomekSupport *self)
{
  say (self, _("Thank you. It is kept here, and the city counts it as soon as there is a "
               "connection."));
  gtk_widget_set_visible (self->button, FALSE);
}

static void
show_count (KomekSupport *self, guint supporters)
{
  g_autofree char *number =
    komek_locale_format_number (komek_context_get_locale (self->context), supporters);
  /* Translators: %s is how many people said that a request concerns them too. */
  g_autofree char *text = g_strdup_printf (_("Thank you. Supported so far: %s"), number);

  say (self, text);
  gtk_widget_set_visible (self->button, FALSE);
}

static void
on_supported (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KomekSupport) self = data;
  g_autoptr (GError) error = NULL;
  guint supporters;
  gboolean done =
    komek_outbox_support_finish (KOMEK_OUTBOX (source), result, &supporters, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  komek_usable_set (self->button, TRUE);
  if (done && supporters > 0)
    show_count (self, supporters);
  else if (done)
    show_kept (self);
  else if (g_error_matches (error, KOMEK_ERROR, KOMEK_ERROR_UNSAVED))
    say (self, komek_words_error_title (error));
  else
    say (self, _("The city does not take support for this request."));
}

static void
on_clicked (KomekSupport *self)
{
  komek_usable_set (self->button, FALSE);
  say (self, NULL);
  komek_outbox_support_async (komek_context_get_outbox (self->context), self->number,
                              self->cancellable, on_supported, g_object_ref (self));
}

static void
komek_support_dispose (GObject *object)
{
  KomekSupport *self = KOMEK_SUPPORT (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (komek_support_parent_class)->dispose (object);
}

static void
komek_support_finalize (GObject *object)
{
  KomekSupport *self = KOMEK_SUPPORT (object);

  g_object_unref (self->cancellable);
  g_free (self->number);
  G_OBJECT_CLASS (komek_support_parent_class)->finalize (object);
}

static void
komek_support_class_init (KomekSupportClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = komek_support_dispose;
  G_OBJECT_CLASS (klass)->finalize = komek_support_finalize;
}

static void
komek_support_init (KomekSupport *self)
{
  /* Translators: on a button: somebody else's request concerns me as well. */
  self->button = gtk_button_new_with_label (C_ ("button", "I have this problem too"));
  self->cancellable = g_cancellable_new ();
  self->outcome = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS,
                                "xalign", 0.0, "wrap", TRUE, "wrap-mode", PANGO_WRAP_WORD_CHAR,
                                "visible", FALSE, NULL);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "me-too");
  gtk_widget_set_halign (self->button, GTK_ALIGN_START);
  gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (self->button))), TRUE);
  g_signal_connect_object (self->button, "clicked", G_CALLBACK (on_clicked), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self), self->button);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->outcome));
}

void
komek_support_show (KomekSupport *self, KomekContext *context, KomekRequest *request)
{
  const KomekRequestFields *fields = komek_request_peek (request);

  g_return_if_fail (KOMEK_IS_SUPPORT (self));

  g_set_object (&self->context, context);
  g_free (self->number);
  self->number = g_strdup (komek_request_get_number (request));
  gtk_widget_set_visible (GTK_WIDGET (self),
                          komek_status_is_open (fields->status)
                            && komek_city_can (komek_context_get_city (context),
                                               KOMEK_ABILITY_VOTES));
}
