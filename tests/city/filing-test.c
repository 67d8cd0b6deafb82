/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <libsoup/soup.h>
#include <string.h>

#include "harness.h"
#include "komek-draft.h"
#include "komek-language.h"
#include "komek-number.h"
#include "komek-wire-filing.h"
#include "komek-wire-form.h"
#include "komek-wire-request.h"
#include "komek-wire-update.h"

/* What becomes of a request that somebody files, and of what is none. */

static Harness *city;

static KomekRequest *
look_up (const char *number)
{
  g_autofree char *query = g_strdup_printf ("extensions=true&service_request_id=%s", number);
  g_autoptr (GPtrArray) found = harness_get_requests (city, query);

  g_assert_cmpuint (found->len, ==, 1);
  return g_object_ref (found->pdata[0]);
}

static KomekDraft *
make_draft (const char *text)
{
  g_autoptr (KomekLabel) name = komek_label_new ("Шұңқыр", NULL, NULL);
  g_autoptr (KomekService) service = komek_service_new (&(KomekServiceFields) {
    .code = "ROA.pothole", .name = name, .needs_place = TRUE });
  g_autoptr (KomekPlace) place = komek_place_new (51.1282, 71.4304, "Абай даңғылы, 18", NULL);
  KomekDraft *draft = komek_draft_new ();

  komek_draft_set_service (draft, service);
  komek_draft_set_place (draft, place);
  komek_draft_set_text (draft, text);
  return draft;
}

static char *
write_form (KomekDraft *draft)
{
  return komek_wire_form_write (&(KomekWireForm) {
    .service = (char *) komek_service_get_code (komek_draft_get_service (draft)),
    .place = komek_draft_get_place (draft),
    .text = (char *) komek_draft_get_text (draft),
    .key = (char *) komek_draft_get_key (draft),
    .language = (char *) komek_language_get_code (KOMEK_LANGUAGE_KAZAKH) });
}

static void
test_a_draft_becomes_a_request (void)
{
  g_autoptr (KomekDraft) draft =
    make_draft ("Жолда үлкен шұңқыр бар: әіңғүұқөһ!\nКөлік өте алмайды.");
  g_autofree char *form = write_form (draft);
  gint64 before = g_get_real_time () / G_USEC_PER_SEC;
  g_autofree char *number = harness_file (city, form);
  g_autoptr (KomekRequest) request = look_up (number);
  const KomekRequestFields *fields = komek_request_peek (request);

  g_assert_true (komek_number_is_ours (number));
  g_assert_cmpint (fields->status, ==, KOMEK_STATUS_NEW);
  g_assert_cmpstr (fields->text, ==, komek_draft_get_text (draft));
  g_assert_cmpstr (komek_place_get_address (fields->place), ==, "Абай даңғылы, 18");
  g_assert_cmpstr (fields->agency, ==, "roads");
  g_assert_cmpstr (komek_place_get_district (fields->place), !=, "");
  g_assert_cmpint (fields->requested, >=, before);
  g_assert_cmpint (fields->due, >, fields->requested + 2 * 86400);
  g_assert_cmpint (fields->due, <, fields->requested + 4 * 86400);
}

static void
test_it_is_the_first_in_every_list (void)
{
  g_autofree char *number = harness_file (
      city, "service_code=SNO.ice&lat=51.13&long=71.43&description=К%D3%A9шеде+муз+бірегейсөз");
  g_autoptr (GPtrArray) newest = harness_get_requests (city, "page=1&page_size=1");
  g_autoptr (GPtrArray) changed =
    harness_get_requests (city, "updated_after=2000-01-01&page_size=1000");
  /* With the keys of a Russian keyboard. */
  g_autoptr (GPtrArray) searched = harness_get_requests (city, "q=бирегейсоз");

  g_assert_cmpstr (komek_request_get_number (newest->pdata[0]), ==, number);
  g_assert_cmpstr (komek_request_get_number (changed->pdata[changed->len - 1]), ==, number);
  g_assert_cmpuint (searched->len, ==, 1);
  g_assert_cmpstr (komek_request_get_number (searched->pdata[0]), ==, number);
}

static void
test_its_history_begins_with_109 (void)
{
  g_autofree char *number = harness_file (city, "service_code=INF.idea&description=idea");
  g_autofree char *path = g_strdup_printf (
      "servicerequestupdates.json?extensions=true&service_request_id=%s", number);
  guint status;
  g_autoptr (GBytes) body = harness_send (city, "GET", path, NULL, NULL, &status);
  g_autoptr (GPtrArray) updates = komek_wire_read_updates (body, NULL, NULL);

  g_assert_cmpuint (updates->len, ==, 1);
  g_assert_cmpint (komek_update_get_status (updates->pdata[0]), ==, KOMEK_STATUS_NEW);
  g_assert_cmpstr (komek_update_get_agency (updates->pdata[0]), ==, "109");
  g_assert_cmpstr (komek_update_get_text (updates->pdata[0]), !=, "");
}

/* Whoever holds the slip of an offline kiosk asks by the number on it. */
static void
test_number_of_a_slip_leads_to_the_request (void)
{
  g_autofree char *number = harness_file (
      city, "service_code=INF.idea&description=idea&local_number=0123-4567-8900-0013");
  guint status;
  g_autoptr (GBytes) body =
    harness_send (city, "GET", "requests/0123-4567-8900-0013.json", NULL, NULL, &status);
  g_autoptr (GPtrArray) requests = komek_wire_read_requests (body, NULL, NULL);
  g_autoptr (GBytes) none = NULL;

  g_assert_cmpuint (status, ==, 200);
  g_assert_cmpuint (requests->len, ==, 1);
  g_assert_cmpstr (komek_request_get_number (requests->pdata[0]), ==, number);
  none = harness_send (city, "GET", "requests/0123-4567-8900-0021.json", NULL, NULL, &status);
  g_assert_cmpuint (status, ==, 404);
}

static void
test_numbers_count_up (void)
{
  g_autofree char *first = harness_file (city, "service_code=INF.idea&description=one");
  g_autofree char *second = harness_file (city, "service_code=INF.idea&description=two");

  g_assert_cmpstr (first, <, second);
}

static void
test_what_is_sent_twice_is_one_request (void)
{
  g_autoptr (KomekDraft) draft = make_draft ("Екі рет жіберілді");
  g_autofree char *form = write_form (draft);
  g_autofree char *first = harness_file (city, form);
  g_autofree char *second = harness_file (city, form);
  guint status;
  g_autoptr (GBytes) body = harness_send (city, "POST", "requests.json", form, NULL, &status);
  g_autoptr (KomekWireFiling) third = komek_wire_read_filing (body, NULL);

  g_assert_cmpstr (first, ==, second);
  g_assert_cmpstr (third->number, ==, first);
  g_assert_cmpstr (third->key, ==, komek_draft_get_key (draft));
}

static void
test_a_key_stands_for_one_text_only (void)
{
  g_autofree char *number = harness_file (
      city, "service_code=INF.idea&description=one&client_request_id=11111111-2222");
  g_autofree char *words = harness_file_badly (
      city, "service_code=INF.idea&description=two&client_request_id=11111111-2222&locale=en", 422);

  g_assert_nonnull (strstr (words, "client_request_id"));
}

static void
test_without_a_key_each_one_counts (void)
{
  g_autofree char *first = harness_file (city, "service_code=INF.idea&description=same");
  g_autofree char *second = harness_file (city, "service_code=INF.idea&description=same");

  g_assert_cmpstr (first, !=, second);
}

static void
test_an_address_is_place_enough (void)
{
  g_autofree char *number = harness_file (
      city, "service_code=ROA.pothole&description=hole&address_string=Абай+даңғылы,+1");
  g_autoptr (KomekRequest) request = look_up (number);
  KomekPlace *place = komek_request_get_place (request);

  g_assert_false (komek_place_has_point (place));
  g_assert_cmpstr (komek_place_get_address (place), ==, "Абай даңғылы, 1");
}

/* Who cannot point names the district, as a page of ours writes it or as people do; a street of the
 * same name is none. */
static void
test_an_address_may_name_the_district (void)
{
  static const struct
  {
    const char *address;
    const char *district;
  } rows[] = {
    { "Аудан: Сарыарқа", "saryarqa" },  { "Район: Сарыарка", "saryarqa" },
    { "District: Saryarka", "saryarqa" }, { "Сарыарка", "saryarqa" },
    { "Сарыарқа ауданы", "saryarqa" },  { "р-н Нура · у школы", "nura" },
    { "г. Астана, район Нура, ул. Абая", "nura" }, { "проспект Сарыарка", "" },
    { "Сарыарка, 5", "" },              { "Абай даңғылы, 1", "" },
    { "район Нура, район Сарыарка", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *address = g_uri_escape_string (rows[i].address, NULL, FALSE);
      g_autofree char *form = g_strdup_printf (
        "service_code=ROA.pothole&description=hole&address_string=%s", address);
      g_autofree char *number = harness_file (city, form);
      g_autoptr (KomekRequest) request = look_up (number);
      KomekPlace *place = komek_request_get_place (request);

      g_test_message ("%s", rows[i].address);
      g_assert_false (komek_place_has_point (place));
      g_assert_cmpstr (komek_place_get_district (place), ==, rows[i].district);
    }
}

static void
test_html_stays_text (void)
{
  g_autofree char *number = harness_file (
      city, "service_code=INF.idea&description=%3Cscript%3Ealert(1)%3C/script%3E%20%26amp;");
  g_autoptr (KomekRequest) request = look_up (number);

  g_assert_cmpstr (komek_request_peek (request)->text, ==, "<script>alert(1)</script> &amp;");
}

static void
test_what_no_keyboard_types_is_dropped (void)
{
  g_autofree char *number = harness_file (
      city, "service_code=INF.idea&address_string=a%0Ab"
            "&description=%20%01one%E2%80%AEowt%09three%0D%0Afour%7F%20%0A");
  g_autoptr (KomekRequest) request = look_up (number);

  g_assert_cmpstr (komek_request_peek (request)->text, ==, "oneowt three\nfour");
  g_assert_cmpstr (komek_place_get_address (komek_request_get_place (request)), ==, "a b");
}

static void
test_4000_letters_are_not_too_many (void)
{
  g_autoptr (GString) form = g_string_new ("service_code=INF.idea&description=");
  g_autofree char *number = NULL;
  g_autofree char *words = NULL;
  g_autoptr (KomekRequest) request = NULL;

  for (guint i = 0; i < 4000; i++)
    g_string_append (form, "%D2%9B"); /* қ */
  number = harness_file (city, form->str);
  request = look_up (number);
  g_assert_cmpint (g_utf8_strlen (komek_request_peek (request)->text, -1), ==, 4000);

  g_string_append (form, "a&locale=en");
  words = harness_file_badly (city, form->str, 400);
  g_assert_nonnull (strstr (words, "4,000"));
}

static const struct
{
  const char *name;
  const char *form;
  const char *words;
} refusals[] = {
  { "nothing", "", "choose a category" },
  { "no-service", "lat=51.13&long=71.43&description=x", "choose a category" },
  { "unknown-service", "service_code=NO.such&lat=51.13&long=71.43&description=x",
    "no such category" },
  { "no-place", "service_code=ROA.pothole&description=x", "where it is" },
  { "half-a-point", "service_code=ROA.pothole&lat=51.13&description=x", "cannot be read" },
  { "point-of-words", "service_code=ROA.pothole&lat=here&long=there&description=x",
    "cannot be read" },
  { "nan", "service_code=ROA.pothole&lat=nan&long=nan&description=x", "cannot be read" },
  { "outside-the-city", "service_code=ROA.pothole&lat=43.23&long=76.88&description=x",
    "outside the city" },
  { "null-island", "service_code=ROA.pothole&lat=0&long=0&description=x", "outside the city" },
  { "no-text", "service_code=ROA.pothole&lat=51.13&long=71.43", "describe" },
  { "text-of-spaces", "service_code=ROA.pothole&lat=51.13&long=71.43&description=+%0A+",
    "describe" },
  { "text-of-controls", "service_code=INF.idea&description=%01%02%03", "describe" },
  { "short-key", "service_code=INF.idea&description=x&client_request_id=1", "client_request_id" },
  { "odd-key", "service_code=INF.idea&description=x&client_request_id=12345678%20or%201",
    "client_request_id" },
  { "broken-escapes", "service_code=INF.idea&description=%zz", "cannot be read" },
  { "a-zero", "service_code=INF.idea&description=a%00b", "cannot be read" },
  { "broken-utf8", "service_code=INF.idea&description=%ff", "cannot be read" },
  { "json", "{\"service_code\":\"INF.idea\"}", "cannot be read" },
};

static void
test_refuses (gconstpointer row)
{
  gsize i = GPOINTER_TO_SIZE (row);
  g_autoptr (GPtrArray) before = harness_get_requests (city, "page=1&page_size=1000");
  guint status;
  g_autoptr (GBytes) body =
    harness_send (city, "POST", "requests.json", refusals[i].form, "en", &status);
  g_autofree char *text = g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
  g_autoptr (GPtrArray) after = harness_get_requests (city, "page=1&page_size=1000");

  g_assert_cmpuint (status, ==, 400);
  g_assert_nonnull (strstr (text, refusals[i].words));
  g_assert_cmpuint (after->len, ==, before->len);
}

static void
test_a_long_address_is_refused (void)
{
  g_autofree char *address = g_strnfill (501, 'a');
  g_autofree char *form = g_strdup_printf (
      "service_code=ROA.pothole&description=x&locale=en&address_string=%s", address);
  g_autofree char *words = harness_file_badly (city, form, 400);

  g_assert_nonnull (strstr (words, "500"));
}

/* Sends bytes and waits until the server hangs up; how much it took. */
static gsize
send_raw (const char *head, gsize most)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketConnection) connection = g_socket_client_connect_to_host (
      client, strrchr (harness_get_base (city), '/') + 1, 80, NULL, &error);
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  g_autofree char *chunk = g_strnfill (65536, 'a');
  g_autofree char *sized = g_strdup_printf ("10000\r\n%s\r\n", chunk);
  gboolean chunked = strstr (head, "chunked") != NULL;
  gsize sent = 0;

  g_assert_no_error (error);
  g_socket_set_timeout (g_socket_connection_get_socket (connection), 10);
  g_assert_true (g_output_stream_write_all (out, head, strlen (head), NULL, NULL, NULL));
  while (sent < most
         && g_output_stream_write_all (out, chunked ? sized : chunk,
                                       strlen (chunked ? sized : chunk), NULL, NULL, NULL))
    sent += 65536;
  return sent;
}

static void
test_a_huge_body_costs_the_connection (void)
{
  const gsize huge = 64 * 1024 * 1024;
  guint status;
  g_autofree char *text = NULL;

  g_assert_cmpuint (send_raw ("POST /open311/v2/requests.json HTTP/1.1\r\nHost: localhost\r\n"
                              "Content-Type: application/x-www-form-urlencoded\r\n"
                              "Content-Length: 67108864\r\n\r\n", huge), <, huge);
  g_assert_cmpuint (send_raw ("POST /open311/v2/requests.json HTTP/1.1\r\nHost: localhost\r\n"
                              "Content-Type: application/x-www-form-urlencoded\r\n"
                              "Transfer-Encoding: chunked\r\n\r\n", huge), <, huge);
  text = harness_get_text (city, "discovery.json", &status);
  g_assert_cmpuint (status, ==, 200);
}

/* Callers that leave before the answer is ready must not take the server with them. */
static void
test_callers_may_hang_up (void)
{
  guint status = 0;

  for (guint i = 0; i < 200; i++)
    {
      g_autoptr (GSocketClient) client = g_socket_client_new ();
      g_autoptr (GSocketConnection) connection = g_socket_client_connect_to_host (
          client, strrchr (harness_get_base (city), '/') + 1, 80, NULL, NULL);
      const char *head =
          "GET /open311/v2/requests.json?page=1&page_size=1000 HTTP/1.1\r\nHost: a\r\n\r\n";

      if (i % 4 > 0)
        g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), head,
                                   strlen (head) - (i % 4 == 1 ? 2 : 0), NULL, NULL, NULL);
      if (i % 4 == 3)
        g_usleep (1000);
      g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
    }
  /* Until it has noticed that they are gone, there may be too many. */
  for (guint i = 0; i < 100 && status != 200; i++)
    {
      g_autofree char *text = harness_get_text (city, "discovery.json", &status);

      if (status != 200)
        g_usleep (50000);
    }
  g_assert_cmpuint (status, ==, 200);
}

/* A server that has no place left says so and closes at once. Who speaks then may find the line cut
 * before what was said can be read; nothing has been heard of the call. */
static gboolean
is_busy (SoupMessage *message, const GError *error)
{
  return soup_message_get_status (message) == 503
         || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_BROKEN_PIPE);
}

/* A server that is busy says so, and whoever files comes again. */
static char *
file_until_taken (SoupSession *session, const char *url)
{
  for (guint tries = 0; tries < 100; tries++)
    {
      g_autoptr (SoupMessage) message = soup_message_new_from_encoded_form (
          "POST", url, g_strdup ("service_code=INF.idea&description=crowd"));
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) body = soup_session_send_and_read (session, message, NULL, &error);
      g_autoptr (KomekWireFiling) filing = body ? komek_wire_read_filing (body, NULL) : NULL;

      if (filing)
        return g_strdup (filing->number);
      g_assert_true (is_busy (message, error));
      g_usleep (50000);
    }
  return NULL;
}

/* Files twenty-five requests over a connection of its own; their numbers. */
static gpointer
file_many (gpointer data)
{
  GPtrArray *numbers = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (SoupSession) session = soup_session_new ();

  for (guint i = 0; i < 25; i++)
    g_ptr_array_add (numbers, file_until_taken (session, data));
  return numbers;
}

static void
test_a_crowd_gets_numbers_of_its_own (void)
{
  g_autoptr (GHashTable) all = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *url = harness_dup_url (city, "requests.json");
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("citizen", file_many, url);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    {
      g_autoptr (GPtrArray) numbers = g_thread_join (threads[i]);

      for (guint j = 0; j < numbers->len; j++)
        g_hash_table_add (all, g_strdup (numbers->pdata[j]));
    }
  g_assert_cmpuint (g_hash_table_size (all), ==, 100);
}

#define ADD(path, function) g_test_add_func ("/city/filing/" path, function)

int
main (int argc, char **argv)
{
  char *folder;
  int result;

  g_test_init (&argc, &argv, NULL);
  ADD ("a-draft-becomes-a-request", test_a_draft_becomes_a_request);
  ADD ("it-is-the-first-in-every-list", test_it_is_the_first_in_every_list);
  ADD ("its-history-begins-with-109", test_its_history_begins_with_109);
  ADD ("number-of-a-slip-leads-to-the-request", test_number_of_a_slip_leads_to_the_request);
  ADD ("numbers-count-up", test_numbers_count_up);
  ADD ("what-is-sent-twice-is-one-request", test_what_is_sent_twice_is_one_request);
  ADD ("a-key-stands-for-one-text-only", test_a_key_stands_for_one_text_only);
  ADD ("without-a-key-each-one-counts", test_without_a_key_each_one_counts);
  ADD ("an-address-is-place-enough", test_an_address_is_place_enough);
  ADD ("an-address-may-name-the-district", test_an_address_may_name_the_district);
  ADD ("html-stays-text", test_html_stays_text);
  ADD ("what-no-keyboard-types-is-dropped", test_what_no_keyboard_types_is_dropped);
  ADD ("4000-letters-are-not-too-many", test_4000_letters_are_not_too_many);
  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *path = g_strdup_printf ("/city/filing/refuses/%s", refusals[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_refuses);
    }
  ADD ("refuses/a-long-address", test_a_long_address_is_refused);
  ADD ("a-huge-body-costs-the-connection", test_a_huge_body_costs_the_connection);
  ADD ("callers-may-hang-up", test_callers_may_hang_up);
  ADD ("a-crowd-gets-numbers-of-its-own", test_a_crowd_gets_numbers_of_its_own);

  folder = harness_make_folder ();
  city = harness_new (folder, (const char *const[]) { "--sample", "300", NULL });
  result = g_test_run ();
  harness_free (city);
  harness_remove_folder (folder);
  return result;
}
