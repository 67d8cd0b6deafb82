/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-site.h"

#include <string.h>

#include "komek-listing.h"
#include "komek-number.h"
#include "komek-page.h"
#include "komek-refusal.h"

/* The public web pages: one asks for a number, one shows a request. Where the
 * QR code of a slip leads. Each answer runs in a worker thread. */

static KomekReply *
ask_again (const KomekCall *call, guint status, const char *word, const char *typed)
{
  const char *sentence = word ? komek_words_get (call->office->words, word, call->language) : NULL;

  return komek_reply_new_page (status, komek_page_ask (call, sentence, typed));
}

/* Addresses on the pages are relative, so that they may stand below any other. */
static KomekReply *
lead_to (const KomekCall *call, const char *number)
{
  return komek_reply_new_elsewhere (
      g_strdup_printf ("r/%s?lang=%s", number, komek_language_get_code (call->language)));
}

KomekReply *
komek_site_start (const KomekCall *call, GError **error)
{
  const char *typed = komek_call_get (call, "number");
  g_autofree char *number = typed ? komek_number_normalise (typed) : NULL;

  if (number)
    return lead_to (call, number);
  return ask_again (call, 200, typed ? "wrong-number" : NULL, typed);
}

typedef struct
{
  const KomekCall *call;
  KomekRequest    *request;
  GPtrArray       *steps;
} Dossier;

static void
keep_record (const KomekRecord *record, gpointer data)
{
  Dossier *dossier = data;

  g_clear_object (&dossier->request);
  dossier->request = komek_listing_make_request (dossier->call->office, record,
                                                 dossier->call->language, NULL);
}

static void
keep_step (const KomekStep *step, gpointer data)
{
  Dossier *dossier = data;
  const char *text =
    komek_office_tell_step (dossier->call->office, step, dossier->call->language);

  g_ptr_array_add (dossier->steps, komek_update_new ("", step->number, step->status, step->time,
                                                     text, step->agency, step->answer));
}

/* A slip from a day without a line carries a number of the kiosk's own. */
static KomekReply *
resolve_local (const KomekCall *call, const char *local_number, GError **error)
{
  const KomekLookUp what = { .local_number = local_number };
  g_autoptr (KomekRegistration) found = NULL;

  if (!komek_storage_look_up (call->office->storage, &what, &found, error))
    return NULL;
  if (found && found->number)
    return komek_reply_new_elsewhere (g_strdup_printf (
        "%s?lang=%s", found->number, komek_language_get_code (call->language)));
  return komek_reply_new_page (404, komek_page_wait (call, local_number));
}

static const char *
choose_word (const KomekCall *call, const char *number)
{
  gboolean withdrawn = FALSE;

  komek_storage_is_withdrawn (call->office->storage, number, &withdrawn, NULL);
  return withdrawn ? "withdrawn" : "no-request";
}

KomekReply *
komek_site_request (const KomekCall *call, GError **error)
{
  g_autofree char *number = komek_number_normalise (call->rest);
  char *numbers[] = { number, NULL };
  KomekQuery query = { .numbers = numbers, .limit = 1 };
  KomekStepQuery history = { .numbers = (const char *const *) numbers,
                             .limit = KOMEK_QUERY_MAX_PAGE_SIZE };
  g_autoptr (GPtrArray) steps = g_ptr_array_new_with_free_func (g_object_unref);
  Dossier dossier = { call, NULL, steps };
  g_autoptr (KomekRequest) request = NULL;
  gboolean read;

  if (!number)
    return ask_again (call, 404, "wrong-number", call->rest);
  if (komek_number_is_local (number))
    return resolve_local (call, number, error);
  read = komek_storage_list (call->office->storage, &query, keep_record, &dossier, error)
         && komek_storage_history (call->office->storage, &history, keep_step, &dossier, error);
  request = dossier.request;
  if (!read)
    return NULL;
  if (!request)
    {
      const char *word = choose_word (call, number);

      return ask_again (call, g_str_equal (word, "withdrawn") ? 410 : 404, word, number);
    }
  return komek_reply_new_page (200, komek_page_show (call, request, steps));
}

/**
 * komek_site_error:
 * @error: of any domain
 *
 * Returns: (transfer full): a page with a sentence and a way on
 */
KomekReply *
komek_site_error (const KomekCall *call, const GError *error)
{
  return ask_again (call, komek_refusal_get_http_status (error), komek_refusal_get_word (error),
                    NULL);
}
