/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "komek-atlas.h"
#include "komek-clusters.h"
#include "komek-snapshot-layout.h"
#include "komek-status.h"
#include "snapshot-fixture.h"

/* Somebody who can write a file can write its sums too. */
typedef void (*Forge) (KomekSnapshotHeader *header, guint64 *codes, KomekPoint *points,
                       guint32 *indexes, char *words);

static void
forge_index (KomekSnapshotHeader *header, guint64 *codes, KomekPoint *points, guint32 *indexes,
             char *words)
{
  indexes[7] = header->n_points;
}

static void
forge_code (KomekSnapshotHeader *header, guint64 *codes, KomekPoint *points, guint32 *indexes,
            char *words)
{
  codes[5] = codes[6] + 1;
}

static void
forge_twin (KomekSnapshotHeader *header, guint64 *codes, KomekPoint *points, guint32 *indexes,
            char *words)
{
  codes[5] = codes[6];
  indexes[5] = indexes[6];
}

static void
forge_status (KomekSnapshotHeader *header, guint64 *codes, KomekPoint *points, guint32 *indexes,
              char *words)
{
  points[3].status = KOMEK_N_STATUSES;
}

static void
forge_service (KomekSnapshotHeader *header, guint64 *codes, KomekPoint *points, guint32 *indexes,
               char *words)
{
  points[24].service = 3;
}

static void
forge_district (KomekSnapshotHeader *header, guint64 *codes, KomekPoint *points, guint32 *indexes,
                char *words)
{
  points[0].district = 2;
}

static void
forge_words (KomekSnapshotHeader *header, guint64 *codes, KomekPoint *points, guint32 *indexes,
             char *words)
{
  words[header->words_length - 1] = 'a';
}

static void
forge_letters (KomekSnapshotHeader *header, guint64 *codes, KomekPoint *points, guint32 *indexes,
               char *words)
{
  words[0] = '\xff';
}

static void
forge_number_of_services (KomekSnapshotHeader *header, guint64 *codes, KomekPoint *points,
                          guint32 *indexes, char *words)
{
  header->n_services = G_MAXUINT32;
}

/* A name is left over. */
static void
forge_fewer_districts (KomekSnapshotHeader *header, guint64 *codes, KomekPoint *points,
                       guint32 *indexes, char *words)
{
  header->n_districts--;
  for (guint i = 0; i < header->n_points; i++)
    points[i].district = 0;
}

static void
forge_version (KomekSnapshotHeader *header, guint64 *codes, KomekPoint *points, guint32 *indexes,
               char *words)
{
  header->version--;
}

static void
forge_order (KomekSnapshotHeader *header, guint64 *codes, KomekPoint *points, guint32 *indexes,
             char *words)
{
  header->order = GUINT32_SWAP_LE_BE (header->order);
}

static void
forge_stamp (KomekSnapshotHeader *header, guint64 *codes, KomekPoint *points, guint32 *indexes,
             char *words)
{
  memset (header->stamp, 'a', sizeof header->stamp);
}

/* What is wrong about a place shows at a wrong place, and that is all. */
static void
forge_places (KomekSnapshotHeader *header, guint64 *codes, KomekPoint *points, guint32 *indexes,
              char *words)
{
  points[0].latitude = points[0].longitude = KOMEK_POINT_NOWHERE;
  points[1].latitude = points[2].longitude = G_MAXINT32;
}

static void
forge_nothing (KomekSnapshotHeader *header, guint64 *codes, KomekPoint *points, guint32 *indexes,
               char *words)
{
}

static const struct
{
  const char *name;
  Forge       forge;
  gboolean    good;
} forgeries[] = {
  { "nothing", forge_nothing, TRUE },
  { "places", forge_places, TRUE },
  { "a-version", forge_version },
  { "an-order-of-bytes", forge_order },
  { "a-stamp", forge_stamp },
  { "an-index", forge_index },
  { "a-code", forge_code },
  { "a-twin", forge_twin },
  { "a-status", forge_status },
  { "a-service", forge_service },
  { "a-district", forge_district },
  { "an-end-of-a-word", forge_words },
  { "a-letter", forge_letters },
  { "fewer-districts", forge_fewer_districts },
  { "a-number-of-services", forge_number_of_services },
};

/* As a map does that shows all of it, and whose clusters are tapped. */
static void
look_at_all (KomekMorton *order)
{
  g_autoptr (KomekFilter) filter = komek_filter_new (&(KomekFilterFields) { .now = 1 });
  g_autoptr (KomekAtlas) atlas = komek_atlas_new_from_order (order, filter);
  g_autoptr (KomekClusters) clusters =
    komek_clusters_new (atlas, &(KomekMercatorBox) { 0, 0, 1, 1 }, 256, 64);
  guint n;

  komek_clusters_peek (clusters, &n);
  g_assert_cmpuint (n, >, 0);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (KomekBounds) bounds = komek_clusters_dup_bounds (clusters, i);

      g_assert_nonnull (bounds);
    }
}

static void
test_forged (SnapshotFixture *self, gconstpointer data)
{
  gsize row = GPOINTER_TO_SIZE (data);
  g_autoptr (GBytes) bytes = snapshot_load (self, 25);
  g_autoptr (GBytes) sealed = NULL;
  g_autoptr (KomekMorton) order = NULL;
  gsize length;
  guint8 *copy = g_bytes_unref_to_data (g_steal_pointer (&bytes), &length);
  KomekSnapshotHeader *header = (KomekSnapshotHeader *) (gpointer) copy;
  guint8 *parts[KOMEK_SNAPSHOT_N_PARTS], *part = copy + sizeof *header;
  guint64 lengths[KOMEK_SNAPSHOT_N_PARTS];

  komek_snapshot_measure (header, lengths);
  for (guint i = 0; i < KOMEK_SNAPSHOT_N_PARTS; part += lengths[i++])
    parts[i] = part;
  forgeries[row].forge (header, (gpointer) parts[0], (gpointer) parts[1], (gpointer) parts[2],
                        (gpointer) parts[3]);
  komek_snapshot_seal (header, (gconstpointer *) parts);
  sealed = g_bytes_new_take (copy, length);
  order = komek_snapshot_parse (sealed, NULL);
  g_assert_cmpint (order != NULL, ==, forgeries[row].good);
  if (order)
    look_at_all (order);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (forgeries); i++)
    {
      g_autofree char *path = g_strdup_printf ("/snapshot/forged/%s", forgeries[i].name);

      g_test_add (path, SnapshotFixture, GSIZE_TO_POINTER (i), snapshot_set_up, test_forged, snapshot_tear_down);
    }
  return g_test_run ();
}
