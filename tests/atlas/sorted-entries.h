/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* What a sort of codes must come to, by a sort that compares: equal codes are told apart by where
 * they stood. All are inline, for each test is a program of its own. */

typedef struct
{
  guint64 code;
  guint32 index;
} Entry;

static inline int
compare_entries (gconstpointer a, gconstpointer b)
{
  const Entry *ea = a, *eb = b;

  if (ea->code != eb->code)
    return ea->code < eb->code ? -1 : 1;
  return ea->index < eb->index ? -1 : ea->index > eb->index;
}

/* @entries: in whatever order they came */
static inline void
assert_sorted_entries (GArray *entries, const guint64 *codes, const guint32 *indexes, guint n)
{
  g_array_sort (entries, compare_entries);
  g_assert_cmpuint (n, ==, entries->len);
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpuint (codes[i], ==, g_array_index (entries, Entry, i).code);
      g_assert_cmpuint (indexes[i], ==, g_array_index (entries, Entry, i).index);
    }
}
