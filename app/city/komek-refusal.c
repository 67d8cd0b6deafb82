/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-refusal.h"

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
  [KOMEK_REFUSAL_FAILED] = { 500, "failed" },
};

static KomekRefusal
refusal_of (const GError *error)
{
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
