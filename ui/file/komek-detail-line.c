/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-detail-line.h"

#define MOST_LETTERS 500

/**
 * KomekDetailLine:
 *
 * Takes a line of text, or a number in digits.
 */
struct _KomekDetailLine
{
  KomekDetail parent;
  GtkWidget  *entry;
};

G_DEFINE_FINAL_TYPE (KomekDetailLine, komek_detail_line, KOMEK_TYPE_DETAIL)

static gboolean
is_number (KomekDetail *detail)
{
  return komek_attribute_get_datatype (komek_detail_get_attribute (detail))
         == KOMEK_ATTRIBUTE_NUMBER;
}

static GtkWidget *
komek_detail_line_build (KomekDetail *detail, const char *const *answer)
{
  KomekDetailLine *self = KOMEK_DETAIL_LINE (detail);

  self->entry = gtk_entry_new ();
  gtk_entry_set_max_length (GTK_ENTRY (self->entry), MOST_LETTERS);
  gtk_entry_set_input_purpose (GTK_ENTRY (self->entry), is_number (detail)
                                                          ? GTK_INPUT_PURPOSE_NUMBER
                                                          : GTK_INPUT_PURPOSE_FREE_FORM);
  gtk_entry_set_input_hints (GTK_ENTRY (self->entry), GTK_INPUT_HINT_NO_EMOJI);
  /* What one citizen took back must not come again for the next. */
  gtk_editable_set_enable_undo (GTK_EDITABLE (self->entry), FALSE);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), answer ? answer[0] : "");
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (komek_detail_changed), detail,
                           G_CONNECT_SWAPPED);
  komek_detail_name (detail, self->entry);
  gtk_box_append (GTK_BOX (detail), self->entry);
  return self->entry;
}

/* Cities read a point; people type the comma of their language. */
static GStrv
komek_detail_line_dup_answer (KomekDetail *detail)
{
  KomekDetailLine *self = KOMEK_DETAIL_LINE (detail);
  char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry))));
  char **answer = g_new0 (char *, 2);

  answer[0] = is_number (detail) ? g_strdelimit (text, ",", '.') : text;
  return answer;
}

static void
komek_detail_line_class_init (KomekDetailLineClass *klass)
{
  KOMEK_DETAIL_CLASS (klass)->build = komek_detail_line_build;
  KOMEK_DETAIL_CLASS (klass)->dup_answer = komek_detail_line_dup_answer;
}

static void
komek_detail_line_init (KomekDetailLine *self)
{
}
