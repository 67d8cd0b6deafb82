/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "await.h"
#include "device.h"
#include "komek-folding.h"

/* What a search finds, held against a look at every request: some hundred questions to requests
 * that nobody wrote, of so few syllables that most words stand within others. */

#define REQUESTS 700
#define WORDS 190
#define QUESTIONS 300
#define FIRST 40
#define SHORTEST_INSIDE 3

typedef struct
{
  GRand *random;
  char  *words[WORDS];
  char  *texts[REQUESTS];
  char **folded[REQUESTS]; /* the words of each text */
} Town;

static char *
make_word (GRand *random)
{
  static const char *const syllables[] = { "жол", "ау", "құ", "шам", "қар", "мұз", "ағ", "лёд", "ы" };
  GString *word = g_string_new (NULL);

  for (int n = g_rand_int_range (random, 1, 5); n > 0; n--)
    g_string_append (word, syllables[g_rand_int_range (random, 0, G_N_ELEMENTS (syllables))]);
  return g_string_free (word, FALSE);
}

/* The first ones far more often than the last. */
static const char *
draw_word (Town *town)
{
  double place = g_rand_double (town->random);

  return town->words[(int) (place * place * place * WORDS)];
}

static void
town_init (Town *town, guint seed)
{
  town->random = g_rand_new_with_seed (seed);
  for (guint i = 0; i < WORDS; i++)
    town->words[i] = make_word (town->random);
  for (guint i = 0; i < REQUESTS; i++)
    {
      GString *text = g_string_new (draw_word (town));
      g_autofree char *folded = NULL;

      for (int n = g_rand_int_range (town->random, 0, 9); n > 0; n--)
        g_string_append_printf (text, n % 3 ? " %s" : ", %s", draw_word (town));
      town->texts[i] = g_string_free (text, FALSE);
      folded = komek_fold (town->texts[i]);
      town->folded[i] = g_strsplit (folded, " ", -1);
    }
}

static void
town_clear (Town *town)
{
  g_rand_free (town->random);
  for (guint i = 0; i < WORDS; i++)
    g_free (town->words[i]);
  for (guint i = 0; i < REQUESTS; i++)
    {
      g_free (town->texts[i]);
      g_strfreev (town->folded[i]);
    }
}

/* The later, the newer; some have had another text before. */
static void
put_town (Device *device, Town *town)
{
  for (guint round = 0; round < 2; round++)
    {
      g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func (g_object_unref);

      for (guint i = 0; i < REQUESTS; i += round == 0 ? 3 : 1)
        {
          g_autofree char *number = g_strdup_printf ("T-%u", i);
          const char *text = town->texts[round == 0 ? (i + 1) % REQUESTS : i];

          g_ptr_array_add (requests, make_request (&(Report) { number, text, "", NULL, 0, i + 1 }));
        }
      device_put_all (device, requests);
    }
}

static char *
make_part (Town *town)
{
  const char *word = draw_word (town);
  int length = g_utf8_strlen (word, -1);
  int from = g_rand_boolean (town->random) ? 0 : g_rand_int_range (town->random, 0, length);

  return g_utf8_substring (word, from, g_rand_int_range (town->random, from, length) + 1);
}

/* One to three parts of words, or two words in quotes. */
static char *
make_question (Town *town)
{
  g_autofree char *first = make_part (town);
  g_autofree char *second = make_part (town);

  switch (g_rand_int_range (town->random, 0, 4))
    {
    case 0:
      return g_strdup_printf ("\"%s %s\"", draw_word (town), draw_word (town));
    case 1:
      return g_strdup_printf ("%s %s", first, second);
    case 2:
      return g_strdup_printf ("%s %s %s", first, draw_word (town), second);
    default:
      return g_steal_pointer (&first);
    }
}

static gboolean
holds_part (char **words, const char *part)
{
  for (guint i = 0; words[i]; i++)
    if (g_str_has_prefix (words[i], part)
        || (g_utf8_strlen (part, -1) >= SHORTEST_INSIDE && strstr (words[i], part)))
      return TRUE;
  return FALSE;
}

static gboolean
holds_phrase (char **words, char **phrase)
{
  for (guint i = 0; words[i] && words[i + 1]; i++)
    if (g_str_equal (words[i], phrase[0]) && g_str_equal (words[i + 1], phrase[1]))
      return TRUE;
  return FALSE;
}

static gboolean
matches (char **words, const char *question)
{
  g_autofree char *folded = komek_fold (question);
  g_auto (GStrv) parts = g_strsplit (folded, " ", -1);

  if (*question == '"')
    return holds_phrase (words, parts);
  for (guint i = 0; parts[i]; i++)
    if (!holds_part (words, parts[i]))
      return FALSE;
  return TRUE;
}

/* The numbers of all that match, newest first. */
static GPtrArray *
look_at_all (Town *town, const char *question)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_free);

  for (guint i = REQUESTS; i > 0; i--)
    if (matches (town->folded[i - 1], question))
      g_ptr_array_add (found, g_strdup_printf ("T-%u", i - 1));
  return found;
}

static void
assert_newest (Device *device, const char *question, GPtrArray *expected)
{
  g_autoptr (KomekHits) hits = device_search (device, question, KOMEK_SEARCH_NEWEST, FIRST);
  g_autoptr (GPtrArray) requests = device_load (device, komek_hits_get_keys (hits));

  g_assert_cmpuint (requests->len, ==, MIN (expected->len, FIRST));
  for (guint i = 0; i < requests->len; i++)
    g_assert_cmpstr (komek_request_get_number (requests->pdata[i]), ==, expected->pdata[i]);
  g_assert_cmpint (komek_hits_is_exact (hits), ==, expected->len <= FIRST);
}

static void
assert_number (Device *device, const char *question, guint expected)
{
  g_autoptr (KomekHits) count = device_search (device, question, KOMEK_SEARCH_NEWEST, 0);
  g_autoptr (KomekHits) best = device_search (device, question, KOMEK_SEARCH_BEST, REQUESTS);
  g_autoptr (GArray) keys = device_match (device, question);

  g_assert_cmpuint (komek_hits_get_count (count), ==, expected);
  g_assert_true (komek_hits_is_exact (count));
  g_assert_cmpuint (komek_hits_get_keys (best)->len, ==, expected);
  g_assert_cmpuint (keys->len, ==, expected);
}

static void
test_finds_what_a_look_at_all_finds (Device *device, gconstpointer seed)
{
  Town town;
  guint found = 0;

  town_init (&town, GPOINTER_TO_UINT (seed));
  put_town (device, &town);
  for (guint i = 0; i < QUESTIONS; i++)
    {
      g_autofree char *question = make_question (&town);
      g_autoptr (GPtrArray) expected = look_at_all (&town, question);

      g_test_message ("%s: %u", question, expected->len);
      assert_newest (device, question, expected);
      assert_number (device, question, expected->len);
      found += expected->len > 0;
    }
  g_assert_cmpuint (found, >, QUESTIONS / 4);
  town_clear (&town);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint seed = 1; seed <= 2; seed++)
    {
      g_autofree char *path = g_strdup_printf ("/search/reference/%u", seed);

      g_test_add (path, Device, GUINT_TO_POINTER (seed), device_set_up,
                  test_finds_what_a_look_at_all_finds, device_tear_down);
    }
  return g_test_run ();
}
