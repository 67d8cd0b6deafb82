/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-letters.h"

/* Folded words as the index of words keeps them: а to я, which UTF-8 writes in
 * two bytes each, are one byte. FTS5 looks at each byte of a word some ten times
 * until it is in the index; with half of them it is built in a twentieth less
 * time.
 *
 * The bytes are control characters, which folding leaves nowhere and which are
 * UTF-8 themselves. Words and queries are shortened alike, so nobody else need
 * know; the table of words has them as they are. */

#define FIRST 0x430
#define LAST 0x44f

/* 0 for a letter that stays as it is. */
static char
shorten_letter (const char *p)
{
  gunichar letter;

  if (p[0] != '\xd0' && p[0] != '\xd1')
    return 0;
  letter = g_utf8_get_char (p);
  return letter >= FIRST && letter <= LAST ? KOMEK_LETTERS[letter - FIRST] : 0;
}

/**
 * komek_letters_shorten:
 * @text: folded words, or a query of FTS5 for such
 * @from: its first byte that is meant
 */
void
komek_letters_shorten (GString *text, gsize from)
{
  char *end = text->str + from;

  for (const char *p = end; *p != '\0'; p++)
    {
      char letter = shorten_letter (p);

      *end++ = letter ? letter : *p;
      p += letter != 0;
    }
  g_string_truncate (text, end - text->str);
}
