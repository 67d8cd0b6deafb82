/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-words.h"

#include <string.h>

#include "komek-error.h"
#include "komek-gettext.h"
#include "komek-words-cause.h"

/* Words for what core only has codes for, in the language of the moment. One
 * place, so that an overdue request is called the same on every page. */

/**
 * komek_words_error_title:
 *
 * Returns: the error in a few words, for the head of a notice
 */
const char *
komek_words_error_title (const GError *error)
{
  const char *cause = komek_words_cause_title (komek_error_get_cause (error));

  if (cause)
    return cause;
  if (error->domain != KOMEK_ERROR)
    return _("Something did not work");

  switch ((KomekError) error->code)
    {
    case KOMEK_ERROR_UNREACHABLE:
      return _("No connection to the city");
    case KOMEK_ERROR_UNREADABLE:
      return _("The city’s answer cannot be read");
    case KOMEK_ERROR_REFUSED:
      return _("The city did not accept it");
    case KOMEK_ERROR_INCOMPLETE:
      return _("Something is missing");
    case KOMEK_ERROR_UNSAVED:
      return _("This device cannot save data");
    default:
      return _("Something did not work");
    }
}

/**
 * komek_words_error:
 *
 * Returns: (transfer full): what the user can do about an error, in a sentence;
 *   only the city's own words are ever quoted
 */
char *
komek_words_error (const GError *error)
{
  KomekCause cause = komek_error_get_cause (error);

  if (error->domain != KOMEK_ERROR)
    return g_strdup (_("Please try again. If it happens again, call 109."));
  if (komek_cause_is_unsafe (cause))
    return g_strdup (_("Nothing is sent over it. What you file is kept here and sent as soon as "
                       "the connection is safe."));

  switch ((KomekError) error->code)
    {
    case KOMEK_ERROR_UNREACHABLE:
      return g_strdup (_("The program keeps trying by itself. You can also try again now."));
    case KOMEK_ERROR_UNREADABLE:
      if (cause != KOMEK_CAUSE_UNKNOWN)
        return g_strdup (_("The program keeps trying by itself. You can also try again now."));
      return g_strdup (
        _("The address may not be a city’s 109 service. Staff can check the settings."));
    case KOMEK_ERROR_REFUSED:
      return g_strdup (error->message);
    case KOMEK_ERROR_INCOMPLETE:
      return g_strdup (_("Go back and answer the questions that are still open."));
    case KOMEK_ERROR_UNSAVED:
      return g_strdup (_("The disk may be full or protected. Please call a member of staff."));
    default:
      return g_strdup (_("Please try again. If it happens again, call 109."));
    }
}

/* The five words of the legend. */
const char *
komek_words_group (KomekGroup group)
{
  switch (group)
    {
    case KOMEK_GROUP_NEW:
      return C_ ("state of requests", "Registered");
    case KOMEK_GROUP_WORK:
      return C_ ("state of requests", "In progress");
    case KOMEK_GROUP_LATE:
      return C_ ("state of requests", "Overdue");
    case KOMEK_GROUP_DONE:
      return C_ ("state of requests", "Answered");
    case KOMEK_GROUP_SHUT:
    default:
      return C_ ("state of requests", "Closed");
    }
}

/**
 * komek_words_status_of:
 * @otherwise: (nullable): the city's own word, for statuses we do not know
 *
 * Returns: the status in words: the city's own where it gave them
 */
const char *
komek_words_status_of (KomekContext *context, KomekStatus status, const char *otherwise)
{
  KomekCity *city = komek_context_get_city (context);
  KomekLabel *label =
    komek_city_look_up (city, KOMEK_CITY_STATUSES, komek_status_get_code (status));

  if (label)
    return komek_locale_label (komek_context_get_locale (context), label);
  if (otherwise && *otherwise)
    return otherwise;
  return komek_words_group (komek_status_get_group (status, 0, 0));
}

/* The status of a request in words; whoever is open and past the deadline is overdue. */
const char *
komek_words_status (KomekContext *context, KomekRequest *request)
{
  const KomekRequestFields *fields = komek_request_peek (request);

  if (komek_request_get_group (request, komek_context_now (context)) == KOMEK_GROUP_LATE)
    return komek_words_group (KOMEK_GROUP_LATE);
  return komek_words_status_of (context, fields->status, fields->status_name);
}

/* How a request stands to its deadline at this moment, in the city's zone. */
KomekDeadline
komek_words_read_deadline (KomekContext *context, KomekRequest *request)
{
  const KomekRequestFields *fields = komek_request_peek (request);

  return komek_deadline_read (fields->status, fields->requested, fields->due, fields->updated,
                              komek_context_now (context), komek_context_get_zone (context));
}

/**
 * komek_words_deadline:
 *
 * Returns: (transfer full): "2 days left", "Overdue by 3 days", …, or "" without a deadline
 */
char *
komek_words_deadline (KomekContext *context, KomekRequest *request)
{
  KomekDeadline deadline = komek_words_read_deadline (context, request);
  guint days = deadline.days;

  switch (deadline.state)
    {
    case KOMEK_DEADLINE_NONE:
      return g_strdup ("");
    case KOMEK_DEADLINE_IN_TIME:
    case KOMEK_DEADLINE_LAST_DAY:
      if (days == 0)
        /* Translators: the deadline of a request is this very day. */
        return g_strdup (_("due today"));
      /* Translators: %u is the number of days until the deadline. */
      return g_strdup_printf (ngettext ("%u day left", "%u days left", days), days);
    case KOMEK_DEADLINE_OVERDUE:
      if (days == 0)
        return g_strdup (_("Overdue since today"));
      /* Translators: %u is the number of days since the deadline passed. */
      return g_strdup_printf (ngettext ("Overdue by %u day", "Overdue by %u days", days), days);
    case KOMEK_DEADLINE_PAUSED:
      return g_strdup (_("the deadline is paused"));
    case KOMEK_DEADLINE_MET:
      if (days == 0)
        return g_strdup (_("on the day it was due"));
      return g_strdup_printf (
        /* Translators: stands behind “Answered”; %u is the number of days that were left then. */
        ngettext ("%u day before the deadline", "%u days before the deadline", days), days);
    case KOMEK_DEADLINE_MISSED:
    default:
      if (days == 0)
        return g_strdup (_("on the day it was due"));
      return g_strdup_printf (
        /* Translators: stands behind “Answered”; %u is the number of days that were over then. */
        ngettext ("%u day after the deadline", "%u days after the deadline", days), days);
    }
}

/* What a request is about: the service's name from the city's list, else as it came with the
 * request. */
const char *
komek_words_service (KomekContext *context, KomekRequest *request)
{
  const KomekRequestFields *fields = komek_request_peek (request);
  KomekService *service = komek_context_find_service (context, fields->service);

  if (service)
    return komek_locale_label (komek_context_get_locale (context),
                               komek_service_get_name (service));
  return *fields->service_name ? fields->service_name : fields->service;
}

static gboolean
is_called_district (const char *name)
{
  g_autofree char *folded = g_utf8_casefold (name, -1);
  /* Translators: what names of districts have in them that say so themselves, as in “Байқоңыр
   * ауданы”; small letters. */
  g_autofree char *word = g_utf8_casefold (C_ ("in names of districts", "district"), -1);

  return strstr (folded, word) != NULL;
}

/**
 * komek_words_district:
 *
 * Returns: (transfer full): "District: Almaty", for some districts are called as cities are; "" where
 *   none is known
 */
char *
komek_words_district (KomekContext *context, KomekPlace *place)
{
  KomekLanguage language = komek_locale_get_language (komek_context_get_locale (context));
  const char *name = komek_city_name (komek_context_get_city (context), KOMEK_CITY_DISTRICTS,
                                      komek_place_get_district (place), language, NULL);

  /* Translators: %s is the name of a district, in the nominative: Алматы. */
  return *name && !is_called_district (name) ? g_strdup_printf (_("District: %s"), name)
                                             : g_strdup (name);
}

/**
 * komek_words_place:
 *
 * Returns: (transfer full): the address, else the district, else that there is none
 */
char *
komek_words_place (KomekContext *context, KomekPlace *place)
{
  if (*komek_place_get_address (place))
    return g_strdup (komek_place_get_address (place));
  if (*komek_place_get_district (place))
    return komek_words_district (context, place);
  if (komek_place_has_point (place))
    return g_strdup (_("A point on the map"));
  return g_strdup (_("No place given"));
}

const char *
komek_words_agency (KomekContext *context, const char *code, const char *otherwise)
{
  KomekLanguage language = komek_locale_get_language (komek_context_get_locale (context));

  return komek_city_name (komek_context_get_city (context), KOMEK_CITY_AGENCIES, code, language,
                          otherwise);
}
