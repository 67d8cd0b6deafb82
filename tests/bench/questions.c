/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "questions.h"

#include <string.h>

/* What people may type to find a request, in eleven ways. Words by themselves
 * are of one rank after the other, from the most frequent; all else is what
 * stands in a request, whichever it is: of words that follow each other there
 * are as many frequent ones as people use. */

typedef char *(*Make) (const Crowd *crowd, KomekRequest *request, guint i);

static char *
make_frequent (const Crowd *crowd, KomekRequest *request, guint i)
{
  return g_strdup (crowd_get_word (crowd, i % 100));
}

static char *
make_middling (const Crowd *crowd, KomekRequest *request, guint i)
{
  return g_strdup (crowd_get_word (crowd, 500 + 97 * i));
}

static char *
make_rare (const Crowd *crowd, KomekRequest *request, guint i)
{
  return g_strdup (crowd_get_word (crowd, 50000 + 331 * i));
}

/* The words of its text, without the full stop. */
static char **
split_text (KomekRequest *request)
{
  char **words = g_strsplit (komek_request_peek (request)->text, " ", -1);
  guint n = g_strv_length (words);

  words[n - 1][strlen (words[n - 1]) - 1] = '\0';
  return words;
}

/* As it is being typed, from the first letter to the sixth. */
static char *
make_beginning (const Crowd *crowd, KomekRequest *request, guint i)
{
  g_auto (GStrv) words = split_text (request);
  glong length = g_utf8_strlen (words[0], -1);

  return g_utf8_substring (words[0], 0, MIN (1 + i % 6, length));
}

/* Three to six letters from the middle. */
static char *
make_part (const Crowd *crowd, KomekRequest *request, guint i)
{
  g_auto (GStrv) words = split_text (request);
  glong length = g_utf8_strlen (words[1], -1);
  glong from = CLAMP (length - 3, 0, 2);

  return g_utf8_substring (words[1], from, MIN (from + 3 + i % 4, length));
}

static char *
make_pair (const Crowd *crowd, KomekRequest *request, guint i)
{
  g_auto (GStrv) words = split_text (request);

  return g_strdup_printf ("%s %s", words[0], words[2]);
}

static char *
make_phrase (const Crowd *crowd, KomekRequest *request, guint i)
{
  g_auto (GStrv) words = split_text (request);

  return g_strdup_printf ("\"%s %s\"", words[3], words[4]);
}

/* The street's name and the house, without the word for a street. */
static char *
make_address (const Crowd *crowd, KomekRequest *request, guint i)
{
  g_auto (GStrv) words =
    g_strsplit (komek_place_get_address (komek_request_peek (request)->place), " ", -1);

  return g_strdup_printf ("%s %s", words[0], words[2]);
}

/* Without its last digits, up to three. */
static char *
make_number (const Crowd *crowd, KomekRequest *request, guint i)
{
  const char *number = komek_request_get_number (request);

  return g_strndup (number, strlen (number) - i % 4);
}

/* Five signs from its middle. */
static char *
make_number_part (const Crowd *crowd, KomekRequest *request, guint i)
{
  return g_strndup (komek_request_get_number (request) + 3 + i % 5, 5);
}

static char *
make_nonsense (const Crowd *crowd, KomekRequest *request, guint i)
{
  return g_strdup_printf ("ъъъ%u %s", i, crowd_get_word (crowd, i));
}

static const struct
{
  const char *name;
  Make        make;
} kinds[QUESTION_KINDS] = {
  { "frequent", make_frequent }, { "middling", make_middling },
  { "rare", make_rare },         { "prefix", make_beginning },
  { "inside", make_part },       { "two-words", make_pair },
  { "phrase", make_phrase },     { "address", make_address },
  { "number", make_number },     { "number-part", make_number_part },
  { "nothing", make_nonsense },
};

const char *
question_get_kind (guint kind)
{
  return kinds[kind].name;
}

/**
 * question_make:
 * @request: one of @crowd, another for each question
 * @i: which question of its kind, below 200
 */
char *
question_make (guint kind, const Crowd *crowd, KomekRequest *request, guint i)
{
  return kinds[kind].make (crowd, request, i);
}
