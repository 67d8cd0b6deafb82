/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-search-text.h"

#include <string.h>

#include "komek-folding.h"

/* What somebody has typed, taken apart. */

/* The longest row of letters without a digit that a number begins with. */
#define LONGEST_SERIES 4

static void
clear_run (gpointer data)
{
  g_strfreev (((KomekSearchRun *) data)->words);
}

static KomekSearchRun
make_run (const char *start, gsize length, gboolean quoted)
{
  g_autofree char *part = g_strndup (start, length);
  g_autofree char *folded = komek_fold (part);

  return (KomekSearchRun) { g_strsplit (folded, " ", -1), quoted };
}

static gboolean
is_quote (gunichar c)
{
  return c == '"' || c == 0xab || c == 0xbb || (c >= 0x201c && c <= 0x201e);
}

/**
 * komek_search_split:
 *
 * Quotes that were opened and not closed yet are still being typed, so they do not count.
 *
 * Returns: (transfer full) (element-type KomekSearchRun): the text in runs
 */
GArray *
komek_search_split (const char *text)
{
  GArray *runs = g_array_new (FALSE, FALSE, sizeof (KomekSearchRun));
  gboolean quoted = FALSE;
  const char *start = text;

  g_array_set_clear_func (runs, clear_run);
  for (const char *p = text;; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      KomekSearchRun run;

      if (c != 0 && !is_quote (c))
        continue;
      run = make_run (start, p - start, quoted && c != 0);
      g_array_append_val (runs, run);
      if (c == 0)
        return runs;
      quoted = !quoted;
      start = g_utf8_next_char (p);
    }
}

guint
komek_search_count_words (GArray *runs)
{
  guint words = 0;

  for (guint i = 0; i < runs->len; i++)
    words += g_strv_length (g_array_index (runs, KomekSearchRun, i).words);
  return words;
}

static gboolean
has_digit (const char *word)
{
  return strpbrk (word, "0123456789") != NULL;
}

/* Whether it may be one, or a part: numbers are typed with hyphens, spaces or nothing between, and
 * some begin with letters. */
gboolean
komek_search_is_number (const char *text)
{
  g_autofree char *folded = komek_fold (text);
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);

  if (!has_digit (folded))
    return FALSE;
  for (guint i = 0; words[i]; i++)
    if (!has_digit (words[i]) && (i > 0 || g_utf8_strlen (words[i], -1) > LONGEST_SERIES))
      return FALSE;
  return TRUE;
}
