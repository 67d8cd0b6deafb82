/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "komek-clusters.h"
#include "komek-density.h"
#include "komek-snapshot-layout.h"
#include "targets.h"


/* Asks all that the map asks. */
static void
use (KomekMorton *order)
{
  const KomekMercatorBox world = { 0, 0, 1, 1 };
  g_autoptr (KomekFilter) filter = komek_filter_new (&(KomekFilterFields) { .now = 1000 });
  g_autoptr (KomekFilter) late = komek_filter_new (
    &(KomekFilterFields) { .now = 1000, .groups = KOMEK_GROUP_BIT (KOMEK_GROUP_LATE) });
  g_autoptr (KomekAtlas) atlas = komek_atlas_new_from_order (order, filter);
  g_autoptr (KomekAtlas) filtered =
    komek_atlas_new_after (atlas, komek_atlas_get_points (atlas), late);
  g_autoptr (KomekDensity) density = komek_density_new (atlas, &world, 7, 5);
  g_autoptr (KomekCounts) counts = komek_atlas_count (filtered, NULL);
  g_autoptr (GArray) keys = komek_atlas_list_within (atlas, 51.1, 71.4, 1e6, 10);
  guint total = 0, n;

  for (double zoom = 0; zoom < 20; zoom += 6)
    {
      g_autoptr (KomekClusters) clusters = komek_clusters_new (atlas, &world, 512 * exp2 (zoom), 60);
      const KomekCluster *cluster = komek_clusters_peek (clusters, &n);

      total = 0;
      for (guint i = 0; i < n; i++)
        total += cluster[i].count;
      g_assert_cmpuint (total, ==, komek_atlas_get_n_placed (atlas));
    }
  g_assert_cmpuint (komek_density_get_total (density), ==, total);
}

static void
parse (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KomekMorton) order = komek_snapshot_parse (bytes, &error);

  g_assert_true ((order == NULL) == (error != NULL));
  if (order)
    use (order);
}

/* Puts the right sums in, which no fuzzer guesses; FALSE where the parts are not all there. */
static gboolean
seal (guint8 *data, gsize size)
{
  KomekSnapshotHeader *header = (KomekSnapshotHeader *) (gpointer) data;
  gconstpointer parts[KOMEK_SNAPSHOT_N_PARTS];
  guint64 lengths[KOMEK_SNAPSHOT_N_PARTS], begin = sizeof *header;

  if (size < sizeof *header)
    return FALSE;
  komek_snapshot_measure (header, lengths);
  for (guint i = 0; i < KOMEK_SNAPSHOT_N_PARTS; begin += lengths[i++])
    {
      if (lengths[i] > size - begin)
        return FALSE;
      parts[i] = data + begin;
    }
  komek_snapshot_seal (header, parts);
  return TRUE;
}

/* As it came, and as somebody would send it who knows how the sums are made. */
void
komek_fuzz_snapshot (GBytes *body)
{
  gsize size;
  gconstpointer data = g_bytes_get_data (body, &size);
  guint8 *copy = g_memdup2 (data, size);
  g_autoptr (GBytes) sealed = NULL;

  parse (body);
  if (seal (copy, size))
    {
      sealed = g_bytes_new_take (copy, size);
      parse (sealed);
    }
  else
    g_free (copy);
}
