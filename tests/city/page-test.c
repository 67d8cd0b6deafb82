/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "harness.h"
#include "komek-language.h"
#include "komek-request.h"

/* The web pages that a citizen's phone shows. */

static Harness *city;

static char *
get_page (const char *path, const char *language, guint expected_status)
{
  guint status;
  g_autoptr (GBytes) body = harness_send (city, "GET", path, NULL, language, &status);

  g_assert_cmpuint (status, ==, expected_status);
  return g_strndup (g_bytes_get_size (body) > 0 ? g_bytes_get_data (body, NULL) : "",
                    g_bytes_get_size (body));
}

static char *
dup_number (const char *query)
{
  g_autoptr (GPtrArray) requests = harness_get_requests (city, query);

  return g_strdup (komek_request_get_number (requests->pdata[0]));
}

/* Every element is closed in its turn; what never has an end is left out. */
static void
assert_well_formed (const char *html)
{
  g_autoptr (GPtrArray) open = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GRegex) tags = g_regex_new ("<(/?)([a-z][a-z0-9]*)[^<>]*?(/?)>", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  static const char *const voids[] = { "meta", "br", "input", NULL };

  for (g_regex_match (tags, html, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL))
    {
      g_autofree char *slash = g_match_info_fetch (match, 1);
      g_autofree char *name = g_match_info_fetch (match, 2);
      g_autofree char *empty = g_match_info_fetch (match, 3);

      if (g_strv_contains (voids, name) || *empty != '\0')
        continue;
      if (*slash == '\0')
        {
          g_ptr_array_add (open, g_steal_pointer (&name));
          continue;
        }
      g_assert_cmpuint (open->len, >, 0);
      g_assert_cmpstr (name, ==, open->pdata[open->len - 1]);
      g_ptr_array_set_size (open, open->len - 1);
    }
  g_assert_cmpuint (open->len, ==, 0);
}

static const struct
{
  const char *language;
  const char *path_argument, *accept;
  const char *ask, *history, *sample;
} languages[] = {
  { "kk", "", NULL, "Өтінімді тексеру", "Өтінім тарихы", "Үлгі деректер" },
  { "kk", "?lang=kk", "en", "Өтінімді тексеру", "Өтінім тарихы", "Үлгі деректер" },
  { "ru", "?lang=ru", NULL, "Проверить заявку", "История заявки", "Пример данных" },
  { "ru", "", "ru-KZ,ru;q=0.8", "Проверить заявку", "История заявки", "Пример данных" },
  { "en", "?lang=en", "kk", "Check a request", "History", "Sample data" },
};

static void
test_pages_speak_three_languages (void)
{
  g_autofree char *number = dup_number ("status=confirmed&page=1&page_size=1");

  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autofree char *root = g_strconcat ("/", languages[i].path_argument, NULL);
      g_autofree char *path = g_strconcat ("/r/", number, languages[i].path_argument, NULL);
      g_autofree char *tag = g_strdup_printf ("<html lang=\"%s\">", languages[i].language);
      g_autofree char *ask = get_page (root, languages[i].accept, 200);
      g_autofree char *page = get_page (path, languages[i].accept, 200);

      g_assert_nonnull (strstr (ask, tag));
      g_assert_nonnull (strstr (ask, languages[i].ask));
      g_assert_nonnull (strstr (ask, languages[i].sample));
      g_assert_nonnull (strstr (page, tag));
      g_assert_nonnull (strstr (page, number));
      g_assert_nonnull (strstr (page, languages[i].history));
      g_assert_nonnull (strstr (page, languages[i].sample));
      g_assert_cmpstr (harness_get_header (city, "Content-Language"), ==, languages[i].language);
      assert_well_formed (ask);
      assert_well_formed (page);
    }
}

static void
test_pages_fetch_and_run_nothing (void)
{
  g_autofree char *number = dup_number ("status=confirmed&page=1&page_size=1");
  g_autofree char *path = g_strconcat ("/r/", number, NULL);
  g_autofree char *page = get_page (path, NULL, 200);

  g_assert_null (strstr (page, "<script"));
  g_assert_null (strstr (page, "src="));
  g_assert_null (strstr (page, "http:"));
  g_assert_null (strstr (page, "https:"));
  g_assert_true (g_str_has_prefix (harness_get_header (city, "Content-Security-Policy"),
                                   "default-src 'none'; style-src 'unsafe-inline'"));
  g_assert_cmpstr (harness_get_header (city, "X-Content-Type-Options"), ==, "nosniff");
  g_assert_cmpstr (harness_get_header (city, "Referrer-Policy"), ==, "no-referrer");
  g_assert_nonnull (strstr (harness_get_header (city, "Vary"), "Accept-Language"));
  g_assert_cmpstr (harness_get_header (city, "Content-Type"), ==, "text/html; charset=utf-8");
}

static void
test_an_answer_stands_on_the_page (void)
{
  g_autofree char *number = dup_number ("status=confirmed&page=1&page_size=1");
  g_autofree char *path = g_strdup_printf ("/r/%s?lang=en", number);
  g_autofree char *page = get_page (path, NULL, 200);
  const char *answer = strstr (page, "card answer");

  g_assert_nonnull (strstr (page, "<svg class=\"done\""));
  g_assert_nonnull (answer);
  g_assert_null (strstr (answer + 1, "card answer"));
  g_assert_null (strstr (page, "No answer yet"));
}

static void
test_the_citizens_words_do_not (void)
{
  g_autofree char *number = harness_file (
      city, "service_code=ROA.pothole&lat=51.13&long=71.43&description=secretword");
  g_autofree char *path = g_strdup_printf ("/r/%s?lang=en", number);
  g_autofree char *page = get_page (path, NULL, 200);

  g_assert_null (strstr (page, "secretword"));
  g_assert_nonnull (strstr (page, "No answer yet"));
  g_assert_nonnull (strstr (page, "days left"));
}

static void
test_an_address_is_escaped (void)
{
  g_autofree char *number = harness_file (
      city, "service_code=ROA.pothole&description=x&address_string="
            "%3Cscript%3Ealert(%22%27%26)%3C/script%3E");
  g_autofree char *path = g_strconcat ("/r/", number, NULL);
  g_autofree char *page = get_page (path, NULL, 200);

  g_assert_nonnull (strstr (page, "&lt;script&gt;alert(&quot;&apos;&amp;)&lt;/script&gt;"));
  assert_well_formed (page);
}

static void
test_what_was_typed_is_escaped (void)
{
  g_autofree char *page = get_page ("/?lang=en&number=%22%3E%3Cscript%3E", NULL, 200);
  g_autofree char *path = get_page ("/r/%22%3E%3Cscript%3E?lang=en", NULL, 404);

  g_assert_nonnull (strstr (page, "value=\"&quot;&gt;&lt;script&gt;\""));
  g_assert_nonnull (strstr (path, "value=\"&quot;&gt;&lt;script&gt;\""));
  g_assert_nonnull (strstr (path, "do not fit together"));
  assert_well_formed (page);
  assert_well_formed (path);
}

static void
test_the_form_leads_to_the_page (void)
{
  g_autofree char *number = dup_number ("page=1&page_size=1");
  g_auto (GStrv) parts = g_strsplit (number, "-", -1);
  g_autofree char *typed = g_strjoinv ("+", parts);
  g_autofree char *path = g_strdup_printf ("/?lang=ru&number=%s", typed);
  g_autofree char *expected = g_strdup_printf ("r/%s?lang=ru", number);
  g_autofree char *page = get_page (path, NULL, 303);

  g_assert_cmpstr (page, ==, "");
  g_assert_cmpstr (harness_get_header (city, "Location"), ==, expected);
}

static void
test_a_number_without_hyphens_is_shown (void)
{
  g_autofree char *number = dup_number ("page=1&page_size=1");
  g_auto (GStrv) parts = g_strsplit (number, "-", -1);
  g_autofree char *bare = g_strjoinv ("", parts);
  g_autofree char *path = g_strconcat ("/r/", bare, NULL);
  g_autofree char *page = get_page (path, NULL, 200);

  g_assert_nonnull (strstr (page, number));
}

static void
test_an_unknown_number_is_a_sentence_and_a_form (void)
{
  /* Its check digit is right. */
  g_autofree char *page = get_page ("/r/010100-000-009?lang=en", NULL, 404);

  g_assert_nonnull (strstr (page, "No request with this number"));
  g_assert_nonnull (strstr (page, "<form"));
  g_assert_nonnull (strstr (page, "010100-000-009"));
  assert_well_formed (page);
}

static void
test_a_slip_of_the_finger_is_told (void)
{
  g_autofree char *page = get_page ("/r/010100-000-000?lang=kk", NULL, 404);
  g_autofree char *typed = get_page ("/?number=12&lang=kk", NULL, 200);

  g_assert_nonnull (strstr (page, "Нөмір қате жазылған"));
  g_assert_nonnull (strstr (typed, "Нөмір қате жазылған"));
}

static void
test_other_paths_are_a_sentence_too (void)
{
  guint status;
  g_autofree char *page = get_page ("/admin?lang=en", NULL, 404);
  g_autoptr (GBytes) body = harness_send (city, "POST", "/?lang=en", NULL, NULL, &status);

  g_assert_nonnull (strstr (page, "no such address"));
  assert_well_formed (page);
  g_assert_cmpuint (status, ==, 405);
  g_assert_cmpstr (harness_get_header (city, "Allow"), ==, "GET, HEAD");
}

/* No page of any request of the sample lacks a word or breaks. */
static void
test_every_request_has_a_page (void)
{
  g_autoptr (GPtrArray) requests = harness_get_requests (city, "page=1&page_size=1000");

  for (guint i = 0; i < requests->len; i++)
    {
      const char *language = komek_language_get_code (i % KOMEK_N_LANGUAGES);
      g_autofree char *path = g_strdup_printf (
          "/r/%s?lang=%s", komek_request_get_number (requests->pdata[i]), language);
      g_autofree char *page = get_page (path, NULL, 200);

      assert_well_formed (page);
      g_assert_null (strstr (page, "{street"));
      g_assert_null (strstr (page, "(null)"));
      g_assert_null (strstr (page, "<dd></dd>"));
      g_assert_null (strstr (page, "<h1></h1>"));
    }
}

#define ADD(path, function) g_test_add_func ("/city/page/" path, function)

int
main (int argc, char **argv)
{
  char *folder;
  int result;

  g_test_init (&argc, &argv, NULL);
  ADD ("pages-speak-three-languages", test_pages_speak_three_languages);
  ADD ("pages-fetch-and-run-nothing", test_pages_fetch_and_run_nothing);
  ADD ("an-answer-stands-on-the-page", test_an_answer_stands_on_the_page);
  ADD ("the-citizens-words-do-not", test_the_citizens_words_do_not);
  ADD ("an-address-is-escaped", test_an_address_is_escaped);
  ADD ("what-was-typed-is-escaped", test_what_was_typed_is_escaped);
  ADD ("the-form-leads-to-the-page", test_the_form_leads_to_the_page);
  ADD ("a-number-without-hyphens-is-shown", test_a_number_without_hyphens_is_shown);
  ADD ("an-unknown-number-is-a-sentence-and-a-form",
       test_an_unknown_number_is_a_sentence_and_a_form);
  ADD ("a-slip-of-the-finger-is-told", test_a_slip_of_the_finger_is_told);
  ADD ("other-paths-are-a-sentence-too", test_other_paths_are_a_sentence_too);
  ADD ("every-request-has-a-page", test_every_request_has_a_page);

  folder = harness_make_folder ();
  city = harness_new (folder, (const char *const[]) { "--sample", "300", NULL });
  result = g_test_run ();
  harness_free (city);
  harness_remove_folder (folder);
  return result;
}
