/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-plan-writer.h"

#include "komek-plan-places.h"

#include <math.h>

#define HALO 4.0
#define DISTRICT_ALPHA 0.72
#define PADDING 2.0 /* pixels that a letter reaches beyond its word, halo apart */

/**
 * KomekPlanWriter:
 *
 * Writes the names of a plan in one theme and one language.
 *
 * Counted; any thread may write. The words are laid out by one at a time.
 */
struct _KomekPlanWriter
{
  gatomicrefcount     refs;
  KomekPlan          *plan;
  double              emphasis;
  GdkRGBA             land, water, ink, label;
  GMutex              lock;   /* of the two below */
  KomekPlanLettering *lettering;
  gboolean            closed;
};

G_DEFINE_BOXED_TYPE (KomekPlanWriter, komek_plan_writer, komek_plan_writer_ref,
                     komek_plan_writer_unref)

/**
 * komek_plan_writer_new:
 * @emphasis: how much larger than usual names are
 *
 * Returns: (transfer full): a writer
 */
KomekPlanWriter *
komek_plan_writer_new (KomekPlan *plan, const KomekPalette *palette, KomekLanguage language,
                       double emphasis)
{
  KomekPlanWriter *self = g_new0 (KomekPlanWriter, 1);

  g_atomic_ref_count_init (&self->refs);
  g_mutex_init (&self->lock);
  self->plan = komek_plan_ref (plan);
  self->emphasis = emphasis;
  self->lettering = komek_plan_lettering_new (plan, language, emphasis);
  self->land = komek_palette_look_up (palette, "land");
  self->water = komek_palette_look_up (palette, "water");
  self->ink = komek_palette_look_up (palette, "waterink");
  self->label = komek_palette_look_up (palette, "label");
  return self;
}

KomekPlanWriter *
komek_plan_writer_ref (KomekPlanWriter *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
komek_plan_writer_unref (KomekPlanWriter *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  komek_plan_lettering_free (self->lettering);
  komek_plan_unref (self->plan);
  g_mutex_clear (&self->lock);
  g_free (self);
}

KomekPlan *
komek_plan_writer_get_plan (KomekPlanWriter *self)
{
  return self->plan;
}

/**
 * komek_plan_writer_place:
 *
 * Returns: (transfer full) (nullable) (element-type KomekPlanName): the names that @room has room
 *   for, whose words live as long as the writer; %NULL once it is closed
 */
GArray *
komek_plan_writer_place (KomekPlanWriter *self, const KomekPlanRoom *room)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->closed ? NULL
                      : komek_plan_names_place (self->plan, self->lettering, room, self->emphasis);
}

static void
set_color (cairo_t *cr, const GdkRGBA *color, double alpha)
{
  cairo_set_source_rgba (cr, color->red, color->green, color->blue, color->alpha * alpha);
}

/* Round the origin. */
static void
draw (const KomekPlanWriter *self, const KomekPlanName *name, cairo_t *cr)
{
  gboolean water = name->kind == KOMEK_PLAN_RIVER || name->kind == KOMEK_PLAN_WATER;
  double alpha = name->kind == KOMEK_PLAN_DISTRICT ? DISTRICT_ALPHA : 1;

  cairo_rotate (cr, name->angle);
  cairo_append_path (cr, name->word->outline);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  /* On water the name stands on its own ground. */
  set_color (cr, water ? &self->water : &self->land, alpha);
  cairo_set_line_width (cr, HALO * self->emphasis);
  cairo_stroke_preserve (cr);
  set_color (cr, water ? &self->ink : &self->label, alpha);
  cairo_fill (cr);
}

/**
 * komek_plan_writer_write:
 * @name: of this writer
 * @scale: how many pixels of the device a pixel is wide
 *
 * Returns: (transfer full): the name as it lies on the map, an image of ARGB32 whose middle is the
 *   name's
 */
cairo_surface_t *
komek_plan_writer_write (KomekPlanWriter *self, const KomekPlanName *name, guint scale)
{
  double along = fabs (cos (name->angle)), across = fabs (sin (name->angle));
  double wide = name->word->width / 2 + (HALO / 2 + PADDING) * self->emphasis;
  double high = name->word->height + (HALO / 2 + PADDING) * self->emphasis;
  int columns = 2 * (int) ceil (wide * along + high * across);
  int rows = 2 * (int) ceil (wide * across + high * along);
  cairo_surface_t *surface =
    cairo_image_surface_create (CAIRO_FORMAT_ARGB32, columns * (int) scale, rows * (int) scale);
  cairo_t *cr = cairo_create (surface);

  cairo_scale (cr, scale, scale);
  cairo_translate (cr, columns / 2.0, rows / 2.0);
  draw (self, name, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  cairo_surface_set_device_scale (surface, scale, scale);
  return surface;
}

/**
 * komek_plan_writer_find:
 * @feature: an area: its place on the plan
 * @box: (out): round its name, in pixels of the whole world, where nothing is in its way
 *
 * Returns: whether the feature bears its name at this zoom
 */
gboolean
komek_plan_writer_find (KomekPlanWriter *self, guint feature, guint zoom, KomekMercatorBox *box)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  KomekPlanName name;

  if (!komek_plan_places_find (self->plan, self->lettering, feature, zoom, self->emphasis, &name))
    return FALSE;
  *box = (KomekMercatorBox) { name.x - name.word->width / 2, name.y - name.word->height / 2,
                              name.x + name.word->width / 2, name.y + name.word->height / 2 };
  return TRUE;
}

/**
 * komek_plan_writer_close:
 *
 * Lays out no more words, and waits for those that are being laid out: a thread that does so while
 * the program ends reads what HarfBuzz has already freed.
 */
void
komek_plan_writer_close (KomekPlanWriter *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->closed = TRUE;
}
