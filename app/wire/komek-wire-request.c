/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-wire-request.h"

#include <math.h>

#include "komek-wire-list.h"
#include "komek-wire-pictures.h"
#include "komek-wire-status.h"
#include "komek-wire-writer.h"

/* A request is about this long, with room for Cyrillic. */
#define USUAL_SIZE 1200

/* The status of what a city took back; no word of the standard. */
#define WITHDRAWN "withdrawn"

static KomekPlace *
read_place (const KomekWireNode *object, const KomekWireNode *extended)
{
  double latitude = komek_wire_get_number (object, "lat");
  double longitude = komek_wire_get_number (object, "long");
  const char *address = komek_wire_get_text (object, "address");
  const char *district = komek_wire_get_id (extended, "district");

  if (!address)
    address = komek_wire_get_text (object, "address_string");
  /* Several servers write 0, 0 for what has an address alone. */
  if (latitude == 0 && longitude == 0)
    return komek_place_new_address (address, district);
  return komek_place_new (latitude, longitude, address, district);
}

static void
read_status (const KomekWireNode *object, const KomekWireNode *extended, KomekRequestFields *fields)
{
  const char *word = komek_wire_get_id (object, "status");
  const char *detail = komek_wire_get_text (extended, "detailed_status");

  if (!detail)
    detail = komek_wire_get_text (object, "detailed_status");
  fields->status = komek_wire_read_status (word, detail);
  fields->withdrawn = word && g_ascii_strcasecmp (word, WITHDRAWN) == 0;
  fields->status_name = komek_wire_get_text (extended, "status_name");
  if (!fields->status_name)
    fields->status_name = komek_wire_get_status_name (fields->status, word, detail);
}

static void
read_times (const KomekWireNode *object, GTimeZone *zone, KomekRequestFields *fields)
{
  fields->requested = komek_wire_get_time (object, "requested_datetime", zone);
  fields->updated = komek_wire_get_time (object, "updated_datetime", zone);
  fields->due = komek_wire_get_time (object, "expected_datetime", zone);
  if (fields->updated == 0)
    fields->updated = fields->requested;
  if (fields->requested == 0)
    fields->requested = fields->updated;
}

static const char *
get_key (const KomekWireNode *object, const KomekWireNode *extended)
{
  const char *key = komek_wire_get_id (extended, "client_request_id");

  return key ? key : komek_wire_get_id (object, "client_request_id");
}

/* FixMyStreet has a title, and a description that begins with it or says the same. */
static const char *
get_text (const KomekWireNode *object)
{
  const char *text = komek_wire_get_text (object, "description");

  return text ? text : komek_wire_get_text (object, "title");
}

static KomekRequest *
read_request (const KomekWireNode *object, GTimeZone *zone)
{
  const KomekWireNode *extended = komek_wire_get_object (object, "extended_attributes");
  g_autoptr (KomekPlace) place = NULL;
  g_auto (GStrv) media = NULL;
  KomekRequestFields fields = { .number = komek_wire_get_id (object, "service_request_id") };

  if (!fields.number)
    return NULL;
  place = read_place (object, extended);
  media = komek_wire_dup_media (object);
  fields.service = komek_wire_get_id (object, "service_code");
  fields.service_name = komek_wire_get_text (object, "service_name");
  fields.text = get_text (object);
  fields.notes = komek_wire_get_text (object, "status_notes");
  fields.place = place;
  fields.agency = komek_wire_get_id (extended, "agency");
  fields.agency_name = komek_wire_get_text (object, "agency_responsible");
  fields.supporters = komek_wire_get_count (extended, "support_count");
  fields.media = (const char *const *) media;
  fields.key = get_key (object, extended);
  read_times (object, zone, &fields);
  read_status (object, extended, &fields);
  return komek_request_new (&fields);
}

typedef struct
{
  KomekWireRequestVisitor visitor;
  gpointer                data;
  GTimeZone              *zone;
} Visit;

static gboolean
visit_element (const KomekWireNode *object, gpointer data)
{
  Visit *self = data;
  g_autoptr (KomekRequest) request = read_request (object, self->zone);

  return !request || self->visitor (request, self->data);
}

/**
 * komek_wire_visit_requests:
 * @body: the answer to GET requests or requests/ID
 * @zone: (nullable): the city's zone, for dates without one; %NULL for UTC
 *
 * Reads requests as tolerantly as servers in the field demand, one after the
 * other, so that a long answer never stands in memory twice. Those without a
 * number are still being processed there and are left out.
 *
 * Those before a fault were visited already when it fails.
 *
 * Returns: whether the whole answer could be read, or the visitor had enough
 */
gboolean
komek_wire_visit_requests (GBytes *body, GTimeZone *zone, KomekWireRequestVisitor visitor,
                           gpointer data, GError **error)
{
  static const KomekWireShape shape = {
    { "service_requests", "requests" },
    { "request", "service_request" },
    { "service_request_id", "service_code", "status", "requested_datetime",
                            "token" },
  };
  Visit visit = { visitor, data, zone };

  return komek_wire_visit (body, &shape, visit_element, &visit, error);
}

static gboolean
keep_request (KomekRequest *request, gpointer requests)
{
  g_ptr_array_add (requests, g_object_ref (request));
  return TRUE;
}

/**
 * komek_wire_read_requests:
 * @body: the answer to GET requests or requests/ID
 * @zone: (nullable): the city's zone, for dates without one; %NULL for UTC
 *
 * Reads all that komek_wire_visit_requests() would visit.
 *
 * Returns: (transfer full) (element-type KomekRequest): the requests in the city's order
 */
GPtrArray *
komek_wire_read_requests (GBytes *body, GTimeZone *zone, GError **error)
{
  g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func (g_object_unref);

  return komek_wire_visit_requests (body, zone, keep_request, requests, error)
           ? g_steal_pointer (&requests)
           : NULL;
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
