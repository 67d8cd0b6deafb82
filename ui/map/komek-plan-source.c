/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-plan-source.h"

#include "komek-easel.h"
#include "komek-tile-fill.h"

/**
 * KomekPlanSource:
 *
 * Gives libshumate the tiles of a map: a plan, and what lies on it.
 *
 * The layer that shows it keeps the latest hundred tiles, so nothing is kept
 * here.
 */
struct _KomekPlanSource
{
  ShumateMapSource parent;
  KomekEasel      *easel;
  GListModel      *tiles;
  guint            n_wanted; /* tiles that are on their way */
};

enum
{
  PAINTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KomekPlanSource, komek_plan_source, SHUMATE_TYPE_MAP_SOURCE)

static void
on_filled (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (komek_tile_fill_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
komek_plan_source_fill_tile_async (ShumateMapSource *source, ShumateTile *tile,
                                   GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  KomekPlanSource *self = KOMEK_PLAN_SOURCE (source);
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, komek_plan_source_fill_tile_async);
  self->n_wanted++;
  komek_tile_fill_async (self->easel, self->tiles, tile, cancellable, on_filled, task);
}

static gboolean
komek_plan_source_fill_tile_finish (ShumateMapSource *source, GAsyncResult *result, GError **error)
{
  gboolean filled = g_task_propagate_boolean (G_TASK (result), error);

  if (--KOMEK_PLAN_SOURCE (source)->n_wanted == 0)
    g_signal_emit (source, signals[PAINTED], 0);
  return filled;
}

static void
komek_plan_source_finalize (GObject *object)
{
  KomekPlanSource *self = KOMEK_PLAN_SOURCE (object);

  g_clear_object (&self->easel);
  g_clear_object (&self->tiles);
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
}

/**
 * komek_plan_source_new:
 * @tiles: (nullable) (element-type KomekTiles): what lies on the plan, from below
 * @scale: how many pixels of the device a pixel is wide
 *
 * Returns: (transfer full): a source of tiles of 256 pixels a side
 */
KomekPlanSource *
komek_plan_source_new (KomekPlanPainter *painter, GListModel *tiles, guint scale)
{
  KomekPlanSource *self =
    g_object_new (KOMEK_TYPE_PLAN_SOURCE, "id", "komek-plan", "name", "Plan", "min-zoom-level",
                  KOMEK_PLAN_FIRST_ZOOM, "max-zoom-level", KOMEK_PLAN_LAST_ZOOM, "tile-size",
                  KOMEK_PLAN_TILE_SIZE, "projection", SHUMATE_MAP_PROJECTION_MERCATOR, NULL);

  self->easel = komek_easel_new (painter, scale);
  self->tiles = tiles ? g_object_ref (tiles) : NULL;
  return self;
}

/**
 * komek_plan_source_close:
 *
 * Paints no more tiles, and waits for the one or two that are being painted.
 */
void
komek_plan_source_close (KomekPlanSource *self)
{
  g_return_if_fail (KOMEK_IS_PLAN_SOURCE (self));

  komek_easel_close (self->easel);
}
