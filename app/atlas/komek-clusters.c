/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-clusters.h"

#include <math.h>
#include <string.h>

#include "komek-atlas-private.h"

#define CELL 64.0         /* pixels; cells are this wide or up to twice as wide */
#define N_BUCKETS 1024    /* of the table of neighbours, a power of two */
#define MOST_ROUNDS 16
#define NONE G_MAXUINT

/**
 * KomekClusters:
 *
 * What to draw of an atlas in one part of the map at one zoom.
 *
 * First all that lies in one cell of a grid is one cluster, then clusters whose
 * centres are nearer than the gap are merged, the larger taking the smaller,
 * until there are none. The part of the map should be laid along the grid,
 * with a margin: what is merged near its edge depends on where the edge is.
 */
struct _KomekClusters
{
  gatomicrefcount refs;
  KomekAtlas     *atlas;
  GArray         *clusters; /* of KomekCluster */
  GArray         *heads;    /* of guint: the first cell of the cluster at the same place */
  GArray         *cells;    /* of Cell */
};

G_DEFINE_BOXED_TYPE (KomekClusters, komek_clusters, komek_clusters_ref, komek_clusters_unref)

/* A stretch of the atlas. The cells of a cluster are a chain; its first stands for all. */
typedef struct
{
  guint  first, end;
  double x, y;
  guint  groups[KOMEK_N_GROUPS]; /* of the stretch alone */
  guint  count;     /* of the chain; 0 where another has taken it */
  guint  next, tail;
  guint  neighbour; /* the next one in the same bucket */
} Cell;

static guint
depth_of (double world)
{
  return (guint) CLAMP (floor (log2 (world / CELL)), 1, KOMEK_ATLAS_DEPTH);
}

static GArray *
list_cells (const KomekAtlas *atlas, const KomekMercatorBox *box, double world)
{
  g_autoptr (GArray) ranges = komek_atlas_collect (atlas, box, depth_of (world));
  GArray *cells = g_array_sized_new (FALSE, FALSE, sizeof (Cell), ranges->len);

  for (guint i = 0; i < ranges->len; i++)
    {
      guint first = g_array_index (ranges, KomekAtlasRange, i).first;
      guint end = g_array_index (ranges, KomekAtlasRange, i).end;
      KomekAtlasSums sums = { 0 };
      double unit = (end - first) * 4294967296.0;
      Cell cell = {
        .first = first,
        .end = end,
        .count = end - first,
        .next = NONE,
        .tail = i,
      };

      komek_atlas_sum (atlas, first, end, &sums);
      cell.x = sums.x / unit;
      cell.y = sums.y / unit;
      memcpy (cell.groups, sums.groups, sizeof sums.groups);
      g_array_append_val (cells, cell);
    }
  return cells;
}

/* The larger a cluster the lower its rank; of those of one size, the earlier. */
static guint64
rank_of (const Cell *cells, guint i)
{
  return (guint64) (G_MAXUINT32 - cells[i].count) << 32 | i;
}

static int
compare_ranks (gconstpointer a, gconstpointer b)
{
  guint64 rank_a = *(const guint64 *) a, rank_b = *(const guint64 *) b;

  return rank_a < rank_b ? -1 : rank_a > rank_b;
}

static GArray *
rank_cells (const GArray *cells)
{
  GArray *ranks = g_array_sized_new (FALSE, FALSE, sizeof (guint64), cells->len);

  g_array_set_size (ranks, cells->len);
  for (guint i = 0; i < cells->len; i++)
    g_array_index (ranks, guint64, i) = rank_of ((const Cell *) cells->data, i);
  g_array_sort (ranks, compare_ranks);
  return ranks;
}

/* After a round, when some are gone and some have grown: few have to move, and not far. */
static void
rank_again (GArray *ranks, const Cell *cells)
{
  guint64 *rank = (guint64 *) ranks->data;
  guint n = 0;

  for (guint i = 0; i < ranks->len; i++)
    {
      guint cell = (guint32) rank[i], place = n;
      guint64 now = rank_of (cells, cell);

      if (cells[cell].count == 0)
        continue;
      for (; place > 0 && rank[place - 1] > now; place--)
        rank[place] = rank[place - 1];
      rank[place] = now;
      n++;
    }
  g_array_set_size (ranks, n);
}

static void
absorb (Cell *cells, guint larger, guint smaller)
{
  Cell *a = &cells[larger], *b = &cells[smaller];
  double sum = (double) a->count + b->count;

  a->x = (a->x * a->count + b->x * b->count) / sum;
  a->y = (a->y * a->count + b->y * b->count) / sum;
  a->count += b->count;
  b->count = 0;
  cells[a->tail].next = smaller;
  a->tail = b->tail;
}

/* Two squares may share a bucket: the distance decides. */
static guint
bucket_of (double column, double row)
{
  return ((guint) (gint64) column * 73856093u ^ (guint) (gint64) row * 19349663u) & (N_BUCKETS - 1);
}

static gboolean
are_near (const Cell *a, const Cell *b, double gap)
{
  double dx = a->x - b->x, dy = a->y - b->y;

  return dx * dx + dy * dy < gap * gap;
}

/* Takes whatever stands in one bucket nearer than the gap. */
static gboolean
absorb_bucket (Cell *cells, guint first, guint taker, double gap)
{
  gboolean merged = FALSE;

  for (guint i = first; i != NONE; i = cells[i].neighbour)
    if (i != taker && cells[i].count > 0 && cells[i].count <= cells[taker].count
        && are_near (&cells[i], &cells[taker], gap))
      {
        absorb (cells, taker, i);
        merged = TRUE;
      }

  return merged;
}

static gboolean
absorb_neighbours (Cell *cells, const guint *buckets, guint taker, double gap)
{
  double column = floor (cells[taker].x / gap), row = floor (cells[taker].y / gap);
  gboolean merged = FALSE;

  for (int dy = -1; dy <= 1; dy++)
    for (int dx = -1; dx <= 1; dx++)
      merged |= absorb_bucket (cells, buckets[bucket_of (column + dx, row + dy)], taker, gap);

  return merged;
}

/* One round of merging; answers whether there was anything to merge. */
static gboolean
merge_neighbours (GArray *cells, const GArray *ranks, double gap)
{
  Cell *cell = (Cell *) cells->data;
  guint buckets[N_BUCKETS];
  gboolean merged = FALSE;

  for (guint i = 0; i < N_BUCKETS; i++)
    buckets[i] = NONE;
  for (guint i = 0; i < cells->len; i++)
    if (cell[i].count > 0)
      {
        guint bucket = bucket_of (floor (cell[i].x / gap), floor (cell[i].y / gap));

        cell[i].neighbour = buckets[bucket];
        buckets[bucket] = i;
      }

  for (guint i = 0; i < ranks->len; i++)
    {
      guint taker = (guint32) g_array_index (ranks, guint64, i);

      if (cell[taker].count > 0)
        merged |= absorb_neighbours (cell, buckets, taker, gap);
    }
  return merged;
}

static void
merge_cells (GArray *cells, double gap)
{
  g_autoptr (GArray) ranks = rank_cells (cells);

  for (guint i = 0; i < MOST_ROUNDS && merge_neighbours (cells, ranks, gap); i++)
    rank_again (ranks, (const Cell *) cells->data);
}

static void
add_cluster (KomekClusters *self, guint head)
{
  const Cell *cells = (const Cell *) self->cells->data;
  KomekCluster cluster = { cells[head].x, cells[head].y, cells[head].count, { 0 }, NULL };
  guint n_points;

  for (guint i = head; i != NONE; i = cells[i].next)
    for (guint j = 0; j < KOMEK_N_GROUPS; j++)
      cluster.groups[j] += cells[i].groups[j];
  if (cluster.count == 1)
    cluster.point = komek_points_peek (self->atlas->points, &n_points)
                    + self->atlas->indexes[cells[head].first];

  g_array_append_val (self->clusters, cluster);
  g_array_append_val (self->heads, head);
}

/**
 * komek_clusters_new:
 * @box: the part of the map; cells that it cuts belong to it as a whole
 * @world: how many pixels wide the whole world is at this zoom
 * @gap: the least distance between two centres in pixels, at most 128
 *
 * Returns: (transfer full): the clusters
 */
KomekClusters *
komek_clusters_new (KomekAtlas *atlas, const KomekMercatorBox *box, double world, double gap)
{
  KomekClusters *self = g_new0 (KomekClusters, 1);

  g_atomic_ref_count_init (&self->refs);
  self->atlas = komek_atlas_ref (atlas);
  self->clusters = g_array_new (FALSE, FALSE, sizeof (KomekCluster));
  self->heads = g_array_new (FALSE, FALSE, sizeof (guint));
  self->cells = list_cells (atlas, box, world);

  if (gap > 0)
    merge_cells (self->cells, gap / world);
  for (guint i = 0; i < self->cells->len; i++)
    if (g_array_index (self->cells, Cell, i).count > 0)
      add_cluster (self, i);

  return self;
}

KomekClusters *
komek_clusters_ref (KomekClusters *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
komek_clusters_unref (KomekClusters *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_array_unref (self->clusters);
  g_array_unref (self->heads);
  g_array_unref (self->cells);
  komek_atlas_unref (self->atlas);
  g_free (self);
}

/**
 * komek_clusters_peek:
 * @n_clusters: (out): how many there are
 *
 * Returns: (transfer none) (array length=n_clusters): the clusters
 */
const KomekCluster *
komek_clusters_peek (const KomekClusters *self, guint *n_clusters)
{
  *n_clusters = self->clusters->len;
  return (const KomekCluster *) self->clusters->data;
}

static GArray *
list_indexes (const KomekClusters *self, guint cluster)
{
  GArray *indexes = g_array_new (FALSE, FALSE, sizeof (guint32));
  const Cell *cells = (const Cell *) self->cells->data;

  for (guint i = g_array_index (self->heads, guint, cluster); i != NONE; i = cells[i].next)
    g_array_append_vals (indexes, &self->atlas->indexes[cells[i].first],
                         cells[i].end - cells[i].first);
  return indexes;
}

/* In degrees, on Earth: what a forged snapshot says of a place is not. */
static double
to_degrees (gint32 units, double most)
{
  return CLAMP (units / 1e7, -most, most);
}

/**
 * komek_clusters_dup_bounds:
 * @cluster: its place in the array of komek_clusters_peek()
 *
 * Returns: (transfer full): the rectangle round all its places
 */
KomekBounds *
komek_clusters_dup_bounds (const KomekClusters *self, guint cluster)
{
  g_autoptr (GArray) indexes = list_indexes (self, cluster);
  guint n_points;
  const KomekPoint *points = komek_points_peek (self->atlas->points, &n_points);
  gint32 south = G_MAXINT32, west = G_MAXINT32, north = G_MININT32, east = G_MININT32;

  for (guint i = 0; i < indexes->len; i++)
    {
      const KomekPoint *point = &points[g_array_index (indexes, guint32, i)];

      south = MIN (south, point->latitude);
      west = MIN (west, point->longitude);
      north = MAX (north, point->latitude);
      east = MAX (east, point->longitude);
    }
  return komek_bounds_new (to_degrees (south, 90), to_degrees (west, 180), to_degrees (north, 90),
                           to_degrees (east, 180), NULL);
}

static int
compare_indexes (gconstpointer a, gconstpointer b)
{
  guint32 ia = *(const guint32 *) a, ib = *(const guint32 *) b;

  return ia < ib ? -1 : ia > ib;
}

/**
 * komek_clusters_list_keys:
 * @cluster: its place in the array of komek_clusters_peek()
 * @limit: how many at most
 *
 * Returns: (transfer full) (element-type guint32): the keys of its requests, newest first
 */
GArray *
komek_clusters_list_keys (const KomekClusters *self, guint cluster, guint limit)
{
  g_autoptr (GArray) indexes = list_indexes (self, cluster);
  GArray *keys = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint n_points;
  const KomekPoint *points = komek_points_peek (self->atlas->points, &n_points);

  g_array_sort (indexes, compare_indexes);
  for (guint i = 0; i < indexes->len && i < limit; i++)
    g_array_append_val (keys, points[g_array_index (indexes, guint32, i)].key);
  return keys;
}
