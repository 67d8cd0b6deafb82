/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-registrar.h"

#include <string.h>

#include "komek-answers.h"
#include "komek-complaint.h"
#include "komek-data.h"
#include "komek-draft.h"
#include "komek-envelope.h"
#include "komek-key.h"
#include "komek-number.h"

/* Takes what a citizen filed, as the operators of 109 do: checks it, finds out
 * who answers for it and by when, and registers it. */

#define MAX_ADDRESS 500
#define MAX_DEVICE 128

/**
 * Case:
 *
 * What somebody filed, on its way through the checks.
 */
typedef struct
{
  const KomekCall     *call;
  const KomekOffice   *office;
  const KomekWireForm *form;
  KomekService        *service;
  char                *text;
  char                *address;
  char                *key;
  char                *local_number;
  char                *contact;
  GPtrArray           *answers;
  GPtrArray           *complaints;
} Case;

static void
case_clear (Case *self)
{
  g_free (self->text);
  g_free (self->address);
  g_free (self->key);
  g_free (self->local_number);
  g_free (self->contact);
  g_clear_pointer (&self->answers, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Case, case_clear)

static void
complain (Case *self, KomekRefusal refusal, const char *field)
{
  komek_complain (self->complaints, refusal, field, NULL);
}

static void
check_service (Case *self)
{
  const char *code = self->form->service;

  self->service = code ? komek_catalogue_look_up (self->office->catalogue, code) : NULL;
  if (!code)
    complain (self, KOMEK_REFUSAL_SERVICE_MISSING, "service_code");
  else if (!self->service)
    complain (self, KOMEK_REFUSAL_SERVICE_UNKNOWN, "service_code");
}

static void
check_point (Case *self)
{
  KomekPlace *place = self->form->place;
  KomekBounds *bounds = komek_city_peek (self->office->city)->bounds;

  if (self->form->odd_point)
    complain (self, KOMEK_REFUSAL_BAD_POINT, "lat");
  else if (komek_place_has_point (place))
    {
      if (!komek_bounds_contains (bounds, komek_place_get_latitude (place),
                                  komek_place_get_longitude (place)))
        complain (self, KOMEK_REFUSAL_OUTSIDE, "lat");
    }
  else if (self->service && komek_service_needs_place (self->service) && *self->address == '\0')
    complain (self, KOMEK_REFUSAL_PLACE_MISSING, "address_string");
}

static void
check_texts (Case *self)
{
  glong length = g_utf8_strlen (self->text, -1);

  if (g_utf8_strlen (self->address, -1) > MAX_ADDRESS)
    complain (self, KOMEK_REFUSAL_LONG_ADDRESS, "address_string");
  if (length == 0)
    complain (self, KOMEK_REFUSAL_TEXT_MISSING, "description");
  if (length > KOMEK_DRAFT_MAX_TEXT)
    complain (self, KOMEK_REFUSAL_LONG_TEXT, "description");
}

static void
check_answers (Case *self)
{
  GPtrArray *asked =
    self->service ? komek_catalogue_get_attributes (self->office->catalogue, self->form->service)
                  : NULL;

  self->answers = komek_answers_check (asked, self->form->attributes,
                                       komek_city_get_zone (self->office->city), self->complaints);
}

/* A kiosk sends again after days without a line: without a key of its own, a
 * request whose answer was lost would be registered twice. */
static void
check_key (Case *self)
{
  const KomekCaller *client = self->call->client;
  g_autoptr (GError) reason = NULL;

  if (!komek_key_read (self->call->key, self->form->key, KOMEK_KEY_SHORTEST, &self->key, &reason))
    complain (self, reason->code, "client_request_id");
  else if (!self->key && client && client->role == KOMEK_ROLE_KIOSK)
    complain (self, KOMEK_REFUSAL_KEY_MISSING, "client_request_id");
}

static void
check_local_number (Case *self)
{
  const char *local = self->form->local;

  self->local_number = local ? komek_number_normalise (local) : NULL;
  if (local && !(self->local_number && komek_number_is_local (self->local_number)))
    complain (self, KOMEK_REFUSAL_BAD_LOCAL_NUMBER, "local_number");
}

static void
check_device (Case *self)
{
  const char *device = self->form->device;

  if (device && g_utf8_strlen (device, -1) > MAX_DEVICE)
    complain (self, KOMEK_REFUSAL_BAD_FORM, "device_id");
}

static void
check (Case *self, const KomekEnvelope *contact)
{
  check_service (self);
  check_point (self);
  check_texts (self);
  check_answers (self);
  check_key (self);
  check_local_number (self);
  check_device (self);
  komek_envelope_check (contact, self->complaints);
}

/* A line of the canonical form: its name, its length and itself, so that no
 * value can look like the next line. */
static void
add_line (GChecksum *checksum, const char *name, const char *value)
{
  g_autofree char *line =
    g_strdup_printf ("%s %" G_GSIZE_FORMAT "\n%s\n", name, value ? strlen (value) : 0,
                     value ? value : "");

  g_checksum_update (checksum, (const guchar *) line, -1);
}

static void
add_degrees (GChecksum *checksum, const char *name, double degrees)
{
  char digits[32];

  add_line (checksum, name, g_ascii_formatd (digits, sizeof digits, "%.7f", degrees));
}

/* SHA-256 over what the request says, as it is kept: spaces at an end, the
 * order of fields, the language of the answer and the api key do not make
 * another request of it. The contact does not count: a box is another one each
 * time that it is closed. */
static char *
make_fingerprint (const Case *self)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  KomekPlace *place = self->form->place;

  add_line (checksum, "service_code", self->form->service);
  add_line (checksum, "description", self->text);
  add_line (checksum, "address_string", self->address);
  add_line (checksum, "address_id", self->form->address_id);
  add_degrees (checksum, "lat", komek_place_get_latitude (place));
  add_degrees (checksum, "long", komek_place_get_longitude (place));
  add_line (checksum, "local_number", self->local_number);
  for (guint i = 0; self->answers->pdata[i]; i += 2)
    add_line (checksum, self->answers->pdata[i], self->answers->pdata[i + 1]);
  return g_strdup (g_checksum_get_string (checksum));
}

static KomekRegistration *
keep (const Case *self, const KomekRecord *record, GError **error)
{
  KomekStorage *storage = self->office->storage;

  if (self->office->batch > 0)
    return komek_storage_file_later (storage, record, error);
  return komek_storage_file (storage, record, komek_city_get_zone (self->office->city), error);
}

static KomekRegistration *
enter (const Case *self, GError **error)
{
  const KomekOffice *office = self->office;
  const char *code = self->form->service;
  KomekPlace *place = self->form->place;
  double latitude = komek_place_get_latitude (place), longitude = komek_place_get_longitude (place);
  const char *district = komek_place_has_point (place)
                           ? komek_plan_find_district (office->plan, latitude, longitude)
                           : komek_plan_find_district_called (office->plan, self->address);
  g_autofree char *agency = komek_catalogue_dup_agency (office->catalogue, code, district);
  g_autofree char *client = komek_key_dup_scope (self->call, self->form->device);
  g_autofree char *fingerprint = self->key ? make_fingerprint (self) : NULL;
  gint64 now = komek_clock_now (office->clock);
  const KomekStep step = { .status = KOMEK_STATUS_NEW, .time = now,
                           .agency = KOMEK_CONTACT_CENTRE, .event = "new" };
  const KomekRecord record = {
    .client = client,
    .key = self->key,
    .fingerprint = fingerprint,
    .local_number = self->local_number,
    .device = self->form->device,
    .contact = self->contact,
    .service = code,
    .status = KOMEK_STATUS_NEW,
    .text = self->text,
    .language = komek_language_guess (self->text),
    .latitude = latitude,
    .longitude = longitude,
    .address = self->address,
    .district = district ? district : "",
    .agency = agency,
    .requested = now,
    .updated = now,
    .due = komek_calendar_find_due (office->calendar,
                                    komek_catalogue_get_term (office->catalogue, code), now),
    .attributes = (const char *const *) self->answers->pdata,
    .steps = &step,
    .n_steps = 1,
  };

  return keep (self, &record, error);
}

/**
 * komek_registrar_file:
 * @complaints: (element-type KomekComplaint): where everything that is wrong with the form is added
 *
 * Registers what somebody filed. What was filed before with the same key is
 * not registered again.
 *
 * Fails with a #KomekRefusal where the city cannot take it, and with
 * %KOMEK_ERROR_UNSAVED where it could not be kept.
 *
 * Returns: (transfer full): its number, or the token to ask for it by
 */
KomekRegistration *
komek_registrar_file (const KomekCall *call, const KomekWireForm *form, GPtrArray *complaints,
                      GError **error)
{
  const KomekEnvelope contact = { form->first_name, form->last_name, form->email, form->phone,
                                 form->sealed_contact };
  g_auto (Case) self = {
    .call = call,
    .office = call->office,
    .form = form,
    .text = komek_answers_clean (form->text ? form->text : "", FALSE),
    .address = komek_answers_clean (komek_place_get_address (form->place), TRUE),
    .complaints = complaints,
  };

  check (&self, &contact);
  if (komek_complaints_set_error (complaints, error)
      || !komek_envelope_seal (&contact, call->office->seal_key, &self.contact, error))
    return NULL;
  return enter (&self, error);
}
