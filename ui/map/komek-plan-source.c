/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-plan-source.h"

#include "komek-plan-tile.h"

#define N_PAINTERS 2 /* threads: a third would take time from the one that draws the window */

/**
 * KomekPlanSource:
 *
 * Gives libshumate the tiles of a plan, painted in threads of its own.
 *
 * The layer that shows it keeps the latest hundred tiles, so nothing is kept
 * here. A tile that has left the screen before its turn came is not painted.
 */
struct _KomekPlanSource
{
  ShumateMapSource  parent;
  KomekPlanPainter *painter;
  guint             scale;
  GThreadPool      *pool;
  int               closed; /* atomic */
  GRWLock           easel;  /* read while a tile is painted */
  guint             n_wanted; /* tiles that are on their way */
};

enum
{
  PAINTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KomekPlanSource, komek_plan_source, SHUMATE_TYPE_MAP_SOURCE)

static void
paint_in_thread (gpointer data, gpointer user_data)
{
  g_autoptr (GTask) task = data;
  KomekPlanSource *self = g_task_get_source_object (task);
  ShumateTile *tile = g_task_get_task_data (task);
  cairo_surface_t *surface;

  if (g_task_return_error_if_cancelled (task))
    return;

  g_rw_lock_reader_lock (&self->easel);
  surface = g_atomic_int_get (&self->closed)
              ? NULL
              : komek_plan_painter_paint (self->painter, shumate_tile_get_zoom_level (tile),
                                          shumate_tile_get_x (tile), shumate_tile_get_y (tile),
                                          self->scale);
  g_rw_lock_reader_unlock (&self->easel);
  if (!surface)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CLOSED, "The plan is put away");
      return;
    }
  g_task_return_pointer (task, komek_plan_tile_new (surface, KOMEK_PLAN_TILE_SIZE), g_object_unref);
}

static void
komek_plan_source_fill_tile_async (ShumateMapSource *source, ShumateTile *tile,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  KomekPlanSource *self = KOMEK_PLAN_SOURCE (source);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, komek_plan_source_fill_tile_async);
  g_task_set_task_data (task, g_object_ref (tile), g_object_unref);
  self->n_wanted++;
  g_thread_pool_push (self->pool, task, NULL);
}

static gboolean
komek_plan_source_fill_tile_finish (ShumateMapSource *source, GAsyncResult *result, GError **error)
{
  GTask *task = G_TASK (result);
  g_autoptr (KomekPlanTile) painted = g_task_propagate_pointer (task, error);
  ShumateTile *tile = g_task_get_task_data (task);

  if (painted)
    {
      shumate_tile_set_paintable (tile, GDK_PAINTABLE (painted));
      shumate_tile_set_fade_in (tile, FALSE);
      shumate_tile_set_state (tile, SHUMATE_STATE_DONE);
    }
  if (--KOMEK_PLAN_SOURCE (source)->n_wanted == 0)
    g_signal_emit (source, signals[PAINTED], 0);
  return painted != NULL;
}

static void
komek_plan_source_finalize (GObject *object)
{
  KomekPlanSource *self = KOMEK_PLAN_SOURCE (object);

  /* Each task holds its source, so there is nothing left to do but in the
   * thread that may be just here; it must not be waited for. */
  g_thread_pool_free (self->pool, FALSE, FALSE);
  g_rw_lock_clear (&self->easel);
  g_clear_pointer (&self->painter, komek_plan_painter_unref);
  G_OBJECT_CLASS (komek_plan_source_parent_class)->finalize (object);
}

static void
komek_plan_source_class_init (KomekPlanSourceClass *klass)
{
  ShumateMapSourceClass *source_class = SHUMATE_MAP_SOURCE_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = komek_plan_source_finalize;
  source_class->fill_tile_async = komek_plan_source_fill_tile_async;
  source_class->fill_tile_finish = komek_plan_source_fill_tile_finish;

  /**
   * KomekPlanSource::painted:
   *
   * No tile that was asked for is left to paint.
   */
  signals[PAINTED] = g_signal_new ("painted", KOMEK_TYPE_PLAN_SOURCE, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
komek_plan_source_init (KomekPlanSource *self)
{
  g_rw_lock_init (&self->easel);
  self->pool = g_thread_pool_new (paint_in_thread, NULL, N_PAINTERS, FALSE, NULL);
}

/**
 * komek_plan_source_new:
 * @scale: how many pixels of the device a pixel is wide
 *
 * Returns: (transfer full): a source of tiles of 256 pixels a side
 */
KomekPlanSource *
komek_plan_source_new (KomekPlanPainter *painter, guint scale)
{
  KomekPlanSource *self =
    g_object_new (KOMEK_TYPE_PLAN_SOURCE, "id", "komek-plan", "name", "Plan", "min-zoom-level",
                  KOMEK_PLAN_FIRST_ZOOM, "max-zoom-level", KOMEK_PLAN_LAST_ZOOM, "tile-size",
                  KOMEK_PLAN_TILE_SIZE, "projection", SHUMATE_MAP_PROJECTION_MERCATOR, NULL);

  self->painter = komek_plan_painter_ref (painter);
  self->scale = scale;
  return self;
}

/**
 * komek_plan_source_close:
 *
 * Paints no more tiles, and waits for the one or two that are being painted.
 *
 * A thread that lays out names while the program ends reads what HarfBuzz has
 * already freed.
 */
void
komek_plan_source_close (KomekPlanSource *self)
{
  g_return_if_fail (KOMEK_IS_PLAN_SOURCE (self));

  g_atomic_int_set (&self->closed, TRUE);
  g_rw_lock_writer_lock (&self->easel);
  g_rw_lock_writer_unlock (&self->easel);
}
