/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "komek-lexicon.h"

#define N_WORDS 400
#define N_SEARCHES 1500

/* Few letters, so that words are often alike, and Cyrillic ones beside Latin. */
static const char *const letters[] = { "а", "б", "к", "н", "a", "k", "1" };

static char *
make_word (GRand *rand, int shortest, int longest)
{
  GString *word = g_string_new (NULL);

  for (int i = g_rand_int_range (rand, shortest, longest + 1); i > 0; i--)
    g_string_append (word, letters[g_rand_int_range (rand, 0, G_N_ELEMENTS (letters))]);
  return g_string_free (word, FALSE);
}

static GString *
from_letters (const gunichar *c, guint n)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_unichar (text, c[i]);
  return text;
}

/* Whether @text begins with what @word becomes by changing one letter: all changes, one by one. */
static gboolean
is_slip (const char *text, const char *word)
{
  glong n;
  g_autofree gunichar *c = g_utf8_to_ucs4_fast (word, -1, &n);
  glong n_text = g_utf8_strlen (text, -1);

  for (glong i = 0; i < n; i++)
    {
      g_autoptr (GString) head = from_letters (c, i);
      g_autoptr (GString) behind = from_letters (c + i + 1, n - i - 1);
      g_autoptr (GString) from = from_letters (c + i, n - i);
      const char *rest;

      if (!g_str_has_prefix (text, head->str))
        continue;
      rest = text + head->len;
      /* One too many; a wrong one; one too few. */
      if (g_str_has_prefix (rest, behind->str))
        return TRUE;
      if (n_text > i && g_str_has_prefix (g_utf8_next_char (rest), behind->str))
        return TRUE;
      if (n_text > i && g_str_has_prefix (g_utf8_next_char (rest), from->str))
        return TRUE;
      /* Two that changed places. */
      if (i + 1 < n)
        {
          gunichar pair[] = { c[i + 1], c[i] };
          g_autoptr (GString) turned = from_letters (pair, 2);
          g_autoptr (GString) after = from_letters (c + i + 2, n - i - 2);

          if (g_str_has_prefix (rest, turned->str)
              && g_str_has_prefix (rest + turned->len, after->str))
            return TRUE;
        }
    }
  return FALSE;
}

static gboolean
fits (const char *text, const char *word, KomekLexiconFit fit)
{
  switch (fit)
    {
    case KOMEK_LEXICON_EXACT:
      return strcmp (text, word) == 0;
    case KOMEK_LEXICON_PREFIX:
      return strcmp (text, word) != 0 && g_str_has_prefix (text, word);
    case KOMEK_LEXICON_INSIDE:
      return g_utf8_strlen (word, -1) >= 3 && strstr (g_utf8_next_char (text), word) != NULL;
    case KOMEK_LEXICON_SLIP:
    default:
      return g_utf8_strlen (word, -1) >= 4 && !g_str_has_prefix (text, word) && is_slip (text, word);
    }
}

static void
on_value (guint32 value, gpointer met)
{
  ((gboolean *) met)[value] = TRUE;
}

static void
test_finds_what_brute_force_finds (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (42);
  g_autoptr (KomekLexicon) lexicon = komek_lexicon_new ();
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  guint n_found[4] = { 0 };

  for (guint i = 0; i < N_WORDS; i++)
    {
      g_ptr_array_add (words, make_word (rand, 1, 7));
      komek_lexicon_add (lexicon, words->pdata[i], i);
    }
  komek_lexicon_seal (lexicon);

  for (guint i = 0; i < N_SEARCHES; i++)
    {
      g_autofree char *word = make_word (rand, 1, 6);

      for (KomekLexiconFit fit = KOMEK_LEXICON_EXACT; fit <= KOMEK_LEXICON_SLIP; fit++)
        {
          gboolean met[N_WORDS] = { FALSE };

          komek_lexicon_visit (lexicon, word, fit, on_value, met);
          for (guint j = 0; j < N_WORDS; j++)
            {
              if (met[j] != fits (words->pdata[j], word, fit))
                g_error ("“%s” and “%s”, %d: %d", word, (char *) words->pdata[j], fit, met[j]);
              n_found[fit] += met[j];
            }
        }
    }
  for (guint i = 0; i < G_N_ELEMENTS (n_found); i++)
    g_assert_cmpuint (n_found[i], >, 100);
}

static void
on_counted (guint32 value, gpointer n)
{
  ++*(guint *) n;
}

/* A word that stands in a name twice is in it once; one that stands in many is in all of them. */
static void
test_each_value_is_given_once (void)
{
  static const KomekLexiconFit fits[] = { KOMEK_LEXICON_EXACT, KOMEK_LEXICON_INSIDE };
  static const char *const words[] = { "самал", "амал" };
  g_autoptr (KomekLexicon) lexicon = komek_lexicon_new ();

  for (guint value = 0; value < 5; value++)
    for (guint i = 0; i < 2; i++)
      komek_lexicon_add (lexicon, "самал", value);
  komek_lexicon_seal (lexicon);
  for (guint i = 0; i < G_N_ELEMENTS (fits); i++)
    {
      guint n = 0;

      g_assert_cmpuint (komek_lexicon_visit (lexicon, words[i], fits[i], on_counted, &n), ==, 1);
      g_assert_cmpuint (n, ==, 5);
    }
}

static void
test_an_empty_one_finds_nothing (void)
{
  g_autoptr (KomekLexicon) lexicon = komek_lexicon_new ();

  komek_lexicon_seal (lexicon);
  for (KomekLexiconFit fit = KOMEK_LEXICON_EXACT; fit <= KOMEK_LEXICON_SLIP; fit++)
    {
      g_assert_cmpuint (komek_lexicon_visit (lexicon, "абай", fit, on_value, NULL), ==, 0);
      g_assert_cmpuint (komek_lexicon_visit (lexicon, "", fit, on_value, NULL), ==, 0);
    }
}

static void
test_strange_letters_are_letters (void)
{
  g_autoptr (KomekLexicon) lexicon = komek_lexicon_new ();
  gboolean met[2] = { FALSE };

  komek_lexicon_add (lexicon, "𝔸бай", 0);
  komek_lexicon_add (lexicon, "日本語の道", 1);
  komek_lexicon_seal (lexicon);
  g_assert_cmpuint (komek_lexicon_visit (lexicon, "𝔸ба", KOMEK_LEXICON_PREFIX, on_value, met), ==, 1);
  g_assert_cmpuint (komek_lexicon_visit (lexicon, "日木語の", KOMEK_LEXICON_SLIP, on_value, met), ==, 1);
  g_assert_true (met[0] && met[1]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lexicon/finds-what-brute-force-finds", test_finds_what_brute_force_finds);
  g_test_add_func ("/lexicon/each-value-is-given-once", test_each_value_is_given_once);
  g_test_add_func ("/lexicon/an-empty-one-finds-nothing", test_an_empty_one_finds_nothing);
  g_test_add_func ("/lexicon/strange-letters-are-letters", test_strange_letters_are_letters);
  return g_test_run ();
}
