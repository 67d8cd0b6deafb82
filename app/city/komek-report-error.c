/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-report.h"

#include "komek-complaint.h"
#include "komek-wire-error.h"
#include "komek-wire-problem.h"

/* How the interface says no. */

/* One or more errors: the standard's list, or a problem where the caller asks for that. */
static KomekReply *
reply_sentences (const KomekCall *call, const GError *error, const char *const *sentences,
                 const char *const *fields)
{
  guint status = komek_refusal_get_http_status (error);
  g_autofree char *detail = NULL;
  KomekWireProblem problem = { 0 };

  if (!call->problem)
    return komek_reply_new_wire (status, call->format,
                                 komek_wire_write_errors (status, sentences, call->format));
  detail = g_strjoinv ("\n", (char **) sentences);
  problem = (KomekWireProblem) {
    .title = komek_words_get (call->office->words, komek_refusal_get_word (error), call->language),
    .status = status,
    .detail = detail,
    .code = komek_refusal_get_word (error),
    .retryable = komek_refusal_is_passing (error),
    .fields = fields,
  };
  return komek_reply_new (status, komek_wire_problem_get_type_name (call->format),
                          komek_wire_write_problem (&problem, call->format));
}

/**
 * komek_report_error:
 * @error: of any domain
 *
 * Returns: (transfer full): the error as the standard wants it, in the caller's language
 */
KomekReply *
komek_report_error (const KomekCall *call, const GError *error)
{
  const char *const sentences[] = { komek_words_get (call->office->words,
                                                     komek_refusal_get_word (error),
                                                     call->language),
                                    NULL };

  return reply_sentences (call, error, sentences, NULL);
}

/**
 * komek_report_complaints:
 * @complaints: (element-type KomekComplaint): at least one
 *
 * Returns: (transfer full): all that is wrong with a form, in one list
 */
KomekReply *
komek_report_complaints (const KomekCall *call, GPtrArray *complaints)
{
  g_autoptr (GStrvBuilder) sentences = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) fields = g_strv_builder_new ();
  g_auto (GStrv) told = NULL;
  g_auto (GStrv) named = NULL;
  g_autoptr (GError) error = NULL;

  komek_complaints_set_error (complaints, &error);
  for (guint i = 0; i < complaints->len; i++)
    {
      const KomekComplaint *complaint = complaints->pdata[i];
      g_autofree char *sentence =
        komek_complaint_tell (complaint, call->office->words, call->language);

      g_strv_builder_add (sentences, sentence);
      if (complaint->field)
        g_strv_builder_add (fields, complaint->field);
    }
  told = g_strv_builder_end (sentences);
  named = g_strv_builder_end (fields);
  return reply_sentences (call, error, (const char *const *) told, (const char *const *) named);
}
