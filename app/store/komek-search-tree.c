/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-search-tree.h"

/* Many alternatives as FTS5 reads them fastest.
 *
 * Of "a OR b OR c …" FTS5 looks at each for every row that it finds, and it makes
 * one such row of those that stand in parentheses within another. Only what
 * stands before a NOT stays by itself, and a phrase without words costs nothing:
 *
 *     ((a OR b OR c) NOT "") OR ((d OR e OR f) NOT "") OR …
 *
 * So two hundred words take some dozens of looks a row instead of four hundred. */

#define BRANCHES 8

static guint
write_some (GPtrArray *phrases, guint from, guint n, GString *query)
{
  guint part = BRANCHES, written = 0;

  if (n <= BRANCHES)
    {
      for (guint i = 0; i < n; i++)
        g_string_append_printf (query, "%s%s", i > 0 ? " OR " : "",
                                (const char *) phrases->pdata[from + i]);
      return n;
    }

  while (part * BRANCHES < n)
    part *= BRANCHES;
  for (guint i = 0; i < n; i += part)
    {
      g_string_append (query, i > 0 ? " OR ((" : "((");
      written += write_some (phrases, from + i, MIN (part, n - i), query) + 1;
      g_string_append (query, ") NOT \"\")");
    }
  return written;
}

/**
 * komek_search_tree_write:
 * @phrases: (element-type utf8): in FTS5's language
 * @query: where to append a query that finds what any of them does
 *
 * Returns: how many phrases FTS5 counts in what was appended
 */
guint
komek_search_tree_write (GPtrArray *phrases, GString *query)
{
  return write_some (phrases, 0, phrases->len, query);
}
