/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "await.h"
#include "town.h"

/* Enough for any of the cities here to be walked in a few pages. */
#define CROWD 450
#define PAGE 40

/* Long enough for whole rounds of looking again to pass. */
#define LOOKS 40

typedef struct
{
  const char  *name;
  KomekAbility abilities;
  guint        length;  /* of its pages, or of its answers */
  gboolean     profile;
  gboolean     repeats;
  gboolean     names_next;
  gboolean     ignores_dates;
  gboolean     xml_only;
  gboolean     open_only;
  gboolean     single_status;
  gboolean     lenient; /* it ignores an argument that it does not know */
  gboolean     keeps;   /* nobody can tell what it took back */
} Kind;

#define PAGED KOMEK_ABILITY_PAGES

static const Kind kinds[] = {
  { "profile", .profile = TRUE },
  { "profile-naming-the-next", .profile = TRUE, .names_next = TRUE },
  { "profile-with-short-pages", .profile = TRUE, .length = 30 },
  { "pages", PAGED },
  { "pages-of-its-own", PAGED, .length = 20 },
  { "pages-repeating-the-last", PAGED, .repeats = TRUE },
  { "pages-in-xml", PAGED, .xml_only = TRUE },
  { "pages-without-dates", PAGED, .ignores_dates = TRUE, .keeps = TRUE },
  { "changes", PAGED | KOMEK_ABILITY_CHANGES },
  { "pages-ignored", .length = 100, .lenient = TRUE },
  { "the-standard-alone", .length = 1000 },
  { "the-standard-cut-at-100", .length = 100 },
  { "the-standard-of-what-is-open", .length = 1000, .open_only = TRUE },
  { "the-standard-without-statuses", .length = 1000, .open_only = TRUE, .single_status = TRUE },
  { "the-standard-in-xml", .length = 50, .xml_only = TRUE },
};

static const KomekSyncTimes brisk = {
  .poll = 1, .discovery = 1, .backoff_base = 60000, .backoff_cap = 60000, .page_size = PAGE,
  .glance = 20, .most_empty = 4
};

/* A request a day, so that there are windows of them. */
static void
settle (Town *town)
{
  for (guint i = 0; i < CROWD; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i + 1);
      gint64 time = NOW - (CROWD - i) * (gint64) DAY;

      g_ptr_array_add (town->city->requests, komek_request_new (&(KomekRequestFields) {
        .number = number, .service = "ROA.pothole", .text = "Шұңқыр", .requested = time,
        .updated = time }));
    }
}

static void
become (Town *town, const Kind *kind)
{
  FakeCity *city = town->city;

  close_line (town);
  open_line (town, &brisk);
  city->length = kind->length;
  city->repeats = kind->repeats;
  city->names_next = kind->names_next;
  city->ignores_dates = kind->ignores_dates;
  city->xml_only = kind->xml_only;
  city->open_only = kind->open_only;
  city->single_status = kind->single_status;
  if (kind->profile)
    return;
  city->plain = TRUE;
  city->strict = !kind->lenient;
  city->abilities = kind->abilities;
  fake_city_rename (city, NULL, "1");
}

static void
follow (Town *town, const Kind *kind)
{
  become (town, kind);
  settle (town);
  connect_city (town);
  wait_for (town, KOMEK_LINE_CURRENT);
}

static void
let_looks_pass (Town *town)
{
  for (guint i = 0; i < LOOKS; i++)
    wait_for_look (town);
}

static void
test_is_filled (Town *town, gconstpointer kind)
{
  follow (town, kind);
  g_assert_cmpuint (count (town), ==, CROWD);
  g_assert_cmpstr (town->states->str, ==, "connecting filling current");
}

static void
test_shows_what_is_new_and_what_changed (Town *town, gconstpointer kind)
{
  follow (town, kind);
  fake_city_add (town->city, "new", "Жаңа", NOW, NOW, KOMEK_STATUS_NEW);
  fake_city_add (town->city, "3", "Шұңқыр", NOW - (CROWD - 2) * (gint64) DAY, NOW,
                 KOMEK_STATUS_DONE);
  let_looks_pass (town);
  g_assert_true (komek_status_is_open (find_status (town, "new")));
  g_assert_false (komek_status_is_open (find_status (town, "3")));
  g_assert_cmpuint (count (town), ==, CROWD + 1);
}

static void
withdraw (Town *town, const Kind *kind, const char *number)
{
  if (kind->profile)
    {
      fake_city_withdraw (town->city, number, NOW);
      return;
    }
  for (guint i = 0; i < town->city->requests->len; i++)
    if (g_str_equal (komek_request_get_number (town->city->requests->pdata[i]), number))
      {
        g_ptr_array_remove_index (town->city->requests, i);
        return;
      }
}

static void
test_drops_what_was_taken_back (Town *town, gconstpointer data)
{
  const Kind *kind = data;
  g_autoptr (KomekRequest) gone = NULL;

  follow (town, kind);
  withdraw (town, kind, "200");
  let_looks_pass (town);
  gone = find (town, "200");
  g_assert_cmpint (gone == NULL, ==, !kind->keeps);
  g_assert_cmpuint (count (town), ==, CROWD - !kind->keeps);
}

/* The next start asks neither for all of it nor what the city can do. */
static void
test_goes_on_after_a_restart (Town *town, gconstpointer data)
{
  const Kind *kind = data;
  guint asked;

  follow (town, kind);
  close_line (town);
  open_line (town, &brisk);
  g_ptr_array_set_size (town->city->log, 0);
  fake_city_add (town->city, "new", "Жаңа", NOW, NOW, KOMEK_STATUS_NEW);
  connect_city (town);
  wait_for (town, KOMEK_LINE_CURRENT);
  asked = fake_city_count (town->city, "GET requests");
  g_assert_cmpuint (asked, <=, kind->ignores_dates ? 30 : 16);
  g_assert_true (komek_status_is_open (find_status (town, "new")));
  g_assert_cmpuint (fake_city_count (town->city, "OPTIONS"), ==, 0);
  g_assert_cmpuint (count (town), ==, CROWD + 1);
}

/* It is cut off at each question of the fill in turn, and the program ended each time. */
static void
test_is_filled_in_pieces (Town *town, gconstpointer kind)
{
  become (town, kind);
  settle (town);
  for (guint i = 0; komek_line_get_state (town->line) != KOMEK_LINE_CURRENT; i++)
    {
      g_assert_cmpuint (i, <, 200);
      close_line (town);
      open_line (town, &brisk);
      town->city->left = 8 + 3 * i;
      connect_city (town);
      while (komek_line_get_state (town->line) < KOMEK_LINE_CURRENT)
        g_main_context_iteration (NULL, TRUE);
    }
  g_assert_cmpuint (count (town), ==, CROWD);
}

/* Whatever it answers to, it has nothing any more. */
static void
test_does_not_lose_all_at_once (Town *town, gconstpointer kind)
{
  follow (town, kind);
  g_ptr_array_set_size (town->city->requests, 0);
  let_looks_pass (town);
  g_assert_cmpuint (count (town), ==, CROWD);
}

static const struct
{
  const char *name;
  guint       status;
  const char *type;
  const char *body;
  FakeManner  manner;
} nonsense[] = {
  { "html", 200, "text/html", "<!DOCTYPE html><title>Welcome</title>", FAKE_CITY_ANSWERS },
  { "html-for-json", 200, "application/json", "<html><body>Log in</body></html>",
    FAKE_CITY_ANSWERS },
  { "half", 200, "application/json", "[{\"service_request_id\":\"1\"},", FAKE_CITY_ANSWERS },
  { "cut", 200, "application/json", "[{\"service_request_id\":\"1\"}]", FAKE_CITY_CUTS },
  { "cut-chunk", 200, "application/json", "[{\"service_request_id\":\"1\"}]",
    FAKE_CITY_CUTS_CHUNK },
  { "error", 500, "text/html", "<h1>Oops</h1>", FAKE_CITY_ANSWERS },
};

static void
test_nonsense_drops_nothing (Town *town, gconstpointer data)
{
  guint i = GPOINTER_TO_SIZE (data) % G_N_ELEMENTS (nonsense);
  const Kind *kind = &kinds[GPOINTER_TO_SIZE (data) / G_N_ELEMENTS (nonsense)];
  const KomekSyncTimes tireless = { .poll = 1, .discovery = 1, .backoff_base = 2,
                                    .backoff_cap = 4, .page_size = PAGE, .most_empty = 4 };

  become (town, kind);
  close_line (town);
  open_line (town, &tireless);
  settle (town);
  connect_city (town);
  wait_for (town, KOMEK_LINE_CURRENT);
  fake_city_say (town->city, "GET requests.json", nonsense[i].status, nonsense[i].type,
                 nonsense[i].body, nonsense[i].manner);
  wait_for (town, KOMEK_LINE_BROKEN);
  for (guint look = 0; look < 10; look++)
    wait_for_look (town);
  g_assert_cmpuint (count (town), ==, CROWD);
  fake_city_say (town->city, "GET requests.json", 0, NULL, NULL, FAKE_CITY_ANSWERS);
  fake_city_add (town->city, "new", "Жаңа", NOW, NOW, KOMEK_STATUS_NEW);
  wait_for (town, KOMEK_LINE_CURRENT);
  let_looks_pass (town);
  g_assert_cmpuint (count (town), ==, CROWD + 1);
}

/* It gives pages of forty, and from some page on of twenty. */
static void
test_pages_that_become_shorter (Town *town, gconstpointer unused)
{
  const Kind kind = { "", PAGED, .length = 40 };

  become (town, &kind);
  settle (town);
  connect_city (town);
  while (fake_city_count (town->city, "GET requests.json?page=2&page_size=40") == 0)
    g_main_context_iteration (NULL, TRUE);
  town->city->length = 20;
  wait_for (town, KOMEK_LINE_CURRENT);
  g_assert_cmpuint (count (town), ==, CROWD);
}

/* What is still being worked on has no number yet (quirk 10). */
static void
test_leaves_out_what_has_no_number (Town *town, gconstpointer unused)
{
  const Kind kind = { "" };

  become (town, &kind);
  fake_city_say (town->city, "GET requests.json", 200, "application/json",
                 "[{\"status\":\"open\",\"requested_datetime\":\"2026-09-20T10:00:00Z\"},"
                 "{\"service_request_id\":\"\",\"requested_datetime\":\"2026-09-20T09:00:00Z\"},"
                 "{\"service_request_id\":null,\"requested_datetime\":\"2026-09-20T08:00:00Z\"},"
                 "{\"service_request_id\":7,\"requested_datetime\":\"2026-09-20T07:00:00Z\"}]",
                 FAKE_CITY_ANSWERS);
  connect_city (town);
  wait_for (town, KOMEK_LINE_CURRENT);
  let_looks_pass (town);
  g_assert_cmpuint (count (town), ==, 1);
  g_assert_true (komek_status_is_open (find_status (town, "7")));
}

/* Twice the same, one out of order, one of before the request, and an id used again (quirk 27). */
static void
test_shows_each_update_once (Town *town, gconstpointer unused)
{
  g_autoptr (GPtrArray) history = NULL;

  connect_city (town);
  wait_for (town, KOMEK_LINE_CURRENT);
  fake_city_add (town->city, "7", "Шұңқыр", NOW - 900, NOW, KOMEK_STATUS_IN_WORK);
  fake_city_say (town->city, "GET servicerequestupdates.json", 200, "application/json",
                 "[{\"update_id\":\"1\",\"service_request_id\":\"7\",\"status\":\"open\","
                 "\"updated_datetime\":\"2026-09-21T12:00:00Z\",\"description\":\"Тіркелді\"},"
                 "{\"update_id\":\"1\",\"service_request_id\":\"7\",\"status\":\"open\","
                 "\"updated_datetime\":\"2026-09-21T12:00:00Z\",\"description\":\"Тіркелді\"},"
                 "{\"update_id\":\"2\",\"service_request_id\":\"7\",\"status\":\"closed\","
                 "\"updated_datetime\":\"2026-09-21T13:00:00Z\",\"description\":\"Бітті\"},"
                 "{\"update_id\":\"3\",\"service_request_id\":\"7\",\"status\":\"open\","
                 "\"updated_datetime\":\"2020-01-01T00:00:00Z\",\"description\":\"Ертерек\"},"
                 "{\"update_id\":\"2\",\"service_request_id\":\"7\",\"status\":\"open\","
                 "\"updated_datetime\":\"2026-09-21T14:00:00Z\",\"description\":\"Қайта\"}]",
                 FAKE_CITY_ANSWERS);
  g_assert_true (refresh (town, "7", NULL));
  history = get_history (town, "7");
  g_assert_cmpuint (history->len, ==, 4);
}

/* As it runs for days: the city is asked who it is only now and then. */
static void
test_nothing_new_is_one_question (Town *town, gconstpointer unused)
{
  const KomekSyncTimes usual = { .poll = 10, .page_size = PAGE };

  settle (town);
  close_line (town);
  open_line (town, &usual);
  connect_city (town);
  wait_for (town, KOMEK_LINE_CURRENT);
  wait_for_sweep (town);
  g_ptr_array_set_size (town->city->log, 0);
  for (guint i = 0; i < 5; i++)
    wait_for_sweep (town);
  g_assert_cmpuint (town->city->log->len, <=, 6);
  g_assert_cmpuint (fake_city_count (town->city, "GET requests.json?extensions=true&page=1"
                                                 "&page_size=40&updated_after="),
                    ==, town->city->log->len);
}

static GPtrArray *
get_definition (Town *town, const char *service)
{
  g_autoptr (GAsyncResult) result = NULL;

  komek_feed_definition_async (KOMEK_FEED (town->mirror), service, NULL, on_awaited, &result);
  return komek_feed_definition_finish (KOMEK_FEED (town->mirror), await (&result), NULL);
}

static void
add_service (Town *town, const char *code)
{
  g_autoptr (KomekLabel) name = komek_label_new ("Шам", "Фонарь", "Lamp");

  g_ptr_array_add (town->city->services, komek_service_new (&(KomekServiceFields) {
    .code = code, .name = name, .metadata = TRUE }));
}

static void
define (Town *town, const char *code, const char *attribute)
{
  g_autofree char *question = g_strdup_printf ("GET services/%s.json", code);
  g_autofree char *body =
    g_strdup_printf ("{\"service_code\":\"%s\",\"attributes\":[{\"variable\":true,\"code\":\"%s\","
                     "\"datatype\":\"string\",\"required\":true,\"order\":1,"
                     "\"description\":\"Нөмірі\"}]}",
                     code, attribute);

  fake_city_say (town->city, question, 200, "application/json", body, FAKE_CITY_ANSWERS);
}

/* One of the services promises what it does not have. */
static void
test_a_new_changeset_brings_definitions (Town *town, gconstpointer unused)
{
  g_autoptr (GPtrArray) first = NULL;
  g_autoptr (GPtrArray) second = NULL;

  add_service (town, "empty");
  add_service (town, "lamp");
  define (town, "lamp", "POLE");
  g_test_expect_message ("komek-sync", G_LOG_LEVEL_MESSAGE, "*empty has no definition*");
  connect_city (town);
  wait_for (town, KOMEK_LINE_CURRENT);
  g_test_assert_expected_messages ();
  first = get_definition (town, "lamp");
  g_assert_cmpuint (first->len, ==, 1);
  g_assert_cmpstr (komek_attribute_get_code (first->pdata[0]), ==, "POLE");
  wait_for_look (town);
  g_assert_cmpuint (fake_city_count (town->city, "GET services/lamp.json"), ==, 1);

  define (town, "lamp", "COLOUR");
  g_test_expect_message ("komek-sync", G_LOG_LEVEL_MESSAGE, "*empty has no definition*");
  fake_city_rename (town->city, "city-1", "2");
  wait_for_look (town);
  wait_for_look (town);
  g_test_assert_expected_messages ();
  second = get_definition (town, "lamp");
  g_assert_cmpstr (komek_attribute_get_code (second->pdata[0]), ==, "COLOUR");
  g_assert_cmpuint (fake_city_count (town->city, "GET services/lamp.json"), ==, 2);
}

/* Each answer has but one language; what is shown has them all. */
static void
test_names_in_three_languages (Town *town, gconstpointer unused)
{
  const Kind kind = { "", PAGED | KOMEK_ABILITY_LANGUAGES };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) services = NULL;
  KomekLabel *name;

  follow (town, &kind);
  komek_feed_services_async (KOMEK_FEED (town->mirror), NULL, on_awaited, &result);
  services = komek_feed_services_finish (KOMEK_FEED (town->mirror), await (&result), NULL);
  g_assert_cmpuint (services->len, ==, 1);
  name = komek_service_get_name (services->pdata[0]);
  g_assert_cmpstr (komek_label_get_exact (name, KOMEK_LANGUAGE_KAZAKH), ==, "Шұңқыр");
  g_assert_cmpstr (komek_label_get_exact (name, KOMEK_LANGUAGE_RUSSIAN), ==, "Яма");
  g_assert_cmpstr (komek_label_get_exact (name, KOMEK_LANGUAGE_ENGLISH), ==, "Pothole");
}

static void
add_for_each (guint number, const char *path, void (*test) (Town *town, gconstpointer kind))
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *name = g_strdup_printf ("/cities/%s/%s", kinds[i].name, path);

      if (!is_spared (i, number))
        g_test_add (name, Town, &kinds[i], set_up, test, tear_down);
    }
}

/* What the others do otherwise has nothing to do with nonsense. */
static gboolean
is_usual (const Kind *kind)
{
  return !kind->xml_only && !kind->names_next && !kind->repeats && !kind->ignores_dates
         && kind->length % 1000 == 0;
}

static void
add_nonsense (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds) * G_N_ELEMENTS (nonsense); i++)
    {
      const Kind *kind = &kinds[i / G_N_ELEMENTS (nonsense)];
      g_autofree char *name =
        g_strdup_printf ("/cities/%s/nonsense-drops-nothing/%s", kind->name,
                         nonsense[i % G_N_ELEMENTS (nonsense)].name);

      if (is_usual (kind) && !is_spared (i / G_N_ELEMENTS (nonsense), i % G_N_ELEMENTS (nonsense)))
        g_test_add (name, Town, GSIZE_TO_POINTER (i), set_up, test_nonsense_drops_nothing,
                    tear_down);
    }
}

#define ADD(path, function) \
  g_test_add ("/cities/" path, Town, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_for_each (0, "is-filled", test_is_filled);
  add_for_each (1, "shows-what-is-new-and-what-changed", test_shows_what_is_new_and_what_changed);
  add_for_each (2, "drops-what-was-taken-back", test_drops_what_was_taken_back);
  add_for_each (3, "goes-on-after-a-restart", test_goes_on_after_a_restart);
  add_for_each (4, "is-filled-in-pieces", test_is_filled_in_pieces);
  add_for_each (5, "does-not-lose-all-at-once", test_does_not_lose_all_at_once);
  add_nonsense ();
  ADD ("pages-that-become-shorter", test_pages_that_become_shorter);
  ADD ("leaves-out-what-has-no-number", test_leaves_out_what_has_no_number);
  ADD ("shows-each-update-once", test_shows_each_update_once);
  ADD ("nothing-new-is-one-question", test_nothing_new_is_one_question);
  ADD ("names-in-three-languages", test_names_in_three_languages);
  ADD ("a-new-changeset-brings-definitions", test_a_new_changeset_brings_definitions);
  return g_test_run ();
}
