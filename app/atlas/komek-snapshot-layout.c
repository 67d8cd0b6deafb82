/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-snapshot-layout.h"

#include <string.h>

#include "komek-points.h"

/* How many bytes each part has, by the counts of the header. */
void
komek_snapshot_measure (const KomekSnapshotHeader *header, guint64 lengths[KOMEK_SNAPSHOT_N_PARTS])
{
  lengths[KOMEK_SNAPSHOT_CODES] = (guint64) header->n_placed * sizeof (guint64);
  lengths[KOMEK_SNAPSHOT_POINTS] = (guint64) header->n_points * sizeof (KomekPoint);
  lengths[KOMEK_SNAPSHOT_INDEXES] = (guint64) header->n_placed * sizeof (guint32);
  lengths[KOMEK_SNAPSHOT_WORDS] = header->words_length;
}

/* Odd, from the digits of the golden ratio. */
#define FACTOR G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)

static inline guint64
stir (guint64 sum, guint64 word)
{
  sum = (sum ^ word) * FACTOR;
  return sum ^ sum >> 29;
}

/*
 * komek_snapshot_sum:
 *
 * Tells what a disk has changed, not what a person has: each step can be undone, so a change of
 * one word always changes the sum. Four lanes, since a processor multiplies faster than it waits.
 */
guint64
komek_snapshot_sum (gconstpointer data, gsize length)
{
  const guint8 *bytes = data;
  guint64 lanes[4] = { 1, 2, 3, 4 }, words[4] = { 0 }, sum = length;

  for (; length >= sizeof words; length -= sizeof words, bytes += sizeof words)
    {
      memcpy (words, bytes, sizeof words);
      for (guint i = 0; i < 4; i++)
        lanes[i] = stir (lanes[i], words[i]);
    }
  memset (words, 0, sizeof words);
  if (length > 0)
    memcpy (words, bytes, length);
  for (guint i = 0; i < 4; i++)
    sum = stir (sum, stir (lanes[i], words[i]));
  return sum;
}

/* Fills in the sums, the header's own last. */
void
komek_snapshot_seal (KomekSnapshotHeader *header,
                     const gconstpointer parts[KOMEK_SNAPSHOT_N_PARTS])
{
  guint64 lengths[KOMEK_SNAPSHOT_N_PARTS];

  komek_snapshot_measure (header, lengths);
  for (guint i = 0; i < KOMEK_SNAPSHOT_N_PARTS; i++)
    header->sums[i] = komek_snapshot_sum (parts[i], lengths[i]);
  header->sum = komek_snapshot_sum (header, G_STRUCT_OFFSET (KomekSnapshotHeader, sum));
}
