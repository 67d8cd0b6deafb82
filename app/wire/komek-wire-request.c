/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-wire-request.h"

#include <math.h>

#include "komek-wire-json.h"
#include "komek-wire-status.h"
#include "komek-wire-writer.h"

/* A request is about this long, with room for Cyrillic. */
#define USUAL_SIZE 1200

/* The status of what a city took back; no word of the standard. */
#define WITHDRAWN "withdrawn"

/* FixMyStreet sends {"recipient": […]} where a name should stand. */
static char *
dup_agency_name (JsonObject *object)
{
  JsonObject *wrapped = komek_wire_get_object (object, "agency_responsible");

  return wrapped ? komek_wire_dup_text (wrapped, "recipient")
                 : komek_wire_dup_text (object, "agency_responsible");
}

static KomekPlace *
read_place (JsonObject *object, JsonObject *extended)
{
  double latitude = komek_wire_get_number (object, "lat");
  double longitude = komek_wire_get_number (object, "long");
  g_autofree char *address = komek_wire_dup_text (object, "address");
  g_autofree char *district = komek_wire_dup_id (extended, "district");

  if (!address)
    address = komek_wire_dup_text (object, "address_string");
  /* Several servers write 0, 0 for what has an address alone. */
  if (latitude == 0 && longitude == 0)
    return komek_place_new_address (address, district);
  return komek_place_new (latitude, longitude, address, district);
}

static char *
dup_detail (JsonObject *object, JsonObject *extended)
{
  char *detail = komek_wire_dup_id (extended, "detailed_status");

  return detail ? detail : komek_wire_dup_id (object, "detailed_status");
}

static void
read_status (JsonObject *object, JsonObject *extended, KomekStatus *status, char **name)
{
  g_autofree char *word = komek_wire_dup_id (object, "status");
  g_autofree char *detail = dup_detail (object, extended);

  *status = komek_wire_read_status (word, detail);
  *name = komek_wire_dup_text (extended, "status_name");
  if (!*name && (*status == KOMEK_STATUS_OTHER_OPEN || *status == KOMEK_STATUS_OTHER_CLOSED))
    *name = g_strdup (detail ? detail : word);
}

static KomekRequest *
read_request (JsonObject *object, GTimeZone *zone)
{
  JsonObject *extended = komek_wire_get_object (object, "extended_attributes");
  g_autofree char *number = komek_wire_dup_id (object, "service_request_id");
  g_autofree char *service = komek_wire_dup_id (object, "service_code");
  g_autofree char *service_name = komek_wire_dup_text (object, "service_name");
  g_autofree char *text = komek_wire_dup_text (object, "description");
  g_autofree char *notes = komek_wire_dup_text (object, "status_notes");
  g_autofree char *agency = komek_wire_dup_id (extended, "agency");
  g_autofree char *agency_name = dup_agency_name (object);
  g_autofree char *status_name = NULL;
  g_autoptr (KomekPlace) place = read_place (object, extended);
  KomekRequestFields fields = {
    .number = number,
    .service = service,
    .service_name = service_name,
    .text = text,
    .notes = notes,
    .place = place,
    .agency = agency,
    .agency_name = agency_name,
    .requested = komek_wire_get_time (object, "requested_datetime", zone),
    .updated = komek_wire_get_time (object, "updated_datetime", zone),
    .due = komek_wire_get_time (object, "expected_datetime", zone),
    .supporters = komek_wire_get_count (extended, "support_count"),
  };

  if (!number)
    return NULL;
  if (fields.updated == 0)
    fields.updated = fields.requested;
  if (fields.requested == 0)
    fields.requested = fields.updated;
  read_status (object, extended, &fields.status, &status_name);
  fields.status_name = status_name;
  return komek_request_new (&fields);
}

/**
 * komek_wire_read_requests:
 * @body: the answer to GET requests or requests/ID
 * @zone: (nullable): the city's zone, for dates without one; %NULL for UTC
 *
 * Reads requests as tolerantly as servers in the field demand. Those without a
 * number are still being processed there and are left out.
 *
 * Returns: (transfer full) (element-type KomekRequest): the requests in the city's order
 */
GPtrArray *
komek_wire_read_requests (GBytes *body, GTimeZone *zone, GError **error)
{
  static const char *const names[] = { "requests", "service_requests", "request", "service_request",
                                       NULL };
  g_autoptr (JsonArray) list = komek_wire_parse_list (body, names, "service_request_id", error);
  GPtrArray *requests;

  if (!list)
    return NULL;

  requests = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonObject *object = komek_wire_get_element (list, i);
      KomekRequest *request = object ? read_request (object, zone) : NULL;

      if (request)
        g_ptr_array_add (requests, request);
    }
  return requests;
}

/**
 * komek_wire_visit_requests:
 * @body: the answer to GET requests or requests/ID
 * @zone: (nullable): the city's zone, for dates without one; %NULL for UTC
 *
 * Reads as komek_wire_read_requests() does, but hands over one request after
 * the other, so that a long answer never stands in memory twice.
 *
 * Those before a fault were visited already when it fails.
 *
 * Returns: whether the whole answer could be read, or the visitor had enough
 */
gboolean
komek_wire_visit_requests (GBytes *body, GTimeZone *zone, KomekWireRequestVisitor visitor,
                           gpointer data, GError **error)
{
  g_autoptr (GPtrArray) requests = komek_wire_read_requests (body, zone, error);

  if (!requests)
    return FALSE;
  for (guint i = 0; i < requests->len && visitor (requests->pdata[i], data); i++)
    ;
  return TRUE;
}

static void
write_place (KomekWireWriter *writer, const KomekPlace *place)
{
  gboolean point = komek_place_has_point (place);

  komek_wire_writer_text (writer, "address", komek_place_get_address (place));
  komek_wire_writer_text (writer, "address_id", NULL);
  komek_wire_writer_text (writer, "zipcode", NULL);
  komek_wire_writer_degrees (writer, "lat", point ? komek_place_get_latitude (place) : NAN);
  komek_wire_writer_degrees (writer, "long", point ? komek_place_get_longitude (place) : NAN);
}

static void
write_extended (KomekWireWriter *writer, const KomekRequestFields *fields)
{
  komek_wire_writer_begin_object (writer, "extended_attributes");
  komek_wire_writer_text (writer, "detailed_status", komek_status_get_code (fields->status));
  komek_wire_writer_text (writer, "status_name", fields->status_name);
  komek_wire_writer_text (writer, "district", komek_place_get_district (fields->place));
  komek_wire_writer_text (writer, "agency", fields->agency);
  komek_wire_writer_count (writer, "support_count", fields->supporters);
  if (*fields->key)
    komek_wire_writer_text (writer, "client_request_id", fields->key);
  komek_wire_writer_end (writer);
}

static void
write_request (KomekWireWriter *writer, const KomekRequestFields *fields, GTimeZone *zone,
               gboolean extensions)
{
  komek_wire_writer_begin_object (writer, "request");
  komek_wire_writer_text (writer, "service_request_id", fields->number);
  komek_wire_writer_text (writer, "status",
                          komek_status_is_open (fields->status) ? "open" : "closed");
  komek_wire_writer_text (writer, "status_notes", fields->notes);
  komek_wire_writer_text (writer, "service_name", fields->service_name);
  komek_wire_writer_text (writer, "service_code", fields->service);
  komek_wire_writer_text (writer, "description", fields->text);
  komek_wire_writer_text (writer, "agency_responsible", fields->agency_name);
  komek_wire_writer_text (writer, "service_notice", NULL);
  komek_wire_writer_time (writer, "requested_datetime", fields->requested, zone);
  komek_wire_writer_time (writer, "updated_datetime", fields->updated, zone);
  komek_wire_writer_time (writer, "expected_datetime", fields->due, zone);
  write_place (writer, fields->place);
  komek_wire_writer_media (writer, fields->media);
  if (extensions)
    write_extended (writer, fields);
  komek_wire_writer_end (writer);
}

/* What the city took back keeps nothing but its number and its times. */
static void
write_withdrawn (KomekWireWriter *writer, const KomekRequestFields *fields, GTimeZone *zone)
{
  komek_wire_writer_begin_object (writer, "request");
  komek_wire_writer_text (writer, "service_request_id", fields->number);
  komek_wire_writer_text (writer, "status", WITHDRAWN);
  komek_wire_writer_time (writer, "requested_datetime", fields->requested, zone);
  komek_wire_writer_time (writer, "updated_datetime", fields->updated, zone);
  komek_wire_writer_end (writer);
}

static void
write_element (KomekWireWriter *writer, const KomekRequestFields *fields, GTimeZone *zone,
               gboolean extensions)
{
  if (fields->withdrawn)
    write_withdrawn (writer, fields, zone);
  else
    write_request (writer, fields, zone, extensions);
}

/**
 * komek_wire_write_requests:
 * @requests: (element-type KomekRequest): what to write
 * @zone: the city's zone, in which all times are written
 * @extensions: whether fields that the standard does not know may follow
 *
 * Returns: (transfer full): a GeoReport v2 list of requests
 */
GBytes *
komek_wire_write_requests (GPtrArray *requests, GTimeZone *zone, gboolean extensions,
                           KomekWireFormat format)
{
  g_autoptr (KomekWireWriter) writer =
    komek_wire_writer_new (format, 64 + (gsize) requests->len * USUAL_SIZE);

  komek_wire_writer_begin_list (writer, "service_requests");
  for (guint i = 0; i < requests->len; i++)
    write_element (writer, komek_request_peek (requests->pdata[i]), zone, extensions);
  komek_wire_writer_end (writer);
  return komek_wire_writer_finish (writer);
}
