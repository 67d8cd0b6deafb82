/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "await.h"
#include "device.h"
#include "komek-number.h"

static const Report reports[] = {
  { "121126-002-174", "Аулада шұңқыр бар", "Абай даңғылы, 5", "ROA.pothole", 0, 1000 },
  { "121126-002-182", "Не горит фонарь, тёмный двор", "ул. Сейфуллина, 8", "LIG.lamp", 0, 3000 },
  { "131126-000-018", "Қар тазаланбаған", "Тұран даңғылы, 55", "SNO.street", 0, 2000 },
  { "SR-2026/77", "Шұңқырға су жиналды", "Сейфуллин көшесі, 12", "ROA.pothole", 0, 4000 },
};

/* The numbers that are found, newest first, by their places in the table above. */
static const struct
{
  const char *name;
  const char *text;
  const char *found;
} searches[] = {
  { "kazakh-as-written", "шұңқыр", "30" },
  { "kazakh-on-russian-keys", "шункыр", "30" },
  { "capitals", "ШҰҢҚЫР", "30" },
  { "the-beginning-of-a-word", "шунк", "30" },
  { "one-letter", "ш", "30" },
  { "inside-a-word", "ункыр", "30" },
  { "inside-a-word-with-capitals", "ҢҚЫР", "30" },
  { "two-letters-only-begin", "ун", "" },
  { "the-end-of-a-word", "байган", "" },
  { "the-end-of-an-inflected-word", "алан", "2" },
  { "inside-and-a-word", "ункыр аулада", "0" },
  { "all-words", "шункыр аулада", "0" },
  { "words-apart", "фонарь темный", "1" },
  { "yo-typed-ye", "темн", "1" },
  { "text-and-address", "фонарь сейфуллина", "1" },
  { "an-address", "туран 55", "2" },
  { "one-name-in-two-languages", "сейфуллин", "31" },
  { "a-whole-number", "121126-002-174", "0" },
  { "a-number-without-hyphens", "121126002174", "0" },
  { "the-beginning-of-a-number", "121126-002", "10" },
  { "the-beginning-without-hyphens", "12112600217", "0" },
  { "the-end-of-a-number", "018", "2" },
  { "the-middle-of-a-number", "126-002", "10" },
  { "the-middle-without-hyphens", "260021", "10" },
  { "both-ends-missing", "6-002-17", "0" },
  { "a-number-with-spaces", "121126 002 182", "1" },
  { "two-digits-are-no-number", "82", "" },
  { "a-number-of-another-city", "sr-2026/77", "3" },
  { "another-number-without-its-series", "2026/77", "3" },
  { "another-number-in-one-piece", "SR202677", "3" },
  { "a-number-that-nobody-has", "121126-002-999", "" },
  { "a-service-in-english", "pothole", "30" },
  { "a-service-in-russian", "выбоина", "30" },
  { "a-service-and-a-word", "pothole аулада", "0" },
  { "a-keyword", "снегоуборка", "2" },
  { "nothing-such", "трамвай", "" },
  { "no-words", " - / ", "" },
  { "what-only-looks-like-syntax", "\"фонарь\" AND (двор* OR -\"", "" },
  { "one-word-in-quotes", "\"фонарь\"", "1" },
  { "a-phrase", "\"темный двор\"", "1" },
  { "a-phrase-on-other-keys", "\"СУ ЖИНАЛДЫ\"", "3" },
  { "a-phrase-the-other-way-round", "\"двор темный\"", "" },
  { "a-phrase-with-a-gap", "\"аулада бар\"", "" },
  { "a-phrase-in-the-address", "\"абай дангылы 5\"", "0" },
  { "a-phrase-is-whole-words", "\"темный дво\"", "" },
  { "a-phrase-in-other-quotes", "«темный двор»", "1" },
  { "a-phrase-and-a-word", "\"су жиналды\" сейф", "3" },
  { "a-phrase-that-is-being-typed", "\"темный дво", "1" },
};

static void
put_city (Device *device)
{
  g_autoptr (KomekCity) city = komek_city_new (&(KomekCityFields) { .id = "c" });
  g_autoptr (KomekLabel) pothole = komek_label_new ("Жол шұңқыры", "Выбоина", "Pothole");
  g_autoptr (KomekLabel) snow = komek_label_new ("Қар", "Снег", "Snow");
  g_autoptr (GPtrArray) services = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (services, komek_service_new (&(KomekServiceFields) {
    .code = "SNO.street", .name = snow, .keywords = "снегоуборка, clearing" }));
  g_ptr_array_add (services, komek_service_new (&(KomekServiceFields) {
    .code = "ROA.pothole", .name = pothole }));
  device_put_city (device, city, services);
}

static guint
place_of (KomekRequest *request)
{
  for (guint i = 0; i < G_N_ELEMENTS (reports); i++)
    if (g_str_equal (komek_request_get_number (request), reports[i].number))
      return i;
  g_assert_not_reached ();
}

static int
compare_newest_first (gconstpointer a, gconstpointer b)
{
  return komek_request_peek (*(KomekRequest **) b)->requested
         - komek_request_peek (*(KomekRequest **) a)->requested;
}

static char *
search (Device *device, const char *text)
{
  g_autoptr (GArray) keys = device_match (device, text);
  g_autoptr (GPtrArray) requests = device_load (device, keys);
  GString *found = g_string_new (NULL);

  for (guint i = 1; i < keys->len; i++)
    g_assert_cmpuint (g_array_index (keys, guint32, i), >, g_array_index (keys, guint32, i - 1));
  g_ptr_array_sort (requests, compare_newest_first);
  for (guint i = 0; i < requests->len; i++)
    g_string_append_printf (found, "%u", place_of (requests->pdata[i]));
  return g_string_free (found, FALSE);
}

static void
test_finds (Device *device, gconstpointer row)
{
  gsize i = GPOINTER_TO_SIZE (row);
  g_autofree char *found = NULL;

  put_city (device);
  device_put (device, reports, G_N_ELEMENTS (reports));
  found = search (device, searches[i].text);
  g_assert_cmpstr (found, ==, searches[i].found);
}

static void
test_follows_a_changed_text (Device *device, gconstpointer unused)
{
  Report changed = reports[0];
  g_autofree char *before = NULL;
  g_autofree char *old_word = NULL;
  g_autofree char *new_word = NULL;

  device_put (device, reports, G_N_ELEMENTS (reports));
  changed.text = "Аулада құдық бар";
  device_put (device, &changed, 1);
  before = search (device, "шункыр");
  g_assert_cmpstr (before, ==, "3");
  old_word = search (device, "аулада шункыр");
  g_assert_cmpstr (old_word, ==, "");
  new_word = search (device, "аулада кудык");
  g_assert_cmpstr (new_word, ==, "0");
}

/* A city may tell of one request twice in a page. */
static void
test_follows_a_text_that_changed_twice (Device *device, gconstpointer unused)
{
  static const Report first = { "T-1", "қар", "", NULL, 0, 1 };
  static const Report twice[] = {
    { "T-1", "мұз", "", NULL, 0, 1 },
    { "T-1", "балшық", "", NULL, 0, 1 },
  };
  static const char *const former[] = { "қар", "мұз" };
  g_autoptr (GArray) now = NULL;

  device_put (device, &first, 1);
  device_put (device, twice, G_N_ELEMENTS (twice));
  now = device_match (device, "балшық");
  g_assert_cmpuint (now->len, ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (former); i++)
    {
      g_autoptr (GArray) found = device_match (device, former[i]);

      g_assert_cmpuint (found->len, ==, 0);
    }
}

static void
test_gives_the_newest_of_too_many (Device *device, gconstpointer unused)
{
  g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) keys = NULL;
  g_autoptr (GPtrArray) found = NULL;

  for (guint i = 0; i < 10040; i++)
    {
      g_autofree char *number = g_strdup_printf ("E-%u", i);
      Report report = { number, "қар", "", NULL, 0, (i * 7919) % 10040 };

      g_ptr_array_add (requests, make_request (&report));
    }
  device_put_all (device, requests);
  keys = device_match (device, "кар");
  g_assert_cmpuint (keys->len, ==, 10000);
  found = device_load (device, keys);
  for (guint i = 0; i < found->len; i++)
    g_assert_cmpint (komek_request_peek (found->pdata[i])->requested, >=, 40);
}

static char *
list_hits (Device *device, KomekHits *hits)
{
  g_autoptr (GPtrArray) requests = device_load (device, komek_hits_get_keys (hits));
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < requests->len; i++)
    g_string_append_printf (list, "%s%s", i > 0 ? " " : "",
                            komek_request_get_number (requests->pdata[i]));
  return g_string_free (list, FALSE);
}

static const Report ordered[] = {
  { "B-1", "яма", "", NULL, 0, 1000 },
  { "B-2", "яма у дома на нашей улице за старым мостом возле большой новой школы", "", NULL, 0, 5000 },
  { "B-3", "яма яма яма", "", NULL, 0, 3000 },
  { "B-4", "дом", "", NULL, 0, 9000 },
  { "B-5", "яма да яма", "", NULL, 0, 2000 },
};

/* They came in another order, and the second page is older than the first one and younger. */
static void
test_the_newest_come_first (Device *device, gconstpointer unused)
{
  g_autoptr (KomekHits) hits = NULL;
  g_autofree char *list = NULL;

  device_put (device, ordered, 2);
  device_put (device, ordered + 2, 3);
  hits = device_search (device, "яма", KOMEK_SEARCH_NEWEST, 3);
  list = list_hits (device, hits);
  g_assert_cmpstr (list, ==, "B-2 B-3 B-5");
  g_assert_cmpuint (komek_hits_get_count (hits), ==, 3);
  g_assert_false (komek_hits_is_exact (hits));
}

/* The word more often, or more of the text. */
static void
test_the_best_come_first (Device *device, gconstpointer unused)
{
  g_autoptr (KomekHits) hits = NULL;
  g_autofree char *list = NULL;

  device_put (device, ordered, G_N_ELEMENTS (ordered));
  hits = device_search (device, "яма", KOMEK_SEARCH_BEST, 10);
  list = list_hits (device, hits);
  g_assert_cmpstr (list, ==, "B-3 B-5 B-1 B-2");
  g_assert_cmpuint (komek_hits_get_count (hits), ==, 4);
  g_assert_true (komek_hits_is_exact (hits));
}

/* Of two words the rarer says more of what is meant. */
static void
test_a_rare_word_weighs_more (Device *device, gconstpointer unused)
{
  const Report frequent_twice = { "C-1", "яма яма люк сад", "", NULL, 0, 2 };
  const Report rare_twice = { "C-2", "яма люк люк сад", "", NULL, 0, 1 };
  g_autoptr (KomekHits) hits = NULL;
  g_autofree char *list = NULL;

  device_put (device, ordered, G_N_ELEMENTS (ordered));
  device_put (device, &frequent_twice, 1);
  device_put (device, &rare_twice, 1);
  hits = device_search (device, "яма люк", KOMEK_SEARCH_BEST, 10);
  list = list_hits (device, hits);
  g_assert_cmpstr (list, ==, "C-2 C-1");
}

static void
test_a_number_is_better_than_words (Device *device, gconstpointer unused)
{
  const Report mentions = { "B-6", "то же что 1000 и 1000", "", NULL, 0, 9999 };
  const Report meant = { "71000-2", "дом", "", NULL, 0, 1 };
  g_autoptr (KomekHits) hits = NULL;
  g_autofree char *list = NULL;

  device_put (device, &mentions, 1);
  device_put (device, &meant, 1);
  hits = device_search (device, "1000", KOMEK_SEARCH_BEST, 10);
  list = list_hits (device, hits);
  g_assert_cmpstr (list, ==, "71000-2 B-6");
  g_assert_cmpuint (komek_hits_get_count (hits), ==, 2);
}

/* Of the words that hold a part the 200 most frequent are looked for; that there are more is said. */
static void
test_a_part_of_too_many_words_says_so (Device *device, gconstpointer unused)
{
  g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (KomekHits) some = NULL;
  g_autoptr (KomekHits) all = NULL;

  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *number = g_strdup_printf ("G-%u", i);
      g_autofree char *text = g_strdup_printf ("ағаш%u бағаш%u", i, i);

      g_ptr_array_add (requests, make_request (&(Report) { number, text, "", NULL, 0, i }));
    }
  device_put_all (device, requests);
  some = device_search (device, "агаш", KOMEK_SEARCH_NEWEST, 500);
  g_assert_cmpuint (komek_hits_get_count (some), ==, 300);
  g_assert_false (komek_hits_is_exact (some));
  all = device_search (device, "агаш29", KOMEK_SEARCH_NEWEST, 500);
  g_assert_cmpuint (komek_hits_get_count (all), ==, 11);
  g_assert_true (komek_hits_is_exact (all));
}

/* Letters that the vocabulary has no byte for look all the same to it, at first. */
static void
test_words_of_any_script_are_told_apart (Device *device, gconstpointer unused)
{
  const Report foreign[] = {
    { "H-1", "ქუჩა", "", NULL, 0, 3 }, { "H-2", "ქარი", "", NULL, 0, 2 },
    { "H-3", "街灯 ქაქუჩა", "", NULL, 0, 1 },
  };
  const struct { const char *text, *found; } typed[] = {
    { "ქუჩა", "H-1 H-3" }, { "უჩა", "H-1 H-3" }, { "ქა", "H-2 H-3" },
    { "ქარ", "H-2" },      { "街", "H-3" },      { "灯", "" },
  };

  device_put (device, foreign, G_N_ELEMENTS (foreign));
  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_autoptr (KomekHits) hits =
        device_search (device, typed[i].text, KOMEK_SEARCH_NEWEST, 5);
      g_autofree char *list = list_hits (device, hits);

      g_assert_cmpstr (list, ==, typed[i].found);
    }
}

static void
put_local (Device *device, const char *local, const char *number)
{
  g_autoptr (GAsyncResult) result = NULL;

  komek_mirror_put_local_number_async (device->mirror, local, number, NULL, on_awaited, &result);
  g_assert_true (komek_mirror_write_finish (device->mirror, await (&result), NULL));
}

/* Whole and in part, with and without hyphens; the slip is all that somebody holds. */
static void
test_a_local_number_finds_what_became_of_it (Device *device, gconstpointer unused)
{
  g_autofree char *local = komek_number_format_local (1234567890, 42);
  const char *const typed[] = { local, "0123-4567", "7890", "8900042" };
  const guint announced = 2;

  device_put (device, reports, G_N_ELEMENTS (reports));
  put_local (device, local, "131126-000-018");
  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_autofree char *found = search (device, typed[i]);
      g_autoptr (KomekHits) best = device_search (device, typed[i], KOMEK_SEARCH_BEST, 5);

      g_assert_cmpstr (found, ==, "2");
      g_assert_cmpuint (komek_hits_get_count (best), ==, 1);
      g_assert_cmpuint (komek_hits_get_keys (best)->len, ==, 1);
    }
  let_pass (500);
  g_assert_cmpuint (device->requests, ==, announced);
  put_local (device, local, "131126-000-018");
  let_pass (500);
  g_assert_cmpuint (device->requests, ==, announced);
}

static void
test_a_local_number_leads_to_its_request (Device *device, gconstpointer unused)
{
  g_autofree char *local = komek_number_format_local (1234567890, 42);
  g_autofree char *other = komek_number_format_local (1234567890, 43);
  g_autoptr (KomekRequest) request = NULL;
  g_autoptr (KomekRequest) none = NULL;
  g_autoptr (KomekRequest) gone = NULL;

  device_put (device, reports, G_N_ELEMENTS (reports));
  put_local (device, local, "131126-000-018");
  request = device_find (device, local);
  g_assert_cmpstr (komek_request_get_number (request), ==, "131126-000-018");
  none = device_find (device, other);
  g_assert_null (none);
  device_forget (device);
  device_put (device, reports, G_N_ELEMENTS (reports));
  gone = device_find (device, local);
  g_assert_null (gone);
}

/* New words are found by their middles, and so are those of another city, but not the old ones. */
static void
test_the_vocabulary_follows (Device *device, gconstpointer unused)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *gone = NULL;
  const Report late = { "121126-002-174", "көпірбасы", "", NULL, 0, 7000 };
  const Report other = { "121126-002-182", "шлагбаум", "", NULL, 0, 8000 };

  device_put (device, reports, 1);
  first = search (device, "ункыр");
  g_assert_cmpstr (first, ==, "0");
  device_forget (device);
  device_put (device, &other, 1);
  device_put (device, &late, 1);
  second = search (device, "пирбас");
  g_assert_cmpstr (second, ==, "0");
  gone = search (device, "ункыр");
  g_assert_cmpstr (gone, ==, "");
}

static void
test_a_pasted_text_is_no_trouble (Device *device, gconstpointer unused)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *found = NULL;

  device_put (device, reports, G_N_ELEMENTS (reports));
  for (guint i = 0; i < 2000; i++)
    g_string_append (text, "фонарь ");
  found = search (device, text->str);
  g_assert_cmpstr (found, ==, "1");
}

#define ADD(path, function) \
  g_test_add ("/search/" path, Device, NULL, device_set_up, function, device_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (searches); i++)
    {
      g_autofree char *path = g_strdup_printf ("/search/finds/%s", searches[i].name);

      g_test_add (path, Device, GSIZE_TO_POINTER (i), device_set_up, test_finds, device_tear_down);
    }
  ADD ("follows-a-changed-text", test_follows_a_changed_text);
  ADD ("follows-a-text-that-changed-twice", test_follows_a_text_that_changed_twice);
  ADD ("gives-the-newest-of-too-many", test_gives_the_newest_of_too_many);
  ADD ("the-newest-come-first", test_the_newest_come_first);
  ADD ("the-best-come-first", test_the_best_come_first);
  ADD ("a-rare-word-weighs-more", test_a_rare_word_weighs_more);
  ADD ("a-number-is-better-than-words", test_a_number_is_better_than_words);
  ADD ("a-part-of-too-many-words-says-so", test_a_part_of_too_many_words_says_so);
  ADD ("a-local-number-finds-what-became-of-it", test_a_local_number_finds_what_became_of_it);
  ADD ("a-local-number-leads-to-its-request", test_a_local_number_leads_to_its_request);
  ADD ("words-of-any-script-are-told-apart", test_words_of_any_script_are_told_apart);
  ADD ("the-vocabulary-follows", test_the_vocabulary_follows);
  ADD ("a-pasted-text-is-no-trouble", test_a_pasted_text_is_no_trouble);
  return g_test_run ();
}
