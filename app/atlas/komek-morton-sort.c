/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "komek-morton-private.h"

#define BITS 11     /* of a digit at most: the counts of its values fit in the nearest memory */
#define TOP_BITS 14 /* likewise, of the first one */
#define HEAP_BITS 9 /* the first one leaves heaps of so many bits, of which two fit in there too */
#define FEW 16      /* are sorted faster one by one */

/* Codes, and beside each whose it is: two arrays, since that is how they are kept. */
typedef struct
{
  guint64 *codes;
  guint32 *indexes;
} Run;

typedef struct
{
  guint  shift, mask;
  guint *ends; /* of each of its values where the next one ends */
  guint  most; /* how many codes share a value */
} Digit;

static Run
part_of (Run run, guint start)
{
  return (Run) { run.codes + start, run.indexes + start };
}

static void
copy (Run from, Run to, guint n)
{
  memcpy (to.codes, from.codes, n * sizeof *to.codes);
  memcpy (to.indexes, from.indexes, n * sizeof *to.indexes);
}

/* Which bits differ among the codes. */
static guint64
find_difference (Run run, guint n)
{
  guint64 difference = 0;

  for (guint i = 1; i < n; i++)
    difference |= run.codes[i] ^ run.codes[0];
  return difference;
}

static void
put_back (Run run, guint i)
{
  guint64 code = run.codes[i];
  guint32 index = run.indexes[i];

  for (; i > 0 && run.codes[i - 1] > code; i--)
    {
      run.codes[i] = run.codes[i - 1];
      run.indexes[i] = run.indexes[i - 1];
    }
  run.codes[i] = code;
  run.indexes[i] = index;
}

/* One by one, each as far back as it must: not far where they are nearly in order. */
static void
insert_each (Run run, guint n)
{
  for (guint i = 1; i < n; i++)
    if (run.codes[i - 1] > run.codes[i])
      put_back (run, i);
}

/* The highest bits that differ. */
static void
choose_digit (Digit *digit, guint64 difference, guint n_bits)
{
  guint highest = 64 - (guint) __builtin_clzll (difference);

  digit->shift = highest > n_bits ? highest - n_bits : 0;
  digit->mask = (1u << n_bits) - 1;
}

static void
count_values (Digit *digit, const guint64 *codes, guint n)
{
  guint start = 0;

  memset (digit->ends, 0, (digit->mask + 1) * sizeof *digit->ends);
  for (guint i = 0; i < n; i++)
    digit->ends[codes[i] >> digit->shift & digit->mask]++;
  digit->most = 0;
  for (guint i = 0; i <= digit->mask; i++)
    {
      guint count = digit->ends[i];

      digit->ends[i] = start;
      start += count;
      digit->most = MAX (digit->most, count);
    }
}

static void
deal (Digit *digit, Run from, Run to, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      guint place = digit->ends[from.codes[i] >> digit->shift & digit->mask]++;

      to.codes[place] = from.codes[i];
      to.indexes[place] = from.indexes[i];
    }
}

/* Leaves the result where they are if they are to stay, else in the other place. */
static void
sort_run (Run here, Run there, guint n, gboolean stay)
{
  guint64 difference = find_difference (here, n);
  guint ends[1 << BITS];
  Digit digit = { .ends = ends };

  if (n <= FEW || difference == 0)
    {
      insert_each (here, n);
      if (!stay)
        copy (here, there, n);
      return;
    }
  /* Nearly as many values as there are codes. */
  choose_digit (&digit, difference, MIN (BITS, g_bit_storage (n) - 1));
  count_values (&digit, here.codes, n);
  deal (&digit, here, there, n);
  if (digit.shift == 0 || digit.most <= FEW)
    {
      insert_each (there, n);
      if (stay)
        copy (there, here, n);
      return;
    }
  for (guint i = 0, start = 0; i <= digit.mask; start = digit.ends[i++])
    sort_run (part_of (there, start), part_of (here, start), digit.ends[i] - start, !stay);
}

static Run
make_run (guint n)
{
  return (Run) { g_new (guint64, n + 1), g_new (guint32, n + 1) };
}

static void
free_run (Run run)
{
  g_free (run.codes);
  g_free (run.indexes);
}

static void
sort_heaps (const Digit *digit, Run run)
{
  Run spare = make_run (digit->most);

  for (guint i = 0, start = 0; i <= digit->mask; start = digit->ends[i++])
    sort_run (part_of (run, start), spare, digit->ends[i] - start, TRUE);
  free_run (spare);
}

/*
 * komek_morton_sort:
 * @codes: (inout) (array length=n): what they are sorted by; others take their place
 * @indexes: (inout) (array length=n): likewise
 *
 * Stable, so that equal places stay newest first. Dealt out by the highest bits that differ, into
 * the more heaps the more there are, and each heap by itself, in the same little room: all but the
 * first round goes on in the nearest memory, so that twice as many take twice as long. What all
 * codes of a city share costs nothing.
 */
void
komek_morton_sort (guint64 **codes, guint32 **indexes, guint n)
{
  Run unsorted = { *codes, *indexes }, run;
  guint64 difference = find_difference (unsorted, n);
  guint n_bits = (guint) CLAMP ((int) g_bit_storage (n) - HEAP_BITS, 1, TOP_BITS);
  g_autofree guint *ends = g_new (guint, 1u << n_bits);
  Digit digit = { .ends = ends };

  if (difference == 0)
    return;
  run = make_run (n);
  choose_digit (&digit, difference, n_bits);
  count_values (&digit, unsorted.codes, n);
  deal (&digit, unsorted, run, n);
  free_run (unsorted);
  sort_heaps (&digit, run);
  *codes = run.codes;
  *indexes = run.indexes;
}
