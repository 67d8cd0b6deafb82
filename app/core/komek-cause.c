/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-cause.h"

G_DEFINE_ENUM_TYPE (KomekCause, komek_cause,
                    G_DEFINE_ENUM_VALUE (KOMEK_CAUSE_UNKNOWN, "unknown"),
                    G_DEFINE_ENUM_VALUE (KOMEK_CAUSE_NO_NETWORK, "no-network"),
                    G_DEFINE_ENUM_VALUE (KOMEK_CAUSE_NO_NAME, "no-name"),
                    G_DEFINE_ENUM_VALUE (KOMEK_CAUSE_NOBODY, "nobody"),
                    G_DEFINE_ENUM_VALUE (KOMEK_CAUSE_SILENCE, "silence"),
                    G_DEFINE_ENUM_VALUE (KOMEK_CAUSE_EXPIRED, "expired"),
                    G_DEFINE_ENUM_VALUE (KOMEK_CAUSE_STRANGER, "stranger"),
                    G_DEFINE_ENUM_VALUE (KOMEK_CAUSE_UNTRUSTED, "untrusted"),
                    G_DEFINE_ENUM_VALUE (KOMEK_CAUSE_CLOCK, "clock"),
                    G_DEFINE_ENUM_VALUE (KOMEK_CAUSE_NO_TLS, "no-tls"),
                    G_DEFINE_ENUM_VALUE (KOMEK_CAUSE_GATE, "gate"),
                    G_DEFINE_ENUM_VALUE (KOMEK_CAUSE_KEY, "key"),
                    G_DEFINE_ENUM_VALUE (KOMEK_CAUSE_BREAKDOWN, "breakdown"))

/* Whether there may be somebody on the line who is not the city: nothing goes out over it. */
gboolean
komek_cause_is_unsafe (KomekCause cause)
{
  return cause == KOMEK_CAUSE_EXPIRED || cause == KOMEK_CAUSE_STRANGER
         || cause == KOMEK_CAUSE_UNTRUSTED || cause == KOMEK_CAUSE_CLOCK
         || cause == KOMEK_CAUSE_NO_TLS;
}

/* Whether it stays as it is until somebody mends it. */
gboolean
komek_cause_needs_staff (KomekCause cause)
{
  return komek_cause_is_unsafe (cause) || cause == KOMEK_CAUSE_KEY;
}
