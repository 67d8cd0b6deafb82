/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-server.h"

#include <libsoup/soup.h>
#include <string.h>

#include "komek-call.h"
#include "komek-refusal.h"
#include "komek-reply.h"
#include "komek-report.h"
#include "komek-routes.h"
#include "komek-site.h"

/* A filing of 4,000 letters of Cyrillic, each escaped to six signs, is 24 kB. */
#define MAX_BODY (1024 * 1024)

/**
 * KomekServer:
 *
 * Answers over HTTP: the GeoReport interface below /open311/v2/ and the public web pages.
 *
 * Reading the calls and sending the answers is the main loop's; what an answer
 * says is worked out in a thread, so that a slow one holds up nobody.
 */
struct _KomekServer
{
  GObject      parent;
  KomekOffice *office;
  SoupServer  *soup;
};

G_DEFINE_FINAL_TYPE (KomekServer, komek_server, G_TYPE_OBJECT)

static KomekReply *
answer_call (KomekCall *call, GError **error)
{
  const KomekRoute *route = komek_routes_open (call, error);

  return route ? route->answer (call, error) : NULL;
}

static KomekReply *
answer_error (const KomekCall *call, const GError *error)
{
  if (komek_refusal_get_http_status (error) >= 500)
    g_warning ("%s %s: %s", call->method, call->path, error->message);
  return g_str_has_prefix (call->path, KOMEK_SERVER_BASE) ? komek_report_error (call, error)
                                                          : komek_site_error (call, error);
}

static void
work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  KomekCall *call = data;
  g_autoptr (GError) error = NULL;
  KomekReply *reply = answer_call (call, &error);

  g_task_return_pointer (task, reply ? reply : answer_error (call, error),
                         (GDestroyNotify) komek_reply_free);
}

static void
add_headers (SoupServerMessage *message, const KomekCall *call, const KomekReply *reply)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autofree char *methods = reply->status == 405 ? komek_routes_list_methods (call->path) : NULL;

  if (methods)
    soup_message_headers_replace (headers, "Allow", methods);
  if (reply->location)
    soup_message_headers_replace (headers, "Location", reply->location);
  if (reply->link)
    soup_message_headers_replace (headers, "Link", reply->link);
  if (reply->etag)
    soup_message_headers_replace (headers, "ETag", reply->etag);
  soup_message_headers_replace (headers, "Content-Language",
                                komek_language_get_code (call->language));
  soup_message_headers_replace (headers, "Vary", "Accept-Language");
  soup_message_headers_replace (headers, "Cache-Control",
                                reply->cache ? reply->cache : "no-cache");
  soup_message_headers_replace (headers, "X-Content-Type-Options", "nosniff");
  soup_message_headers_replace (headers, "Referrer-Policy", "no-referrer");
  soup_message_headers_replace (headers, "Content-Security-Policy", KOMEK_SITE_POLICY);
}

static void
on_answer_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SoupServerMessage) message = data;
  g_autoptr (KomekReply) reply = g_task_propagate_pointer (G_TASK (result), NULL);
  KomekCall *call = g_task_get_task_data (G_TASK (result));

  soup_server_message_set_status (message, reply->status, NULL);
  add_headers (message, call, reply);
  if (reply->body)
    {
      soup_message_headers_set_content_type (soup_server_message_get_response_headers (message),
                                             reply->type, NULL);
      soup_message_body_append_bytes (soup_server_message_get_response_body (message),
                                      reply->body);
    }
  soup_server_message_unpause (message);
}

static void
on_call (SoupServer *soup, SoupServerMessage *message, const char *path, GHashTable *arguments,
         gpointer data)
{
  KomekServer *self = data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  g_autoptr (GBytes) body =
    soup_message_body_flatten (soup_server_message_get_request_body (message));
  g_autoptr (GTask) task = g_task_new (self, NULL, on_answer_ready, g_object_ref (message));
  KomekCall *call =
    komek_call_new (self->office, soup_server_message_get_method (message), path, arguments,
                    headers, body);

  g_task_set_source_tag (task, on_call);
  g_task_set_task_data (task, call, (GDestroyNotify) komek_call_free);
  soup_server_message_pause (message);
  g_task_run_in_thread (task, work);
}

/* A status alone would not stop libsoup from reading the body into memory. */
static void
hang_up (SoupServerMessage *message)
{
  GSocket *socket = soup_server_message_get_socket (message);

  if (socket)
    g_socket_close (socket, NULL);
}

static void
on_got_headers (SoupServerMessage *message, gpointer data)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  if (soup_message_headers_get_content_length (headers) > MAX_BODY)
    hang_up (message);
}

/* A chunked body does not say how long it will be. */
static void
on_got_chunk (SoupServerMessage *message, GBytes *chunk, gpointer data)
{
  if (soup_server_message_get_request_body (message)->length > MAX_BODY)
    hang_up (message);
}

static void
on_request_started (SoupServer *soup, SoupServerMessage *message, gpointer data)
{
  g_signal_connect (message, "got-headers", G_CALLBACK (on_got_headers), NULL);
  g_signal_connect (message, "got-chunk", G_CALLBACK (on_got_chunk), NULL);
}

static void
komek_server_dispose (GObject *object)
{
  KomekServer *self = KOMEK_SERVER (object);

  if (self->soup)
    soup_server_disconnect (self->soup);
  g_clear_object (&self->soup);
  G_OBJECT_CLASS (komek_server_parent_class)->dispose (object);
}

static void
komek_server_class_init (KomekServerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = komek_server_dispose;
}

static void
komek_server_init (KomekServer *self)
{
  self->soup = soup_server_new ("server-header", "komek-city", NULL);
  soup_server_add_handler (self->soup, NULL, on_call, self, NULL);
  g_signal_connect (self->soup, "request-started", G_CALLBACK (on_request_started), NULL);
}

/**
 * komek_server_new:
 * @office: must live as long as the server
 *
 * Returns: (transfer full): a server that does not listen yet
 */
KomekServer *
komek_server_new (KomekOffice *office)
{
  KomekServer *self = g_object_new (KOMEK_TYPE_SERVER, NULL);

  self->office = office;
  return self;
}

/**
 * komek_server_listen:
 *
 * Accepts calls at @address, which may leave the port open, from now on.
 */
gboolean
komek_server_listen (KomekServer *self, GSocketAddress *address, GError **error)
{
  g_return_val_if_fail (KOMEK_IS_SERVER (self), FALSE);

  return soup_server_listen (self->soup, address, 0, error);
}

/**
 * komek_server_dup_address:
 *
 * Returns: (transfer full): where the interface answers, with a slash at the end
 */
char *
komek_server_dup_address (KomekServer *self)
{
  GSList *uris;
  g_autofree char *host = NULL;
  char *address;

  g_return_val_if_fail (KOMEK_IS_SERVER (self), NULL);

  uris = soup_server_get_uris (self->soup);
  host = g_uri_to_string (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  if (g_str_has_suffix (host, "/"))
    host[strlen (host) - 1] = '\0';
  address = g_strconcat (host, KOMEK_SERVER_BASE, NULL);
  return address;
}

/**
 * komek_server_close:
 *
 * Stops accepting calls.
 */
void
komek_server_close (KomekServer *self)
{
  g_return_if_fail (KOMEK_IS_SERVER (self));

  soup_server_disconnect (self->soup);
}
