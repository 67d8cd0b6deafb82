/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-city.h"

#include <string.h>

#include "komek-service.h"
#include "komek-update.h"
#include "komek-wire-city.h"
#include "komek-wire-error.h"
#include "komek-wire-filing.h"
#include "komek-wire-form.h"
#include "komek-wire-request.h"
#include "komek-wire-service.h"
#include "komek-wire-time.h"
#include "komek-wire-update.h"

#define ROOT "/open311/v2/"
#define USUAL_PAGE_SIZE 100

typedef struct
{
  guint      status;
  char      *type;
  char      *body;
  FakeManner manner;
} Saying;

static void
saying_free (Saying *self)
{
  g_free (self->type);
  g_free (self->body);
  g_free (self);
}

static void
answer (SoupServerMessage *message, guint status, GBytes *body)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json; charset=utf-8", SOUP_MEMORY_COPY,
                                    g_bytes_get_data (body, NULL), g_bytes_get_size (body));
}

static void
refuse (SoupServerMessage *message, guint status, const char *words)
{
  g_autoptr (GBytes) body = komek_wire_write_error (status, words, KOMEK_WIRE_JSON);

  answer (message, status, body);
}

/* Says what it says by hand, for the server itself would keep its promises. */
static void
break_off (FakeCity *self, SoupServerMessage *message, const Saying *saying)
{
  g_autoptr (GIOStream) connection = soup_server_message_steal_connection (message);
  GOutputStream *output = g_io_stream_get_output_stream (connection);
  g_autofree char *text =
    g_strdup_printf ("HTTP/1.1 %u OK\r\nContent-Type: %s\r\nContent-Length: %zu\r\n\r\n%.*s",
                     saying->status, saying->type, strlen (saying->body),
                     (int) strlen (saying->body) / 2, saying->body);

  g_output_stream_write_all (output, text, strlen (text), NULL, NULL, NULL);
  if (saying->manner == FAKE_CITY_CUTS)
    g_io_stream_close (connection, NULL, NULL);
  else
    g_ptr_array_add (self->held, g_steal_pointer (&connection));
}

static void
say (FakeCity *self, SoupServerMessage *message, const Saying *saying)
{
  if (saying->manner != FAKE_CITY_ANSWERS)
    {
      break_off (self, message, saying);
      return;
    }
  soup_server_message_set_status (message, saying->status, NULL);
  if (saying->status >= 300 && saying->status < 400)
    soup_message_headers_append (soup_server_message_get_response_headers (message), "Location",
                                 saying->body);
  else
    soup_server_message_set_response (message, saying->type, SOUP_MEMORY_COPY, saying->body,
                                      strlen (saying->body));
}

static guint
read_count (GHashTable *query, const char *name, guint otherwise)
{
  const char *text = query ? g_hash_table_lookup (query, name) : NULL;

  return text ? g_ascii_strtoull (text, NULL, 10) : otherwise;
}

static int
compare_requested (gconstpointer a, gconstpointer b)
{
  const KomekRequestFields *x = komek_request_peek (*(KomekRequest **) a);
  const KomekRequestFields *y = komek_request_peek (*(KomekRequest **) b);

  return (x->requested < y->requested) - (x->requested > y->requested);
}

static int
compare_updated (gconstpointer a, gconstpointer b)
{
  const KomekRequestFields *x = komek_request_peek (*(KomekRequest **) a);
  const KomekRequestFields *y = komek_request_peek (*(KomekRequest **) b);

  return (x->updated > y->updated) - (x->updated < y->updated);
}

static void
list_requests (FakeCity *self, SoupServerMessage *message, GHashTable *query)
{
  const char *text = query ? g_hash_table_lookup (query, "updated_after") : NULL;
  gint64 after = text ? komek_wire_read_time (text, NULL) : 0;
  guint size = read_count (query, "page_size", USUAL_PAGE_SIZE);
  guint first = (read_count (query, "page", 1) - 1) * size;
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  g_autoptr (GPtrArray) page = g_ptr_array_new ();
  g_autoptr (GBytes) body = NULL;

  for (guint i = 0; i < self->requests->len; i++)
    if (komek_request_peek (self->requests->pdata[i])->updated >= after)
      g_ptr_array_add (found, self->requests->pdata[i]);
  g_ptr_array_sort (found, after ? compare_updated : compare_requested);
  for (guint i = first; i < MIN (first + size, found->len); i++)
    g_ptr_array_add (page, found->pdata[i]);
  body = komek_wire_write_requests (page, komek_city_get_zone (self->city), !self->plain,
                                    KOMEK_WIRE_JSON);
  answer (message, 200, body);
}

static KomekRequest *
find (FakeCity *self, const char *number)
{
  for (guint i = 0; i < self->requests->len; i++)
    if (g_str_equal (komek_request_get_number (self->requests->pdata[i]), number))
      return self->requests->pdata[i];
  return NULL;
}

static void
show_request (FakeCity *self, SoupServerMessage *message, const char *name)
{
  g_autofree char *number = g_strndup (name, strlen (name) - strlen (".json"));
  KomekRequest *request = find (self, number);
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  g_autoptr (GBytes) body = NULL;

  if (!request)
    {
      refuse (message, 404, "There is no such request.");
      return;
    }
  g_ptr_array_add (list, request);
  body = komek_wire_write_requests (list, komek_city_get_zone (self->city), !self->plain,
                                    KOMEK_WIRE_JSON);
  answer (message, 200, body);
}

static void
show_updates (FakeCity *self, SoupServerMessage *message, GHashTable *query)
{
  const char *number = query ? g_hash_table_lookup (query, "service_request_id") : NULL;
  GPtrArray *updates = number ? g_hash_table_lookup (self->histories, number) : NULL;
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GBytes) body = komek_wire_write_updates (
    updates ? updates : none, komek_city_get_zone (self->city), !self->plain,
    KOMEK_WIRE_JSON);

  answer (message, 200, body);
}

static char *
file (FakeCity *self, const KomekWireForm *form)
{
  char *number = g_strdup_printf ("F-%u", g_hash_table_size (self->filed) + 1);

  g_hash_table_insert (self->filed, g_strdup (form->key), g_strdup (number));
  g_ptr_array_add (self->requests, komek_request_new (&(KomekRequestFields) {
    .number = number, .service = form->service, .text = form->text, .place = form->place,
    .requested = self->now, .updated = self->now, .due = self->now + 86400 }));
  return number;
}

static void
take_filing (FakeCity *self, SoupServerMessage *message)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autoptr (GBytes) bytes = soup_message_body_flatten (body);
  g_autoptr (KomekWireForm) form = komek_wire_read_form (bytes, NULL);
  const char *known = g_hash_table_lookup (self->filed, form->key);
  KomekWireFiling filing = { 0 };
  g_autoptr (GBytes) reply = NULL;

  if (!form->text)
    {
      refuse (message, 400, "A description is needed.");
      return;
    }
  filing.number = known ? g_strdup (known) : file (self, form);
  filing.key = self->plain ? NULL : form->key;
  reply = komek_wire_write_filing (&filing, KOMEK_WIRE_JSON);
  g_free (filing.number);
  if (self->deaf)
    break_off (self, message, &(Saying) { 201, "application/json", "[]", FAKE_CITY_CUTS });
  else
    answer (message, known ? 200 : 201, reply);
}

static void
show_city (FakeCity *self, SoupServerMessage *message)
{
  KomekWireEndpoint endpoint = { .url = self->url, .json = TRUE };
  g_autoptr (GPtrArray) endpoints = g_ptr_array_new ();
  g_autoptr (GBytes) body = NULL;

  g_ptr_array_add (endpoints, &endpoint);
  body = komek_wire_write_city (self->city, endpoints, "-", "-", KOMEK_WIRE_JSON);

  answer (message, 200, body);
}

static void
list_services (FakeCity *self, SoupServerMessage *message)
{
  g_autoptr (GBytes) body =
    komek_wire_write_services (self->services, KOMEK_LANGUAGE_ENGLISH, !self->plain, FALSE,
                               KOMEK_WIRE_JSON);

  answer (message, 200, body);
}

static void
take_note (FakeCity *self, SoupServerMessage *message, const char *name)
{
  const char *query = g_uri_get_query (soup_server_message_get_uri (message));

  g_ptr_array_add (self->log, g_strconcat (soup_server_message_get_method (message), " ", name,
                                           query ? "?" : NULL, query, NULL));
}

static void
on_asked (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query,
          gpointer data)
{
  FakeCity *self = data;
  const char *name = g_str_has_prefix (path, ROOT) ? path + strlen (ROOT) : path;
  const char *method = soup_server_message_get_method (message);
  g_autofree char *question = g_strconcat (method, " ", name, NULL);
  const Saying *saying = g_hash_table_lookup (self->answers, question);

  take_note (self, message, name);
  if (self->left == 0)
    refuse (message, 503, "The city is closed for today.");
  else if (saying)
    say (self, message, saying);
  else if (g_str_equal (question, "POST requests.json"))
    take_filing (self, message);
  else if (g_str_equal (name, "discovery.json"))
    show_city (self, message);
  else if (g_str_equal (name, "services.json"))
    list_services (self, message);
  else if (g_str_equal (name, "requests.json"))
    list_requests (self, message, query);
  else if (g_str_has_prefix (name, "requests/"))
    show_request (self, message, name + strlen ("requests/"));
  else if (g_str_equal (name, "servicerequestupdates.json"))
    show_updates (self, message, query);
  else
    refuse (message, 404, "There is nothing here.");
  self->left = MAX (self->left - 1, MIN (self->left, 0));
}

/* Opens its doors, after closing at the same address. */
void
fake_city_open (FakeCity *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GUri) uri = NULL;
  GSList *uris;

  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, on_asked, self, NULL);
  soup_server_listen_local (self->server, self->port, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->server);
  self->port = g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  g_free (self->url);
  self->url = g_strdup_printf ("http://127.0.0.1:%u" ROOT, self->port);
}

/* As if it were killed. */
void
fake_city_close (FakeCity *self)
{
  if (self->server)
    soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  g_ptr_array_set_size (self->held, 0);
}

void
fake_city_rename (FakeCity *self, const char *id, const char *changeset)
{
  g_autoptr (KomekLabel) name = komek_label_new ("Қала", "Город", "City");
  g_autoptr (KomekLabel) first = komek_label_new ("Жаңа", "Новый", "New");

  g_clear_object (&self->city);
  self->city = komek_city_new (&(KomekCityFields) {
    .id = id, .name = name, .changeset = changeset, .public_url = "https://komek.example" });
  komek_city_add (self->city, KOMEK_CITY_STATUSES, "new", first);
}

FakeCity *
fake_city_new (const char *id, const char *changeset)
{
  FakeCity *self = g_new0 (FakeCity, 1);
  g_autoptr (KomekLabel) name = komek_label_new ("Шұңқыр", "Яма", "Pothole");

  self->now = 1790000000;
  self->left = -1;
  self->held = g_ptr_array_new_with_free_func (g_object_unref);
  self->log = g_ptr_array_new_with_free_func (g_free);
  self->filed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->requests = g_ptr_array_new_with_free_func (g_object_unref);
  self->services = g_ptr_array_new_with_free_func (g_object_unref);
  self->histories = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                           (GDestroyNotify) g_ptr_array_unref);
  self->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                         (GDestroyNotify) saying_free);
  g_ptr_array_add (self->services, komek_service_new (&(KomekServiceFields) {
    .code = "ROA.pothole", .name = name, .needs_place = TRUE }));
  fake_city_rename (self, id, changeset);
  fake_city_open (self);
  return self;
}

void
fake_city_free (FakeCity *self)
{
  fake_city_close (self);
  g_ptr_array_unref (self->held);
  g_ptr_array_unref (self->log);
  g_ptr_array_unref (self->requests);
  g_ptr_array_unref (self->services);
  g_hash_table_unref (self->filed);
  g_hash_table_unref (self->histories);
  g_hash_table_unref (self->answers);
  g_clear_object (&self->city);
  g_free (self->url);
  g_free (self);
}

/* Adds a request or, where there is one of that number, puts it in its place. */
void
fake_city_add (FakeCity *self, const char *number, const char *text, gint64 requested,
               gint64 updated, KomekStatus status)
{
  KomekRequest *former = find (self, number);

  if (former)
    g_ptr_array_remove (self->requests, former);
  g_ptr_array_add (self->requests, komek_request_new (&(KomekRequestFields) {
    .number = number, .service = "ROA.pothole", .text = text, .status = status,
    .requested = requested, .updated = updated }));
}

/* Numbers 1, 2, … from the oldest, a minute apart. */
void
fake_city_add_many (FakeCity *self, guint n_requests, gint64 first)
{
  for (guint i = 0; i < n_requests; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i + 1);

      g_ptr_array_add (self->requests, komek_request_new (&(KomekRequestFields) {
        .number = number, .service = "ROA.pothole", .text = "Шұңқыр",
        .requested = first + i * 60, .updated = first + i * 60 }));
    }
}

void
fake_city_add_update (FakeCity *self, const char *number, const char *text, gint64 time,
                      KomekStatus status)
{
  GPtrArray *updates = g_hash_table_lookup (self->histories, number);
  g_autofree char *id = NULL;

  if (!updates)
    {
      updates = g_ptr_array_new_with_free_func (g_object_unref);
      g_hash_table_insert (self->histories, g_strdup (number), updates);
    }
  id = g_strdup_printf ("%s/%u", number, updates->len + 1);
  g_ptr_array_add (updates, komek_update_new (id, number, status, time, text, "roads", FALSE));
}

/**
 * fake_city_say:
 * @question: the method and the name: "GET services.json"
 * @body: (nullable): where a redirect leads to, else the answer; %NULL for no longer any of this
 *
 * Puts an answer into its mouth.
 */
void
fake_city_say (FakeCity *self, const char *question, guint status, const char *type,
               const char *body, FakeManner manner)
{
  Saying *saying;

  g_hash_table_remove (self->answers, question);
  if (!body)
    return;
  saying = g_new (Saying, 1);
  *saying = (Saying) { status, g_strdup (type), g_strdup (body), manner };
  g_hash_table_insert (self->answers, g_strdup (question), saying);
}

/* How many questions began so. */
guint
fake_city_count (FakeCity *self, const char *beginning)
{
  guint count = 0;

  for (guint i = 0; i < self->log->len; i++)
    if (g_str_has_prefix (self->log->pdata[i], beginning))
      count++;
  return count;
}

/* All questions so far, a line each; for messages of tests that fail. */
char *
fake_city_dup_log (FakeCity *self)
{
  g_autoptr (GString) lines = g_string_new (NULL);

  for (guint i = 0; i < self->log->len; i++)
    g_string_append_printf (lines, "%s\n", (char *) self->log->pdata[i]);
  return g_string_free (g_steal_pointer (&lines), FALSE);
}
