/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-deadline-card.h"

#include "komek-deadline-clock.h"
#include "komek-gettext.h"
#include "komek-words.h"

/**
 * KomekDeadlineCard:
 *
 * Until when a request is to be answered, as a clock, a date and a sentence, and how many support
 * it.
 */
struct _KomekDeadlineCard
{
  GtkBox              parent;
  KomekDeadlineClock *clock;
  GtkLabel           *date;
  GtkLabel           *sentence;
  GtkWidget          *support;
  GtkLabel           *supporters;
};

G_DEFINE_FINAL_TYPE (KomekDeadlineCard, komek_deadline_card, GTK_TYPE_BOX)

static void
komek_deadline_card_class_init (KomekDeadlineCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (KOMEK_TYPE_DEADLINE_CLOCK);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kz/komek/Komek/request/komek-deadline-card.ui");
  gtk_widget_class_bind_template_child (widget_class, KomekDeadlineCard, clock);
  gtk_widget_class_bind_template_child (widget_class, KomekDeadlineCard, date);
  gtk_widget_class_bind_template_child (widget_class, KomekDeadlineCard, sentence);
  gtk_widget_class_bind_template_child (widget_class, KomekDeadlineCard, support);
  gtk_widget_class_bind_template_child (widget_class, KomekDeadlineCard, supporters);
}

static void
komek_deadline_card_init (KomekDeadlineCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
komek_deadline_card_new (void)
{
  return g_object_new (KOMEK_TYPE_DEADLINE_CARD, NULL);
}

static void
show_supporters (KomekDeadlineCard *self, KomekLocale *locale, guint supporters)
{
  g_autofree char *number = komek_locale_format_number (locale, supporters);
  g_autofree char *text = NULL;

  /* Translators: %s is how many others said that a request concerns them too; has little room. */
  text = g_strdup_printf (_("Supported (%s)"), number);
  gtk_label_set_label (self->supporters, text);
  gtk_widget_set_visible (self->support, supporters > 0);
}

void
komek_deadline_card_show (KomekDeadlineCard *self, KomekContext *context, KomekRequest *request)
{
  const KomekRequestFields *fields = komek_request_peek (request);
  KomekLocale *locale = komek_context_get_locale (context);
  KomekDeadline deadline = komek_words_read_deadline (context, request);
  g_autofree char *sentence = komek_words_deadline (context, request);
  g_autofree char *date = NULL;

  g_return_if_fail (KOMEK_IS_DEADLINE_CARD (self));

  date = fields->due > 0
           ? komek_locale_format_date (locale, fields->due, komek_context_get_zone (context))
           : g_strdup ("–");
  komek_deadline_clock_show (self->clock, komek_context_get_theme (context), &deadline);
  gtk_widget_set_visible (GTK_WIDGET (self->clock), deadline.state != KOMEK_DEADLINE_NONE);
  gtk_label_set_label (self->date, date);
  gtk_label_set_label (self->sentence, *sentence ? sentence : _("The city set no deadline"));
  show_supporters (self, locale, fields->supporters);
}
