/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-folding.h"

#include <string.h>

/* Up to the end of the Cyrillic letters. */
#define N_TABLE 0x530

/* What people type for a Kazakh letter on Russian keys; ё is nearly always typed е. */
static gunichar
fold_letter (gunichar c)
{
  switch (c)
    {
    case 0x04d9: /* ә */
      return 0x0430;
    case 0x0493: /* ғ */
      return 0x0433;
    case 0x049b: /* қ */
      return 0x043a;
    case 0x04a3: /* ң */
      return 0x043d;
    case 0x04e9: /* ө */
      return 0x043e;
    case 0x04b1: /* ұ */
    case 0x04af: /* ү */
      return 0x0443;
    case 0x04bb: /* һ */
      return 0x0445;
    case 0x0456: /* і */
      return 0x0438;
    case 0x0451: /* ё */
      return 0x0435;
    default:
      return c;
    }
}

static gunichar
fold_any (gunichar c)
{
  return g_unichar_isalnum (c) ? fold_letter (g_unichar_tolower (c)) : ' ';
}

/* The letters of our languages and what stands between them are the same however they are
 * composed, except for marks that change the letter before them. */
static gboolean
is_usual (gunichar c)
{
  return c < 0x80 || c == 0xa0 || c == 0xab || c == 0xbb || (c >= 0x400 && c < 0x483)
         || (c >= 0x48a && c < N_TABLE) || (c >= 0x2010 && c < 0x2027);
}

/* A letter as it is written, its second byte 0 where it has but one; " " for what parts words. */
typedef struct
{
  char bytes[2];
} Letter;

static gpointer
make_table (gpointer data)
{
  Letter *table = g_new0 (Letter, N_TABLE);

  for (gunichar c = 0; c < N_TABLE; c++)
    {
      char bytes[6] = { 0 };

      g_unichar_to_utf8 (fold_any (c), bytes);
      memcpy (table[c].bytes, bytes, sizeof table[c].bytes);
    }
  return table;
}

static gboolean
follows (char c)
{
  return ((guchar) c & 0xc0) == 0x80;
}

/* Reads a usual character; 0 for any other one and for what is no UTF-8 at all. */
static gunichar
read_usual (const char **p)
{
  const char *text = *p;
  guchar first = text[0];
  gunichar c = first;

  *p += 1;
  if (first >= 0xc2 && first < 0xe0 && follows (text[1]))
    {
      c = (first & 0x1f) << 6 | (text[1] & 0x3f);
      *p += 1;
    }
  else if (first == 0xe2 && text[1] == '\x80' && follows (text[2]))
    {
      c = 0x2000 | (text[2] & 0x3f);
      *p += 2;
    }
  else if (first >= 0x80)
    return 0;
  return is_usual (c) ? c : 0;
}

/* Most texts consist of usual characters: a table folds them far faster than Unicode's own
 * ways do, and a mirror folds a million texts. None of them is longer when it is folded.
 *
 * Returns: the end of what was written, %NULL where something is not usual */
static char *
fold_usual (const char *text, char *folded)
{
  static GOnce once = G_ONCE_INIT;
  const Letter *table = g_once (&once, make_table, NULL);
  gboolean parted = TRUE;

  while (*text != '\0')
    {
      gunichar c = read_usual (&text);
      const char *bytes = table[c < N_TABLE ? c : ' '].bytes;

      if (c == 0)
        return NULL;
      if (bytes[0] != ' ' || !parted)
        *folded++ = bytes[0];
      if (bytes[1] != '\0')
        *folded++ = bytes[1];
      parted = bytes[0] == ' ';
    }
  return folded;
}

static char *
fold_composed (const char *text)
{
  g_autofree char *composed = g_utf8_normalize (text, -1, G_NORMALIZE_ALL_COMPOSE);
  GString *folded = g_string_new (NULL);

  for (const char *p = composed ? composed : ""; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = fold_any (g_utf8_get_char (p));

      if (c != ' ' || (folded->len > 0 && folded->str[folded->len - 1] != ' '))
        g_string_append_unichar (folded, c);
    }
  return g_string_free (folded, FALSE);
}

/**
 * komek_fold:
 * @text: UTF-8; of anything else nothing is left
 *
 * Brings a text and a search for it into one form: small letters, Kazakh
 * letters as the Russian ones that people type for them, and one space
 * wherever there is anything but letters and digits.
 *
 * Returns: (transfer full): the folded text, no spaces at its ends
 */
char *
komek_fold (const char *text)
{
  char *folded = g_malloc (strlen (text) + 1);
  char *end = fold_usual (text, folded);

  if (!end)
    {
      g_free (folded);
      folded = fold_composed (text);
      end = folded + strlen (folded);
    }
  if (end > folded && end[-1] == ' ')
    end--;
  *end = '\0';
  return folded;
}
