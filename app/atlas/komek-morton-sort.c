/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "komek-morton-private.h"

#define BITS 11     /* of a digit at most: the counts of its values fit in the nearest memory */
#define TOP_BITS 14 /* likewise, of the first one */
#define HEAP_BITS 9 /* the first one leaves heaps of so many bits, which fit in there too */
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

/* Each code below the digit with its index behind it, in one number: half of what there is to move. */
static void
deal_keys (Digit *digit, Run run, guint64 *keys, guint n, guint index_bits)
{
  guint64 below = ((guint64) 1 << digit->shift) - 1;

  for (guint i = 0; i < n; i++)
    {
      guint64 code = run.codes[i];

      keys[digit->ends[value_of (digit, code)]++] = (code & below) << index_bits | run.indexes[i];
    }
}

/* The bits above the digit, which all share. */
static guint64
find_above (const Digit *digit, guint64 code)
{
  return code & ~((((guint64) digit->mask + 1) << digit->shift) - 1);
}

/* The keys become codes where they are; their indexes go to their place. */
static void
sort_heaps (const Digit *digit, guint64 *keys, guint32 *indexes, guint64 above, guint index_bits)
{
  guint32 index_mask = (guint32) (((guint64) 1 << index_bits) - 1);
  g_autofree guint64 *room = g_new (guint64, digit->most);

  for (guint value = 0, start = 0; value <= digit->mask; start = digit->ends[value++])
    {
      guint64 top = above | (guint64) value << digit->shift;

      sort_keys (keys + start, room, digit->ends[value] - start, TRUE);
      for (guint i = start; i < digit->ends[value]; i++)
        {
          guint64 key = keys[i];

          keys[i] = top | key >> index_bits;
          indexes[i] = (guint32) key & index_mask;
        }
    }
}

static void
deal_run (Digit *digit, Run run, Run spare, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      guint place = digit->ends[value_of (digit, run.codes[i])]++;

      spare.codes[place] = run.codes[i];
      spare.indexes[place] = run.indexes[i];
    }
  memcpy (run.codes, spare.codes, n * sizeof *run.codes);
  memcpy (run.indexes, spare.indexes, n * sizeof *run.indexes);
}

/* Leaves the codes in the spare place and the indexes where they are. */
static void
sort_run (Run run, Run spare, guint n, guint index_bits)
{
  guint64 difference = find_difference (run.codes, n);
  guint n_bits = (guint) CLAMP ((int) g_bit_storage (n) - HEAP_BITS, 1, TOP_BITS);
  g_autofree guint *ends = NULL;
  Digit digit = { 0 };

  if (difference == 0)
    {
      memcpy (spare.codes, run.codes, n * sizeof *run.codes);
      return;
    }
  digit.ends = ends = g_new (guint, 1u << n_bits);
  choose_digit (&digit, difference, n_bits);
  count_values (&digit, run.codes, n);
  if (digit.shift + index_bits <= 64)
    {
      deal_keys (&digit, run, spare.codes, n, index_bits);
      sort_heaps (&digit, spare.codes, run.indexes, find_above (&digit, run.codes[0]), index_bits);
      return;
    }
  deal_run (&digit, run, spare, n);
  for (guint i = 0, start = 0; i <= digit.mask; start = digit.ends[i++])
    sort_run (part_of (run, start), part_of (spare, start), digit.ends[i] - start, index_bits);
}

static void
free_run (Run run)
{
  g_free (run.codes);
  g_free (run.indexes);
}

/*
 * komek_morton_sort:
 * @codes: (inout) (array length=n): what they are sorted by; others take their place
 * @indexes: (array length=n): rising; each follows its code
 *
 * Stable, so that equal places stay newest first. Dealt out by the highest bits that differ, into
 * the more heaps the more there are, and each heap by itself, in the same little room: all but the
 * first round goes on in the nearest memory. What all codes of a heap share costs nothing and
 * leaves room for the index in the same number; where one lies on the other side of the Earth, the
 * others are dealt out until there is room.
 */
void
komek_morton_sort (guint64 **codes, guint32 *indexes, guint n)
{
  /* Memory that is not written to costs nothing: few need the second part of it. */
  Run run = { *codes, indexes }, spare = { g_new (guint64, n + 1), g_new (guint32, n + 1) };

  if (n == 0)
    {
      free_run (spare);
      return;
    }
  sort_run (run, spare, n, g_bit_storage (indexes[n - 1]));
  *codes = g_steal_pointer (&spare.codes);
  g_free (run.codes);
  free_run (spare);
}
