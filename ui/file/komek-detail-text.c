/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-detail-text.h"

/**
 * KomekDetailText:
 *
 * Takes a text of several lines.
 */
struct _KomekDetailText
{
  KomekDetail    parent;
  GtkTextBuffer *buffer;
};

G_DEFINE_FINAL_TYPE (KomekDetailText, komek_detail_text, KOMEK_TYPE_DETAIL)

static GtkWidget *
komek_detail_text_build (KomekDetail *detail, const char *const *answer)
{
  KomekDetailText *self = KOMEK_DETAIL_TEXT (detail);
  GtkWidget *view = gtk_text_view_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_input_hints (GTK_TEXT_VIEW (view), GTK_INPUT_HINT_NO_EMOJI);
  gtk_text_buffer_set_enable_undo (self->buffer, FALSE);
  gtk_text_buffer_set_text (self->buffer, answer ? answer[0] : "", -1);
  g_signal_connect_object (self->buffer, "changed", G_CALLBACK (komek_detail_changed), detail,
                           G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_widget_add_css_class (scroller, "field");
  gtk_widget_add_css_class (scroller, "text-field");
  komek_detail_name (detail, view);
  gtk_box_append (GTK_BOX (detail), scroller);
  return view;
}

static GStrv
komek_detail_text_dup_answer (KomekDetail *detail)
{
  KomekDetailText *self = KOMEK_DETAIL_TEXT (detail);
  char **answer = g_new0 (char *, 2);
  GtkTextIter from, to;

  gtk_text_buffer_get_bounds (self->buffer, &from, &to);
  answer[0] = g_strstrip (gtk_text_buffer_get_text (self->buffer, &from, &to, FALSE));
  return answer;
}

static void
komek_detail_text_class_init (KomekDetailTextClass *klass)
{
  KOMEK_DETAIL_CLASS (klass)->build = komek_detail_text_build;
  KOMEK_DETAIL_CLASS (klass)->dup_answer = komek_detail_text_dup_answer;
}

static void
komek_detail_text_init (KomekDetailText *self)
{
}
