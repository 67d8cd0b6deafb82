/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-cause.h"

/**
 * KomekError:
 * @KOMEK_ERROR_UNREACHABLE: nobody answered; the same call may succeed later
 * @KOMEK_ERROR_UNREADABLE: an answer, a file or an argument made no sense
 * @KOMEK_ERROR_REFUSED: the city said no; the message holds its words
 * @KOMEK_ERROR_INCOMPLETE: something that must be there is missing
 * @KOMEK_ERROR_UNSAVED: this device could not keep or read its own data
 *
 * What the reader of an error may do next. Messages are plain English for the
 * log; ui/base turns the code into a sentence in the user's language. An error
 * of the line knows its #KomekCause besides, for those who can mend it.
 */
typedef enum
{
  KOMEK_ERROR_UNREACHABLE,
  KOMEK_ERROR_UNREADABLE,
  KOMEK_ERROR_REFUSED,
  KOMEK_ERROR_INCOMPLETE,
  KOMEK_ERROR_UNSAVED,
} KomekError;

#define KOMEK_ERROR (komek_error_quark ())
GQuark komek_error_quark (void);

void komek_error_set_cause (GError *error, KomekCause cause);
KomekCause komek_error_get_cause (const GError *error);
