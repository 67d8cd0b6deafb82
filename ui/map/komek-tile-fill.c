/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-tile-fill.h"

#include "komek-plan-tile.h"

/* The way of a tile from an empty square to all that is known of it:
 *
 *   what is on this machine is asked → painted → shown
 *     → where it leaves any of the plan to see, what is far away is asked → painted → shown
 *
 * So there is never nothing to see, and nobody is asked for what would not show. */
typedef struct
{
  KomekEasel     *easel;
  GPtrArray      *tiles;     /* of KomekTiles, from below */
  ShumateTile    *tile;
  KomekTilePrint *found;     /* for each of them; no bytes where it has nothing */
  guint           n_waiting; /* for an answer */
  gboolean        far;       /* the second round */
} Fill;

/* Which of the tiles an answer is of. */
typedef struct
{
  GTask *task;
  guint  index;
} Question;

static void
fill_free (Fill *self)
{
  for (guint i = 0; i < self->tiles->len; i++)
    g_clear_pointer (&self->found[i].bytes, g_bytes_unref);
  g_free (self->found);
  g_object_unref (self->easel);
  g_ptr_array_unref (self->tiles);
  g_object_unref (self->tile);
  g_free (self);
}

static gboolean ask (GTask *task);

static void
show (Fill *self, cairo_surface_t *surface, gboolean lettered)
{
  g_autoptr (KomekPlanTile) painted =
    komek_plan_tile_new (surface, KOMEK_PLAN_TILE_SIZE, lettered);

  shumate_tile_set_fade_in (self->tile, FALSE);
  shumate_tile_set_paintable (self->tile, GDK_PAINTABLE (painted));
}

static void
end (GTask *task)
{
  Fill *self = g_task_get_task_data (task);

  shumate_tile_set_state (self->tile, SHUMATE_STATE_DONE);
  g_task_return_boolean (task, TRUE);
}

static void
on_painted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Fill *self = g_task_get_task_data (task);
  GError *error = NULL;
  gboolean covered, lettered;
  cairo_surface_t *surface =
    komek_easel_paint_finish (KOMEK_EASEL (source), result, &covered, &lettered, &error);

  if (!surface)
    {
      g_task_return_error (task, error);
      return;
    }
  show (self, surface, lettered);
  if (self->far || covered)
    {
      end (task);
      return;
    }
  self->far = TRUE;
  if (!ask (task))
    end (task);
}

static void
paint (GTask *task)
{
  Fill *self = g_task_get_task_data (task);
  g_autoptr (GArray) prints = komek_easel_make_prints ();

  for (guint i = 0; i < self->tiles->len; i++)
    if (self->found[i].bytes)
      {
        KomekTilePrint print = { g_bytes_ref (self->found[i].bytes), self->found[i].zoom };

        g_array_append_val (prints, print);
      }
  komek_easel_paint_async (self->easel, shumate_tile_get_zoom_level (self->tile),
                           shumate_tile_get_x (self->tile), shumate_tile_get_y (self->tile), prints,
                           g_task_get_cancellable (task), on_painted, g_object_ref (task));
}

static gboolean
found_far (const Fill *self)
{
  gboolean found = FALSE;

  for (guint i = 0; i < self->tiles->len; i++)
    found |= self->found[i].bytes && komek_tiles_is_remote (self->tiles->pdata[i]);
  return found;
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  Question *question = data;
  g_autoptr (GTask) task = question->task;
  Fill *self = g_task_get_task_data (task);
  KomekTilePrint *print = &self->found[question->index];

  print->bytes = komek_tiles_load_finish (KOMEK_TILES (source), result, &print->zoom, NULL);
  g_free (question);
  if (--self->n_waiting > 0)
    return;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (self->far && !found_far (self))
    end (task);
  else
    paint (task);
}

/* Asks those whose turn it is; answers whether there are any. */
static gboolean
ask (GTask *task)
{
  Fill *self = g_task_get_task_data (task);

  for (guint i = 0; i < self->tiles->len; i++)
    {
      KomekTiles *tiles = self->tiles->pdata[i];
      Question *question;

      if (komek_tiles_is_remote (tiles) != self->far)
        continue;
      question = g_new (Question, 1);
      *question = (Question) { g_object_ref (task), i };
      self->n_waiting++;
      komek_tiles_load_async (tiles, shumate_tile_get_zoom_level (self->tile),
                              shumate_tile_get_x (self->tile), shumate_tile_get_y (self->tile),
                              g_task_get_cancellable (task), on_loaded, question);
    }
  return self->n_waiting > 0;
}

/* The list may change while the tile is on its way. */
static GPtrArray *
list_tiles (GListModel *model)
{
  GPtrArray *tiles = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; model && i < g_list_model_get_n_items (model); i++)
    g_ptr_array_add (tiles, g_list_model_get_item (model, i));
  return tiles;
}

/**
 * komek_tile_fill_async:
 * @tiles: (nullable) (element-type KomekTiles): what lies on the plan, from below
 *
 * Fills a tile with the plan and what lies on it.
 *
 * It shows what there is before it is done, where something is still on its way.
 */
void
komek_tile_fill_async (KomekEasel *easel, GListModel *tiles, ShumateTile *tile,
                       GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);
  Fill *self = g_new0 (Fill, 1);

  self->easel = g_object_ref (easel);
  self->tiles = list_tiles (tiles);
  self->tile = g_object_ref (tile);
  self->found = g_new0 (KomekTilePrint, self->tiles->len);
  g_task_set_source_tag (task, komek_tile_fill_async);
  g_task_set_task_data (task, self, (GDestroyNotify) fill_free);
  if (!ask (task))
    paint (task);
}

gboolean
komek_tile_fill_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
