/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-complaint.h"

static void
complaint_free (gpointer data)
{
  KomekComplaint *self = data;

  g_free (self->field);
  g_clear_pointer (&self->label, komek_label_unref);
  g_free (self);
}

/**
 * komek_complaints_new:
 *
 * Returns: (transfer full) (element-type KomekComplaint): none yet
 */
GPtrArray *
komek_complaints_new (void)
{
  return g_ptr_array_new_with_free_func (complaint_free);
}

/**
 * komek_complain:
 * @complaints: (element-type KomekComplaint): where to add it
 * @field: (nullable): the argument that it is about
 * @label: (nullable): what people call that
 */
void
komek_complain (GPtrArray *complaints, KomekRefusal refusal, const char *field, KomekLabel *label)
{
  KomekComplaint *self = g_new0 (KomekComplaint, 1);

  self->refusal = refusal;
  self->field = g_strdup (field);
  self->label = label ? komek_label_ref (label) : NULL;
  g_ptr_array_add (complaints, self);
}

/**
 * komek_complaints_set_error:
 *
 * Returns: whether there is any; the first one is the error then
 */
gboolean
komek_complaints_set_error (GPtrArray *complaints, GError **error)
{
  const KomekComplaint *first = complaints->len > 0 ? complaints->pdata[0] : NULL;

  if (!first)
    return FALSE;
  g_set_error (error, KOMEK_REFUSAL, first->refusal, "The form was refused: %d, %s", first->refusal,
               first->field ? first->field : "");
  return TRUE;
}

/**
 * komek_complaint_tell:
 *
 * Returns: (transfer full): a sentence for whoever filled in the form
 */
char *
komek_complaint_tell (const KomekComplaint *self, const KomekWords *words, KomekLanguage language)
{
  g_autoptr (GError) error = g_error_new_literal (KOMEK_REFUSAL, self->refusal, "");
  const char *name = self->label ? komek_label_get (self->label, language) : self->field;

  return komek_words_fill (words, komek_refusal_get_word (error), language, name ? name : "");
}
