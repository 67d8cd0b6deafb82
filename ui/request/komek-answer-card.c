/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-answer-card.h"

#include "komek-gettext.h"
#include "komek-words.h"

/**
 * KomekAnswerCard:
 *
 * The official answer to a request as it was written, and who gave it when; or that there is none
 * yet.
 */
struct _KomekAnswerCard
{
  GtkBox     parent;
  GtkLabel  *title;
  GtkLabel  *text;
  GtkWidget *source;
  GtkLabel  *agency;
  GtkLabel  *time;
};

G_DEFINE_FINAL_TYPE (KomekAnswerCard, komek_answer_card, GTK_TYPE_BOX)

static void
komek_answer_card_class_init (KomekAnswerCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kz/komek/Komek/request/komek-answer-card.ui");
  gtk_widget_class_bind_template_child (widget_class, KomekAnswerCard, title);
  gtk_widget_class_bind_template_child (widget_class, KomekAnswerCard, text);
  gtk_widget_class_bind_template_child (widget_class, KomekAnswerCard, source);
  gtk_widget_class_bind_template_child (widget_class, KomekAnswerCard, agency);
  gtk_widget_class_bind_template_child (widget_class, KomekAnswerCard, time);
}

static void
komek_answer_card_init (KomekAnswerCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
komek_answer_card_new (void)
{
  return g_object_new (KOMEK_TYPE_ANSWER_CARD, NULL);
}

static KomekUpdate *
find_newest_answer (GPtrArray *history)
{
  KomekUpdate *newest = NULL;

  for (guint i = 0; i < history->len; i++)
    {
      KomekUpdate *update = history->pdata[i];

      if (komek_update_is_answer (update) && *komek_update_get_text (update)
          && (!newest || komek_update_get_time (update) > komek_update_get_time (newest)))
        newest = update;
    }
  return newest;
}

static void
show_answer (KomekAnswerCard *self, KomekContext *context, KomekUpdate *answer)
{
  const char *agency = komek_words_agency (context, komek_update_get_agency (answer), NULL);
  g_autofree char *time = komek_locale_format_date_time (komek_context_get_locale (context),
                                                         komek_update_get_time (answer),
                                                         komek_context_get_zone (context));

  /* Translators: the heading above the city's answer to a request. */
  gtk_label_set_label (self->title, _("Official answer"));
  gtk_label_set_label (self->text, komek_update_get_text (answer));
  gtk_label_set_label (self->agency, agency);
  gtk_label_set_label (self->time, time);
}

/* Some cities publish no steps, only a note to the status. */
static void
show_note (KomekAnswerCard *self, const char *note)
{
  gtk_label_set_label (self->title, _("What the city says"));
  gtk_label_set_label (self->text, note);
}

/**
 * komek_answer_card_show:
 * @history: (element-type KomekUpdate): its steps, in any order
 */
void
komek_answer_card_show (KomekAnswerCard *self, KomekContext *context, KomekRequest *request,
                        GPtrArray *history)
{
  KomekUpdate *answer = find_newest_answer (history);
  const char *note = komek_request_peek (request)->notes;
  gboolean says = answer || (history->len == 0 && *note);

  g_return_if_fail (KOMEK_IS_ANSWER_CARD (self));

  if (answer)
    show_answer (self, context, answer);
  else if (says)
    show_note (self, note);
  else
    gtk_label_set_label (self->title, _("No answer yet"));
  gtk_widget_set_visible (GTK_WIDGET (self->text), says);
  gtk_widget_set_visible (self->source, answer != NULL);
}
