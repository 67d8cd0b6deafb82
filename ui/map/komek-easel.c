/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-easel.h"

#include <math.h>

#include "komek-tile-form.h"
#include "komek-tile-picture.h"

#define N_PAINTERS 2 /* threads: a third would take time from the one that draws the window */

/**
 * KomekEasel:
 *
 * Paints tiles in threads: the plan, and on it the pictures of other maps.
 *
 * All of a tile becomes one opaque picture, for each layer that the window has
 * to lay over another costs time in every frame. What a picture covers is not
 * painted below it; the borders of the districts are painted above all, for no
 * other map has them. A tile that nobody wants any more before its turn comes is not painted
 * at all.
 */
struct _KomekEasel
{
  GObject           parent;
  KomekPlanPainter *painter;
  guint             scale;
  GThreadPool      *pool;
  int               closed; /* atomic */
  GRWLock           lock;   /* read while a tile is painted */
};

/* What is ready to be laid on a tile: a picture, or the lines of a vector tile. */
typedef struct
{
  cairo_surface_t *surface;
  KomekVectorTile *vector;
  gboolean         opaque;
  guint            zoom;
} Sheet;

typedef struct
{
  guint    zoom, column, row;
  GArray  *prints; /* of KomekTilePrint, from below */
  gboolean covered, lettered;
} Order;

G_DEFINE_FINAL_TYPE (KomekEasel, komek_easel, G_TYPE_OBJECT)

static void
order_free (Order *self)
{
  g_array_unref (self->prints);
  g_free (self);
}

static void
clear_sheet (Sheet *sheet)
{
  g_clear_pointer (&sheet->surface, cairo_surface_destroy);
  g_clear_pointer (&sheet->vector, komek_vector_tile_unref);
}

/* From above down to what covers all below it; the array runs the same way. */
static GArray *
decode (const Order *order)
{
  GArray *sheets = g_array_new (FALSE, FALSE, sizeof (Sheet));

  g_array_set_clear_func (sheets, (GDestroyNotify) clear_sheet);
  for (guint i = order->prints->len; i-- > 0;)
    {
      const KomekTilePrint *print = &g_array_index (order->prints, KomekTilePrint, i);
      Sheet sheet = { .zoom = print->zoom };

      if (komek_tile_form_of (print->bytes) == KOMEK_TILE_FORM_VECTOR)
        sheet.opaque = (sheet.vector = komek_vector_tile_new (print->bytes, NULL)) != NULL;
      else
        sheet.surface = komek_tile_picture_decode (print->bytes, &sheet.opaque);
      if (sheet.surface || sheet.vector)
        g_array_append_val (sheets, sheet);
      if (sheet.opaque)
        break;
    }
  return sheets;
}

/* A picture of a smaller zoom is enlarged until the part that is the tile fills it. */
static void
lay (cairo_t *cr, const Sheet *sheet, const Order *order)
{
  guint deeper = order->zoom - sheet->zoom, mask = (1u << deeper) - 1;
  double side = cairo_image_surface_get_width (sheet->surface);
  double part = side / (mask + 1), scale = KOMEK_PLAN_TILE_SIZE / part;

  cairo_save (cr);
  cairo_scale (cr, scale, scale);
  cairo_set_source_surface (cr, sheet->surface, -(double) (order->column & mask) * part,
                            -(double) (order->row & mask) * part);
  cairo_pattern_set_extend (cairo_get_source (cr), CAIRO_EXTEND_PAD);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_GOOD);
  cairo_paint (cr);
  cairo_restore (cr);
}

/* What is below the pictures: nothing that they would cover, or the lines of another map, or the
 * plan. */
static cairo_surface_t *
paint_ground (KomekEasel *self, const Order *order, const Sheet *lowest)
{
  int size = KOMEK_PLAN_TILE_SIZE * (int) self->scale;

  if (lowest && lowest->vector)
    return komek_plan_painter_paint_vector (self->painter, lowest->vector, lowest->zoom,
                                            order->zoom, order->column, order->row, self->scale);
  if (lowest && lowest->opaque)
    return cairo_image_surface_create (CAIRO_FORMAT_RGB24, size, size);
  return komek_plan_painter_paint (self->painter, order->zoom, order->column, order->row,
                                   self->scale);
}

static cairo_surface_t *
paint (KomekEasel *self, Order *order)
{
  g_autoptr (GArray) sheets = decode (order);
  const Sheet *lowest = sheets->len > 0 ? &g_array_index (sheets, Sheet, sheets->len - 1) : NULL;
  cairo_surface_t *surface = paint_ground (self, order, lowest);
  cairo_t *cr = cairo_create (surface);
  gboolean pictures = FALSE;

  order->covered = lowest && lowest->opaque;
  order->lettered = order->covered && !lowest->vector;
  cairo_scale (cr, self->scale, self->scale);
  for (guint i = sheets->len; i-- > 0;)
    if (g_array_index (sheets, Sheet, i).surface)
      {
        lay (cr, &g_array_index (sheets, Sheet, i), order);
        pictures = TRUE;
      }
  if (pictures)
    komek_plan_painter_paint_over (self->painter, order->zoom, order->column, order->row, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

static void
paint_in_thread (gpointer data, gpointer user_data)
{
  g_autoptr (GTask) task = data;
  KomekEasel *self = g_task_get_source_object (task);
  cairo_surface_t *surface;

  if (g_task_return_error_if_cancelled (task))
    return;

  g_rw_lock_reader_lock (&self->lock);
  surface = g_atomic_int_get (&self->closed) ? NULL : paint (self, g_task_get_task_data (task));
  g_rw_lock_reader_unlock (&self->lock);
  if (surface)
    g_task_return_pointer (task, surface, (GDestroyNotify) cairo_surface_destroy);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CLOSED, "The plan is put away");
}

static void
komek_easel_finalize (GObject *object)
{
  KomekEasel *self = KOMEK_EASEL (object);

  /* Each task holds its easel, so there is nothing left to do but in the
   * thread that may be just here; it must not be waited for. */
  g_thread_pool_free (self->pool, FALSE, FALSE);
  g_rw_lock_clear (&self->lock);
  g_clear_pointer (&self->painter, komek_plan_painter_unref);
  G_OBJECT_CLASS (komek_easel_parent_class)->finalize (object);
}

static void
komek_easel_class_init (KomekEaselClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = komek_easel_finalize;
}

static void
komek_easel_init (KomekEasel *self)
{
  g_rw_lock_init (&self->lock);
  self->pool = g_thread_pool_new (paint_in_thread, NULL, N_PAINTERS, FALSE, NULL);
}

/**
 * komek_easel_new:
 * @scale: how many pixels of the device a pixel is wide
 *
 * Returns: (transfer full): an easel for tiles of 256 pixels a side
 */
KomekEasel *
komek_easel_new (KomekPlanPainter *painter, guint scale)
{
  KomekEasel *self = g_object_new (KOMEK_TYPE_EASEL, NULL);

  self->painter = komek_plan_painter_ref (painter);
  self->scale = scale;
  return self;
}

static void
clear_print (KomekTilePrint *print)
{
  g_bytes_unref (print->bytes);
}

/**
 * komek_easel_make_prints:
 *
 * Returns: (transfer full) (element-type KomekTilePrint): an empty array, which will own its bytes
 */
GArray *
komek_easel_make_prints (void)
{
  GArray *prints = g_array_new (FALSE, FALSE, sizeof (KomekTilePrint));

  g_array_set_clear_func (prints, (GDestroyNotify) clear_print);
  return prints;
}

/**
 * komek_easel_paint_async:
 * @prints: (element-type KomekTilePrint): what lies on the plan, from below; not to be changed any
 *   more
 */
void
komek_easel_paint_async (KomekEasel *self, guint zoom, guint column, guint row, GArray *prints,
                         GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (self, cancellable, callback, data);
  Order *order = g_new0 (Order, 1);

  *order = (Order) { .zoom = zoom, .column = column, .row = row, .prints = g_array_ref (prints) };
  g_task_set_source_tag (task, komek_easel_paint_async);
  g_task_set_task_data (task, order, (GDestroyNotify) order_free);
  g_thread_pool_push (self->pool, task, NULL);
}

/**
 * komek_easel_paint_finish:
 * @covered: (out): whether the pictures left nothing of the plan to see
 * @lettered: (out): whether they bring names, which the plan and vector tiles do not
 *
 * Returns: (transfer full): the tile, an image of RGB24; %NULL where it was not painted
 */
cairo_surface_t *
komek_easel_paint_finish (KomekEasel *self, GAsyncResult *result, gboolean *covered,
                          gboolean *lettered, GError **error)
{
  Order *order = g_task_get_task_data (G_TASK (result));

  *covered = order->covered;
  *lettered = order->lettered;
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * komek_easel_close:
 *
 * Paints no more tiles, and waits for the one or two that are being painted.
 *
 * A thread that lays out names while the program ends reads what HarfBuzz has
 * already freed.
 */
void
komek_easel_close (KomekEasel *self)
{
  g_return_if_fail (KOMEK_IS_EASEL (self));

  g_atomic_int_set (&self->closed, TRUE);
  g_rw_lock_writer_lock (&self->lock);
  g_rw_lock_writer_unlock (&self->lock);
}
