/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-geo-report-private.h"

#include <string.h>

#include "komek-endpoint.h"
#include "komek-error.h"

/* How a client reads from a city:
 *
 *     ask ─► exchange ─► read in a thread ─► done
 *      ▲                     │
 *      └─────────────────────┘ once more: unpacked, with the key in the address, the other format
 *
 * Each of the three is tried once and remembered where it helped. */

typedef struct
{
  KomekQuestion   question;
  char           *base;
  char           *path;
  char           *query;
  char           *url;
  KomekWireFormat format;
  gboolean        switched;
  GTimeZone      *zone;
  KomekAnswer    *answer;
  GError         *problem; /* with the first format */
  guint           former;  /* status, in the first format */
} Ask;

static void
ask_free (Ask *self)
{
  g_free (self->base);
  g_free (self->path);
  g_free (self->query);
  g_free (self->url);
  g_time_zone_unref (self->zone);
  g_clear_pointer (&self->answer, komek_answer_free);
  g_clear_error (&self->problem);
  g_free (self);
}

/* What was read of another address is worth nothing any more. */
void
komek_geo_report_forget (KomekGeoReport *self)
{
  komek_memory_clear (self->memory);
  memset (self->proven, 0, sizeof self->proven);
}

KomekWireFormat
komek_geo_report_get_format (KomekGeoReport *self, KomekCall call)
{
  return self->proven[call] ? self->formats[call] : self->format;
}

/* A city that speaks one format in one call most likely does so in others. */
void
komek_geo_report_prove_format (KomekGeoReport *self, KomekCall call, KomekWireFormat format)
{
  self->proven[call] = TRUE;
  self->formats[call] = format;
  if (call != KOMEK_CALL_DISCOVERY)
    self->format = format;
}

/* Where @value is %NULL or empty there is no such argument. */
void
komek_geo_report_append (GString *query, const char *name, const char *value)
{
  g_autofree char *escaped = NULL;

  if (!value || *value == '\0')
    return;
  escaped = g_uri_escape_string (value, NULL, FALSE);
  g_string_append_printf (query, "%s%s=%s", query->len > 0 ? "&" : "", name, escaped);
}

/**
 * komek_geo_report_dup_address:
 *
 * Returns: (transfer full): the address of a call, with what each call to this city needs
 */
char *
komek_geo_report_dup_address (KomekGeoReport *self, const char *base, const char *path,
                              const char *query, KomekWireFormat format)
{
  g_autoptr (GString) arguments = g_string_new (query);

  komek_geo_report_append (arguments, "jurisdiction_id", self->jurisdiction);
  if (self->keyed)
    komek_geo_report_append (arguments, "api_key", self->api_key);
  return g_strconcat (base, path, ".", komek_wire_format_get_suffix (format),
                      arguments->len > 0 ? "?" : "", arguments->str, NULL);
}

static void
mention_api_key (SoupMessageHeaders *headers, const char *key)
{
  g_autofree char *bearer = g_strconcat ("Bearer ", key, NULL);

  soup_message_headers_append (headers, "Authorization", bearer);
}

/**
 * komek_geo_report_make_message:
 *
 * Fails with %KOMEK_ERROR_UNREADABLE where @url is no address of the web.
 *
 * Returns: (transfer full) (nullable): a question that says what it can read
 */
SoupMessage *
komek_geo_report_make_message (KomekGeoReport *self, const char *method, const char *url,
                               KomekWireFormat format, GError **error)
{
  SoupMessage *message = soup_message_new (method, url);
  SoupMessageHeaders *headers;

  if (!message)
    {
      g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE, "Not an address of a city");
      return NULL;
    }
  headers = soup_message_get_request_headers (message);
  soup_message_headers_append (headers, "Accept",
                               format == KOMEK_WIRE_XML ? "text/xml, application/xml"
                                                        : "application/json");
  if (self->unpacked)
    soup_message_headers_append (headers, "Accept-Encoding", "identity");
  if (self->extended && self->api_key)
    mention_api_key (headers, self->api_key);
  return message;
}

/* Where the city says that nothing is new, what it said before is its answer. */
static void
recall (KomekGeoReport *self, Ask *ask)
{
  GBytes *body = komek_memory_get_body (self->memory, ask->url);

  if (ask->answer->status != SOUP_STATUS_NOT_MODIFIED || !body)
    return;
  ask->answer->status = SOUP_STATUS_OK;
  g_clear_pointer (&ask->answer->body, g_bytes_unref);
  ask->answer->body = g_bytes_ref (body);
}

static void
remember (KomekGeoReport *self, const Ask *ask)
{
  if (ask->question.remember && ask->answer->etag)
    komek_memory_keep (self->memory, ask->url, ask->answer->etag, ask->answer->body);
}

static void
follow (char **url, const Ask *ask)
{
  char *moved = komek_endpoint_follow (*url, ask->url, ask->answer->url);

  if (!moved)
    return;
  g_free (*url);
  *url = moved;
}

/* A server that sends everybody from http on to https loses whatever is posted to it: from now on
 * it is asked there at once. */
static void
follow_to_https (KomekGeoReport *self, const Ask *ask)
{
  follow (&self->url, ask);
  follow (&self->endpoint, ask);
}

static void
learn (KomekGeoReport *self, const Ask *ask)
{
  komek_geo_report_prove_format (self, ask->question.call, ask->format);
  remember (self, ask);
  follow_to_https (self, ask);
}

static void send (GTask *task);

static gboolean
needs_key (KomekGeoReport *self, const Ask *ask)
{
  guint status = ask->answer->status;

  return self->api_key && !self->keyed && (status == 401 || status == 403);
}

/* A refusal in the format that was asked for shows that it is spoken. */
static gboolean
speaks (const KomekAnswer *answer, KomekWireFormat format)
{
  gsize length;
  const char *text = g_bytes_get_data (answer->body, &length);
  gsize i = length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;

  while (i < length && g_ascii_isspace (text[i]))
    i++;
  return i < length && (text[i] == '<') == (format == KOMEK_WIRE_XML);
}

/* Nonsense, or an error page as a server gives it that has no such call in this format. */
static gboolean
may_switch (KomekGeoReport *self, const Ask *ask, const GError *problem)
{
  if (self->proven[ask->question.call] || ask->switched
      || ask->answer->transport != KOMEK_TRANSPORT_WHOLE)
    return FALSE;
  if (ask->answer->status == 500 || ask->answer->status == 501)
    return TRUE;
  if (g_error_matches (problem, KOMEK_ERROR, KOMEK_ERROR_REFUSED))
    return ask->question.call == KOMEK_CALL_DISCOVERY || !speaks (ask->answer, ask->format);
  return g_error_matches (problem, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE);
}

/* Takes the task and the error. What was refused in words tells more than what cannot be read. */
static void
give_up (GTask *task, GError *problem)
{
  Ask *ask = g_task_get_task_data (task);

  if (ask->problem
      && !(g_error_matches (problem, KOMEK_ERROR, KOMEK_ERROR_REFUSED)
           && speaks (ask->answer, ask->format)))
    {
      g_error_free (problem);
      problem = g_steal_pointer (&ask->problem);
    }
  g_task_return_error (task, problem);
  g_object_unref (task);
}

/* Takes the task and the error. */
static void
try_again (GTask *task, GError *problem)
{
  KomekGeoReport *self = g_task_get_source_object (task);
  Ask *ask = g_task_get_task_data (task);

  if (needs_key (self, ask))
    {
      g_error_free (problem);
      self->keyed = TRUE;
      send (task);
    }
  else if (may_switch (self, ask, problem))
    {
      ask->switched = TRUE;
      ask->former = ask->answer->status;
      ask->problem = problem;
      ask->format = ask->format == KOMEK_WIRE_XML ? KOMEK_WIRE_JSON : KOMEK_WIRE_XML;
      send (task);
    }
  else
    give_up (task, problem);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Ask *ask = g_task_get_task_data (task);
  GError *error = NULL;
  gpointer read = g_task_propagate_pointer (G_TASK (result), &error);

  if (!read)
    {
      try_again (task, error);
      return;
    }
  learn (g_task_get_source_object (task), ask);
  g_task_return_pointer (task, read, ask->question.destroy);
  g_object_unref (task);
}

/* What came over a line that anybody may write on is not what was asked for over a safe one. */
static gboolean
was_led_away (const Ask *ask)
{
  return g_str_has_prefix (ask->url, "https://") && ask->answer->url
         && !g_str_has_prefix (ask->answer->url, "https://");
}

/* Of what cannot be read it matters whether it was written by a city at all. */
static gpointer
read_success (const Ask *ask, GError **error)
{
  GError *problem = NULL;
  gpointer read = ask->question.reader (ask->answer, ask->zone, &problem);

  if (problem && problem->domain == KOMEK_ERROR)
    komek_error_set_cause (problem, komek_answer_find_cause (ask->answer));
  if (problem)
    g_propagate_error (error, problem);
  return read;
}

static gpointer
read_answer (const Ask *ask, GError **error)
{
  if (ask->answer->transport == KOMEK_TRANSPORT_WHOLE && was_led_away (ask))
    {
      g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE, "The city led away from https");
      return NULL;
    }
  if (komek_answer_is_success (ask->answer))
    return read_success (ask, error);
  g_propagate_error (error, komek_answer_explain (ask->answer));
  return NULL;
}

static void
read_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Ask *ask = data;
  GError *error = NULL;
  gpointer read = read_answer (ask, &error);

  if (read)
    g_task_return_pointer (task, read, ask->question.destroy);
  else
    g_task_return_error (task, error);
}

/* The task of the thread knows nothing but the answer: a thread that drops its last reference late
 * shall not be the one that finalizes the client. */
static void
on_exchanged (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  KomekGeoReport *self = g_task_get_source_object (task);
  Ask *ask = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GTask) reading = NULL;

  g_clear_pointer (&ask->answer, komek_answer_free);
  ask->answer = komek_exchange_finish (result, &error);
  if (!ask->answer)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  if (ask->answer->undecodable && !self->unpacked)
    {
      self->unpacked = TRUE;
      send (task);
      return;
    }
  self->delay = komek_answer_is_success (ask->answer)
                  ? 0
                  : komek_filing_reply_read_delay (ask->answer->retry_after, ask->answer->date);
  recall (self, ask);
  reading = g_task_new (NULL, NULL, on_read, task);
  g_task_set_task_data (reading, ask, NULL);
  g_task_run_in_thread (reading, read_in_thread);
}

static void
mention_memory (KomekGeoReport *self, const Ask *ask, SoupMessage *message)
{
  const char *etag = ask->question.remember ? komek_memory_get_etag (self->memory, ask->url) : NULL;

  if (etag)
    soup_message_headers_append (soup_message_get_request_headers (message), "If-None-Match", etag);
}

/* Takes the task. */
static void
send (GTask *task)
{
  KomekGeoReport *self = g_task_get_source_object (task);
  Ask *ask = g_task_get_task_data (task);
  KomekExchangePlan plan = { self->limits.total, self->limits.connect, self->limits.most_bytes };
  g_autoptr (SoupMessage) message = NULL;
  GError *error = NULL;

  g_free (ask->url);
  ask->url = komek_geo_report_dup_address (self, ask->base ? ask->base : self->endpoint, ask->path,
                                           ask->query, ask->format);
  message = komek_geo_report_make_message (self, SOUP_METHOD_GET, ask->url, ask->format, &error);
  if (!message)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  if (ask->question.long_list)
    plan.most_bytes *= 2;
  mention_memory (self, ask, message);
  komek_exchange_async (self->session, message, &plan, self->clock, g_task_get_cancellable (task),
                        on_exchanged, task);
}

/**
 * komek_geo_report_ask:
 * @task: (transfer full): of the client; returns what the reader reads
 *
 * Reads something from the city.
 */
void
komek_geo_report_ask (KomekGeoReport *self, GTask *task, const KomekQuestion *question)
{
  Ask *ask = g_new0 (Ask, 1);

  ask->question = *question;
  ask->base = g_strdup (question->base);
  ask->path = g_strdup (question->path);
  ask->query = g_strdup (question->query);
  ask->zone = g_time_zone_ref (self->zone);
  ask->format = komek_geo_report_get_format (self, question->call);
  g_task_set_task_data (task, ask, (GDestroyNotify) ask_free);
  send (task);
}

/**
 * komek_geo_report_peek_answer:
 * @task: one that komek_geo_report_ask() has taken
 *
 * Returns: (transfer none) (nullable): the last answer to it
 */
const KomekAnswer *
komek_geo_report_peek_answer (GTask *task)
{
  const Ask *ask = g_task_get_task_data (task);

  return ask ? ask->answer : NULL;
}

/* The status in the format that was asked for first, 0 where there was no second. */
guint
komek_geo_report_get_former_status (GTask *task)
{
  const Ask *ask = g_task_get_task_data (task);

  return ask->former;
}
