/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-status.h"

/*
 * The groups of many points, two in a byte: they are read in the order of the map, which is no
 * order in memory, and of as many points as a big city files in a year they still fit where such
 * reads cost little.
 */

static inline gsize
komek_groups_get_size (guint n)
{
  return n / 2 + 1;
}

static inline KomekGroup
komek_groups_get (const guint8 *groups, guint i)
{
  return groups[i / 2] >> i % 2 * 4 & 15;
}

/* Where nothing but 0 has been put before. */
static inline void
komek_groups_put (guint8 *groups, guint i, KomekGroup group)
{
  groups[i / 2] |= (guint8) (group << i % 2 * 4);
}

G_STATIC_ASSERT (KOMEK_N_GROUPS <= 16);
