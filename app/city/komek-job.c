/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-job.h"

#include <string.h>

#include "komek-refusal.h"
#include "komek-report.h"
#include "komek-site.h"

/* Below this a compressed answer hardly saves a packet. */
#define MIN_GZIP 1024

/* The fastest: three times as fast as the usual one for an eighth more bytes. */
#define GZIP_LEVEL 1

/* What is not in the storage but in an answer, such as a deadline that has
 * passed, changes with the day. */
#define DAY_SECONDS 86400

void
komek_job_free (KomekJob *self)
{
  komek_gate_leave (self->gate, self->call);
  g_object_unref (self->message);
  komek_call_free (self->call);
  g_free (self->arrival.address);
  g_free (self->arrival.api_key);
  g_clear_pointer (&self->reply, komek_reply_free);
  g_clear_pointer (&self->spare, komek_job_free);
  g_free (self);
}

static gboolean
is_interface (const KomekCall *call)
{
  return g_str_has_prefix (call->path, KOMEK_ROUTES_BASE);
}

static KomekReply *
reply_error (KomekJob *self, const GError *error)
{
  const KomekCall *call = self->call;
  KomekReply *reply;

  self->failed = error->domain != KOMEK_REFUSAL;
  if (self->failed)
    g_message ("%s %s: %s", call->method, self->route ? self->route->path : "", error->message);
  reply = is_interface (call) ? komek_report_error (call, error) : komek_site_error (call, error);
  reply->retry_after = reply->status == 429 ? MAX (self->allowance.retry_after, 1)
                                            : komek_refusal_get_delay (error);
  return reply;
}

/* A weak one: the same answer may be sent compressed or not. */
static char *
dup_city_etag (const KomekJob *self)
{
  const KomekCall *call = self->call;
  gint64 day = komek_clock_now (call->office->clock) / DAY_SECONDS;
  gint64 stamp;

  if (self->route->kind != KOMEK_ROUTE_READ
      || !komek_storage_get_stamp (call->office->storage, &stamp, NULL))
    return NULL;
  return g_strdup_printf ("W/\"%s-%" G_GINT64_MODIFIER "x-%" G_GINT64_MODIFIER "x-%u%u\"",
                          self->edition, stamp, day, call->language, call->client->role);
}

/* FNV-1a by eight bytes at a time; the shift brings what differs high up in a
 * word down to where the next multiplication carries it on. */
static guint64
sum_up (const guint8 *bytes, gsize size)
{
  guint64 sum = G_GUINT64_CONSTANT (0xcbf29ce484222325) ^ size, word;

  for (gsize i = 0; i < size; i += sizeof word)
    {
      word = 0;
      memcpy (&word, bytes + i, MIN (sizeof word, size - i));
      sum = (sum ^ word) * G_GUINT64_CONSTANT (0x100000001b3);
      sum ^= sum >> 32;
    }
  return sum;
}

/* What is cheap to work out is told from others by what it says. */
static char *
dup_body_etag (GBytes *body)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (body, &size);

  return g_strdup_printf ("W/\"%016" G_GINT64_MODIFIER "x\"", sum_up (bytes, size));
}

/* Whoever has one of several states names them all, with commas between. */
static gboolean
matches (const char *list, const char *etag)
{
  return list && etag && (strcmp (list, "*") == 0 || strstr (list, etag));
}

static KomekReply *
answer_anew (KomekJob *self, GError **error)
{
  KomekReply *reply = self->route->answer (self->call, error);

  if (!reply || reply->status != 200 || reply->etag
      || (self->route->kind != KOMEK_ROUTE_PEEK && self->route->kind != KOMEK_ROUTE_TELL))
    return reply;
  reply->etag = dup_body_etag (reply->body);
  if (matches (self->call->match, reply->etag))
    {
      reply->status = 304;
      reply->type = NULL;
      g_clear_pointer (&reply->body, g_bytes_unref);
    }
  return reply;
}

static KomekReply *
answer (KomekJob *self, GError **error)
{
  g_autofree char *etag = NULL;
  KomekReply *reply;

  if (!self->route)
    self->route = komek_routes_open (self->call, error);
  if (!self->route || !komek_gate_admit (self->gate, self->call, self->route, &self->arrival,
                                         &self->allowance, error))
    return NULL;
  etag = dup_city_etag (self);
  if (matches (self->call->match, etag))
    reply = komek_reply_new (304, NULL, NULL);
  else
    reply = answer_anew (self, error);
  if (reply && !reply->etag && (reply->status == 200 || reply->status == 304))
    reply->etag = g_steal_pointer (&etag);
  return reply;
}

static GBytes *
compress (GBytes *body)
{
  g_autoptr (GZlibCompressor) compressor =
    g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, GZIP_LEVEL);
  gsize size = g_bytes_get_size (body), read, written;
  /* What cannot be compressed grows by a few bytes for each 16 kB. */
  gsize room = size + size / 1000 + 64;
  char *buffer = g_malloc (room);

  if (g_converter_convert (G_CONVERTER (compressor), g_bytes_get_data (body, NULL), size, buffer,
                           room, G_CONVERTER_INPUT_AT_END, &read, &written, NULL)
        == G_CONVERTER_FINISHED
      && read == size)
    return g_bytes_new_take (buffer, written);
  g_free (buffer);
  return NULL;
}

/* A photo is compressed as it is. */
static gboolean
is_text (const char *type)
{
  return type && (g_str_has_prefix (type, "text/") || g_str_has_prefix (type, "application/"));
}

static void
pack (KomekJob *self)
{
  GBytes *body = self->reply->body, *packed;

  if (!self->call->gzip || !body || g_bytes_get_size (body) < MIN_GZIP
      || !is_text (self->reply->type) || !(packed = compress (body)))
    return;
  g_bytes_unref (body);
  self->reply->body = packed;
  self->gzip = TRUE;
}

/**
 * komek_job_work:
 *
 * Works out the answer. Blocks, in any thread.
 */
void
komek_job_work (KomekJob *self)
{
  g_autoptr (GError) error = NULL;

  self->reply = answer (self, &error);
  if (!self->reply)
    self->reply = reply_error (self, error);
  pack (self);
}

/**
 * komek_job_refuse:
 * @refusal: a #KomekRefusal
 *
 * Says no instead of whatever the answer was.
 */
void
komek_job_refuse (KomekJob *self, int refusal)
{
  g_autoptr (GError) error = g_error_new_literal (KOMEK_REFUSAL, refusal, "Refused");

  g_clear_pointer (&self->reply, komek_reply_free);
  self->gzip = FALSE;
  self->reply = reply_error (self, error);
}

static void
set_count (SoupMessageHeaders *headers, const char *name, guint count)
{
  char digits[16];

  g_snprintf (digits, sizeof digits, "%u", count);
  soup_message_headers_replace (headers, name, digits);
}

/* The fields of draft-ietf-httpapi-ratelimit-headers. */
static void
add_limits (const KomekJob *self, SoupMessageHeaders *headers)
{
  const KomekAllowance *left = &self->allowance;
  const char *name = strcmp (self->call->method, "GET") == 0 ? "read" : "file";
  char text[96];

  if (left->limit == 0)
    return;
  g_snprintf (text, sizeof text, "\"%s\";q=%u;w=%u", name, left->limit, left->window);
  soup_message_headers_replace (headers, "RateLimit-Policy", text);
  g_snprintf (text, sizeof text, "\"%s\";r=%u;t=%u", name, left->remaining, left->reset);
  soup_message_headers_replace (headers, "RateLimit", text);
}

static void
add_header (SoupMessageHeaders *headers, const char *name, const char *value)
{
  if (value)
    soup_message_headers_append (headers, name, value);
}

/* There is no Access-Control-Allow-Origin: GeoReport does not ask for it, the
 * pages of the city call nothing, and a kiosk is no browser. Whoever wants to
 * serve strangers' pages says so in the proxy. */
static void
add_headers (const KomekJob *self, const KomekReply *reply, SoupMessageHeaders *headers)
{
  g_autofree char *methods =
    reply->status == 405 ? komek_routes_list_methods (self->call->path) : NULL;

  add_header (headers, "Allow", methods);
  add_header (headers, "Location", reply->location);
  add_header (headers, "Link", reply->link);
  add_header (headers, "ETag", reply->etag);
  add_header (headers, "Content-Disposition", reply->disposition);
  add_header (headers, "Content-Language", komek_language_get_code (self->call->language));
  add_header (headers, "Vary", "Accept, Accept-Encoding, Accept-Language, Authorization");
  add_header (headers, "Cache-Control", reply->cache ? reply->cache : "no-cache");
  add_header (headers, "X-Content-Type-Options", "nosniff");
  if (!is_interface (self->call))
    {
      add_header (headers, "Referrer-Policy", "no-referrer");
      add_header (headers, "Content-Security-Policy", KOMEK_SITE_POLICY);
    }
  if (reply->retry_after > 0)
    set_count (headers, "Retry-After", reply->retry_after);
}

/**
 * komek_job_send_instead:
 * @reply: what to say while the job's own reply is still worked out
 *
 * Answers the message, in the thread that it belongs to.
 */
void
komek_job_send_instead (KomekJob *self, const KomekReply *reply)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (self->message);

  soup_server_message_set_status (self->message, reply->status, NULL);
  add_headers (self, reply, headers);
  if (reply->type)
    soup_message_headers_set_content_type (headers, reply->type, NULL);
  if (reply->body)
    soup_message_body_append_bytes (soup_server_message_get_response_body (self->message),
                                    reply->body);
}

/**
 * komek_job_send:
 *
 * Gives the reply to the message, in the thread that the message belongs to.
 */
void
komek_job_send (KomekJob *self)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (self->message);

  komek_job_send_instead (self, self->reply);
  add_header (headers, "Content-Encoding", self->gzip ? "gzip" : NULL);
  add_limits (self, headers);
}
