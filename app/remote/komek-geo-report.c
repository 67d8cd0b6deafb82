/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-geo-report.h"

#include "komek-config.h"
#include "komek-endpoint.h"
#include "komek-error.h"
#include "komek-wire-city.h"
#include "komek-wire-error.h"
#include "komek-wire-filing.h"
#include "komek-wire-form.h"
#include "komek-wire-request.h"
#include "komek-wire-service.h"
#include "komek-wire-time.h"
#include "komek-wire-update.h"

#include <string.h>

#define USUAL_IDLE 15                      /* seconds */
#define USUAL_TOTAL 30000                  /* milliseconds */
#define USUAL_MOST_BYTES (8 * 1024 * 1024)

/**
 * KomekGeoReport:
 *
 * A client of one city that speaks Open311 GeoReport v2.
 *
 * It asks for what our own profile adds where the city's discovery shows that
 * it knows it, and otherwise keeps to the standard. Answers are read in a
 * thread; everything else happens in the thread that made it.
 */
struct _KomekGeoReport
{
  GObject             parent;
  char               *url;
  SoupSession        *session;
  KomekExchangeLimits limits;
  char               *endpoint;
  GTimeZone          *zone;
  gboolean            extended;
};

G_DEFINE_FINAL_TYPE (KomekGeoReport, komek_geo_report, G_TYPE_OBJECT)

typedef struct _Answer Answer;
typedef gpointer (*Reader) (const Answer *answer, GError **error);

/* An answer and how it is read; the thread that reads it has it alone. */
struct _Answer
{
  Reader         reader;
  GDestroyNotify destroy; /* of what is read */
  GTimeZone     *zone;
  char          *key;     /* of what was filed */
  GBytes        *body;
  guint          status;
  char          *reason;
};

typedef struct
{
  KomekCity *city;
  char      *endpoint;
} Discovery;

static void
answer_free (Answer *self)
{
  g_time_zone_unref (self->zone);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self->key);
  g_free (self->reason);
  g_free (self);
}

static void
discovery_free (Discovery *self)
{
  g_clear_object (&self->city);
  g_free (self->endpoint);
  g_free (self);
}

/* Statuses that say nothing of what was asked, only that it is not the moment. */
static gboolean
is_passing (guint status)
{
  return status == SOUP_STATUS_REQUEST_TIMEOUT || status == 425 || status == 429 || status >= 500;
}

static void
refuse (const Answer *answer, GError **error)
{
  g_autofree char *words = komek_wire_read_errors (answer->body, NULL);
  /* A refusal is shown in the city's words; one without words is no answer of a city. */
  KomekError code = answer->status >= 400 && words ? KOMEK_ERROR_REFUSED : KOMEK_ERROR_UNREADABLE;

  if (is_passing (answer->status))
    code = KOMEK_ERROR_UNREACHABLE;
  if (words && code == KOMEK_ERROR_REFUSED)
    g_set_error_literal (error, KOMEK_ERROR, code, words);
  else
    g_set_error (error, KOMEK_ERROR, code, "The city answered %u %s%s%s", answer->status,
                 answer->reason ? answer->reason : "", words ? ": " : "", words ? words : "");
}

static void
read_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Answer *answer = data;
  GError *error = NULL;
  gpointer result = NULL;

  if (answer->status == SOUP_STATUS_OK || answer->status == SOUP_STATUS_CREATED)
    result = answer->reader (answer, &error);
  else
    refuse (answer, &error);
  if (result)
    g_task_return_pointer (task, result, answer->destroy);
  else
    g_task_return_error (task, error);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Answer *answer = g_task_get_task_data (task);
  GError *error = NULL;
  gpointer read = g_task_propagate_pointer (G_TASK (result), &error);

  if (read)
    g_task_return_pointer (task, read, answer->destroy);
  else
    g_task_return_error (task, error);
}

/* The task of the thread knows nothing but the answer: a thread that drops its last reference late
 * shall not be the one that finalizes the client. */
static void
on_exchanged (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Answer *answer = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GTask) reading = NULL;

  answer->body = komek_exchange_finish (result, &error);
  if (!answer->body)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  answer->status = soup_message_get_status (SOUP_MESSAGE (source));
  answer->reason = g_strdup (soup_message_get_reason_phrase (SOUP_MESSAGE (source)));
  reading = g_task_new (NULL, NULL, on_read, task);
  g_task_set_task_data (reading, answer, NULL);
  g_task_run_in_thread (reading, read_in_thread);
}

static Answer *
expect (KomekGeoReport *self, GTask *task, Reader reader, GDestroyNotify destroy)
{
  Answer *answer = g_new0 (Answer, 1);

  answer->reader = reader;
  answer->destroy = destroy;
  answer->zone = g_time_zone_ref (self->zone);
  g_task_set_task_data (task, answer, (GDestroyNotify) answer_free);
  return answer;
}

/* Takes the task; the answer was said to be expected. */
static void
send (KomekGeoReport *self, SoupMessage *message, GTask *task)
{
  soup_message_headers_append (soup_message_get_request_headers (message), "Accept",
                               "application/json");
  komek_exchange_async (self->session, message, &self->limits, g_task_get_cancellable (task),
                        on_exchanged, task);
}

static SoupMessage *
make_message (const char *method, const char *base, const char *path, GTask *task)
{
  g_autofree char *url = g_strconcat (base, path, NULL);
  SoupMessage *message = soup_message_new (method, url);

  if (!message)
    g_task_return_new_error (task, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE, "Not an address: %s", url);
  return message;
}

/* Takes the task. */
static void
get (KomekGeoReport *self, const char *base, const char *path, GTask *task)
{
  g_autoptr (SoupMessage) message = make_message (SOUP_METHOD_GET, base, path, task);

  if (message)
    send (self, message, task);
  else
    g_object_unref (task);
}

static gpointer
read_discovery (const Answer *answer, GError **error)
{
  g_autofree char *endpoint = komek_wire_read_endpoint (answer->body, error);
  KomekCity *city = endpoint ? komek_wire_read_city (answer->body, error) : NULL;
  Discovery *discovery;

  if (!city)
    return NULL;
  discovery = g_new (Discovery, 1);
  discovery->city = city;
  discovery->endpoint = g_steal_pointer (&endpoint);
  return discovery;
}

static gpointer
read_services (const Answer *answer, GError **error)
{
  return komek_wire_read_services (answer->body, error);
}

static gpointer
read_requests (const Answer *answer, GError **error)
{
  return komek_wire_read_requests (answer->body, answer->zone, error);
}

/* Some cities answer an unknown number with an empty list, others with 404. */
static gpointer
read_request (const Answer *answer, GError **error)
{
  g_autoptr (GPtrArray) requests = komek_wire_read_requests (answer->body, answer->zone, error);

  if (!requests)
    return NULL;
  if (requests->len > 0)
    return g_object_ref (requests->pdata[0]);
  g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_REFUSED, "The city knows no request of this number");
  return NULL;
}

static gpointer
read_updates (const Answer *answer, GError **error)
{
  return komek_wire_read_updates (answer->body, answer->zone, error);
}

/* Nothing but a number counts: whoever hears that it is filed has nothing else in hand. */
static gpointer
read_filing (const Answer *answer, GError **error)
{
  g_autoptr (KomekWireFiling) filing = komek_wire_read_filing (answer->body, error);

  if (!filing)
    return NULL;
  if (!filing->number)
    g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE, "The city gave a token, no number");
  else if (filing->key && g_strcmp0 (filing->key, answer->key) != 0)
    g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE, "The answer is to another filing");
  else
    return g_steal_pointer (&filing->number);
  return NULL;
}

static void
komek_geo_report_finalize (GObject *object)
{
  KomekGeoReport *self = KOMEK_GEO_REPORT (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_free (self->endpoint);
  g_free (self->url);
  G_OBJECT_CLASS (komek_geo_report_parent_class)->finalize (object);
}

static void
komek_geo_report_class_init (KomekGeoReportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = komek_geo_report_finalize;
}

static void
komek_geo_report_init (KomekGeoReport *self)
{
}

/**
 * komek_geo_report_new:
 * @url: the address of a GeoReport service or of its discovery document
 *
 * Returns: (transfer full): a client with the usual patience
 */
KomekGeoReport *
komek_geo_report_new (const char *url)
{
  return komek_geo_report_new_full (url, NULL, NULL);
}

static SoupSession *
make_session (guint idle)
{
  return soup_session_new_with_options ("timeout", idle, "user-agent", "komek/" KOMEK_VERSION,
                                        NULL);
}

/**
 * komek_geo_report_new_full:
 * @session: (nullable): what carries the calls
 * @limits: (nullable): what the city may take
 *
 * Returns: (transfer full): a client
 */
KomekGeoReport *
komek_geo_report_new_full (const char *url, SoupSession *session, const KomekExchangeLimits *limits)
{
  KomekGeoReport *self = g_object_new (KOMEK_TYPE_GEO_REPORT, NULL);

  if (limits)
    self->limits = *limits;
  self->limits.idle = self->limits.idle ? self->limits.idle : USUAL_IDLE;
  self->limits.total = self->limits.total ? self->limits.total : USUAL_TOTAL;
  self->limits.most_bytes = self->limits.most_bytes ? self->limits.most_bytes : USUAL_MOST_BYTES;
  self->session = session ? g_object_ref (session) : make_session (self->limits.idle);
  self->url = g_strdup (url);
  self->endpoint = komek_endpoint_dup_base (url);
  self->zone = g_time_zone_new_utc ();
  return self;
}

/* Whether the city speaks our profile; known once it is discovered. */
gboolean
komek_geo_report_is_extended (KomekGeoReport *self)
{
  g_return_val_if_fail (KOMEK_IS_GEO_REPORT (self), FALSE);

  return self->extended;
}

/**
 * komek_geo_report_discover_async:
 *
 * Asks who the city is and where it takes calls; all others come after this one.
 */
void
komek_geo_report_discover_async (KomekGeoReport *self, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer data)
{
  g_autofree char *base = NULL;
  GTask *task;

  g_return_if_fail (KOMEK_IS_GEO_REPORT (self));

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, komek_geo_report_discover_async);
  base = komek_endpoint_dup_base (self->url);
  expect (self, task, read_discovery, (GDestroyNotify) discovery_free);
  get (self, base, "discovery.json", task);
}

/* A city without our profile is told from others by its address. */
static KomekCity *
name_city (KomekGeoReport *self, KomekCity *city)
{
  KomekCityFields fields = *komek_city_peek (city);
  g_autoptr (GUri) uri = g_uri_parse (self->endpoint, G_URI_FLAGS_NONE, NULL);
  g_autoptr (KomekLabel) host = komek_label_new (NULL, NULL, g_uri_get_host (uri));

  fields.id = self->endpoint;
  fields.name = host;
  return komek_city_new (&fields);
}

/**
 * komek_geo_report_discover_finish:
 *
 * Fails with %KOMEK_ERROR_UNREADABLE where something answers that is no city.
 *
 * Returns: (transfer full) (nullable): the city's card
 */
KomekCity *
komek_geo_report_discover_finish (KomekGeoReport *self, GAsyncResult *result, GError **error)
{
  g_autoptr (GError) problem = NULL;
  Discovery *discovery;
  KomekCity *city;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  discovery = g_task_propagate_pointer (G_TASK (result), &problem);
  if (!discovery)
    {
      if (g_error_matches (problem, KOMEK_ERROR, KOMEK_ERROR_REFUSED))
        problem->code = KOMEK_ERROR_UNREADABLE;
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
  g_free (self->endpoint);
  g_time_zone_unref (self->zone);
  self->endpoint = komek_endpoint_choose (self->url, discovery->endpoint);
  self->zone = g_time_zone_ref (komek_city_get_zone (discovery->city));
  self->extended = *komek_city_peek (discovery->city)->id != '\0';
  city = self->extended ? g_object_ref (discovery->city) : name_city (self, discovery->city);
  discovery_free (discovery);
  return city;
}

/**
 * komek_geo_report_services_async:
 *
 * Asks for all services.
 */
void
komek_geo_report_services_async (KomekGeoReport *self, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer data)
{
  GTask *task;

  g_return_if_fail (KOMEK_IS_GEO_REPORT (self));

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, komek_geo_report_services_async);
  expect (self, task, read_services, (GDestroyNotify) g_ptr_array_unref);
  get (self, self->endpoint, self->extended ? "services.json?extensions=true" : "services.json",
       task);
}

/**
 * komek_geo_report_services_finish:
 *
 * Returns: (transfer full) (element-type KomekService) (nullable): in the city's order
 */
GPtrArray *
komek_geo_report_services_finish (KomekGeoReport *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static char *
dup_query (KomekGeoReport *self, const KomekPage *page)
{
  g_autofree char *time = komek_wire_write_time (page->updated_after, self->zone);
  g_autofree char *escaped = g_uri_escape_string (time ? time : "", NULL, FALSE);

  if (!self->extended)
    return g_strdup ("requests.json");
  return g_strdup_printf ("requests.json?extensions=true&page=%u&page_size=%u%s%s", page->page,
                          page->size, page->updated_after ? "&updated_after=" : "",
                          page->updated_after ? escaped : "");
}

/**
 * komek_geo_report_requests_async:
 * @page: a city without our profile gives what it gives, on page 1 of it
 *
 * Asks for requests.
 */
void
komek_geo_report_requests_async (KomekGeoReport *self, const KomekPage *page,
                                 GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer data)
{
  g_autofree char *query = NULL;
  GTask *task;

  g_return_if_fail (KOMEK_IS_GEO_REPORT (self));

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, komek_geo_report_requests_async);
  query = dup_query (self, page);
  expect (self, task, read_requests, (GDestroyNotify) g_ptr_array_unref);
  get (self, self->endpoint, query, task);
}

/**
 * komek_geo_report_requests_finish:
 *
 * Returns: (transfer full) (element-type KomekRequest) (nullable): the requests
 */
GPtrArray *
komek_geo_report_requests_finish (KomekGeoReport *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * komek_geo_report_request_async:
 *
 * Asks for one request.
 */
void
komek_geo_report_request_async (KomekGeoReport *self, const char *number, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer data)
{
  g_autofree char *escaped = NULL;
  g_autofree char *path = NULL;
  GTask *task;

  g_return_if_fail (KOMEK_IS_GEO_REPORT (self));

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, komek_geo_report_request_async);
  escaped = g_uri_escape_string (number, NULL, FALSE);
  path = g_strconcat ("requests/", escaped, ".json", self->extended ? "?extensions=true" : NULL,
                      NULL);
  expect (self, task, read_request, g_object_unref);
  get (self, self->endpoint, path, task);
}

/**
 * komek_geo_report_request_finish:
 *
 * Fails with %KOMEK_ERROR_REFUSED where the city knows no such request.
 *
 * Returns: (transfer full) (nullable): the request
 */
KomekRequest *
komek_geo_report_request_finish (KomekGeoReport *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * komek_geo_report_updates_async:
 *
 * Asks for the history of a request; a city of our profile names its steps in
 * @language, what somebody wrote it leaves as it is.
 */
void
komek_geo_report_updates_async (KomekGeoReport *self, const char *number, KomekLanguage language,
                                GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autofree char *escaped = NULL;
  g_autofree char *profile = NULL;
  g_autofree char *path = NULL;
  GTask *task;

  g_return_if_fail (KOMEK_IS_GEO_REPORT (self));

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, komek_geo_report_updates_async);
  escaped = g_uri_escape_string (number, NULL, FALSE);
  if (self->extended)
    profile = g_strdup_printf ("&extensions=true&locale=%s", komek_language_get_code (language));
  path = g_strconcat ("servicerequestupdates.json?service_request_id=", escaped, profile, NULL);
  expect (self, task, read_updates, (GDestroyNotify) g_ptr_array_unref);
  get (self, self->endpoint, path, task);
}

/**
 * komek_geo_report_updates_finish:
 *
 * Returns: (transfer full) (element-type KomekUpdate) (nullable): the steps, in the city's order
 */
GPtrArray *
komek_geo_report_updates_finish (KomekGeoReport *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* A redirect would turn it into a GET; on a connection that the city has closed meanwhile nobody
 * could tell whether it arrived. */
static SoupMessage *
make_post (KomekGeoReport *self, KomekDraft *draft, GTask *task)
{
  KomekLanguage language = komek_language_guess (komek_draft_get_text (draft));
  char *form = komek_wire_write_form (draft, language);
  g_autoptr (GBytes) body = g_bytes_new_take (form, strlen (form));
  SoupMessage *message = make_message (SOUP_METHOD_POST, self->endpoint, "requests.json", task);

  if (!message)
    return NULL;
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_NEW_CONNECTION);
  soup_message_set_request_body_from_bytes (message, "application/x-www-form-urlencoded", body);
  return message;
}

/**
 * komek_geo_report_post_async:
 * @draft: read at once
 *
 * Files a request.
 */
void
komek_geo_report_post_async (KomekGeoReport *self, KomekDraft *draft, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (SoupMessage) message = NULL;
  GTask *task;

  g_return_if_fail (KOMEK_IS_GEO_REPORT (self));

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, komek_geo_report_post_async);
  expect (self, task, read_filing, g_free)->key = g_strdup (komek_draft_get_key (draft));
  message = make_post (self, draft, task);
  if (message)
    send (self, message, task);
  else
    g_object_unref (task);
}

/**
 * komek_geo_report_post_finish:
 *
 * Returns: (transfer full) (nullable): the number of the request; on any failure
 *   nobody knows whether the city has it
 */
char *
komek_geo_report_post_finish (KomekGeoReport *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
