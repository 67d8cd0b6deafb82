/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-map-sprites-private.h"

#include <math.h>

#define MOST_SPRITES 800 /* some four screens; then those that were not asked for of late go */
#define LATE 400         /* askings, so that what a screen shows stays */
#define PIN_RING 3.5     /* of the box of a shape */
#define SELECTED_SIZE 62
#define SELECTED_RADIUS 46.0
#define SELECTED_LINE 3.0
#define SELECTED_ALPHA 0.35f
#define HERE_SIZE 42.0   /* from the tip of the pin to the top of its head */
#define HERE_DISC 30.0
#define HERE_RISE (HERE_SIZE * 0.64) /* from the tip to the middle of the eye */
#define HERE_EYE (HERE_SIZE * 0.16 + KOMEK_SPRITE_RING)
#define HERE_ALPHA 0.25f
#define PLATE_NAME 14.0
#define PLATE_FIGURE 22.0
#define PLATE_PADDING 10
#define PLATE_GAP 4
#define PLATE_RADIUS 10.0

static void
sprite_free (KomekMapSprite *sprite)
{
  komek_picture_free (sprite->picture);
  g_free (sprite);
}

/**
 * komek_map_sprites_new:
 * @scale: how many pixels of the device a pixel is wide
 * @unit: how much larger than usual all is, for fingers on a screen of fine pixels
 */
KomekMapSprites *
komek_map_sprites_new (KomekPalette *palette, int scale, double unit)
{
  KomekMapSprites *self = g_new0 (KomekMapSprites, 1);

  self->palette = komek_palette_ref (palette);
  self->scale = scale;
  self->unit = unit;
  self->sprites =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) sprite_free);
  return self;
}

void
komek_map_sprites_free (KomekMapSprites *self)
{
  g_hash_table_unref (self->sprites);
  for (guint i = 0; i < KOMEK_N_CLUSTER_DISCS; i++)
    {
      g_clear_pointer (&self->discs[i].ground, cairo_surface_destroy);
      g_clear_pointer (&self->discs[i].ring, g_array_unref);
    }
  komek_palette_unref (self->palette);
  g_free (self);
}

const KomekMapSprite *
komek_map_sprites_find (KomekMapSprites *self, const char *name)
{
  KomekMapSprite *sprite = g_hash_table_lookup (self->sprites, name);

  self->n_asked++;
  if (sprite)
    sprite->asked = self->n_asked;
  return sprite;
}

static gboolean
is_old (gpointer name, gpointer sprite, gpointer data)
{
  return *(const guint *) data - ((const KomekMapSprite *) sprite)->asked > LATE;
}

/* Throwing all away at once would draw a whole screen anew, in the middle of a movement. */
static void
make_room (KomekMapSprites *self)
{
  if (g_hash_table_size (self->sprites) < MOST_SPRITES)
    return;
  if (g_hash_table_foreach_remove (self->sprites, is_old, &self->n_asked) == 0)
    g_hash_table_remove_all (self->sprites);
}

/* Puts its middle on a point of the widget; at whole pixels it is copied, between them computed. */
void
komek_map_sprite_show (const KomekMapSprite *sprite, GtkSnapshot *snapshot, KomekCanvas canvas,
                       double x, double y)
{
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT (roundf ((float) (x - sprite->size / 2.0)),
                                                roundf ((float) (y - sprite->height / 2.0))));
  gtk_snapshot_append_node (snapshot, komek_picture_get_node (sprite->picture, canvas));
  gtk_snapshot_restore (snapshot);
}

void
komek_map_sprites_set_color (const KomekMapSprites *self, cairo_t *cr, const char *token, float alpha)
{
  GdkRGBA color = komek_palette_look_up (self->palette, token);

  color.alpha *= alpha;
  gdk_cairo_set_source_rgba (cr, &color);
}

/* An empty picture with its origin in the middle; a unit is a pixel, or what stands for it. */
cairo_t *
komek_map_sprites_start (const KomekMapSprites *self, int width, int height)
{
  int wide = (int) ceil (width * self->unit), high = (int) ceil (height * self->unit);
  cairo_surface_t *surface =
    cairo_image_surface_create (CAIRO_FORMAT_ARGB32, wide * self->scale, high * self->scale);
  cairo_t *cr = cairo_create (surface);

  cairo_surface_destroy (surface);
  cairo_scale (cr, self->scale, self->scale);
  cairo_translate (cr, wide / 2.0, high / 2.0);
  cairo_scale (cr, self->unit, self->unit);
  return cr;
}

const KomekMapSprite *
komek_map_sprites_finish (KomekMapSprites *self, cairo_t *cr, const char *name)
{
  KomekMapSprite *sprite = g_new (KomekMapSprite, 1);
  cairo_surface_t *surface = cairo_surface_reference (cairo_get_target (cr));

  make_room (self);
  sprite->asked = self->n_asked;
  sprite->size = cairo_image_surface_get_width (surface) / self->scale;
  sprite->height = cairo_image_surface_get_height (surface) / self->scale;
  cairo_destroy (cr);
  sprite->picture = komek_picture_new (surface, sprite->size, sprite->height, CAIRO_FILTER_GOOD);
  g_hash_table_insert (self->sprites, g_strdup (name), sprite);
  return sprite;
}

void
komek_map_sprites_fill_disc (const KomekMapSprites *self, cairo_t *cr, double y, double radius, const char *token)
{
  cairo_new_path (cr);
  cairo_arc (cr, 0, y, radius, 0, 2 * G_PI);
  komek_map_sprites_set_color (self, cr, token, 1);
  cairo_fill (cr);
}

/* The shape with its ring; the box of the shape is @size wide and in the middle. */
static void
draw_shape (const KomekMapSprites *self, cairo_t *cr, const KomekStateMark *mark, int size)
{
  cairo_save (cr);
  cairo_scale (cr, size / KOMEK_STATE_BOX, size / KOMEK_STATE_BOX);
  cairo_translate (cr, -KOMEK_STATE_BOX / 2, -KOMEK_STATE_BOX / 2);
  komek_state_art_trace (cr, mark->group);
  komek_map_sprites_set_color (self, cr, "ring", 1);
  cairo_set_line_width (cr, 2 * PIN_RING);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke (cr);
  komek_state_art_draw (cr, self->palette, mark);
  cairo_restore (cr);
}

/* Two flat ellipses, since there is no blur. */
static void
draw_ground (const KomekMapSprites *self, cairo_t *cr, int size)
{
  for (double width = 0.42; width < 0.6; width += 0.1)
    {
      cairo_save (cr);
      cairo_translate (cr, 0, size * 0.42);
      cairo_scale (cr, 1, 0.38);
      cairo_new_path (cr);
      cairo_arc (cr, 0, 0, size * width, 0, 2 * G_PI);
      cairo_restore (cr);
      komek_map_sprites_set_color (self, cr, "shadow", 0.8f);
      cairo_fill (cr);
    }
}

const KomekMapSprite *
komek_map_sprites_get_pin (KomekMapSprites *self, const KomekStateMark *mark, int size)
{
  g_autofree char *name =
    g_strdup_printf ("pin %d %d %u %d", mark->group, mark->status, mark->number, size);
  const KomekMapSprite *sprite = komek_map_sprites_find (self, name);
  int whole = (int) (size * 1.35) + KOMEK_SPRITE_PADDING;
  cairo_t *cr;

  if (sprite)
    return sprite;

  cr = komek_map_sprites_start (self, whole, whole);
  draw_ground (self, cr, size);
  draw_shape (self, cr, mark, size);
  return komek_map_sprites_finish (self, cr, name);
}

const KomekMapSprite *
komek_map_sprites_get_selected (KomekMapSprites *self, const KomekStateMark *mark)
{
  g_autofree char *name =
    g_strdup_printf ("selected %d %d %u", mark->group, mark->status, mark->number);
  const KomekMapSprite *sprite = komek_map_sprites_find (self, name);
  int size = 2 * (int) (SELECTED_RADIUS + SELECTED_LINE) + KOMEK_SPRITE_PADDING;
  cairo_t *cr;

  if (sprite)
    return sprite;

  cr = komek_map_sprites_start (self, size, size);
  cairo_arc (cr, 0, 0, SELECTED_RADIUS, 0, 2 * G_PI);
  komek_map_sprites_set_color (self, cr, "gold", SELECTED_ALPHA);
  cairo_fill_preserve (cr);
  komek_map_sprites_set_color (self, cr, "focus", 1);
  cairo_set_line_width (cr, SELECTED_LINE);
  cairo_stroke (cr);
  draw_shape (self, cr, mark, SELECTED_SIZE);
  return komek_map_sprites_finish (self, cr, name);
}

/* A drop that stands on its tip, which is in the middle of the picture. */
static void
trace_drop (cairo_t *cr, double size)
{
  double radius = size * 0.36, middle = -(size - radius);
  double angle = asin (radius / -middle);

  cairo_new_path (cr);
  cairo_arc (cr, 0, middle, radius, G_PI - angle, angle);
  cairo_line_to (cr, 0, 0);
  cairo_close_path (cr);
}

/* Where this device stands: the tip of the pin, in a pale disc. */
const KomekMapSprite *
komek_map_sprites_get_here (KomekMapSprites *self)
{
  const KomekMapSprite *sprite = komek_map_sprites_find (self, "here");
  int size = 2 * (int) (HERE_SIZE + KOMEK_SPRITE_RING) + KOMEK_SPRITE_PADDING;
  cairo_t *cr;

  if (sprite)
    return sprite;

  cr = komek_map_sprites_start (self, size, size);
  cairo_arc (cr, 0, 0, HERE_DISC, 0, 2 * G_PI);
  komek_map_sprites_set_color (self, cr, "sky", HERE_ALPHA);
  cairo_fill (cr);
  trace_drop (cr, HERE_SIZE);
  komek_map_sprites_set_color (self, cr, "ring", 1);
  cairo_set_line_width (cr, 2 * KOMEK_SPRITE_RING);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke_preserve (cr);
  komek_map_sprites_set_color (self, cr, "sky", 1);
  cairo_fill (cr);
  /* In high contrast sky and gold are one colour: a ring parts them. */
  komek_map_sprites_fill_disc (self, cr, -HERE_RISE, HERE_EYE, "onsky");
  komek_map_sprites_fill_disc (self, cr, -HERE_RISE, HERE_EYE - KOMEK_SPRITE_RING, "gold");
  return komek_map_sprites_finish (self, cr, "here");
}

/**
 * komek_map_sprites_measure_here:
 * @rise: (out): how far above its tip the middle of the eye of that pin is
 *
 * Returns: the radius of the eye
 */
double
komek_map_sprites_measure_here (const KomekMapSprites *self, double *rise)
{
  *rise = HERE_RISE * self->unit;
  return HERE_EYE * self->unit;
}

static PangoLayout *
lay_out (const char *text, double size)
{
  PangoContext *context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  PangoLayout *layout = pango_layout_new (context);
  PangoFontDescription *font = pango_font_description_from_string ("Inter, Noto Sans");

  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_font_description_set_weight (font, KOMEK_SPRITE_COUNT_WEIGHT);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_text (layout, text, -1);
  pango_font_description_free (font);
  g_object_unref (context);
  return layout;
}

/* With its middle at 0 and its top at @y. */
static void
show_line (cairo_t *cr, PangoLayout *layout, int width, double y)
{
  cairo_move_to (cr, -width / 2.0, y);
  pango_cairo_show_layout (cr, layout);
}

static void
trace_plate (cairo_t *cr, int width, int height)
{
  double x = width / 2.0 - PLATE_RADIUS, y = height / 2.0 - PLATE_RADIUS;

  cairo_new_path (cr);
  cairo_arc (cr, x, -y, PLATE_RADIUS, -G_PI_2, 0);
  cairo_arc (cr, x, y, PLATE_RADIUS, 0, G_PI_2);
  cairo_arc (cr, -x, y, PLATE_RADIUS, G_PI_2, G_PI);
  cairo_arc (cr, -x, -y, PLATE_RADIUS, G_PI, 1.5 * G_PI);
  cairo_close_path (cr);
}

/* The ground of a plate: a shadow, a ring, and what is written on. */
static void
draw_plate (const KomekMapSprites *self, cairo_t *cr, int width, int height)
{
  cairo_save (cr);
  cairo_translate (cr, 0, KOMEK_SPRITE_SHADOW_DROP);
  trace_plate (cr, width, height);
  komek_map_sprites_set_color (self, cr, "shadow", 1);
  cairo_fill (cr);
  cairo_restore (cr);
  trace_plate (cr, width, height);
  komek_map_sprites_set_color (self, cr, "surface", 1);
  cairo_fill_preserve (cr);
  komek_map_sprites_set_color (self, cr, "control", 1);
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);
}

/**
 * komek_map_sprites_get_plate:
 * @width: how much it must cover at least, in pixels
 *
 * Returns: (transfer none): the name of a district above its figure
 */
const KomekMapSprite *
komek_map_sprites_get_plate (KomekMapSprites *self, const char *name, const char *figure, int width)
{
  g_autofree char *key = g_strdup_printf ("plate %s %s %d", name, figure, width);
  const KomekMapSprite *sprite = komek_map_sprites_find (self, key);
  g_autoptr (PangoLayout) upper = NULL;
  g_autoptr (PangoLayout) lower = NULL;
  int upper_width, upper_height, lower_width, lower_height, wide, high;
  cairo_t *cr;

  if (sprite)
    return sprite;

  upper = lay_out (name, PLATE_NAME);
  lower = lay_out (figure, PLATE_FIGURE);
  pango_layout_get_pixel_size (upper, &upper_width, &upper_height);
  pango_layout_get_pixel_size (lower, &lower_width, &lower_height);
  wide = MAX (MAX (upper_width, lower_width), (int) (width / self->unit)) + 2 * PLATE_PADDING;
  high = upper_height + lower_height + PLATE_PADDING;
  cr = komek_map_sprites_start (self, wide + KOMEK_SPRITE_PADDING, high + KOMEK_SPRITE_PADDING);
  draw_plate (self, cr, wide, high);
  komek_map_sprites_set_color (self, cr, "ink", 1);
  show_line (cr, upper, upper_width, -high / 2.0 + PLATE_GAP);
  show_line (cr, lower, lower_width, high / 2.0 - PLATE_GAP - lower_height);
  return komek_map_sprites_finish (self, cr, key);
}
