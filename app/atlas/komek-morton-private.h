/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-morton.h"

/* Shared with the atlas, which keeps a part of it, and with the snapshot, which writes it down. */
struct _KomekMorton
{
  gatomicrefcount refs;
  KomekPoints    *points;
  guint           n;
  const guint64  *codes;   /* rising */
  const guint32  *indexes; /* into the points; rising where the codes are equal */
  GBytes         *bytes;   /* where both lie in a file; else they are our own */
};

KomekMorton *komek_morton_new_borrowed (KomekPoints *points, guint n, const guint64 *codes,
                                        const guint32 *indexes, GBytes *bytes);
void komek_morton_sort (guint64 *codes, guint32 *indexes, guint n);
void komek_morton_sort_keys (guint64 *keys, guint64 *room, guint n);
guint64 komek_morton_encode (const KomekPoint *point);

/* Whether it has a place: one on Earth. Where nobody filled one in, cities send 0, 0. */
static inline gboolean
komek_morton_takes (const KomekPoint *point)
{
  return ABS ((gint64) point->latitude) <= 900000000
         && ABS ((gint64) point->longitude) <= 1800000000
         && (point->latitude != 0 || point->longitude != 0);
}

/* The bits of the value, with a gap behind each. */
static inline guint64
komek_morton_spread (guint32 value)
{
  guint64 bits = value;

  bits = (bits | bits << 16) & G_GUINT64_CONSTANT (0x0000ffff0000ffff);
  bits = (bits | bits << 8) & G_GUINT64_CONSTANT (0x00ff00ff00ff00ff);
  bits = (bits | bits << 4) & G_GUINT64_CONSTANT (0x0f0f0f0f0f0f0f0f);
  bits = (bits | bits << 2) & G_GUINT64_CONSTANT (0x3333333333333333);
  return (bits | bits << 1) & G_GUINT64_CONSTANT (0x5555555555555555);
}

/* The other way round: of a code its x, of a code shifted by one its y. */
static inline guint32
komek_morton_gather (guint64 bits)
{
  bits &= G_GUINT64_CONSTANT (0x5555555555555555);
  bits = (bits | bits >> 1) & G_GUINT64_CONSTANT (0x3333333333333333);
  bits = (bits | bits >> 2) & G_GUINT64_CONSTANT (0x0f0f0f0f0f0f0f0f);
  bits = (bits | bits >> 4) & G_GUINT64_CONSTANT (0x00ff00ff00ff00ff);
  bits = (bits | bits >> 8) & G_GUINT64_CONSTANT (0x0000ffff0000ffff);
  return (guint32) (bits | bits >> 16);
}

/* A coordinate of the Mercator square in 32 bits; what lies outside is put on the edge. */
static inline guint32
komek_morton_to_fixed (double coordinate)
{
  return (guint32) CLAMP (coordinate * 4294967296.0, 0, 4294967295.0);
}

/* Neighbours on the map are not neighbours among the points, so memory is asked in advance. */
static inline void
komek_morton_prefetch (const guint32 *indexes, guint i, guint n, const KomekPoint *points)
{
  if (i + 16 < n)
    __builtin_prefetch (&points[indexes[i + 16]]);
}
