/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-map-sprites.h"

#include <math.h>

#define MOST_SPRITES 800 /* some four screens; then all are drawn anew */
#define SHARE_WIDTH 6.5  /* pixels, as all lengths here */
#define RING_WIDTH 2.0
#define SHADOW_DROP 2.0
#define PIN_RING 3.5     /* of the box of a shape */
#define SELECTED_SIZE 62
#define SELECTED_RADIUS 46.0
#define SELECTED_LINE 3.0
#define SELECTED_ALPHA 0.35f
#define COUNT_SIZE 18.0
#define COUNT_WEIGHT 750
#define PADDING 6

/**
 * KomekMapSprites:
 *
 * What stands on the map, drawn once for each look: clusters, pins, the selected pin.
 *
 * They are nodes and not textures, which the cairo renderer of GTK 4.8 would
 * convert by way of floating point numbers in every frame.
 */
struct _KomekMapSprites
{
  KomekPalette *palette;
  int           scale;
  GHashTable   *sprites; /* what it shows → KomekMapSprite */
};

static void
sprite_free (KomekMapSprite *sprite)
{
  gsk_render_node_unref (sprite->node);
  g_free (sprite);
}

/**
 * komek_map_sprites_new:
 * @scale: how many pixels of the device a pixel is wide
 */
KomekMapSprites *
komek_map_sprites_new (KomekPalette *palette, int scale)
{
  KomekMapSprites *self = g_new (KomekMapSprites, 1);

  self->palette = komek_palette_ref (palette);
  self->scale = scale;
  self->sprites =
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) sprite_free);
  return self;
}

void
komek_map_sprites_free (KomekMapSprites *self)
{
  g_hash_table_unref (self->sprites);
  komek_palette_unref (self->palette);
  g_free (self);
}

/* Puts its middle on a point of the widget; at whole pixels it is copied, between them computed. */
void
komek_map_sprite_show (const KomekMapSprite *sprite, GtkSnapshot *snapshot, double x, double y)
{
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT (roundf ((float) (x - sprite->size / 2.0)),
                                                roundf ((float) (y - sprite->size / 2.0))));
  gtk_snapshot_append_node (snapshot, sprite->node);
  gtk_snapshot_restore (snapshot);
}

/* How large the disc of a cluster is, in pixels; the ring round it comes on top. */
int
komek_map_sprites_get_radius (guint count)
{
  return count < 10 ? 22 : count < 100 ? 26 : count < 1000 ? 32 : 38;
}

static void
set_color (const KomekMapSprites *self, cairo_t *cr, const char *token, float alpha)
{
  GdkRGBA color = komek_palette_look_up (self->palette, token);

  color.alpha *= alpha;
  gdk_cairo_set_source_rgba (cr, &color);
}

/* An empty picture with its origin in the middle. */
static cairo_t *
start (const KomekMapSprites *self, int size)
{
  cairo_surface_t *surface =
    cairo_image_surface_create (CAIRO_FORMAT_ARGB32, size * self->scale, size * self->scale);
  cairo_t *cr = cairo_create (surface);

  cairo_surface_destroy (surface);
  cairo_scale (cr, self->scale, self->scale);
  cairo_translate (cr, size / 2.0, size / 2.0);
  return cr;
}

static const KomekMapSprite *
finish (KomekMapSprites *self, cairo_t *cr, const char *name, int size)
{
  KomekMapSprite *sprite = g_new (KomekMapSprite, 1);
  cairo_surface_t *surface = cairo_get_target (cr);
  cairo_t *record;

  if (g_hash_table_size (self->sprites) >= MOST_SPRITES)
    g_hash_table_remove_all (self->sprites);
  sprite->size = size;
  sprite->node = gsk_cairo_node_new (&GRAPHENE_RECT_INIT (0, 0, size, size));
  record = gsk_cairo_node_get_draw_context (sprite->node);
  cairo_surface_set_device_scale (surface, self->scale, self->scale);
  cairo_set_source_surface (record, surface, 0, 0);
  cairo_paint (record);
  cairo_destroy (record);
  cairo_destroy (cr);
  g_hash_table_insert (self->sprites, g_strdup (name), sprite);
  return sprite;
}

/* The shares of the groups, clockwise from the top. */
static void
draw_shares (const KomekMapSprites *self, cairo_t *cr, const KomekCluster *cluster, double radius)
{
  double from = -G_PI_2;

  cairo_set_line_width (cr, SHARE_WIDTH);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_BUTT);
  for (guint i = 0; i < KOMEK_N_GROUPS; i++)
    {
      double to = from + 2 * G_PI * cluster->groups[i] / cluster->count;

      if (cluster->groups[i] == 0)
        continue;
      cairo_new_path (cr);
      cairo_arc (cr, 0, 0, radius - SHARE_WIDTH / 2, from, to);
      set_color (self, cr, komek_state_art_get_token (i), 1);
      cairo_stroke (cr);
      from = to;
    }
}

static void
fill_disc (const KomekMapSprites *self, cairo_t *cr, double y, double radius, const char *token)
{
  cairo_new_path (cr);
  cairo_arc (cr, 0, y, radius, 0, 2 * G_PI);
  set_color (self, cr, token, 1);
  cairo_fill (cr);
}

/* Thousands stand apart by a thin space once there are two of them. */
static void
write_count (const KomekMapSprites *self, cairo_t *cr, guint count)
{
  g_autofree char *text = count < 10000
                            ? g_strdup_printf ("%u", count)
                            : g_strdup_printf ("%u\u2009%03u", count / 1000, count % 1000);

  set_color (self, cr, "ink", 1);
  komek_state_art_write (cr, text, count < 10000 ? COUNT_SIZE : count < 100000 ? 15 : 13,
                         COUNT_WEIGHT);
}

/* A disc with the count and a ring of the shares round it. */
const KomekMapSprite *
komek_map_sprites_get_cluster (KomekMapSprites *self, const KomekCluster *cluster)
{
  const guint *n = cluster->groups;
  g_autofree char *name = g_strdup_printf ("%u %u %u %u %u", n[0], n[1], n[2], n[3], n[4]);
  const KomekMapSprite *sprite = g_hash_table_lookup (self->sprites, name);
  double radius = komek_map_sprites_get_radius (cluster->count);
  int size = 2 * (int) (radius + RING_WIDTH) + PADDING;
  cairo_t *cr;

  if (sprite)
    return sprite;

  cr = start (self, size);
  fill_disc (self, cr, SHADOW_DROP, radius + RING_WIDTH, "shadow");
  fill_disc (self, cr, 0, radius + RING_WIDTH, "ring");
  fill_disc (self, cr, 0, radius, "surface");
  draw_shares (self, cr, cluster, radius);
  write_count (self, cr, cluster->count);
  return finish (self, cr, name, size);
}

/* The shape with its ring; the box of the shape is @size wide and in the middle. */
static void
draw_shape (const KomekMapSprites *self, cairo_t *cr, const KomekStateMark *mark, int size)
{
  cairo_save (cr);
  cairo_scale (cr, size / KOMEK_STATE_BOX, size / KOMEK_STATE_BOX);
  cairo_translate (cr, -KOMEK_STATE_BOX / 2, -KOMEK_STATE_BOX / 2);
  komek_state_art_trace (cr, mark->group);
  set_color (self, cr, "ring", 1);
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
      set_color (self, cr, "shadow", 0.8f);
      cairo_fill (cr);
    }
}

const KomekMapSprite *
komek_map_sprites_get_pin (KomekMapSprites *self, const KomekStateMark *mark, int size)
{
  g_autofree char *name =
    g_strdup_printf ("pin %d %d %u %d", mark->group, mark->status, mark->number, size);
  const KomekMapSprite *sprite = g_hash_table_lookup (self->sprites, name);
  int whole = (int) (size * 1.35) + PADDING;
  cairo_t *cr;

  if (sprite)
    return sprite;

  cr = start (self, whole);
  draw_ground (self, cr, size);
  draw_shape (self, cr, mark, size);
  return finish (self, cr, name, whole);
}

const KomekMapSprite *
komek_map_sprites_get_selected (KomekMapSprites *self, const KomekStateMark *mark)
{
  g_autofree char *name =
    g_strdup_printf ("selected %d %d %u", mark->group, mark->status, mark->number);
  const KomekMapSprite *sprite = g_hash_table_lookup (self->sprites, name);
  int size = 2 * (int) (SELECTED_RADIUS + SELECTED_LINE) + PADDING;
  cairo_t *cr;

  if (sprite)
    return sprite;

  cr = start (self, size);
  cairo_arc (cr, 0, 0, SELECTED_RADIUS, 0, 2 * G_PI);
  set_color (self, cr, "gold", SELECTED_ALPHA);
  cairo_fill_preserve (cr);
  set_color (self, cr, "focus", 1);
  cairo_set_line_width (cr, SELECTED_LINE);
  cairo_stroke (cr);
  draw_shape (self, cr, mark, SELECTED_SIZE);
  return finish (self, cr, name, size);
}
