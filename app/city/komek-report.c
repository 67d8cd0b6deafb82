/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-report.h"

#include <string.h>

#include "komek-key.h"
#include "komek-listing.h"
#include "komek-number.h"
#include "komek-refusal.h"
#include "komek-wire-city.h"
#include "komek-wire-definition.h"
#include "komek-wire-request.h"
#include "komek-wire-service.h"
#include "komek-wire-token.h"
#include "komek-wire-update.h"

/* What the GeoReport v2 interface tells. Each answer runs in a worker thread. */

/* They have no pages of their own: more than moderation takes back between two
 * looks of a mirror. */
#define MOST_WITHDRAWN 100000

/**
 * komek_report_check_jurisdiction:
 * @field: (nullable): what a form says of it
 *
 * A city that goes by several codes must be told which one is meant; one that
 * has one only takes no other; and to one that has none it means nothing.
 *
 * Fails with %KOMEK_REFUSAL_JURISDICTION_MISSING or %KOMEK_REFUSAL_NO_JURISDICTION.
 */
gboolean
komek_report_check_jurisdiction (const KomekCall *call, const char *field, GError **error)
{
  const char *const *known = (const char *const *) call->office->jurisdictions;
  const char *asked = komek_call_get (call, "jurisdiction_id");

  if (!known || !known[0])
    return TRUE;
  if (!asked)
    asked = field;
  if (!asked && !known[1])
    return TRUE;
  if (asked && g_strv_contains (known, asked))
    return TRUE;
  g_set_error (error, KOMEK_REFUSAL,
               asked ? KOMEK_REFUSAL_NO_JURISDICTION : KOMEK_REFUSAL_JURISDICTION_MISSING,
               "Jurisdiction %s", asked ? asked : "is missing");
  return FALSE;
}

KomekReply *
komek_report_discovery (const KomekCall *call, GError **error)
{
  const KomekOffice *office = call->office;
  const char *contact = komek_words_get (office->words, "contact", call->language);
  gboolean trusted = call->client && call->client->role == KOMEK_ROLE_LOCAL;
  const char *key_service = komek_words_get (
      office->words, trusted ? "key-service" : "key-service-needed", call->language);
  KomekWireEndpoint own = { .url = office->base_url,
                            .test = komek_city_peek (office->city)->sample,
                            .json = TRUE,
                            .xml = TRUE };
  g_autoptr (GPtrArray) endpoints = g_ptr_array_new ();

  g_ptr_array_add (endpoints, &own);
  for (guint i = 0; i < office->endpoints->len; i++)
    g_ptr_array_add (endpoints, office->endpoints->pdata[i]);
  return komek_reply_new_wire (200, call->format,
                               komek_wire_write_city (trusted ? office->city : office->keyed_city,
                                                      endpoints, contact, key_service,
                                                      call->format));
}

KomekReply *
komek_report_services (const KomekCall *call, GError **error)
{
  GPtrArray *services = komek_catalogue_get_services (call->office->catalogue);

  if (!komek_report_check_jurisdiction (call, NULL, error))
    return NULL;
  return komek_reply_new_wire (200, call->format,
                               komek_wire_write_services (services, call->language,
                                                          call->extensions, call->office->batch > 0,
                                                          call->format));
}

KomekReply *
komek_report_definition (const KomekCall *call, GError **error)
{
  KomekCatalogue *catalogue = call->office->catalogue;
  GPtrArray *attributes = komek_catalogue_get_attributes (catalogue, call->rest);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  if (!komek_report_check_jurisdiction (call, NULL, error))
    return NULL;
  if (!komek_catalogue_look_up (catalogue, call->rest))
    {
      g_set_error (error, KOMEK_REFUSAL, KOMEK_REFUSAL_NO_SERVICE, "No service %s", call->rest);
      return NULL;
    }
  return komek_reply_new_wire (200, call->format,
                               komek_wire_write_definition (call->rest,
                                                            attributes ? attributes : none,
                                                            call->language, call->extensions,
                                                            call->format));
}

/**
 * Collection:
 *
 * A list on its way into an answer, and how far into the whole it reaches.
 */
typedef struct
{
  const KomekCall *call;
  const char      *key;
  gboolean         changes;
  gint64           until;
  GPtrArray       *found;
  KomekPosition    last;
} Collection;

static void
collect_record (const KomekRecord *record, gpointer data)
{
  Collection *self = data;

  self->last.time = self->changes ? record->updated : record->requested;
  self->last.id = record->id;
  g_ptr_array_add (self->found, komek_listing_make_request (self->call->office, record,
                                                            self->call->language, self->key));
}

static void
collect_withdrawn (const KomekRecord *record, gpointer data)
{
  Collection *self = data;

  if (record->updated <= self->until)
    g_ptr_array_add (self->found, komek_listing_make_withdrawn (record));
}

/* A mirror that asks what has changed must hear of what is no more as well:
 * with each page, of whatever was taken back in the time that the page spans. */
static gboolean
add_withdrawn (Collection *self, const KomekQuery *query, gboolean last, GError **error)
{
  gint64 since = MAX (query->updated_after, query->after.time);

  self->until = last ? G_MAXINT64 : self->last.time;
  return komek_storage_list_withdrawn (self->call->office->storage, since, MOST_WITHDRAWN,
                                       collect_withdrawn, self, error);
}

static void
append_argument (GString *query, const char *name, const char *value)
{
  g_autofree char *escaped = g_uri_escape_string (value, NULL, FALSE);

  g_string_append_printf (query, "%s=%s&", name, escaped);
}

/* The same question, from behind @last on; RFC 8288. What tells a caller from others stays out. */
static char *
make_link (const KomekCall *call, const char *resource, const KomekPosition *last)
{
  g_autoptr (GString) query = g_string_new (NULL);
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (call->arguments),
                                         (GCompareFunc) strcmp);

  for (GList *name = names; name; name = name->next)
    if (strcmp (name->data, "after") != 0 && strcmp (name->data, "page") != 0
        && strcmp (name->data, "api_key") != 0)
      append_argument (query, name->data, g_hash_table_lookup (call->arguments, name->data));
  return g_strdup_printf ("<%s%s?%safter=%" G_GINT64_FORMAT "-%" G_GINT64_FORMAT ">; rel=\"next\"",
                          resource, call->format == KOMEK_WIRE_XML ? ".xml" : ".json", query->str,
                          last->time, last->id);
}

static KomekReply *
reply_requests (const KomekCall *call, const KomekQuery *query, const char *key, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  Collection self = { call, key, query->updated_after != 0 && !query->numbers, 0, found, { 0 } };
  gboolean full;
  KomekReply *reply;

  if (!komek_storage_list (call->office->storage, query, collect_record, &self, error))
    return NULL;
  full = !query->numbers && found->len == query->limit;
  if (self.changes && call->extensions && !add_withdrawn (&self, query, !full, error))
    return NULL;
  reply = komek_reply_new_wire (
      200, call->format,
      komek_wire_write_requests (found, komek_city_get_zone (call->office->city),
                                 call->extensions, call->format));
  if (full && call->extensions)
    reply->link = make_link (call, "requests", &self.last);
  return reply;
}

/* The number of what was filed under the caller's own key, or under a local
 * number; "" where there is none, which then finds nothing. */
static char *
find_own (const KomekCall *call, const char *key, GError **error)
{
  const char *typed = komek_call_get (call, "local_number");
  g_autofree char *written = typed ? komek_number_normalise (typed) : NULL;
  g_autofree char *scope = komek_key_dup_scope (call, komek_call_get (call, "device_id"));
  const KomekLookUp by_key = { .client = scope, .key = key };
  const KomekLookUp by_local = { .local_number = written ? written : typed };
  g_autoptr (KomekRegistration) found = NULL;

  if (!komek_storage_look_up (call->office->storage, key ? &by_key : &by_local, &found, error))
    return NULL;
  return g_strdup (found && found->number ? found->number : "");
}

static KomekReply *
reply_own (const KomekCall *call, const char *key, GError **error)
{
  g_autofree char *number = find_own (call, key, error);
  char *numbers[] = { number, NULL };
  const KomekQuery query = { .numbers = numbers, .limit = 1 };

  return number ? reply_requests (call, &query, key, error) : NULL;
}

KomekReply *
komek_report_requests (const KomekCall *call, GError **error)
{
  const char *key = komek_call_get (call, "client_request_id");
  g_autoptr (KomekQuery) query = NULL;

  if (!komek_report_check_jurisdiction (call, NULL, error))
    return NULL;
  if (key || komek_call_get (call, "local_number"))
    return reply_own (call, key, error);
  query = komek_query_new (call->arguments, komek_city_get_zone (call->office->city),
                           komek_clock_now (call->office->clock), error);
  return query ? reply_requests (call, query, NULL, error) : NULL;
}

static gboolean
check_there (const KomekCall *call, const char *number, gboolean found, GError **error)
{
  gboolean withdrawn = FALSE;

  if (found)
    return TRUE;
  if (!komek_storage_is_withdrawn (call->office->storage, number, &withdrawn, error))
    return FALSE;
  g_set_error (error, KOMEK_REFUSAL, withdrawn ? KOMEK_REFUSAL_WITHDRAWN : KOMEK_REFUSAL_NO_REQUEST,
               "No request %s", number);
  return FALSE;
}

/* The city's number for the one in the path, which may be of a citizen's slip. */
static char *
resolve (const KomekCall *call, GError **error)
{
  g_autofree char *written = komek_number_normalise (call->rest);
  const KomekLookUp what = { .local_number = written };
  g_autoptr (KomekRegistration) found = NULL;

  if (!written)
    return g_strdup (call->rest);
  if (!komek_number_is_local (written))
    return g_steal_pointer (&written);
  if (!komek_storage_look_up (call->office->storage, &what, &found, error))
    return NULL;
  return g_strdup (found && found->number ? found->number : written);
}

KomekReply *
komek_report_request (const KomekCall *call, GError **error)
{
  g_autofree char *number = resolve (call, error);
  const KomekQuery query = { .numbers = (char *[]) { number, NULL }, .limit = 1 };
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  Collection self = { call, NULL, FALSE, 0, found, { 0 } };

  if (!number || !komek_report_check_jurisdiction (call, NULL, error)
      || !komek_storage_list (call->office->storage, &query, collect_record, &self, error)
      || !check_there (call, number, found->len > 0, error))
    return NULL;
  return komek_reply_new_wire (
      200, call->format,
      komek_wire_write_requests (found, komek_city_get_zone (call->office->city),
                                 call->extensions, call->format));
}

KomekReply *
komek_report_token (const KomekCall *call, GError **error)
{
  const KomekLookUp what = { .token = call->rest };
  g_autoptr (KomekRegistration) found = NULL;
  KomekWireToken token = { .token = call->rest };

  if (!komek_report_check_jurisdiction (call, NULL, error)
      || !komek_storage_look_up (call->office->storage, &what, &found, error))
    return NULL;
  if (!found)
    {
      g_set_error (error, KOMEK_REFUSAL, KOMEK_REFUSAL_NO_TOKEN, "No token");
      return NULL;
    }
  token.number = found->number;
  return komek_reply_new_wire (200, call->format, komek_wire_write_token (&token, call->format));
}

static void
collect_step (const KomekStep *step, gpointer data)
{
  Collection *self = data;
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, step->id);
  const char *text = komek_office_tell_step (self->call->office, step, self->call->language);

  self->last = (KomekPosition) { step->time, step->id };
  g_ptr_array_add (self->found, komek_update_new (id, step->number, step->status, step->time, text,
                                                  step->agency, step->answer));
}

KomekReply *
komek_report_updates (const KomekCall *call, GError **error)
{
  GTimeZone *zone = komek_city_get_zone (call->office->city);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (KomekQuery) query = NULL;
  Collection self = { call, NULL, TRUE, 0, found, { 0 } };
  KomekStepQuery steps = { 0 };
  KomekReply *reply;

  if (!komek_report_check_jurisdiction (call, NULL, error))
    return NULL;
  query = komek_query_new_updates (call->arguments, zone, komek_clock_now (call->office->clock),
                                   error);
  if (!query)
    return NULL;
  steps = (KomekStepQuery) {
    .numbers = (const char *const *) query->numbers,
    .start = query->start,
    .end = query->end,
    .after = query->after,
    .hidden = call->client && call->client->role == KOMEK_ROLE_STAFF,
    .limit = query->limit,
  };
  if (!komek_storage_history (call->office->storage, &steps, collect_step, &self, error))
    return NULL;
  reply = komek_reply_new_wire (200, call->format,
                                komek_wire_write_updates (found, zone, call->extensions,
                                                          call->format));
  if (found->len == query->limit && call->extensions)
    reply->link = make_link (call, "servicerequestupdates", &self.last);
  return reply;
}
