/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-geo-report-private.h"

#include <string.h>

/* How a client writes to a city: like asking, but what becomes of it is decided
 * by one table, nothing follows a redirection, and it goes out a second time by
 * itself only where the first answer leaves no doubt that nothing was taken:
 * the key is wanted in the address, or there is no such address in this format. */

/* An answer to something written is a few lines. */
#define MOST_BYTES (256 * 1024)

typedef struct
{
  KomekWriting      writing;
  char             *path;
  char             *query;
  char             *key;
  char             *type;
  GBytes           *body;
  KomekWireFormat   format;
  KomekFilingReply *first; /* in the first format */
} Write;

static void
write_free (Write *self)
{
  g_free (self->path);
  g_free (self->query);
  g_free (self->key);
  g_free (self->type);
  g_bytes_unref (self->body);
  g_clear_pointer (&self->first, komek_filing_reply_free);
  g_free (self);
}

static void send (GTask *task);

/**
 * komek_geo_report_judge:
 *
 * Returns: (transfer full): what became of something, of which @answer tells
 */
KomekFilingReply *
komek_geo_report_judge (KomekGeoReport *self, const KomekAnswer *answer, const char *key,
                        KomekReplyReader reader)
{
  return komek_filing_reply_decide_by (&(KomekRawReply) {
    .transport = answer->transport,
    .status = answer->status,
    .type = answer->type,
    .retry_after = answer->retry_after,
    .date = answer->date,
    .body = answer->body,
    .key = key,
    .echoes = komek_geo_report_can (self, KOMEK_ABILITY_IDEMPOTENCY),
    .cause = komek_answer_find_cause (answer),
    .what = answer->what,
  }, reader);
}

static gboolean
needs_key (KomekGeoReport *self, const KomekFilingReply *reply)
{
  return self->api_key && !self->keyed && (reply->status == 401 || reply->status == 403);
}

static gboolean
may_switch (KomekGeoReport *self, const Write *write, const KomekFilingReply *reply)
{
  return !self->proven[write->writing.call] && !write->first
         && (reply->status == 404 || reply->status == 405 || reply->status == 406
             || reply->status == 415);
}

/* Takes the task and the reply. */
static void
end (GTask *task, KomekFilingReply *reply)
{
  KomekGeoReport *self = g_task_get_source_object (task);
  Write *write = g_task_get_task_data (task);
  gboolean taken = reply->kind == KOMEK_FILING_DONE || reply->kind == KOMEK_FILING_TOKEN;

  if (taken)
    komek_geo_report_prove_format (self, write->writing.call, write->format);
  else if (write->first && reply->status == write->first->status)
    {
      komek_filing_reply_free (reply);
      reply = g_steal_pointer (&write->first);
    }
  g_task_return_pointer (task, reply, (GDestroyNotify) komek_filing_reply_free);
  g_object_unref (task);
}

static void
on_exchanged (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  KomekGeoReport *self = g_task_get_source_object (task);
  Write *write = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (KomekAnswer) answer = komek_exchange_finish (result, &error);
  KomekFilingReply *reply;

  if (!answer)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  reply = komek_geo_report_judge (self, answer, write->key, write->writing.reader);
  if (needs_key (self, reply))
    {
      komek_filing_reply_free (reply);
      self->keyed = TRUE;
      send (task);
    }
  else if (may_switch (self, write, reply))
    {
      write->first = reply;
      write->format = write->format == KOMEK_WIRE_XML ? KOMEK_WIRE_JSON : KOMEK_WIRE_XML;
      send (task);
    }
  else
    end (task, reply);
}

/* On a connection that the city has closed meanwhile nobody could tell whether something arrived,
 * which matters to a city that does not know keys. */
static void
set_flags (KomekGeoReport *self, SoupMessage *message)
{
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  if (!komek_geo_report_can (self, KOMEK_ABILITY_IDEMPOTENCY))
    soup_message_add_flags (message, SOUP_MESSAGE_NEW_CONNECTION);
}

static void
mention_key (SoupMessage *message, const char *key)
{
  g_autofree char *quoted = key ? g_strdup_printf ("\"%s\"", key) : NULL;

  if (quoted)
    soup_message_headers_append (soup_message_get_request_headers (message), "Idempotency-Key",
                                 quoted);
}

/* Takes the task. */
static void
send (GTask *task)
{
  KomekGeoReport *self = g_task_get_source_object (task);
  Write *write = g_task_get_task_data (task);
  KomekExchangePlan plan = { write->writing.total, self->limits.connect,
                             MIN (self->limits.most_bytes, MOST_BYTES) };
  g_autofree char *url =
    komek_geo_report_dup_address (self, self->endpoint, write->path, write->query, write->format);
  GError *error = NULL;
  g_autoptr (SoupMessage) message =
    komek_geo_report_make_message (self, write->writing.method, url, write->format, &error);

  if (!message)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  set_flags (self, message);
  mention_key (message, write->key);
  soup_message_set_request_body_from_bytes (message, write->type, write->body);
  komek_exchange_async (self->session, message, &plan, self->clock, g_task_get_cancellable (task),
                        on_exchanged, task);
}

/**
 * komek_geo_report_write:
 * @task: (transfer full): of the client; returns a #KomekFilingReply, or fails where it is
 *   cancelled or the city's address is none
 *
 * Writes something to the city.
 */
void
komek_geo_report_write (KomekGeoReport *self, GTask *task, const KomekWriting *writing)
{
  Write *write = g_new0 (Write, 1);

  write->writing = *writing;
  write->path = g_strdup (writing->path);
  write->query = g_strdup (writing->query);
  write->key = g_strdup (writing->key);
  write->type = g_strdup (writing->type);
  write->body = g_bytes_ref (writing->body);
  write->format = komek_geo_report_get_format (self, writing->call);
  g_task_set_task_data (task, write, (GDestroyNotify) write_free);
  send (task);
}
