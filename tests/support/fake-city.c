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
#include "komek-wire-token.h"
#include "komek-wire-update.h"
#include "listen-here.h"

#define ROOT "/open311/v2/"
#define USUAL_PAGE_SIZE 100

typedef struct
{
  guint      status;
  char      *type;
  char      *body;
  gsize      length;
  FakeManner manner;
  char      *header; /* one more */
  char      *value;
} Saying;

static void
saying_free (Saying *self)
{
  g_free (self->type);
  g_free (self->body);
  g_free (self->header);
  g_free (self->value);
  g_free (self);
}

static KomekWireFormat
find_format (SoupServerMessage *message)
{
  const char *path = g_uri_get_path (soup_server_message_get_uri (message));

  return g_str_has_suffix (path, ".xml") ? KOMEK_WIRE_XML : KOMEK_WIRE_JSON;
}

static void
answer (SoupServerMessage *message, guint status, GBytes *body)
{
  const char *type = komek_wire_format_get_type_name (find_format (message));

  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, type, SOUP_MEMORY_COPY, g_bytes_get_data (body, NULL),
                                    g_bytes_get_size (body));
}

static void
refuse (SoupServerMessage *message, guint status, const char *words)
{
  g_autoptr (GBytes) body = komek_wire_write_error (status, words, find_format (message));

  answer (message, status, body);
}

static gboolean
can (FakeCity *self, KomekAbility ability)
{
  return (self->abilities & ability) != 0;
}

/* The head of an answer that is written by hand, with the manner's idea of a length. */
static char *
write_head (const Saying *saying, gsize length)
{
  g_autofree char *size = g_strdup_printf ("Content-Length: %zu\r\n", length);
  const char *framing = saying->manner == FAKE_CITY_CUTS_CHUNK  ? "Transfer-Encoding: chunked\r\n"
                        : saying->manner == FAKE_CITY_CUTS_OPEN ? "Connection: close\r\n"
                                                                : size;

  return g_strdup_printf ("HTTP/1.1 %u OK\r\nContent-Type: %s\r\n%s\r\n", saying->status,
                          saying->type, framing);
}

/* Says what it says by hand, for the server itself would keep its promises. */
static void
break_off (FakeCity *self, SoupServerMessage *message, const Saying *saying)
{
  g_autoptr (GIOStream) connection = soup_server_message_steal_connection (message);
  GOutputStream *output = g_io_stream_get_output_stream (connection);
  gsize length = strlen (saying->body);
  g_autofree char *head = write_head (saying, length);
  g_autofree char *size = g_strdup_printf ("%zx\r\n", length / 2);
  g_autofree char *text =
    g_strdup_printf ("%s%s%.*s", head, saying->manner == FAKE_CITY_CUTS_CHUNK ? size : "",
                     (int) length / 2, saying->body);

  g_output_stream_write_all (output, text, strlen (text), NULL, NULL, NULL);
  if (saying->manner == FAKE_CITY_DAWDLES)
    g_ptr_array_add (self->held, g_steal_pointer (&connection));
  else
    g_io_stream_close (connection, NULL, NULL);
}

/* Who wants an answer as it is gets no packed one. */
static gboolean
wants_unpacked (SoupServerMessage *message, const Saying *saying)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  return g_str_equal (saying->header, "Content-Encoding")
         && g_strcmp0 (soup_message_headers_get_one (headers, "Accept-Encoding"), "identity") == 0;
}

static void
say (FakeCity *self, SoupServerMessage *message, const Saying *saying)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);

  if (saying->manner != FAKE_CITY_ANSWERS)
    {
      break_off (self, message, saying);
      return;
    }
  soup_server_message_set_status (message, saying->status, NULL);
  if (saying->header && !wants_unpacked (message, saying))
    soup_message_headers_replace (headers, saying->header, saying->value);
  if (saying->status >= 300 && saying->status < 400 && saying->length > 0)
    soup_message_headers_append (headers, "Location", saying->body);
  else
    soup_server_message_set_response (message, saying->type, SOUP_MEMORY_COPY, saying->body,
                                      saying->length);
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

/* Without the ability an argument counts for nothing. */
static const char *
read_argument (FakeCity *self, GHashTable *query, const char *name, KomekAbility ability)
{
  return query && can (self, ability) ? g_hash_table_lookup (query, name) : NULL;
}

static gboolean
is_within (const KomekRequestFields *request, const char *bbox)
{
  g_auto (GStrv) edges = g_strsplit (bbox, ",", 4);
  double latitude = request->place ? komek_place_get_latitude (request->place) : 0;
  double longitude = request->place ? komek_place_get_longitude (request->place) : 0;

  return request->place && latitude >= g_ascii_strtod (edges[0], NULL)
         && longitude >= g_ascii_strtod (edges[1], NULL)
         && latitude <= g_ascii_strtod (edges[2], NULL)
         && longitude <= g_ascii_strtod (edges[3], NULL);
}

static gboolean
is_of_time (FakeCity *self, gint64 time, GHashTable *query)
{
  const char *start = query ? g_hash_table_lookup (query, "start_date") : NULL;
  const char *end = query ? g_hash_table_lookup (query, "end_date") : NULL;

  return self->ignores_dates
         || ((!start || time >= komek_wire_read_time (start, NULL))
             && (!end || time <= komek_wire_read_time (end, NULL)));
}

static gboolean
is_of_status (FakeCity *self, KomekStatus status, GHashTable *query)
{
  const char *named = query ? g_hash_table_lookup (query, "status") : NULL;
  const char *word = komek_status_is_open (status) ? "open" : "closed";

  if (!named)
    return !self->open_only || komek_status_is_open (status);
  return strstr (named, word) != NULL;
}

static gboolean
fits (FakeCity *self, KomekRequest *request, GHashTable *query)
{
  const KomekRequestFields *fields = komek_request_peek (request);
  const char *after = read_argument (self, query, "updated_after", KOMEK_ABILITY_CHANGES);
  const char *bbox = read_argument (self, query, "bbox", KOMEK_ABILITY_BBOX);
  const char *text = read_argument (self, query, "q", KOMEK_ABILITY_SEARCH);
  const char *service = query ? g_hash_table_lookup (query, "service_code") : NULL;

  if (after && self->confused)
    return FALSE;
  return (!after || fields->updated >= komek_wire_read_time (after, NULL))
         && (after || !fields->withdrawn) && is_of_time (self, fields->requested, query)
         && is_of_status (self, fields->status, query)
         && (!bbox || is_within (fields, bbox)) && (!text || strstr (fields->text, text))
         && (!service || g_str_equal (fields->service, service));
}

/* The same question, but for the page. */
static void
name_next (SoupServerMessage *message, GHashTable *query, guint page)
{
  g_autoptr (GHashTable) next = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *number = g_strdup_printf ("%u", page);
  g_autofree char *arguments = NULL;
  g_autofree char *link = NULL;
  GHashTableIter iter;
  gpointer name, value;

  g_hash_table_iter_init (&iter, query);
  while (g_hash_table_iter_next (&iter, &name, &value))
    g_hash_table_insert (next, name, value);
  g_hash_table_insert (next, (gpointer) "page", number);
  arguments = soup_form_encode_hash (next);
  link = g_strdup_printf ("<requests.json?%s>; rel=\"next\"", arguments);
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Link", link);
}

static void
list_requests (FakeCity *self, SoupServerMessage *message, GHashTable *query)
{
  const char *after = read_argument (self, query, "updated_after", KOMEK_ABILITY_CHANGES);
  GHashTable *paging = can (self, KOMEK_ABILITY_PAGES) ? query : NULL;
  guint asked = read_count (paging, "page_size", USUAL_PAGE_SIZE);
  guint size = self->length ? self->length : asked;
  guint first = (MAX (read_count (paging, "page", 1), 1) - 1) * size;
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  g_autoptr (GPtrArray) page = g_ptr_array_new ();
  g_autoptr (GBytes) body = NULL;

  for (guint i = 0; i < self->requests->len; i++)
    if (fits (self, self->requests->pdata[i], query))
      g_ptr_array_add (found, self->requests->pdata[i]);
  g_ptr_array_sort (found, after ? compare_updated : compare_requested);
  if (self->repeats && first >= found->len)
    first = found->len > size ? found->len - size : 0;
  for (guint i = first; i < MIN (first + size, found->len); i++)
    g_ptr_array_add (page, found->pdata[i]);
  if (self->breaks_at && page->len > self->breaks_at)
    {
      break_off (self, message, &(Saying) { .status = 200, .type = (char *) "application/json",
                                            .body = (char *) "[]", .manner = FAKE_CITY_CUTS });
      return;
    }
  if (self->names_next && first + size < found->len)
    name_next (message, query, first / size + 2);
  body = komek_wire_write_requests (
    page, komek_city_get_zone (self->city),
    !self->plain && can (self, KOMEK_ABILITY_EXTENSIONS), find_format (message));
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
  g_autofree char *number = g_strndup (name, strrchr (name, '.') - name);
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
                                    find_format (message));
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
    find_format (message));

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
  const char *known =
    can (self, KOMEK_ABILITY_IDEMPOTENCY) ? g_hash_table_lookup (self->filed, form->key) : NULL;
  KomekWireFiling filing = { 0 };
  g_autoptr (GBytes) reply = NULL;

  if (!form->text)
    {
      refuse (message, 400, "A description is needed.");
      return;
    }
  if (known && !self->forgetful)
    filing.number = g_strdup (known);
  else
    filing.number = file (self, form);
  if (self->batch)
    filing.token = g_strconcat ("T-", filing.number, NULL);
  filing.key = self->plain ? NULL : form->key;
  if (self->batch)
    g_clear_pointer (&filing.number, g_free);
  reply = komek_wire_write_filing (&filing, find_format (message));
  g_free (filing.number);
  g_free (filing.token);
  if (self->deaf)
    break_off (self, message, &(Saying) { .status = 201, .type = (char *) "application/json",
                                           .body = (char *) "[]", .manner = FAKE_CITY_CUTS });
  else
    answer (message, known ? 200 : 201, reply);
}

/* "tokens/T-F-1.json": a number is there when it was asked for often enough. */
static void
show_token (FakeCity *self, SoupServerMessage *message, const char *name)
{
  g_autofree char *token = g_strndup (name, strrchr (name, '.') - name);
  gboolean known = g_str_has_prefix (token, "T-") && find (self, token + strlen ("T-"));
  KomekWireToken reply = { .token = token,
                           .number = self->slowness > 0 ? NULL : token + strlen ("T-") };
  g_autoptr (GBytes) body = NULL;

  if (!known)
    {
      refuse (message, 404, "There is no such token.");
      return;
    }
  self->slowness = MAX (self->slowness - 1, 0);
  body = komek_wire_write_token (&reply, find_format (message));
  answer (message, 200, body);
}

static void
show_city (FakeCity *self, SoupServerMessage *message)
{
  KomekWireEndpoint endpoint = { .url = self->url, .json = !self->xml_only, .xml = self->xml_only };
  g_autoptr (GPtrArray) endpoints = g_ptr_array_new ();
  g_autoptr (GBytes) body = NULL;

  g_ptr_array_add (endpoints, &endpoint);
  body = komek_wire_write_city (self->city, endpoints, "-", "-", find_format (message));

  answer (message, 200, body);
}

static void
list_services (FakeCity *self, SoupServerMessage *message, GHashTable *query)
{
  const char *locale = read_argument (self, query, "locale", KOMEK_ABILITY_LANGUAGES);
  KomekLanguage language = KOMEK_LANGUAGE_ENGLISH;
  g_autoptr (GBytes) body = NULL;

  if (locale)
    komek_language_from_code (locale, &language);
  body = komek_wire_write_services (self->services, language, !self->plain, FALSE,
                                    find_format (message));

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
keep_body (FakeCity *self, SoupServerMessage *message)
{
  g_autoptr (GBytes) body =
    soup_message_body_flatten (soup_server_message_get_request_body (message));
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *key = soup_message_headers_get_one (headers, "Idempotency-Key");
  const char *mark = soup_message_headers_get_one (headers, "If-None-Match");
  const char *data = g_bytes_get_data (body, NULL);

  g_ptr_array_add (self->bodies, g_strndup (data ? data : "", g_bytes_get_size (body)));
  g_ptr_array_add (self->keys, g_strdup (key ? key : ""));
  g_ptr_array_add (self->marks, g_strdup (mark ? mark : ""));
}

/* What the standard has; the rest goes with an ability. */
static gboolean
knows (FakeCity *self, const char *name)
{
  static const char *const standard[] = { "service_request_id", "service_code", "start_date",
                                          "end_date", "status", "jurisdiction_id", "api_key",
                                          NULL };
  static const struct
  {
    const char  *name;
    KomekAbility ability;
  } more[] = {
    { "extensions", KOMEK_ABILITY_EXTENSIONS }, { "page", KOMEK_ABILITY_PAGES },
    { "page_size", KOMEK_ABILITY_PAGES },       { "updated_after", KOMEK_ABILITY_CHANGES },
    { "bbox", KOMEK_ABILITY_BBOX },             { "q", KOMEK_ABILITY_SEARCH },
    { "locale", KOMEK_ABILITY_LANGUAGES },      { "client_request_id", KOMEK_ABILITY_REQUEST_KEY },
  };

  for (guint i = 0; i < G_N_ELEMENTS (more); i++)
    if (g_str_equal (more[i].name, name))
      return can (self, more[i].ability);
  return g_strv_contains (standard, name);
}

static gboolean
understands (FakeCity *self, GHashTable *query)
{
  GHashTableIter iter;
  gpointer name;

  name = query ? g_hash_table_lookup (query, "status") : NULL;
  if (self->single_status && name && strchr (name, ','))
    return FALSE;
  if (!self->strict || !query)
    return TRUE;
  g_hash_table_iter_init (&iter, query);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!knows (self, name))
      return FALSE;
  return TRUE;
}

static gboolean
lets_in (FakeCity *self, GHashTable *query)
{
  const char *key = query ? g_hash_table_lookup (query, "api_key") : NULL;

  return !self->key || g_strcmp0 (key, self->key) == 0;
}

static void
act (FakeCity *self, SoupServerMessage *message, const char *name, GHashTable *query)
{
  const char *method = soup_server_message_get_method (message);
  g_autofree char *bare = g_strndup (name, strcspn (name, "."));

  if (g_str_equal (bare, "requests") && g_str_equal (method, SOUP_METHOD_POST))
    take_filing (self, message);
  else if (g_str_equal (bare, "discovery"))
    show_city (self, message);
  else if (g_str_equal (bare, "services"))
    list_services (self, message, query);
  else if (g_str_equal (bare, "requests"))
    list_requests (self, message, query);
  else if (g_str_has_prefix (name, "requests/"))
    show_request (self, message, name + strlen ("requests/"));
  else if (g_str_has_prefix (name, "tokens/"))
    show_token (self, message, name + strlen ("tokens/"));
  else if (g_str_equal (bare, "servicerequestupdates") && can (self, KOMEK_ABILITY_HISTORY))
    show_updates (self, message, query);
  else
    refuse (message, 404, "There is nothing here.");
}

/* As a framework answers what nobody wrote a handler for. */
static void
show_nothing (SoupServerMessage *message)
{
  static const char page[] = "<!DOCTYPE html><title>404</title><p>Not here.";

  soup_server_message_set_status (message, 404, NULL);
  soup_server_message_set_response (message, "text/html", SOUP_MEMORY_STATIC, page,
                                    sizeof page - 1);
}

static void
on_asked (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query,
          gpointer data)
{
  FakeCity *self = data;
  const char *name = g_str_has_prefix (path, ROOT) ? path + strlen (ROOT) : path;
  g_autofree char *question =
    g_strconcat (soup_server_message_get_method (message), " ", name, NULL);
  const Saying *saying = g_hash_table_lookup (self->answers, question);

  take_note (self, message, name);
  keep_body (self, message);
  if (self->left == 0)
    refuse (message, 503, "The city is closed for today.");
  else if (saying)
    say (self, message, saying);
  else if (g_str_has_suffix (name, self->xml_only ? ".json" : self->json_only ? ".xml" : "\n"))
    show_nothing (message);
  else if (!lets_in (self, query))
    refuse (message, 403, "A key is needed.");
  else if (self->bad_dates && query && g_hash_table_contains (query, "start_date"))
    refuse (message, self->bad_dates, "A bad date.");
  else if (!understands (self, query))
    refuse (message, 400, "Unknown argument.");
  else
    act (self, message, name, query);
  self->left = MAX (self->left - 1, MIN (self->left, 0));
}

/* Opens its doors, after closing at the same address. */
void
fake_city_open (FakeCity *self)
{
  GSList *uris;

  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, on_asked, self, NULL);
  listen_here (self->server, self->port);
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
    .id = id, .name = name, .changeset = changeset, .public_url = "https://komek.example",
    .abilities = self->announced });
  komek_city_add (self->city, KOMEK_CITY_STATUSES, "new", first);
}

FakeCity *
fake_city_new (const char *id, const char *changeset)
{
  FakeCity *self = g_new0 (FakeCity, 1);
  g_autoptr (KomekLabel) name = komek_label_new ("Шұңқыр", "Яма", "Pothole");

  self->now = 1790000000;
  self->left = -1;
  self->abilities = ~0;
  self->json_only = TRUE;
  self->bodies = g_ptr_array_new_with_free_func (g_free);
  self->keys = g_ptr_array_new_with_free_func (g_free);
  self->marks = g_ptr_array_new_with_free_func (g_free);
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
  g_ptr_array_unref (self->bodies);
  g_ptr_array_unref (self->keys);
  g_ptr_array_unref (self->marks);
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

/* From now on only who asks for changes hears of it, and no more than when it went. */
void
fake_city_withdraw (FakeCity *self, const char *number, gint64 time)
{
  KomekRequest *former = find (self, number);
  gint64 requested = komek_request_peek (former)->requested;

  g_ptr_array_remove (self->requests, former);
  g_ptr_array_add (self->requests, komek_request_new (&(KomekRequestFields) {
    .number = number, .requested = requested, .updated = time, .withdrawn = TRUE }));
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
  *saying = (Saying) { .status = status, .type = g_strdup (type), .body = g_strdup (body),
                       .length = strlen (body), .manner = manner };
  g_hash_table_insert (self->answers, g_strdup (question), saying);
}

/* The same with any bytes for an answer. */
void
fake_city_say_bytes (FakeCity *self, const char *question, guint status, const char *type,
                     GBytes *body)
{
  gsize length;
  const char *data = g_bytes_get_data (body, &length);
  Saying *saying = g_new0 (Saying, 1);

  *saying = (Saying) { .status = status, .type = g_strdup (type), .body = g_memdup2 (data, length),
                       .length = length, .manner = FAKE_CITY_ANSWERS };
  g_hash_table_replace (self->answers, g_strdup (question), saying);
}

/* Adds a header to what was put into its mouth. */
void
fake_city_say_header (FakeCity *self, const char *question, const char *name, const char *value)
{
  Saying *saying = g_hash_table_lookup (self->answers, question);

  g_assert_nonnull (saying);
  g_free (saying->header);
  g_free (saying->value);
  saying->header = g_strdup (name);
  saying->value = g_strdup (value);
}

/* From now on it says in its discovery what it can do. */
void
fake_city_announce (FakeCity *self, KomekAbility abilities)
{
  g_autofree char *id = g_strdup (komek_city_peek (self->city)->id);
  g_autofree char *changeset = g_strdup (komek_city_peek (self->city)->changeset);

  self->announced = abilities;
  fake_city_rename (self, id, changeset);
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
