/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-report.h"

#include <libsoup/soup.h>
#include <string.h>

#include "komek-refusal.h"
#include "komek-registrar.h"
#include "komek-wire-city.h"
#include "komek-wire-definition.h"
#include "komek-wire-error.h"
#include "komek-wire-filing.h"
#include "komek-wire-request.h"
#include "komek-wire-service.h"
#include "komek-wire-time.h"
#include "komek-wire-update.h"

/* The answers of the GeoReport v2 interface. Each runs in a worker thread. */

KomekReply *
komek_report_discovery (const KomekCall *call, GError **error)
{
  const KomekOffice *office = call->office;
  const char *contact = komek_words_get (office->words, "contact", call->language);
  const char *key_service = komek_words_get (office->words, "key-service", call->language);

  KomekWireEndpoint endpoint = {
    .url = (char *) office->base_url,
    .test = komek_city_peek (office->city)->sample,
    .json = TRUE,
  };
  g_autoptr (GPtrArray) endpoints = g_ptr_array_new ();

  g_ptr_array_add (endpoints, &endpoint);
  return komek_reply_new_json (200, komek_wire_write_city (office->city, endpoints, contact,
                                                           key_service, KOMEK_WIRE_JSON));
}

KomekReply *
komek_report_services (const KomekCall *call, GError **error)
{
  GPtrArray *services = komek_catalogue_get_services (call->office->catalogue);

  return komek_reply_new_json (200, komek_wire_write_services (services, call->language,
                                                               call->extensions, FALSE,
                                                               KOMEK_WIRE_JSON));
}

KomekReply *
komek_report_definition (const KomekCall *call, GError **error)
{
  KomekCatalogue *catalogue = call->office->catalogue;
  GPtrArray *attributes = komek_catalogue_get_attributes (catalogue, call->rest);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  if (!komek_catalogue_look_up (catalogue, call->rest))
    {
      g_set_error (error, KOMEK_REFUSAL, KOMEK_REFUSAL_NO_SERVICE, "No service %s", call->rest);
      return NULL;
    }
  return komek_reply_new_json (200,
                               komek_wire_write_definition (call->rest,
                                                            attributes ? attributes : none,
                                                            call->language, call->extensions,
                                                            KOMEK_WIRE_JSON));
}

typedef struct
{
  const KomekCall *call;
  GPtrArray       *found;
} Collection;

/* Gives the names in the caller's language to what the storage knows by codes. */
static void
collect_record (const KomekRecord *record, gpointer data)
{
  Collection *collection = data;
  const KomekOffice *office = collection->call->office;
  KomekLanguage language = collection->call->language;
  g_autoptr (KomekPlace) place =
    komek_place_new (record->latitude, record->longitude, record->address, record->district);

  g_ptr_array_add (
      collection->found,
      komek_request_new (&(KomekRequestFields) {
          .number = record->number,
          .service = record->service,
          .service_name = komek_office_name_service (office, record->service, language),
          .status = record->status,
          .status_name = komek_city_name (office->city, KOMEK_CITY_STATUSES,
                                          komek_status_get_code (record->status), language, NULL),
          .text = record->text,
          .place = place,
          .agency = record->agency,
          .agency_name =
            komek_city_name (office->city, KOMEK_CITY_AGENCIES, record->agency, language, NULL),
          .requested = record->requested,
          .updated = record->updated,
          .due = record->due,
          .supporters = record->supporters,
      }));
}

static KomekReply *
reply_requests (const KomekCall *call, const KomekQuery *query, gboolean needed, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  Collection collection = { call, found };

  if (!komek_storage_list (call->office->storage, query, collect_record, &collection, error))
    return NULL;
  if (needed && found->len == 0)
    {
      g_set_error (error, KOMEK_REFUSAL, KOMEK_REFUSAL_NO_REQUEST, "No request %s", call->rest);
      return NULL;
    }
  return komek_reply_new_json (
      200, komek_wire_write_requests (found, komek_city_get_zone (call->office->city),
                                      call->extensions, KOMEK_WIRE_JSON));
}

KomekReply *
komek_report_requests (const KomekCall *call, GError **error)
{
  g_autoptr (KomekQuery) query =
    komek_query_new (call->arguments, komek_city_get_zone (call->office->city),
                     komek_clock_now (call->office->clock), error);

  return query ? reply_requests (call, query, FALSE, error) : NULL;
}

KomekReply *
komek_report_request (const KomekCall *call, GError **error)
{
  g_autoptr (GHashTable) arguments = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (KomekQuery) query = NULL;

  g_hash_table_insert (arguments, (char *) "service_request_id", call->rest);
  query = komek_query_new (arguments, NULL, 0, error);
  return query ? reply_requests (call, query, TRUE, error) : NULL;
}

static void
collect_step (const KomekStep *step, gpointer data)
{
  Collection *collection = data;
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, step->id);
  const char *text =
    komek_office_tell_step (collection->call->office, step, collection->call->language);

  g_ptr_array_add (collection->found,
                   komek_update_new (id, step->number, step->status, step->time, text,
                                     step->agency, step->answer));
}

KomekReply *
komek_report_updates (const KomekCall *call, GError **error)
{
  GTimeZone *zone = komek_city_get_zone (call->office->city);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (KomekQuery) query =
    komek_query_new (call->arguments, zone, komek_clock_now (call->office->clock), error);
  Collection collection = { call, found };
  KomekStepQuery steps = { .limit = KOMEK_QUERY_MAX_PAGE_SIZE };

  if (!query)
    return NULL;
  steps.numbers = (const char *const *) query->numbers;
  steps.start = query->start;
  steps.end = query->end;
  if (!komek_storage_history (call->office->storage, &steps, collect_step, &collection, error))
    return NULL;
  return komek_reply_new_json (200, komek_wire_write_updates (found, zone, call->extensions,
                                                              KOMEK_WIRE_JSON));
}

KomekReply *
komek_report_file (const KomekCall *call, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (KomekWireForm) form = komek_wire_read_form (call->body, &reason);
  g_autofree char *number = NULL;
  KomekWireFiling filing = { 0 };

  if (!form)
    {
      g_set_error_literal (error, KOMEK_REFUSAL, KOMEK_REFUSAL_BAD_FORM, reason->message);
      return NULL;
    }
  number = komek_registrar_file (call->office, form, error);
  if (!number)
    return NULL;

  filing.number = number;
  filing.notice = (char *) komek_words_get (call->office->words, "filed", call->language);
  filing.key = form->key;
  return komek_reply_new_json (201, komek_wire_write_filing (&filing, KOMEK_WIRE_JSON));
}

/**
 * komek_report_error:
 * @error: of any domain
 *
 * Returns: (transfer full): the error as the standard wants it, in the caller's language
 */
KomekReply *
komek_report_error (const KomekCall *call, const GError *error)
{
  guint status = komek_refusal_get_http_status (error);
  const char *sentence = komek_words_get (call->office->words, komek_refusal_get_word (error),
                                          call->language);

  return komek_reply_new_json (status, komek_wire_write_error (status, sentence, KOMEK_WIRE_JSON));
}
