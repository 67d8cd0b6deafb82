/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-registrar.h"

#include <math.h>
#include <string.h>

#include "komek-attribute.h"
#include "komek-data.h"
#include "komek-refusal.h"

/* Takes what a citizen filed, as the operators of 109 do: checks it, finds out
 * who answers for it and by when, and registers it. */

#define MAX_ADDRESS 500
#define MAX_ATTRIBUTES 20

/* In UUID form, or whatever else of that kind a sender counts with. */
#define MIN_KEY 8
#define MAX_KEY 64

static gboolean
refuse (KomekRefusal refusal, GError **error)
{
  g_set_error (error, KOMEK_REFUSAL, refusal, "The form was refused: %d", refusal);
  return FALSE;
}

/* Signs that turn the direction of writing could make a page say something else. */
static gboolean
is_unwanted (gunichar c)
{
  return g_unichar_iscntrl (c) || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069)
         || c == 0x2028 || c == 0x2029;
}

/* What the citizen wrote, without what no keyboard types. */
static char *
clean (const char *text, gboolean one_line)
{
  GString *cleaned = g_string_sized_new (strlen (text));

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\n' && !one_line)
        g_string_append_c (cleaned, '\n');
      else if (c == '\t' || c == '\n')
        g_string_append_c (cleaned, ' ');
      else if (!is_unwanted (c))
        g_string_append_unichar (cleaned, c);
    }
  return g_strstrip (g_string_free (cleaned, FALSE));
}

static gboolean
check_service (const KomekOffice *office, const KomekWireForm *form, KomekService **service,
               GError **error)
{
  if (!form->service)
    return refuse (KOMEK_REFUSAL_SERVICE_MISSING, error);
  *service = komek_catalogue_look_up (office->catalogue, form->service);
  return *service || refuse (KOMEK_REFUSAL_SERVICE_UNKNOWN, error);
}

static gboolean
check_place (const KomekOffice *office, const KomekWireForm *form, KomekService *service,
             const char *address, GError **error)
{
  KomekBounds *bounds = komek_city_peek (office->city)->bounds;

  if (form->odd_point)
    return refuse (KOMEK_REFUSAL_BAD_POINT, error);
  if (komek_place_has_point (form->place)
      && !komek_bounds_contains (bounds, komek_place_get_latitude (form->place),
                                 komek_place_get_longitude (form->place)))
    return refuse (KOMEK_REFUSAL_OUTSIDE, error);
  if (komek_service_needs_place (service) && !komek_place_has_point (form->place)
      && *address == '\0')
    return refuse (KOMEK_REFUSAL_PLACE_MISSING, error);
  return g_utf8_strlen (address, -1) <= MAX_ADDRESS || refuse (KOMEK_REFUSAL_LONG_ADDRESS, error);
}

static gboolean
check_text (const char *text, GError **error)
{
  glong length = g_utf8_strlen (text, -1);

  if (length == 0)
    return refuse (KOMEK_REFUSAL_TEXT_MISSING, error);
  return length <= KOMEK_DRAFT_MAX_TEXT || refuse (KOMEK_REFUSAL_LONG_TEXT, error);
}

static gboolean
check_key (const char *key, GError **error)
{
  gsize length = key ? strlen (key) : MIN_KEY;

  for (const char *p = key; p && *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && *p != '-')
      length = 0;
  return (length >= MIN_KEY && length <= MAX_KEY) || refuse (KOMEK_REFUSAL_BAD_KEY, error);
}

/* Only what the city asks for this service is kept. */
static GPtrArray *
choose_attributes (const KomekOffice *office, const KomekWireForm *form)
{
  GPtrArray *asked = komek_catalogue_get_attributes (office->catalogue, form->service);
  GPtrArray *chosen = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; asked && i < form->attributes->len && chosen->len < 2 * MAX_ATTRIBUTES; i += 2)
    for (guint j = 0; j < asked->len; j++)
      if (strcmp (form->attributes->pdata[i], komek_attribute_get_code (asked->pdata[j])) == 0)
        {
          g_autofree char *value = clean (form->attributes->pdata[i + 1], TRUE);

          if (*value == '\0' || g_utf8_strlen (value, -1) > MAX_ADDRESS)
            continue;
          g_ptr_array_add (chosen, g_strdup (form->attributes->pdata[i]));
          g_ptr_array_add (chosen, g_steal_pointer (&value));
        }
  g_ptr_array_add (chosen, NULL);
  return chosen;
}

static char *
enter (const KomekOffice *office, const KomekWireForm *form, const char *text, const char *address,
       GError **error)
{
  KomekPlace *place = form->place;
  double latitude = komek_place_get_latitude (place), longitude = komek_place_get_longitude (place);
  const char *district = komek_place_has_point (place)
                           ? komek_plan_find_district (office->plan, latitude, longitude)
                           : NULL;
  g_autofree char *agency =
    komek_catalogue_dup_agency (office->catalogue, form->service, district);
  g_autoptr (GPtrArray) attributes = choose_attributes (office, form);
  const char *term = komek_catalogue_get_term (office->catalogue, form->service);
  gint64 now = komek_clock_now (office->clock);
  const KomekStep step = { .status = KOMEK_STATUS_NEW, .time = now,
                           .agency = KOMEK_CONTACT_CENTRE, .event = "new" };
  const KomekRecord record = {
    .key = form->key,
    .service = form->service,
    .status = KOMEK_STATUS_NEW,
    .text = text,
    .language = komek_language_guess (text),
    .latitude = latitude,
    .longitude = longitude,
    .address = address,
    .district = district ? district : "",
    .agency = agency,
    .requested = now,
    .updated = now,
    .due = komek_calendar_find_due (office->calendar, term, now),
    .attributes = (const char *const *) attributes->pdata,
    .steps = &step,
    .n_steps = 1,
  };

  g_autoptr (KomekRegistration) registration =
    komek_storage_file (office->storage, &record, komek_city_get_zone (office->city), error);

  return registration ? g_steal_pointer (&registration->number) : NULL;
}

/**
 * komek_registrar_file:
 *
 * Registers what somebody filed. What was filed before with the same key is
 * not registered again.
 *
 * Fails with a #KomekRefusal where the city cannot take it, and with
 * %KOMEK_ERROR_UNSAVED where it could not be kept.
 *
 * Returns: (transfer full): the number of the request
 */
char *
komek_registrar_file (const KomekOffice *office, const KomekWireForm *form, GError **error)
{
  g_autofree char *text = clean (form->text ? form->text : "", FALSE);
  g_autofree char *address = clean (komek_place_get_address (form->place), TRUE);
  KomekService *service;

  if (!check_service (office, form, &service, error)
      || !check_place (office, form, service, address, error) || !check_text (text, error)
      || !check_key (form->key, error))
    return NULL;
  return enter (office, form, text, address, error);
}
