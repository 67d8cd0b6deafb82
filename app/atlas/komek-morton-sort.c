/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "komek-morton-heaps.h"
#include "komek-morton-private.h"

#define BITS 11 /* of a digit at most: the counts of its values fit in the nearest memory */
#define FEW 16  /* are sorted faster one by one */

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
  guint  most; /* how many numbers share a value */
} Digit;

static Run
part_of (Run run, guint start)
{
  return (Run) { run.codes + start, run.indexes + start };
}

/* Which bits differ among the numbers. */
static guint64
find_difference (const guint64 *numbers, guint n)
{
  guint64 difference = 0;

  for (guint i = 1; i < n; i++)
    difference |= numbers[i] ^ numbers[0];
  return difference;
}

/* The highest bits that differ. */
static void
choose_digit (Digit *digit, guint64 difference, guint n_bits)
{
  guint highest = 64 - (guint) __builtin_clzll (difference);

  digit->shift = highest > n_bits ? highest - n_bits : 0;
  digit->mask = (1u << n_bits) - 1;
}

static inline guint
value_of (const Digit *digit, guint64 number)
{
  return number >> digit->shift & digit->mask;
}

static void
count_values (Digit *digit, const guint64 *numbers, guint n)
{
  guint start = 0;

  memset (digit->ends, 0, (digit->mask + 1) * sizeof *digit->ends);
  for (guint i = 0; i < n; i++)
    digit->ends[value_of (digit, numbers[i])]++;
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
put_back (guint64 *keys, guint i)
{
  guint64 key = keys[i];

  for (; i > 0 && keys[i - 1] > key; i--)
    keys[i] = keys[i - 1];
  keys[i] = key;
}

/* One by one, each as far back as it must: not far where they are nearly in order. */
static void
insert_each (guint64 *keys, guint n)
{
  for (guint i = 1; i < n; i++)
    if (keys[i - 1] > keys[i])
      put_back (keys, i);
}

/* Leaves the result where they are if they are to stay, else in the other place. */
static void
sort_keys (guint64 *here, guint64 *there, guint n, gboolean stay)
{
  guint64 difference = find_difference (here, n);
  guint ends[1 << BITS];
  Digit digit = { .ends = ends };

  if (n <= FEW || difference == 0)
    {
      insert_each (here, n);
      if (!stay)
        memcpy (there, here, n * sizeof *here);
      return;
    }
  /* Nearly as many values as there are keys. */
  choose_digit (&digit, difference, MIN (BITS, g_bit_storage (n) - 1));
  count_values (&digit, here, n);
  for (guint i = 0; i < n; i++)
    there[ends[value_of (&digit, here[i])]++] = here[i];
  if (digit.shift == 0 || digit.most <= FEW)
    {
      insert_each (there, n);
      if (stay)
        memcpy (here, there, n * sizeof *here);
      return;
    }
  for (guint i = 0, start = 0; i <= digit.mask; start = digit.ends[i++])
    sort_keys (there + start, here + start, digit.ends[i] - start, !stay);
}

/*
 * komek_morton_sort_keys:
 * @room: for as many numbers
 *
 * Ever less of them at a time, by the highest bits in which they differ: all but the first round
 * goes on in the nearest memory.
 */
void
komek_morton_sort_keys (guint64 *keys, guint64 *room, guint n)
{
  sort_keys (keys, room, n, TRUE);
}

static void
deal_run (Digit *digit, Run run, guint n)
{
  g_autofree guint64 *codes = g_new (guint64, n);
  g_autofree guint32 *indexes = g_new (guint32, n);

  for (guint i = 0; i < n; i++)
    {
      guint place = digit->ends[value_of (digit, run.codes[i])]++;

      codes[place] = run.codes[i];
      indexes[place] = run.indexes[i];
    }
  memcpy (run.codes, codes, n * sizeof *codes);
  memcpy (run.indexes, indexes, n * sizeof *indexes);
}

static void sort_run (Run run, guint n, guint index_bits);

/* Into parts that lie nearer together. */
static void
sort_far_run (Run run, guint n, guint64 difference, guint index_bits)
{
  guint ends[1 << BITS];
  Digit digit = { .ends = ends };

  choose_digit (&digit, difference, MIN (BITS, g_bit_storage (n)));
  count_values (&digit, run.codes, n);
  deal_run (&digit, run, n);
  for (guint i = 0, start = 0; i <= digit.mask; start = ends[i++])
    sort_run (part_of (run, start), ends[i] - start, index_bits);
}

static void
sort_run (Run run, guint n, guint index_bits)
{
  guint64 difference = find_difference (run.codes, n);
  g_autoptr (KomekMortonHeaps) heaps = NULL;

  if (difference == 0)
    return;
  heaps = komek_morton_heaps_new (run.codes[0], difference, n, index_bits);
  if (!heaps)
    {
      sort_far_run (run, n, difference, index_bits);
      return;
    }
  for (guint i = 0; i < n; i++)
    komek_morton_heaps_add (heaps, run.codes[i], run.indexes[i]);
  komek_morton_heaps_sort (heaps, run.codes, run.indexes);
}

/*
 * komek_morton_sort:
 * @codes: (inout) (array length=n): what they are sorted by
 * @indexes: (inout) (array length=n): rising; each follows its code
 *
 * Stable, so that equal places stay newest first. What all codes share costs nothing and leaves
 * room for the index in the same number; where one lies on the other side of the Earth, the others
 * are dealt out until there is room.
 */
void
komek_morton_sort (guint64 *codes, guint32 *indexes, guint n)
{
  if (n > 0)
    sort_run ((Run) { codes, indexes }, n, g_bit_storage (indexes[n - 1]));
}
