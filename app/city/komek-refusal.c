/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-refusal.h"

#include "komek-error.h"

G_DEFINE_QUARK (komek-refusal-quark, komek_refusal)

/* GeoReport v2 wants 404 for what is not there and 400 for nearly all else. */
static const struct
{
  guint       http_status;
  const char *word;
} refusals[] = {
  [KOMEK_REFUSAL_NO_ROUTE] = { 404, "no-route" },
  [KOMEK_REFUSAL_METHOD] = { 405, "method" },
  [KOMEK_REFUSAL_NO_REQUEST] = { 404, "no-request" },
  [KOMEK_REFUSAL_NO_SERVICE] = { 404, "no-service" },
  [KOMEK_REFUSAL_BAD_DATE] = { 400, "bad-date" },
  [KOMEK_REFUSAL_BAD_STATUS] = { 400, "bad-status" },
  [KOMEK_REFUSAL_BAD_BBOX] = { 400, "bad-bbox" },
  [KOMEK_REFUSAL_BAD_PAGE] = { 400, "bad-page" },
  [KOMEK_REFUSAL_TOO_MANY] = { 400, "too-many" },
  [KOMEK_REFUSAL_BAD_FORM] = { 400, "bad-form" },
  [KOMEK_REFUSAL_SERVICE_MISSING] = { 400, "service-missing" },
  [KOMEK_REFUSAL_SERVICE_UNKNOWN] = { 400, "service-unknown" },
  [KOMEK_REFUSAL_PLACE_MISSING] = { 400, "place-missing" },
  [KOMEK_REFUSAL_BAD_POINT] = { 400, "bad-point" },
  [KOMEK_REFUSAL_OUTSIDE] = { 400, "outside" },
  [KOMEK_REFUSAL_LONG_ADDRESS] = { 400, "long-address" },
  [KOMEK_REFUSAL_TEXT_MISSING] = { 400, "text-missing" },
  [KOMEK_REFUSAL_LONG_TEXT] = { 400, "long-text" },
  [KOMEK_REFUSAL_BAD_KEY] = { 400, "bad-key" },
  [KOMEK_REFUSAL_KEY_REUSED] = { 422, "key-reused" },
  [KOMEK_REFUSAL_DAY_FULL] = { 503, "day-full" },
  [KOMEK_REFUSAL_JURISDICTION_MISSING] = { 400, "jurisdiction-missing" },
  [KOMEK_REFUSAL_NO_JURISDICTION] = { 404, "no-jurisdiction" },
  [KOMEK_REFUSAL_NO_TOKEN] = { 404, "no-token" },
  [KOMEK_REFUSAL_NO_MEDIA] = { 404, "no-media" },
  [KOMEK_REFUSAL_NO_UPDATE] = { 404, "no-update" },
  [KOMEK_REFUSAL_WITHDRAWN] = { 410, "withdrawn" },
  [KOMEK_REFUSAL_BAD_AFTER] = { 400, "bad-after" },
  [KOMEK_REFUSAL_BAD_LOCAL_NUMBER] = { 400, "bad-local-number" },
  [KOMEK_REFUSAL_BAD_SEAL] = { 400, "bad-seal" },
  [KOMEK_REFUSAL_LONG_CONTACT] = { 400, "long-contact" },
  [KOMEK_REFUSAL_KEY_MISSING] = { 400, "key-missing" },
  [KOMEK_REFUSAL_KEYS_DIFFER] = { 400, "keys-differ" },
  [KOMEK_REFUSAL_KEY_RUNNING] = { 409, "key-running" },
  [KOMEK_REFUSAL_ANSWER_MISSING] = { 400, "answer-missing" },
  [KOMEK_REFUSAL_ANSWER_NUMBER] = { 400, "answer-number" },
  [KOMEK_REFUSAL_ANSWER_DATE] = { 400, "answer-date" },
  [KOMEK_REFUSAL_ANSWER_VALUE] = { 400, "answer-value" },
  [KOMEK_REFUSAL_ANSWER_MANY] = { 400, "answer-many" },
  [KOMEK_REFUSAL_ANSWER_LONG] = { 400, "answer-long" },
  [KOMEK_REFUSAL_STAFF_ONLY] = { 403, "staff-only" },
  [KOMEK_REFUSAL_NOT_YOURS] = { 403, "not-yours" },
  [KOMEK_REFUSAL_UPDATE_EMPTY] = { 400, "update-empty" },
  [KOMEK_REFUSAL_NUMBER_MISSING] = { 400, "number-missing" },
  [KOMEK_REFUSAL_VOTER_MISSING] = { 400, "voter-missing" },
  [KOMEK_REFUSAL_NO_PICTURE] = { 415, "no-picture" },
  [KOMEK_REFUSAL_PICTURE_BIG] = { 413, "picture-big" },
  [KOMEK_REFUSAL_PICTURE_PIXELS] = { 400, "picture-pixels" },
  [KOMEK_REFUSAL_PICTURE_MOVES] = { 400, "picture-moves" },
  [KOMEK_REFUSAL_PICTURE_BROKEN] = { 400, "picture-broken" },
  [KOMEK_REFUSAL_PICTURES_FULL] = { 409, "pictures-full" },
  [KOMEK_REFUSAL_API_KEY_MISSING] = { 403, "api-key-missing" },
  [KOMEK_REFUSAL_API_KEY_WRONG] = { 403, "api-key-wrong" },
  [KOMEK_REFUSAL_NOT_ALLOWED] = { 403, "not-allowed" },
  [KOMEK_REFUSAL_TOO_OFTEN] = { 429, "too-often" },
  [KOMEK_REFUSAL_BUSY] = { 503, "busy" },
  [KOMEK_REFUSAL_UNAVAILABLE] = { 503, "unavailable" },
  [KOMEK_REFUSAL_FAILED] = { 500, "failed" },
};

/* A filing is kept within milliseconds, or the server says that it cannot keep it. */
#define RUNNING_SECONDS 1

static KomekRefusal
refusal_of (const GError *error)
{
  if (g_error_matches (error, KOMEK_ERROR, KOMEK_ERROR_UNREACHABLE))
    return KOMEK_REFUSAL_UNAVAILABLE;
  return error->domain == KOMEK_REFUSAL ? error->code : KOMEK_REFUSAL_FAILED;
}

/**
 * komek_refusal_get_http_status:
 * @error: of any domain; what is no refusal is a failure of ours
 */
guint
komek_refusal_get_http_status (const GError *error)
{
  return refusals[refusal_of (error)].http_status;
}

/**
 * komek_refusal_get_word:
 *
 * Returns: the name of the sentence in #KomekWords
 */
const char *
komek_refusal_get_word (const GError *error)
{
  return refusals[refusal_of (error)].word;
}

/**
 * komek_refusal_is_passing:
 *
 * Returns: whether the same call may succeed later
 */
gboolean
komek_refusal_is_passing (const GError *error)
{
  guint status = komek_refusal_get_http_status (error);

  return status >= 500 || status == 429 || refusal_of (error) == KOMEK_REFUSAL_KEY_RUNNING;
}

/**
 * komek_refusal_get_delay:
 *
 * Returns: seconds after which the same call gets another answer; 0 where the refusal does not know
 */
guint
komek_refusal_get_delay (const GError *error)
{
  if (refusal_of (error) == KOMEK_REFUSAL_KEY_RUNNING)
    return RUNNING_SECONDS;
  return komek_refusal_get_http_status (error) == 503 ? KOMEK_REFUSAL_SECONDS : 0;
}
