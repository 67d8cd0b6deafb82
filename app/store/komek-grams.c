/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-grams.h"

#include <string.h>

#include "komek-folding.h"

/* Numbers in the index of numbers: as all rows of four signs in them, in order,
 * so that any part of a number is a phrase of the index.
 *
 *     121126-002-174   is kept as    1211 2112 1126 … 0217 2174 174
 *     26-002           is found as  "2600 6002"
 *     174              is found as   174 OR 1740 OR 1741 …
 *
 * Three signs would do without the last line, but each row of three stands in so
 * many numbers that seven of them took ten times as long to compare. */

/**
 * komek_grams_dup_signs:
 *
 * Returns: (transfer full): a number as it is compared: folded, with nothing that parts it
 */
char *
komek_grams_dup_signs (const char *text)
{
  char *folded = komek_fold (text);
  char *end = folded;

  for (const char *p = folded; *p != '\0'; p++)
    if (*p != ' ')
      *end++ = *p;
  *end = '\0';
  return folded;
}

/* All rows of four signs, or the text itself where it has no more. */
static GString *
list_grams (const char *signs)
{
  GString *grams = g_string_new (NULL);
  glong n = g_utf8_strlen (signs, -1);
  const char *start = signs, *end = g_utf8_offset_to_pointer (signs, MIN (n, KOMEK_GRAM));

  g_string_append_len (grams, start, end - start);
  while (*end != '\0')
    {
      start = g_utf8_next_char (start);
      end = g_utf8_next_char (end);
      g_string_append_c (grams, ' ');
      g_string_append_len (grams, start, end - start);
    }
  return grams;
}

/**
 * komek_grams_dup_number:
 *
 * Returns: (transfer full): what the index keeps of a number, words with spaces between
 */
char *
komek_grams_dup_number (const char *number)
{
  g_autofree char *signs = komek_grams_dup_signs (number);
  glong n = g_utf8_strlen (signs, -1);
  GString *grams = list_grams (signs);

  if (n >= KOMEK_GRAM)
    g_string_append_printf (grams, " %s", g_utf8_offset_to_pointer (signs, n - KOMEK_GRAM + 1));
  return g_string_free (grams, FALSE);
}

/* Three signs may stand at the end of a number, or before a digit; letters follow them in
 * no city's numbers. */
static char *
dup_short_query (const char *signs)
{
  GString *query = g_string_new (NULL);

  g_string_append_printf (query, "\"%s\"", signs);
  for (guint digit = 0; digit <= 9; digit++)
    g_string_append_printf (query, " OR \"%s%u\"", signs, digit);
  return g_string_free (query, FALSE);
}

/**
 * komek_grams_dup_query:
 * @part: a number or a part of one, three signs at least beside what parts them
 *
 * Returns: (transfer full) (nullable): a query of FTS5, %NULL where there are fewer signs
 */
char *
komek_grams_dup_query (const char *part)
{
  g_autofree char *signs = komek_grams_dup_signs (part);
  glong n = g_utf8_strlen (signs, -1);
  g_autoptr (GString) grams = NULL;

  if (n < KOMEK_GRAM)
    return n == KOMEK_GRAM - 1 ? dup_short_query (signs) : NULL;
  grams = list_grams (signs);
  return g_strdup_printf ("\"%s\"", grams->str);
}
