/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <time.h>

#include "komek-gazetteer.h"

/* Measures the gazetteer by itself: bench-names N makes up N names of places in three languages,
 * and asks for them as people do. Each line it prints is a figure: its name, a tab and the value,
 * in milliseconds of the processor's own time, which a busy machine does not stretch. */

#define SEARCHES 600
#define LIMIT 6

/* What names are made of; a first name and a family name come to nearly as many words as a
 * country's streets have. */
static const char *const firsts[] = { "Аба", "Бек", "Дау", "Жан", "Кен", "Мар", "Нұр", "Ораз", "Сер",  "Тал",
                                      "Ұлы", "Шоқ", "Ғал", "Әли", "Өмі", "Қай", "Төл", "Бөг", "Есі", "Ыбы" };
static const char *const middles[] = { "бе", "ға", "ді", "жа", "ке", "лы", "мұ", "на", "ра", "са", "те", "шы" };
static const char *const lasts[] = { "баев", "беков", "ғалиев", "жанов", "ұлы", "сары", "тай", "хан", "шін", "мұратов" };
static const char *const kinds[][3] = {
  { "көшесі", "улица", "Street" },       { "даңғылы", "проспект", "Avenue" },
  { "тұйығы", "переулок", "Lane" },      { "ықшамауданы", "микрорайон", "Microdistrict" },
};

typedef struct
{
  const char *kind;
  char *(*make) (GRand *rand, const char *name);
} Question;

static double
now (void)
{
  struct timespec time;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);
  return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

static const char *
pick (GRand *rand, const char *const *words, guint n)
{
  return words[g_rand_int_range (rand, 0, n)];
}

static char *
make_word (GRand *rand)
{
  GString *word = g_string_new (pick (rand, firsts, G_N_ELEMENTS (firsts)));

  for (int i = g_rand_int_range (rand, 0, 3); i > 0; i--)
    g_string_append (word, pick (rand, middles, G_N_ELEMENTS (middles)));
  g_string_append (word, pick (rand, lasts, G_N_ELEMENTS (lasts)));
  return g_string_free (word, FALSE);
}

static KomekGazetteerName
make_name (GRand *rand)
{
  guint kind = g_rand_int_range (rand, 0, G_N_ELEMENTS (kinds));
  g_autofree char *first = make_word (rand);
  g_autofree char *last = make_word (rand);
  g_autofree char *kk = g_strjoin (" ", first, last, kinds[kind][0], NULL);
  g_autofree char *ru = g_strconcat (kinds[kind][1], " ", first, "а ", last, "а", NULL);
  g_autofree char *en = g_strjoin (" ", first, last, kinds[kind][2], NULL);

  return (KomekGazetteerName) { .label = komek_label_new (kk, ru, en), .kind = KOMEK_ADDRESS_STREET, .district = "" };
}

/* The first word of the Kazakh name, whose kind comes last. */
static char *
dup_word (const char *name)
{
  return g_strndup (name, strcspn (name, " "));
}

static char *
ask_whole (GRand *rand, const char *name)
{
  return g_strdup (name);
}

static char *
ask_beginning (GRand *rand, const char *name)
{
  return g_utf8_substring (name, 0, 3);
}

static char *
ask_letter (GRand *rand, const char *name)
{
  return g_utf8_substring (name, 0, 1);
}

static char *
ask_inside (GRand *rand, const char *name)
{
  g_autofree char *word = dup_word (name);

  return g_utf8_substring (word, 2, MIN (6, g_utf8_strlen (word, -1)));
}

/* One letter of each word is wrong, so that nothing fits until slips are looked for. */
static char *
ask_slip (GRand *rand, const char *name)
{
  g_auto (GStrv) words = g_strsplit (name, " ", -1);

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *head = g_utf8_substring (words[i], 0, 2);
      char *slipped = g_strconcat (head, "щ", g_utf8_offset_to_pointer (words[i], 3), NULL);

      g_free (words[i]);
      words[i] = slipped;
    }
  return g_strjoinv (" ", words);
}

static char *
ask_house (GRand *rand, const char *name)
{
  return g_strdup_printf ("Астана қ., %s, %d-үй, 5-пәтер", name, g_rand_int_range (rand, 1, 200));
}

/* What no name has: everything is tried. */
static char *
ask_nothing (GRand *rand, const char *name)
{
  return g_strdup ("щыщъщэщ юцюцюц фхцчшщ");
}

static const Question questions[] = {
  { "whole", ask_whole }, { "beginning", ask_beginning }, { "letter", ask_letter },   { "inside", ask_inside },
  { "slip", ask_slip },   { "house", ask_house },         { "nothing", ask_nothing },
};

static void
measure (const KomekGazetteer *gazetteer, GArray *names, const Question *question)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (109);

  for (guint i = 0; i < SEARCHES; i++)
    {
      KomekGazetteerName *name =
        &g_array_index (names, KomekGazetteerName, g_rand_int_range (rand, 0, names->len));
      g_autofree char *text =
        question->make (rand, komek_label_get (name->label, KOMEK_LANGUAGE_KAZAKH));
      double start = now ();
      g_autoptr (KomekAddress) address = komek_address_parse (text);
      g_autoptr (GArray) finds = komek_gazetteer_search (gazetteer, address, LIMIT);

      g_print ("%s\t%.4f\n", question->kind, now () - start);
      if (finds->len == 0 && question->make != ask_nothing)
        g_error ("“%s” finds nothing", text);
    }
}

int
main (int argc, char **argv)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (2026);
  GArray *names = g_array_new (FALSE, FALSE, sizeof (KomekGazetteerName));
  g_autoptr (KomekLabel) city = komek_label_new ("Астана", "Астана", "Astana");
  g_autoptr (KomekGazetteer) gazetteer = NULL;
  double start;

  if (argc != 2)
    g_error ("bench-names N");
  for (guint64 i = g_ascii_strtoull (argv[1], NULL, 10); i > 0; i--)
    {
      KomekGazetteerName name = make_name (rand);

      g_array_append_val (names, name);
    }
  start = now ();
  gazetteer = komek_gazetteer_new ((const KomekGazetteerName *) names->data, names->len, city);
  g_print ("build\t%.4f\n", now () - start);
  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    measure (gazetteer, names, &questions[i]);
  return 0;
}
