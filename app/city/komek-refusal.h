/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * KomekRefusal:
 *
 * Why the city says no to a call. Each has an HTTP status and a sentence in
 * three languages; the message of the error is for the log alone.
 */
typedef enum
{
  KOMEK_REFUSAL_NO_ROUTE,
  KOMEK_REFUSAL_METHOD,
  KOMEK_REFUSAL_NO_REQUEST,
  KOMEK_REFUSAL_NO_SERVICE,
  KOMEK_REFUSAL_BAD_DATE,
  KOMEK_REFUSAL_BAD_STATUS,
  KOMEK_REFUSAL_BAD_BBOX,
  KOMEK_REFUSAL_BAD_PAGE,
  KOMEK_REFUSAL_TOO_MANY,
  KOMEK_REFUSAL_BAD_FORM,
  KOMEK_REFUSAL_SERVICE_MISSING,
  KOMEK_REFUSAL_SERVICE_UNKNOWN,
  KOMEK_REFUSAL_PLACE_MISSING,
  KOMEK_REFUSAL_BAD_POINT,
  KOMEK_REFUSAL_OUTSIDE,
  KOMEK_REFUSAL_LONG_ADDRESS,
  KOMEK_REFUSAL_TEXT_MISSING,
  KOMEK_REFUSAL_LONG_TEXT,
  KOMEK_REFUSAL_BAD_KEY,
  KOMEK_REFUSAL_KEY_REUSED,
  KOMEK_REFUSAL_DAY_FULL,
  KOMEK_REFUSAL_FAILED,
} KomekRefusal;

#define KOMEK_REFUSAL (komek_refusal_quark ())
GQuark komek_refusal_quark (void);

guint komek_refusal_get_http_status (const GError *error);
const char *komek_refusal_get_word (const GError *error);
