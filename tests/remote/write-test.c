/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "komek-wire-form.h"
#include "line.h"

/* What goes out when something is written, and what is made of the answer. */

static void
set_up_ours (Line *line, gconstpointer unused)
{
  line_set_up_as (line, "city-1");
}

/* From the city's discovery on. */
static void
set_up_announced (Line *line, gconstpointer abilities)
{
  line_set_up_as (line, "city-1");
  fake_city_announce (line->city, GPOINTER_TO_UINT (abilities));
  line_meet (line);
}

static KomekWireForm *
read_last_form (Line *line)
{
  g_autoptr (GBytes) body =
    g_bytes_new (line_get_last_body (line), strlen (line_get_last_body (line)));
  KomekWireForm *form = komek_wire_read_form (body, NULL);

  g_assert_nonnull (form);
  return form;
}

static void
test_a_filing_says_all_that_it_holds (Line *line, gconstpointer unused)
{
  g_autoptr (KomekPlace) place = komek_place_new (51.1281743, 71.4304619, "Абай, 5", NULL);
  g_autoptr (KomekContact) contact = komek_contact_new ("Айгүл Серікова", "+77010000000", "a@b.kz");
  g_autoptr (GHashTable) answers =
    g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_strfreev);
  g_autoptr (KomekFiling) filing = NULL;
  g_autoptr (KomekFilingReply) reply = NULL;
  g_autoptr (KomekWireForm) form = NULL;

  g_hash_table_insert (answers, (char *) "DEPTH", g_strsplit ("5 см", "|", 0));
  g_hash_table_insert (answers, (char *) "WHERE", g_strsplit ("road|yard", "|", 0));
  filing = komek_filing_new (&(KomekFilingFields) {
    .key = KEY, .local = "0260000018", .device = "kiosk-7", .service = "ROA.pothole",
    .text = "Шұңқыр", .place = place, .contact = contact, .answers = answers,
    .language = KOMEK_LANGUAGE_RUSSIAN });
  reply = line_file_this (line, filing);
  form = read_last_form (line);
  g_assert_cmpint (reply->kind, ==, KOMEK_FILING_DONE);
  g_assert_cmpstr (form->key, ==, KEY);
  g_assert_cmpstr (form->local, ==, "0260000018");
  g_assert_cmpstr (form->device, ==, "kiosk-7");
  g_assert_cmpstr (form->first_name, ==, "Айгүл");
  g_assert_cmpstr (form->last_name, ==, "Серікова");
  g_assert_cmpstr (form->phone, ==, "+77010000000");
  g_assert_cmpstr (form->language, ==, "ru");
  g_assert_cmpuint (form->attributes->len, ==, 6);
  g_assert_nonnull (strstr (line_get_last_body (line), "attribute[DEPTH]=5%20"));
  g_assert_nonnull (strstr (line_get_last_body (line), "attribute[WHERE][]=road"));
  g_assert_nonnull (strstr (line_get_last_body (line), "attribute[WHERE][]=yard"));
  g_assert_cmpstr (line->city->keys->pdata[line->city->keys->len - 1], ==, "\"" KEY "\"");
}

static void
test_a_sealed_contact_goes_alone (Line *line, gconstpointer unused)
{
  g_autoptr (KomekContact) contact = komek_contact_new ("Canary", "+77010000000", "canary@b.kz");
  g_autoptr (KomekFiling) filing = komek_filing_new (&(KomekFilingFields) {
    .key = KEY, .service = "ROA.pothole", .text = "Шұңқыр", .contact = contact,
    .sealed_contact = "c2VhbGVk" });
  g_autoptr (KomekFilingReply) reply = line_file_this (line, filing);

  g_assert_nonnull (strstr (line_get_last_body (line), "sealed_contact=c2VhbGVk"));
  g_assert_null (strstr (line_get_last_body (line), "anary"));
  g_assert_null (strstr (line_get_last_body (line), "7701"));
}

static void
test_who_announces_keys_must_give_ours_back (Line *line, gconstpointer unused)
{
  g_autoptr (KomekFilingReply) done = line_file (line);
  g_autoptr (KomekFilingReply) bare = NULL;

  g_assert_cmpint (done->kind, ==, KOMEK_FILING_DONE);
  say_json (line, "POST requests.json", 201, "[{\"service_request_id\":\"8\"}]");
  bare = line_file (line);
  g_assert_cmpint (bare->kind, ==, KOMEK_FILING_RETRY);
  g_assert_true (bare->perhaps_filed);
}

static const struct
{
  const char *name;
  const char *retry_after, *date;
  guint       delay;
} delays[] = {
  { "seconds", "120", NULL, 120000 },
  { "white-space", " 5 ", NULL, 5000 },
  { "nothing-at-all", NULL, NULL, 0 },
  { "none", "0", NULL, 1000 },
  { "a-day", "86400", NULL, 3600000 },
  { "more-than-any-number", "99999999999999999999", NULL, 3600000 },
  { "a-date", "Sun, 22 Nov 2026 10:00:30 GMT", "Sun, 22 Nov 2026 10:00:00 GMT", 30000 },
  { "a-date-by-a-clock-ten-years-late", "Tue, 22 Nov 2016 10:00:30 GMT",
    "Tue, 22 Nov 2016 10:00:00 GMT", 30000 },
  { "a-date-that-has-passed", "Sun, 22 Nov 2026 09:00:00 GMT", "Sun, 22 Nov 2026 10:00:00 GMT",
    1000 },
  { "a-date-without-a-date", "Sun, 22 Nov 2026 10:00:30 GMT", NULL, 0 },
  { "below-zero", "-5", NULL, 0 },
  { "words", "soon", "Sun, 22 Nov 2026 10:00:00 GMT", 0 },
};

static void
test_reads_delay (gconstpointer row)
{
  gsize i = GPOINTER_TO_SIZE (row);

  g_assert_cmpuint (komek_filing_reply_read_delay (delays[i].retry_after, delays[i].date), ==,
                    delays[i].delay);
}

static void
test_waits_as_long_as_it_is_told (Line *line, gconstpointer unused)
{
  g_autoptr (KomekFilingReply) busy = NULL;
  g_autoptr (KomekFilingReply) running = NULL;
  g_autoptr (KomekFilingReply) told = NULL;

  say_json (line, "POST requests.json", 503, "[]");
  fake_city_say_header (line->city, "POST requests.json", "Retry-After", "17");
  busy = line_file (line);
  g_assert_cmpint (busy->kind, ==, KOMEK_FILING_RETRY);
  g_assert_cmpuint (busy->retry_after_ms, ==, 17000);
  g_assert_cmpint (busy->time, >, 0);
  say_json (line, "POST requests.json", 409, "[]");
  running = line_file (line);
  g_assert_cmpint (running->kind, ==, KOMEK_FILING_WAIT_SAME_KEY);
  g_assert_cmpuint (running->retry_after_ms, >=, 1000);
  g_assert_cmpuint (running->retry_after_ms, <=, 5000);
  fake_city_say_header (line->city, "POST requests.json", "Retry-After", "60");
  told = line_file (line);
  g_assert_cmpuint (told->retry_after_ms, ==, 5000);
  g_clear_pointer (&told, komek_filing_reply_free);
  fake_city_say_header (line->city, "POST requests.json", "Retry-After", "1");
  told = line_file (line);
  g_assert_cmpuint (told->retry_after_ms, ==, 1000);
}

/* The library takes the last two for whole answers: what was read must be read to its end. */
static void
test_a_cut_answer_is_no_answer (Line *line, gconstpointer unused)
{
  static const FakeManner manners[] = { FAKE_CITY_CUTS, FAKE_CITY_CUTS_CHUNK, FAKE_CITY_CUTS_OPEN };
  static const char body[] =
    "[{\"service_request_id\":\"A-1\",\"service_notice\":\"a long word to the citizen\"}]";

  for (guint i = 0; i < G_N_ELEMENTS (manners); i++)
    {
      g_autoptr (KomekFilingReply) reply = NULL;
      g_autoptr (GPtrArray) requests = NULL;
      g_autoptr (GError) error = NULL;

      fake_city_say (line->city, "POST requests.json", 201, "application/json", body, manners[i]);
      reply = line_file (line);
      g_assert_cmpint (reply->kind, !=, KOMEK_FILING_DONE);
      g_assert_true (reply->perhaps_filed);
      fake_city_say (line->city, "GET requests.json", 200, "application/json", body, manners[i]);
      requests = line_requests (line, &(KomekPage) { .page = 1 }, &error);
      g_assert_null (requests);
      g_assert_nonnull (error);
    }
}

static void
test_nobody_there_has_nothing (Line *line, gconstpointer unused)
{
  g_autoptr (KomekFilingReply) reply = NULL;

  fake_city_close (line->city);
  reply = line_file (line);
  g_assert_cmpint (reply->kind, ==, KOMEK_FILING_INDETERMINATE);
  g_assert_false (reply->perhaps_filed);
}

static void
test_total_time_is_kept (Line *line, gconstpointer unused)
{
  static const KomekExchangeLimits hurry = { .total = 100 };
  gint64 start = g_get_monotonic_time ();
  g_autoptr (KomekFilingReply) reply = NULL;

  g_assert_finalize_object (line->client);
  line->client = komek_geo_report_new_full (line->city->url, NULL, &hurry);
  fake_city_say (line->city, "POST requests.json", 201, "application/json", "[{}]",
                 FAKE_CITY_DAWDLES);
  reply = line_file (line);
  g_assert_cmpint (reply->kind, ==, KOMEK_FILING_INDETERMINATE);
  g_assert_true (reply->perhaps_filed);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 2 * G_USEC_PER_SEC);
}

static void
test_a_lost_token (Line *line, gconstpointer unused)
{
  g_autoptr (KomekFilingReply) reply = line_token (line, "T-nobody");
  g_autoptr (KomekFilingReply) known = NULL;

  g_assert_cmpint (reply->kind, ==, KOMEK_FILING_PARK);
  fake_city_announce (line->city, KOMEK_ABILITY_IDEMPOTENCY);
  line_meet (line);
  known = line_token (line, "T-nobody");
  g_assert_cmpint (known->kind, ==, KOMEK_FILING_INDETERMINATE);
}

static void
test_nobody_waits_for_a_token_who_wants_to_go (Line *line, gconstpointer unused)
{
  static const KomekExchangeLimits patient = { .token_first = 60000, .token_total = 600000 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();

  g_assert_finalize_object (line->client);
  line->client = komek_geo_report_new_full (line->city->url, NULL, &patient);
  line->city->batch = TRUE;
  line->city->slowness = 1000;
  komek_filing_reply_free (line_file (line));
  komek_geo_report_token_async (line->client, "T-F-1", cancellable, on_awaited, &result);
  while (fake_city_count (line->city, "GET tokens/") == 0)
    g_main_context_iteration (NULL, TRUE);
  let_pass (50);
  g_assert_null (result);
  g_cancellable_cancel (cancellable);
  g_assert_null (komek_geo_report_token_finish (line->client, await (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 20 * G_USEC_PER_SEC);
}

static char *
find_own (Line *line, const KomekFiling *filing, const char *const *taken)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char *number;

  komek_geo_report_find_own_async (line->client, filing, line->city->now, taken, NULL, on_awaited,
                                   &result);
  komek_geo_report_find_own_finish (line->client, await (&result), &number, &error);
  g_assert_no_error (error);
  return number;
}

static void
test_finds_its_own_by_what_was_sent (Line *line, gconstpointer unused)
{
  static const char *const taken[] = { "F-1", NULL };
  g_autoptr (KomekFiling) other = make_filing ("Шам жанбайды");
  g_autoptr (KomekFiling) filing = make_filing ("  Аулада  шұңқыр бар");
  g_autoptr (KomekFilingReply) reply = NULL;
  g_autofree char *before = NULL;
  g_autofree char *found = NULL;
  g_autofree char *none = NULL;
  g_autofree char *others = NULL;

  before = find_own (line, filing, NULL);
  g_assert_null (before);
  line->city->deaf = TRUE;
  reply = line_file_this (line, filing);
  g_assert_cmpint (reply->kind, ==, KOMEK_FILING_INDETERMINATE);
  line->city->deaf = FALSE;
  found = find_own (line, filing, NULL);
  g_assert_cmpstr (found, ==, "F-1");
  g_assert_nonnull (strstr (line_get_last_question (line), "service_code=ROA.pothole&start_date="));
  none = find_own (line, filing, taken);
  g_assert_null (none);
  others = find_own (line, other, NULL);
  g_assert_null (others);
}

static void
test_finds_its_own_by_key (Line *line, gconstpointer unused)
{
  g_autoptr (KomekFiling) filing = make_filing ("Шұңқыр");
  g_autofree char *found = NULL;
  g_autofree char *none = NULL;

  say_json (line, "GET requests.json", 200,
            "[{\"service_request_id\":\"9\",\"service_code\":\"ROA.pothole\",\"status\":\"open\","
            "\"description\":\"Шұңқыр\",\"client_request_id\":\"" KEY "\"}]");
  found = find_own (line, filing, NULL);
  g_assert_cmpstr (found, ==, "9");
  g_assert_nonnull (strstr (line_get_last_question (line), "client_request_id=" KEY));
  say_json (line, "GET requests.json", 200, "[]");
  none = find_own (line, filing, NULL);
  g_assert_null (none);
}

/* A server that breaks down over dates gives the list that it gives to everybody. */
static void
test_finds_its_own_without_filters (Line *line, gconstpointer unused)
{
  static const char *const refusals[] = { "400", "500" };

  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *text = g_strdup_printf ("Шұңқыр %s", refusals[i]);
      g_autoptr (KomekFiling) filing = make_filing (text);
      g_autofree char *found = NULL;

      line->city->bad_dates = g_ascii_strtoull (refusals[i], NULL, 10);
      g_hash_table_remove_all (line->city->filed);
      line->city->deaf = TRUE;
      komek_filing_reply_free (line_file_this (line, filing));
      line->city->deaf = FALSE;
      found = find_own (line, filing, NULL);
      g_assert_nonnull (found);
      g_assert_cmpstr (line_get_last_question (line), ==, "GET requests.json");
    }
}

static void
test_sends_a_photo_as_one_body (Line *line, gconstpointer unused)
{
  g_autoptr (GBytes) photo = g_bytes_new_static ("\xff\xd8\xff\xe0 photo", 10);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (KomekFilingReply) reply = NULL;

  komek_geo_report_set_device (line->client, "kiosk-7");
  say_json (line, "POST requests/A 7/media.json", 201,
            "[{\"media_id\":\"1\",\"media_url\":\"https://city.example/1.jpg\"}]");
  komek_geo_report_upload_async (line->client, "A 7", KEY, photo, "image/jpeg", NULL, on_awaited,
                                 &result);
  reply = komek_geo_report_upload_finish (line->client, await (&result), NULL);
  g_assert_cmpint (reply->kind, ==, KOMEK_FILING_DONE);
  g_assert_cmpstr (reply->number, ==, "https://city.example/1.jpg");
  g_assert_cmpstr (line_get_last_body (line), ==, "\xff\xd8\xff\xe0 photo");
  g_assert_nonnull (strstr (line_get_last_question (line), "media.json?device_id=kiosk-7"));
}

static void
test_adds_a_comment (Line *line, gconstpointer unused)
{
  const KomekComment comment = { .number = "7", .key = KEY, .text = "Әлі де бар",
                                 .status = "open" };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (KomekFilingReply) reply = NULL;

  say_json (line, "POST servicerequestupdates.json", 200, "[{\"update_id\":\"55\"}]");
  komek_geo_report_comment_async (line->client, &comment, NULL, on_awaited, &result);
  reply = komek_geo_report_comment_finish (line->client, await (&result), NULL);
  g_assert_cmpint (reply->kind, ==, KOMEK_FILING_DONE);
  g_assert_cmpstr (reply->number, ==, "55");
  g_assert_nonnull (strstr (line_get_last_body (line), "service_request_id=7"));
  g_assert_nonnull (strstr (line_get_last_body (line), "update_id=" KEY));
}

/* In a header, for an address is kept in logs. */
static void
test_our_city_hears_the_key_with_each_call (Line *line, gconstpointer unused)
{
  g_autoptr (KomekFilingReply) reply = NULL;

  komek_geo_report_set_api_key (line->client, "s3cret");
  reply = line_file (line);
  g_assert_cmpint (reply->kind, ==, KOMEK_FILING_DONE);
  g_assert_cmpstr (line_get_last_question (line), ==, "POST requests.json");
}

#define ADD(path, set, function) \
  g_test_add ("/remote/write/" path, Line, NULL, set, function, line_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (delays); i++)
    {
      g_autofree char *path = g_strdup_printf ("/remote/write/reads-delay/%s", delays[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_reads_delay);
    }
  ADD ("a-filing-says-all-that-it-holds", set_up_ours, test_a_filing_says_all_that_it_holds);
  ADD ("a-sealed-contact-goes-alone", set_up_ours, test_a_sealed_contact_goes_alone);
  g_test_add ("/remote/write/who-announces-keys-must-give-ours-back", Line,
              GUINT_TO_POINTER (KOMEK_ABILITY_IDEMPOTENCY), set_up_announced,
              test_who_announces_keys_must_give_ours_back, line_tear_down);
  ADD ("waits-as-long-as-it-is-told", line_set_up, test_waits_as_long_as_it_is_told);
  ADD ("a-cut-answer-is-no-answer", line_set_up, test_a_cut_answer_is_no_answer);
  ADD ("nobody-there-has-nothing", line_set_up, test_nobody_there_has_nothing);
  ADD ("total-time-is-kept", line_set_up, test_total_time_is_kept);
  ADD ("a-lost-token", set_up_ours, test_a_lost_token);
  ADD ("nobody-waits-for-a-token-who-wants-to-go", line_set_up,
       test_nobody_waits_for_a_token_who_wants_to_go);
  ADD ("finds-its-own-by-what-was-sent", line_set_up, test_finds_its_own_by_what_was_sent);
  g_test_add ("/remote/write/finds-its-own-by-key", Line,
              GUINT_TO_POINTER (KOMEK_ABILITY_REQUEST_KEY), set_up_announced,
              test_finds_its_own_by_key, line_tear_down);
  ADD ("finds-its-own-without-filters", line_set_up, test_finds_its_own_without_filters);
  ADD ("sends-a-photo-as-one-body", set_up_ours, test_sends_a_photo_as_one_body);
  ADD ("adds-a-comment", line_set_up, test_adds_a_comment);
  g_test_add ("/remote/write/our-city-hears-the-key-with-each-call", Line,
              GUINT_TO_POINTER (KOMEK_ABILITY_IDEMPOTENCY), set_up_announced,
              test_our_city_hears_the_key_with_each_call, line_tear_down);
  return g_test_run ();
}
