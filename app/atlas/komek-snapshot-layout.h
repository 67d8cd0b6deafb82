/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-snapshot.h"

#define KOMEK_SNAPSHOT_MAGIC "KomekMap"
#define KOMEK_SNAPSHOT_VERSION 2
#define KOMEK_SNAPSHOT_ORDER 0x01020304 /* of bytes: another machine reads another number */

/* The parts behind the header, in this order and without gaps. */
typedef enum
{
  KOMEK_SNAPSHOT_CODES,
  KOMEK_SNAPSHOT_POINTS,
  KOMEK_SNAPSHOT_INDEXES,
  KOMEK_SNAPSHOT_WORDS, /* the codes of the services, then of the districts, each with its NUL */
} KomekSnapshotPart;

#define KOMEK_SNAPSHOT_N_PARTS 4

/* Without gaps, so that its sum is the sum of what it says. */
typedef struct
{
  char    magic[8];
  guint32 version, order;
  char    stamp[KOMEK_SNAPSHOT_STAMP];
  guint32 n_points, n_placed;
  guint32 n_services, n_districts;
  guint64 words_length;
  guint64 sums[KOMEK_SNAPSHOT_N_PARTS];
  guint64 sum; /* of the header before it */
} KomekSnapshotHeader;

void komek_snapshot_measure (const KomekSnapshotHeader *header,
                             guint64 lengths[KOMEK_SNAPSHOT_N_PARTS]);
guint64 komek_snapshot_sum (gconstpointer data, gsize length);
void komek_snapshot_seal (KomekSnapshotHeader *header,
                          const gconstpointer parts[KOMEK_SNAPSHOT_N_PARTS]);
