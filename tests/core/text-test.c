/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-folding.h"
#include "komek-label.h"
#include "komek-language.h"

static const struct
{
  const char *text;
  const char *folded;
} foldings[] = {
  { "ШҰҢҚЫР", "шункыр" },
  { "шункыр", "шункыр" },
  { "Әә Ғғ Ққ Ңң Өө Ұұ Үү Һһ Іі", "аа гг кк нн оо уу уу хх ии" },
  { "Ёлка ёлка", "елка елка" },
  { "Й и й", "й и й" },
  { "  Абай даңғылы, 18-үй!  ", "абай дангылы 18 уй" },
  { "№ 25-ҮЙ", "no 25 уй" }, /* text and search alike */
  { "Café Ünter", "café ünter" },
  { "\xd0\xb8\xcc\x86", "й" }, /* и and a breve of its own */
  { "ﬁn ①", "fin 1" },
  { "a\tb\n\nc", "a b c" },
  { "—…!?", "" },
  { "", "" },
};

static void
test_a_search_and_a_text_fold_to_one_form (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (foldings); i++)
    {
      g_autofree char *folded = komek_fold (foldings[i].text);

      g_assert_cmpstr (folded, ==, foldings[i].folded);
    }
}

/* Usual characters go a shorter way, which must lead to the same place: a sign that is not usual
 * sends the whole text the long one. */
static void
test_usual_characters_fold_as_all_others (void)
{
  for (gunichar c = 1; c < 0x2100; c++)
    {
      char letter[7] = { 0 };
      g_autofree char *text = NULL;
      g_autofree char *folded = NULL;
      g_autofree char *long_text = NULL;
      g_autofree char *long_folded = NULL;

      g_unichar_to_utf8 (c, letter);
      text = g_strdup_printf ("Ш%sШ 1", letter);
      long_text = g_strdup_printf ("Ш%sШ ①", letter);
      folded = komek_fold (text);
      long_folded = komek_fold (long_text);
      g_assert_cmpstr (folded, ==, long_folded);
    }
}

static void
test_what_is_no_text_folds_to_nothing (void)
{
  const char *const broken[] = { "\xd0", "\xd1\x88\xd0", "\xe2\x80", "\xff", "\xc0\x80" };

  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autofree char *folded = komek_fold (broken[i]);

      g_assert_cmpstr (folded, ==, "");
    }
}

static void
test_folding_twice_changes_nothing (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (foldings); i++)
    {
      g_autofree char *once = komek_fold (foldings[i].text);
      g_autofree char *twice = komek_fold (once);

      g_assert_cmpstr (once, ==, twice);
    }
}

static const struct
{
  const char   *text;
  KomekLanguage language;
} guesses[] = {
  { "Жолда үлкен шұңқыр бар", KOMEK_LANGUAGE_KAZAKH },
  { "ЖОЛДА ҮЛКЕН", KOMEK_LANGUAGE_KAZAKH },
  { "Яма у дома на улице Кенесары, рядом «Әдемі»", KOMEK_LANGUAGE_KAZAKH },
  { "На дороге большая яма", KOMEK_LANGUAGE_RUSSIAN },
  { "WiFi не работает", KOMEK_LANGUAGE_RUSSIAN },
  { "A big hole in the road", KOMEK_LANGUAGE_ENGLISH },
  { "iPhone і", KOMEK_LANGUAGE_KAZAKH }, /* the і of the Kazakh layout, not a Latin i */
  { "12345", KOMEK_LANGUAGE_ENGLISH },
  { "", KOMEK_LANGUAGE_ENGLISH },
};

static void
test_one_kazakh_letter_makes_a_text_kazakh (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (guesses); i++)
    {
      g_test_message ("%s", guesses[i].text);
      g_assert_cmpint (komek_language_guess (guesses[i].text), ==, guesses[i].language);
    }
}

static const struct
{
  const char *code;
  int         language; /* -1 for none */
} codes[] = {
  { "kk", KOMEK_LANGUAGE_KAZAKH }, { "ru", KOMEK_LANGUAGE_RUSSIAN },
  { "en", KOMEK_LANGUAGE_ENGLISH }, { "KK", KOMEK_LANGUAGE_KAZAKH },
  { "kk_KZ.UTF-8", KOMEK_LANGUAGE_KAZAKH }, { "ru-RU", KOMEK_LANGUAGE_RUSSIAN },
  { "en_GB", KOMEK_LANGUAGE_ENGLISH }, { "en:ru", KOMEK_LANGUAGE_ENGLISH },
  { "kkc", -1 }, { "rus", -1 }, { "e", -1 }, { "", -1 }, { "C", -1 }, { "C.UTF-8", -1 },
  { "de", -1 }, { NULL, -1 },
};

static void
test_a_tag_names_its_language_by_two_letters (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      KomekLanguage language = 99;
      gboolean known = komek_language_from_code (codes[i].code, &language);

      g_test_message ("%s", codes[i].code);
      g_assert_cmpint (known, ==, codes[i].language >= 0);
      g_assert_cmpint (language, ==, known ? codes[i].language : 99);
    }
}

static void
test_codes_come_back (void)
{
  for (guint i = 0; i < KOMEK_N_LANGUAGES; i++)
    {
      KomekLanguage language;

      g_assert_true (komek_language_from_code (komek_language_get_code (i), &language));
      g_assert_cmpint (language, ==, i);
    }
}

static void
test_a_missing_name_is_said_in_another_language (void)
{
  g_autoptr (KomekLabel) all = komek_label_new ("Жаңа", "Новое", "New");
  g_autoptr (KomekLabel) no_kazakh = komek_label_new (NULL, "Новое", "New");
  g_autoptr (KomekLabel) english = komek_label_new ("", "", "New");
  g_autoptr (KomekLabel) none = komek_label_new (NULL, NULL, "");

  g_assert_cmpstr (komek_label_get (all, KOMEK_LANGUAGE_ENGLISH), ==, "New");
  g_assert_cmpstr (komek_label_get (no_kazakh, KOMEK_LANGUAGE_KAZAKH), ==, "Новое");
  g_assert_cmpstr (komek_label_get (english, KOMEK_LANGUAGE_RUSSIAN), ==, "New");
  g_assert_cmpstr (komek_label_get (none, KOMEK_LANGUAGE_KAZAKH), ==, "");
  g_assert_null (komek_label_get_exact (english, KOMEK_LANGUAGE_KAZAKH));
}

static void
test_labels_are_equal_by_their_names (void)
{
  g_autoptr (KomekLabel) a = komek_label_new ("Жаңа", NULL, "New");
  g_autoptr (KomekLabel) b = komek_label_new ("Жаңа", "", "New");
  g_autoptr (KomekLabel) c = komek_label_new ("Жаңа", "Новое", "New");

  g_assert_true (komek_label_equal (a, b));
  g_assert_false (komek_label_equal (a, c));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/folding/a-search-and-a-text-fold-to-one-form",
                   test_a_search_and_a_text_fold_to_one_form);
  g_test_add_func ("/folding/twice-changes-nothing", test_folding_twice_changes_nothing);
  g_test_add_func ("/folding/usual-characters-fold-as-all-others",
                   test_usual_characters_fold_as_all_others);
  g_test_add_func ("/folding/what-is-no-text-folds-to-nothing",
                   test_what_is_no_text_folds_to_nothing);
  g_test_add_func ("/language/one-kazakh-letter-makes-a-text-kazakh",
                   test_one_kazakh_letter_makes_a_text_kazakh);
  g_test_add_func ("/language/a-tag-names-it-by-two-letters",
                   test_a_tag_names_its_language_by_two_letters);
  g_test_add_func ("/language/codes-come-back", test_codes_come_back);
  g_test_add_func ("/label/a-missing-name-is-said-in-another-language",
                   test_a_missing_name_is_said_in_another_language);
  g_test_add_func ("/label/equal-by-their-names", test_labels_are_equal_by_their_names);
  return g_test_run ();
}
