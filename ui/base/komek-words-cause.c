/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-words-cause.h"

#include "komek-gettext.h"

/* Words for what stands between this device and its city. Citizens hear whether it is safe and that
 * nothing is lost; what is to be mended, and where, is for staff. */

/**
 * komek_words_cause_title:
 *
 * Returns: (nullable): the cause in a few words, for the head of a notice; %NULL where what the
 *   error itself says is as good
 */
const char *
komek_words_cause_title (KomekCause cause)
{
  if (komek_cause_is_unsafe (cause))
    return _("The connection to the city is not safe");
  if (cause == KOMEK_CAUSE_GATE)
    return _("Something else answers in the city’s place");
  if (cause == KOMEK_CAUSE_KEY)
    return _("The city does not let this device in");
  return cause == KOMEK_CAUSE_BREAKDOWN ? _("The city’s service is out of order") : NULL;
}

/* With what the clock shows, for who stands before the device with a watch. */
static char *
say_clock (KomekContext *context)
{
  g_autofree char *time =
    komek_locale_format_date_time (komek_context_get_locale (context), komek_context_now (context),
                                   komek_context_get_zone (context));

  return g_strdup_printf (
    /* Translators: %s is a day with the time of day: 21.11.2026, 12:40. */
    _("The clock of this device is probably wrong, for the city’s certificate is not of this time. "
      "The clock shows: %s"), time);
}

static const char *
find_remedy_of_certificate (KomekCause cause)
{
  if (cause == KOMEK_CAUSE_EXPIRED)
    return _("The city’s certificate has expired. The city has to renew it.");
  if (cause == KOMEK_CAUSE_STRANGER)
    return _("The certificate is for another name than the city’s address. A sign-in page of the "
             "network may stand in between.");
  if (cause == KOMEK_CAUSE_UNTRUSTED)
    return _("The city’s certificate is not signed by anybody whom this device trusts. Please "
             "check the address and the trusted authorities.");
  return _("The city’s server does not speak the encryption that its address asks for. Please "
           "check the address.");
}

static const char *
find_remedy (KomekCause cause)
{
  switch (cause)
    {
    case KOMEK_CAUSE_NO_NETWORK:
      return _("This device is not connected to a network. Please check its cable or its Wi-Fi.");
    case KOMEK_CAUSE_NO_NAME:
      return _("The network does not know the name in the city’s address. Please check the "
               "address.");
    case KOMEK_CAUSE_NOBODY:
      return _("Nothing answers at the city’s address. Its server may be switched off, or the "
               "address is wrong.");
    case KOMEK_CAUSE_SILENCE:
      return _("The city’s server did not give a whole answer in time.");
    case KOMEK_CAUSE_GATE:
      return _("A web page answers instead. Please sign in to the network, or check the city’s "
               "address.");
    case KOMEK_CAUSE_KEY:
      return _("The city does not know the key of this device, or wants one. Please check the key.");
    case KOMEK_CAUSE_BREAKDOWN:
      return _("The city’s server says that it does not work. It has to be repaired there.");
    case KOMEK_CAUSE_EXPIRED:
    case KOMEK_CAUSE_STRANGER:
    case KOMEK_CAUSE_UNTRUSTED:
    case KOMEK_CAUSE_CLOCK:
    case KOMEK_CAUSE_NO_TLS:
      return find_remedy_of_certificate (cause);
    case KOMEK_CAUSE_UNKNOWN:
    default:
      return NULL;
    }
}

/**
 * komek_words_cause_remedy:
 *
 * Returns: (transfer full) (nullable): what exactly is wrong and what can be done about it, for
 *   staff; %NULL where nobody knows
 */
char *
komek_words_cause_remedy (KomekContext *context, KomekCause cause)
{
  return cause == KOMEK_CAUSE_CLOCK ? say_clock (context) : g_strdup (find_remedy (cause));
}

/**
 * komek_words_for_staff:
 * @sentence: a whole one
 *
 * Returns: (transfer full): the same, so that a citizen sees that it is for somebody else
 */
char *
komek_words_for_staff (const char *sentence)
{
  /* Translators: %s is one or two whole sentences for those who look after this device. */
  return g_strdup_printf (_("Staff: %s"), sentence);
}
