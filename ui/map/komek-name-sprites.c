/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-name-sprites.h"

typedef struct
{
  KomekPlanWriter *writer;
  KomekPlanRoom    room;
  guint            scale;
} Job;

static void
job_free (Job *job)
{
  g_clear_pointer (&job->writer, komek_plan_writer_unref);
  g_array_unref (job->room.marks);
  g_clear_pointer (&job->room.keep, g_array_unref);
  g_free (job);
}

static void
clear_sprite (KomekNameSprite *sprite)
{
  komek_picture_free (sprite->picture);
}

/**
 * komek_name_sprites_make:
 *
 * Returns: (transfer full) (element-type KomekNameSprite): none, in an array that owns what is
 *   added to it
 */
GArray *
komek_name_sprites_make (void)
{
  GArray *sprites = g_array_new (FALSE, FALSE, sizeof (KomekNameSprite));

  g_array_set_clear_func (sprites, (GDestroyNotify) clear_sprite);
  return sprites;
}

static KomekNameSprite
write_one (const Job *job, const KomekPlanName *name)
{
  KomekNameSprite sprite = { .name = *name };
  cairo_surface_t *surface = komek_plan_writer_write (job->writer, name, job->scale);

  sprite.width = cairo_image_surface_get_width (surface) / (int) job->scale;
  sprite.height = cairo_image_surface_get_height (surface) / (int) job->scale;
  sprite.picture = komek_picture_new (surface, sprite.width, sprite.height, CAIRO_FILTER_GOOD);
  return sprite;
}

static void
write_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Job *job = data;
  g_autoptr (GArray) names = komek_plan_writer_place (job->writer, &job->room);
  GArray *sprites = komek_name_sprites_make ();

  for (guint i = 0; names && i < names->len; i++)
    {
      KomekNameSprite sprite = write_one (job, &g_array_index (names, KomekPlanName, i));

      g_array_append_val (sprites, sprite);
    }
  g_task_return_pointer (task, sprites, (GDestroyNotify) g_array_unref);
}

/**
 * komek_name_sprites_write_async:
 * @room: its arrays are not to be changed any more
 * @scale: how many pixels of the device a pixel is wide
 *
 * Places the names of a view and writes them, in a thread. That may be the last to hold the task,
 * so it owns no widget.
 */
void
komek_name_sprites_write_async (KomekPlanWriter *writer, const KomekPlanRoom *room, guint scale,
                                GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, data);
  Job *job = g_new (Job, 1);

  *job = (Job) { komek_plan_writer_ref (writer), *room, scale };
  g_array_ref (job->room.marks);
  if (job->room.keep)
    g_array_ref (job->room.keep);
  g_task_set_source_tag (task, komek_name_sprites_write_async);
  g_task_set_task_data (task, job, (GDestroyNotify) job_free);
  g_task_run_in_thread (task, write_in_thread);
}

/**
 * komek_name_sprites_finish:
 * @writer: (out) (transfer full): who wrote them
 * @zoom: (out): what for
 *
 * Returns: (transfer full) (element-type KomekNameSprite): the names
 */
GArray *
komek_name_sprites_finish (GAsyncResult *result, KomekPlanWriter **writer, guint *zoom)
{
  Job *job = g_task_get_task_data (G_TASK (result));

  *writer = g_steal_pointer (&job->writer);
  *zoom = job->room.zoom;
  return g_task_propagate_pointer (G_TASK (result), NULL);
}
