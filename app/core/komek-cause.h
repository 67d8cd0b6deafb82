/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

/**
 * KomekCause:
 * @KOMEK_CAUSE_UNKNOWN: no more is known than what the code of the error says
 * @KOMEK_CAUSE_NO_NETWORK: this device is in no network
 * @KOMEK_CAUSE_NO_NAME: nobody in the network knows the name of the city's server
 * @KOMEK_CAUSE_NOBODY: nothing listens at the city's address
 * @KOMEK_CAUSE_SILENCE: no whole answer came in time
 * @KOMEK_CAUSE_EXPIRED: the city's certificate is out of its time
 * @KOMEK_CAUSE_STRANGER: the certificate is somebody else's
 * @KOMEK_CAUSE_UNTRUSTED: the certificate is signed by nobody whom this device trusts
 * @KOMEK_CAUSE_CLOCK: the certificate is so far out of its time that the clock of this device is
 *   the likelier fault
 * @KOMEK_CAUSE_NO_TLS: what is there speaks no TLS that this device does
 * @KOMEK_CAUSE_GATE: a gate before the network, or another page of the web, answers for the city
 * @KOMEK_CAUSE_KEY: the city does not know the key of this device, or wants one
 * @KOMEK_CAUSE_BREAKDOWN: the city's server says itself that it does not work
 *
 * What stands between this device and the city, as far as it matters to who can mend it.
 */
typedef enum
{
  KOMEK_CAUSE_UNKNOWN,
  KOMEK_CAUSE_NO_NETWORK,
  KOMEK_CAUSE_NO_NAME,
  KOMEK_CAUSE_NOBODY,
  KOMEK_CAUSE_SILENCE,
  KOMEK_CAUSE_EXPIRED,
  KOMEK_CAUSE_STRANGER,
  KOMEK_CAUSE_UNTRUSTED,
  KOMEK_CAUSE_CLOCK,
  KOMEK_CAUSE_NO_TLS,
  KOMEK_CAUSE_GATE,
  KOMEK_CAUSE_KEY,
  KOMEK_CAUSE_BREAKDOWN,
} KomekCause;

#define KOMEK_N_CAUSES 13

#define KOMEK_TYPE_CAUSE (komek_cause_get_type ())
GType komek_cause_get_type (void);

gboolean komek_cause_is_unsafe (KomekCause cause);
gboolean komek_cause_needs_staff (KomekCause cause);
