/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crowd.h"

#include <math.h>

#include "komek-number.h"

/* 120,000 words are what a city of a million requests writes in two languages:
 * some thousands of stems, each with its endings. */
#define WORDS 120000
#define STEMS 15000
#define STREETS 2000
#define SECONDS_APART 31
#define NEWEST 1764547200 /* the first second of December 2025, UTC */

/**
 * Crowd:
 *
 * Requests that nobody wrote, the newest first, with words as often as people use theirs.
 *
 * The word of rank r comes in proportion to 1/r (Zipf's law), so that the first
 * ones stand in more than a third of all requests and most of them in a few. The
 * sample city of komek-city has a tenth of the words, which would flatter a search.
 * The same every time.
 */
struct _Crowd
{
  char   **words;
  double  *heap; /* of each rank, how much comes up to it */
  guint    n, done;
  guint64  state;
};

static guint32
draw (Crowd *self, guint32 below)
{
  /* Knuth's MMIX generator; the high bits are the good ones. */
  self->state = self->state * 6364136223846793005u + 1442695040888963407u;
  return (self->state >> 33) % below;
}

static const char *const syllables[] = {
  "жо", "ау", "құ", "шам", "қар", "мұз", "су", "ағ", "кө", "үй", "лиф", "қоқ", "ям", "дво", "тру",
  "фо", "снег", "лёд", "вод", "де", "ули", "дом", "му", "свет", "ба", "ке", "ту", "рап", "шы", "лық",
  "сын", "дыр", "но", "ве", "сти", "ря", "мо", "лу", "ка", "пе", "ғай", "көр", "таз", "жүр", "про",
  "ход", "ста", "кри", "ғы", "ре", "мон", "ще", "ни", "ло",
};

static const char *const ends[] = {
  "", "ның", "дан", "ға", "да", "мен", "лар", "ы", "ов", "ами", "ого", "ый", "ая", "е", "у", "ом",
};

static char *
make_stem (Crowd *self)
{
  GString *stem = g_string_new (NULL);
  guint n = 2 + draw (self, 3);

  for (guint i = 0; i < n; i++)
    g_string_append (stem, syllables[draw (self, G_N_ELEMENTS (syllables))]);
  return g_string_free (stem, FALSE);
}

static char *
make_word (Crowd *self, char **stems)
{
  return g_strconcat (stems[draw (self, STEMS)], ends[draw (self, G_N_ELEMENTS (ends))], NULL);
}

Crowd *
crowd_new (guint n)
{
  Crowd *self = g_new0 (Crowd, 1);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_auto (GStrv) stems = g_new0 (char *, STEMS + 1);
  double sum = 0;

  for (guint i = 0; i < STEMS; i++)
    stems[i] = make_stem (self);
  self->n = n;
  self->words = g_new0 (char *, WORDS + 1);
  self->heap = g_new (double, WORDS);
  for (guint i = 0; i < WORDS; i++)
    {
      do
        {
          g_free (self->words[i]);
          self->words[i] = make_word (self, stems);
        }
      while (!g_hash_table_add (seen, self->words[i]));
      sum += 1.0 / (i + 1);
      self->heap[i] = sum;
    }
  return self;
}

void
crowd_free (Crowd *self)
{
  g_strfreev (self->words);
  g_free (self->heap);
  g_free (self);
}

static const char *
draw_word (Crowd *self)
{
  double mark = self->heap[WORDS - 1] * draw (self, G_MAXINT32) / G_MAXINT32;
  guint low = 0, high = WORDS - 1;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (self->heap[middle] < mark)
        low = middle + 1;
      else
        high = middle;
    }
  return self->words[low];
}

static char *
write_text (Crowd *self)
{
  GString *text = g_string_new (draw_word (self));
  guint n = 6 + draw (self, 9);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, " %s", draw_word (self));
  g_string_append_c (text, '.');
  return g_string_free (text, FALSE);
}

/* The next one, older than those before it, or NULL after the last. */
KomekRequest *
crowd_next (Crowd *self)
{
  static const char *const districts[] = { "almaty", "baiqonyr", "esil", "nura", "saryarqa" };
  gint64 requested = NEWEST - (gint64) self->done * SECONDS_APART;
  g_autoptr (GDateTime) day = g_date_time_new_from_unix_utc (requested);
  g_autofree char *number = komek_number_format (day, requested % 86400 / SECONDS_APART + 1);
  g_autofree char *text = NULL;
  g_autofree char *address = NULL;
  g_autofree char *service = NULL;
  g_autoptr (KomekPlace) place = NULL;

  if (self->done++ == self->n)
    return NULL;
  text = write_text (self);
  address = g_strdup_printf ("%s көшесі, %u", self->words[WORDS - 1 - draw (self, STREETS)],
                             1 + draw (self, 150));
  service = g_strdup_printf ("ABC.%u", draw (self, 170));
  place = komek_place_new (51 + draw (self, 300000) / 1e6, 71.2 + draw (self, 500000) / 1e6,
                           address, districts[draw (self, G_N_ELEMENTS (districts))]);
  return komek_request_new (&(KomekRequestFields) {
    .number = number,
    .service = service,
    .service_name = "Жолдағы шұңқыр",
    .status = draw (self, KOMEK_N_STATUSES),
    .text = text,
    .place = place,
    .agency = "roads",
    .agency_name = "Жол басқармасы",
    .requested = requested,
    .updated = requested + 3600,
    .due = requested + 86400,
  });
}

/* A word by how often it comes, from 0 for the most frequent. */
const char *
crowd_get_word (const Crowd *self, guint rank)
{
  return self->words[rank];
}
