/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-text-page.h"

#include "komek-gettext.h"
#include "komek-photos.h"
#include "komek-steps.h"

/**
 * KomekTextPage:
 *
 * The third question: what happened, in the citizen's own words?
 *
 * Each letter goes into the draft at once. The text view dies with the page,
 * and with it its history of undoing, so that nobody gets a former text back.
 */
struct _KomekTextPage
{
  KomekPage      parent;
  KomekQuestion *question;
  GtkTextView   *view;
  GtkTextBuffer *buffer;
  GtkLabel      *count;
  GtkBox        *photos;
};

G_DEFINE_FINAL_TYPE (KomekTextPage, komek_text_page, KOMEK_TYPE_PAGE)

static void
show_count (KomekTextPage *self, int length)
{
  KomekLocale *locale = komek_context_get_locale (komek_page_get_context (KOMEK_PAGE (self)));
  g_autofree char *is = komek_locale_format_number (locale, length);
  g_autofree char *most = komek_locale_format_number (locale, KOMEK_DRAFT_MAX_TEXT);
  /* Translators: %1$s is how many letters the text has, %2$s how many it may have. */
  g_autofree char *text = g_strdup_printf (_("%1$s / %2$s"), is, most);

  gtk_label_set_label (self->count, text);
}

/* What is too long is cut where it is too long, and that is said; a paste of a
 * whole book must not be stored, sent and refused. */
static void
on_text_inserted (KomekTextPage *self, GtkTextIter *place)
{
  GtkTextIter from, to;

  if (gtk_text_buffer_get_char_count (self->buffer) <= KOMEK_DRAFT_MAX_TEXT)
    return;
  gtk_text_buffer_get_iter_at_offset (self->buffer, &from, KOMEK_DRAFT_MAX_TEXT);
  gtk_text_buffer_get_end_iter (self->buffer, &to);
  gtk_text_buffer_delete (self->buffer, &from, &to);
  /* Others hear of the insertion after us, and its place went with the cut. */
  *place = from;
  komek_notice_show (komek_question_get_notice (self->question), KOMEK_NOTICE_CAUTION,
                     _("The text is as long as it can be"),
                     _("What came after 4,000 letters was left out."));
}

static void
on_text_changed (KomekTextPage *self)
{
  GtkTextIter from, to;
  g_autofree char *text = NULL;

  /* Not yet cut: we are called again for that. */
  if (gtk_text_buffer_get_char_count (self->buffer) > KOMEK_DRAFT_MAX_TEXT)
    return;
  gtk_text_buffer_get_bounds (self->buffer, &from, &to);
  text = gtk_text_buffer_get_text (self->buffer, &from, &to, FALSE);
  komek_draft_set_text (komek_context_get_draft (komek_page_get_context (KOMEK_PAGE (self))), text);
  show_count (self, gtk_text_buffer_get_char_count (self->buffer));
}

static gboolean
is_blank (const char *text)
{
  for (const char *p = text; *p; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)))
      return FALSE;
  return TRUE;
}

static void
on_next_clicked (KomekTextPage *self)
{
  KomekDraft *draft = komek_context_get_draft (komek_page_get_context (KOMEK_PAGE (self)));
  KomekNotice *notice = komek_question_get_notice (self->question);

  if (is_blank (komek_draft_get_text (draft)))
    {
      komek_notice_show (notice, KOMEK_NOTICE_ERROR, _("Describe what happened"),
                         _("A few words are enough: what, and since when."));
      gtk_widget_grab_focus (GTK_WIDGET (self->view));
      return;
    }
  komek_notice_hide (notice);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.continue", "(ss)", "review", "");
}

static void
komek_text_page_constructed (GObject *object)
{
  KomekTextPage *self = KOMEK_TEXT_PAGE (object);
  KomekContext *context = komek_page_get_context (KOMEK_PAGE (self));
  KomekDraft *draft = komek_context_get_draft (context);

  G_OBJECT_CLASS (komek_text_page_parent_class)->constructed (object);

  komek_steps_show (self->question, context, KOMEK_STEP_TEXT);
  gtk_text_buffer_set_text (self->buffer, komek_draft_get_text (draft), -1);
  g_signal_connect_object (self->buffer, "changed", G_CALLBACK (on_text_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->buffer, "insert-text", G_CALLBACK (on_text_inserted), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  show_count (self, gtk_text_buffer_get_char_count (self->buffer));
  if (komek_photos_are_taken (context))
    gtk_box_append (self->photos,
                    komek_photos_new (context, komek_question_get_notice (self->question)));
}

static void
komek_text_page_class_init (KomekTextPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->constructed = komek_text_page_constructed;

  g_type_ensure (KOMEK_TYPE_QUESTION);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kz/komek/Komek/file/komek-text-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KomekTextPage, question);
  gtk_widget_class_bind_template_child (widget_class, KomekTextPage, view);
  gtk_widget_class_bind_template_child (widget_class, KomekTextPage, buffer);
  gtk_widget_class_bind_template_child (widget_class, KomekTextPage, count);
  gtk_widget_class_bind_template_child (widget_class, KomekTextPage, photos);
  gtk_widget_class_bind_template_callback (widget_class, on_next_clicked);
}

static void
komek_text_page_init (KomekTextPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  komek_page_set_title (KOMEK_PAGE (self), _("Describe what happened"));
}

/**
 * komek_text_page_new:
 *
 * Returns: (transfer floating): the page
 */
KomekPage *
komek_text_page_new (KomekContext *context)
{
  return g_object_new (KOMEK_TYPE_TEXT_PAGE, "context", context, NULL);
}
