/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-overlay-tiles.h"

#include "komek-plan-painter.h"

#define MOST_TILES 192 /* some four screens; each takes a quarter of a megabyte */

/**
 * KomekOverlayTiles:
 *
 * Keeps the latest tiles of an overlay and has those that are wanted painted in a thread.
 *
 * A tile of the painter before stays until the new one is there, so that nothing
 * blinks while filters change. What the painter of before was to paint is not painted.
 */
struct _KomekOverlayTiles
{
  GObject              parent;
  KomekOverlayPainter *painter; /* NULL for none */
  guint                scale;
  GHashTable          *tiles; /* of Tile, each its own key */
  guint                asked; /* how often a tile was asked for */
  GThreadPool         *pool;
  guint                n_wanted;
  guint                generation; /* atomic: of the painter */
  int                  closed;     /* atomic */
  GRWLock              easel;      /* read while a tile is painted */
};

enum
{
  PAINTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KomekOverlayTiles, komek_overlay_tiles, G_TYPE_OBJECT)

typedef struct
{
  guint         zoom, column, row;
  guint         asked;      /* when it was asked for last */
  guint         generation; /* 0 before it is painted */
  guint         coming;     /* the generation that is on its way */
  KomekPicture *picture;    /* NULL where it is empty */
} Tile;

typedef struct
{
  KomekOverlayPainter *painter;
  guint                generation, scale;
  guint                zoom, column, row;
} Job;

static guint
hash_tile (gconstpointer data)
{
  const Tile *tile = data;

  return (tile->zoom * 31 + tile->column) * 65599 + tile->row;
}

static gboolean
are_same (gconstpointer a, gconstpointer b)
{
  const Tile *x = a, *y = b;

  return x->zoom == y->zoom && x->column == y->column && x->row == y->row;
}

static void
tile_free (Tile *tile)
{
  g_clear_pointer (&tile->picture, komek_picture_free);
  g_free (tile);
}

static void
job_free (Job *job)
{
  g_object_unref (job->painter);
  g_free (job);
}

static void
paint_in_thread (gpointer data, gpointer user_data)
{
  g_autoptr (GTask) task = data;
  KomekOverlayTiles *self = g_task_get_source_object (task);
  Job *job = g_task_get_task_data (task);
  cairo_surface_t *surface = NULL;
  gboolean wanted;

  g_rw_lock_reader_lock (&self->easel);
  wanted = !g_atomic_int_get (&self->closed)
           && (guint) g_atomic_int_get (&self->generation) == job->generation;
  if (wanted)
    surface = komek_overlay_painter_paint (job->painter, job->zoom, job->column, job->row,
                                           job->scale);
  g_rw_lock_reader_unlock (&self->easel);
  if (!wanted)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CLOSED, "No longer wanted");
  else
    g_task_return_pointer (task, surface, (GDestroyNotify) cairo_surface_destroy);
}

/* What was asked for longest ago goes first. */
static void
drop_old (KomekOverlayTiles *self)
{
  GHashTableIter iter;
  Tile *tile;

  if (g_hash_table_size (self->tiles) <= MOST_TILES)
    return;
  g_hash_table_iter_init (&iter, self->tiles);
  while (g_hash_table_iter_next (&iter, (gpointer *) &tile, NULL))
    if (self->asked - tile->asked > MOST_TILES)
      g_hash_table_iter_remove (&iter);
}

static void
on_painted (GObject *source, GAsyncResult *result, gpointer data)
{
  KomekOverlayTiles *self = KOMEK_OVERLAY_TILES (source);
  Job *job = g_task_get_task_data (G_TASK (result));
  Tile *tile = g_hash_table_lookup (self->tiles, &(Tile) { job->zoom, job->column, job->row });
  g_autoptr (GError) error = NULL;
  cairo_surface_t *surface = g_task_propagate_pointer (G_TASK (result), &error);

  self->n_wanted--;
  if (!error && tile && job->generation == self->generation)
    {
      g_clear_pointer (&tile->picture, komek_picture_free);
      /* As those of the plan: quick while they move between two zooms. */
      if (surface)
        tile->picture =
          komek_picture_new (g_steal_pointer (&surface), KOMEK_PLAN_TILE_SIZE,
                             KOMEK_PLAN_TILE_SIZE, CAIRO_FILTER_FAST);
      tile->generation = job->generation;
    }
  g_clear_pointer (&surface, cairo_surface_destroy);
  g_signal_emit (self, signals[PAINTED], 0);
}

static void
have_painted (KomekOverlayTiles *self, Tile *tile)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, on_painted, NULL);
  Job *job = g_new (Job, 1);

  *job = (Job) { g_object_ref (self->painter), self->generation, self->scale,
                 tile->zoom, tile->column, tile->row };
  tile->coming = self->generation;
  g_task_set_source_tag (task, have_painted);
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  self->n_wanted++;
  g_thread_pool_push (self->pool, g_steal_pointer (&task), NULL);
}

static void
komek_overlay_tiles_finalize (GObject *object)
{
  KomekOverlayTiles *self = KOMEK_OVERLAY_TILES (object);

  /* Each task holds its tiles, so nothing is left to do. */
  g_thread_pool_free (self->pool, FALSE, FALSE);
  g_rw_lock_clear (&self->easel);
  g_hash_table_unref (self->tiles);
  g_clear_object (&self->painter);
  G_OBJECT_CLASS (komek_overlay_tiles_parent_class)->finalize (object);
}

static void
komek_overlay_tiles_class_init (KomekOverlayTilesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = komek_overlay_tiles_finalize;

  /**
   * KomekOverlayTiles::painted:
   *
   * A tile that was asked for is there, or is not wanted any more.
   */
  signals[PAINTED] = g_signal_new ("painted", KOMEK_TYPE_OVERLAY_TILES, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
komek_overlay_tiles_init (KomekOverlayTiles *self)
{
  g_rw_lock_init (&self->easel);
  self->scale = 1;
  self->tiles = g_hash_table_new_full (hash_tile, are_same, (GDestroyNotify) tile_free, NULL);
  self->pool = g_thread_pool_new (paint_in_thread, NULL, 1, FALSE, NULL);
}

KomekOverlayTiles *
komek_overlay_tiles_new (void)
{
  return g_object_new (KOMEK_TYPE_OVERLAY_TILES, NULL);
}

static void
begin_anew (KomekOverlayTiles *self)
{
  g_atomic_int_inc (&self->generation);
  if (!self->painter)
    g_hash_table_remove_all (self->tiles);
}

/**
 * komek_overlay_tiles_set_painter:
 * @painter: (nullable): %NULL to show nothing
 */
void
komek_overlay_tiles_set_painter (KomekOverlayTiles *self, KomekOverlayPainter *painter)
{
  g_return_if_fail (KOMEK_IS_OVERLAY_TILES (self));

  if (painter && self->painter && G_OBJECT_TYPE (painter) != G_OBJECT_TYPE (self->painter))
    g_hash_table_remove_all (self->tiles);
  if (g_set_object (&self->painter, painter))
    begin_anew (self);
}

/**
 * komek_overlay_tiles_get_painter:
 *
 * Returns: (nullable) (transfer none): whose tiles are shown
 */
KomekOverlayPainter *
komek_overlay_tiles_get_painter (KomekOverlayTiles *self)
{
  g_return_val_if_fail (KOMEK_IS_OVERLAY_TILES (self), NULL);

  return self->painter;
}

/* How many pixels of the device a pixel is wide. */
void
komek_overlay_tiles_set_scale (KomekOverlayTiles *self, guint scale)
{
  g_return_if_fail (KOMEK_IS_OVERLAY_TILES (self));

  if (self->scale == scale)
    return;
  self->scale = scale;
  begin_anew (self);
}

/**
 * komek_overlay_tiles_want:
 *
 * Has a tile painted where it is not there, or not as the painter of now paints it.
 *
 * Returns: whether there is one to show, be it an old one
 */
gboolean
komek_overlay_tiles_want (KomekOverlayTiles *self, guint zoom, guint column, guint row)
{
  Tile wanted = { .zoom = zoom, .column = column, .row = row };
  Tile *tile;

  g_return_val_if_fail (KOMEK_IS_OVERLAY_TILES (self), FALSE);

  if (!self->painter || g_atomic_int_get (&self->closed))
    return FALSE;
  tile = g_hash_table_lookup (self->tiles, &wanted);
  if (!tile)
    {
      drop_old (self);
      tile = g_memdup2 (&wanted, sizeof wanted);
      g_hash_table_add (self->tiles, tile);
    }
  tile->asked = ++self->asked;
  if (tile->generation != self->generation && tile->coming != self->generation)
    have_painted (self, tile);
  return tile->generation != 0;
}

/**
 * komek_overlay_tiles_peek:
 *
 * Returns: (nullable) (transfer none): the picture of a tile, %NULL where it is empty or not there
 */
KomekPicture *
komek_overlay_tiles_peek (KomekOverlayTiles *self, guint zoom, guint column, guint row)
{
  Tile *tile;

  g_return_val_if_fail (KOMEK_IS_OVERLAY_TILES (self), NULL);

  tile = g_hash_table_lookup (self->tiles, &(Tile) { zoom, column, row });
  if (!tile)
    return NULL;
  tile->asked = ++self->asked;
  return tile->picture;
}

/* Whether tiles that were asked for are still to come. */
gboolean
komek_overlay_tiles_is_busy (KomekOverlayTiles *self)
{
  g_return_val_if_fail (KOMEK_IS_OVERLAY_TILES (self), FALSE);

  return self->n_wanted > 0;
}

/**
 * komek_overlay_tiles_close:
 *
 * Paints no more, and waits for the tile that is being painted: names are laid out by what ends
 * with the program.
 */
void
komek_overlay_tiles_close (KomekOverlayTiles *self)
{
  g_return_if_fail (KOMEK_IS_OVERLAY_TILES (self));

  g_atomic_int_set (&self->closed, TRUE);
  g_rw_lock_writer_lock (&self->easel);
  g_rw_lock_writer_unlock (&self->easel);
}
