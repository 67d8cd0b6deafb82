/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-map-sprites-private.h"

#include <math.h>

/* The sprites of clusters. */

#define SHARE_WIDTH 6.5 /* pixels, as all lengths here */
#define COUNT_SIZE 18.0
#define LONG_COUNT_SIZE 15.0
#define LONGEST_COUNT_SIZE 13.0

/* Clusters of fewer requests than that have a disc of that radius. */
static const struct
{
  guint below;
  int   radius;
} discs[KOMEK_N_CLUSTER_DISCS] = { { 10, 22 }, { 100, 26 }, { 1000, 32 }, { G_MAXUINT, 38 } };

static guint
choose_disc (guint count)
{
  guint i = 0;

  while (i + 1 < KOMEK_N_CLUSTER_DISCS && count >= discs[i].below)
    i++;
  return i;
}

/* How large the disc of a cluster is, in pixels; the ring round it comes on top. */
double
komek_map_sprites_get_radius (const KomekMapSprites *self, guint count)
{
  return discs[choose_disc (count)].radius * self->unit;
}

static int
measure_disc (int radius)
{
  return 2 * (int) (radius + KOMEK_SPRITE_RING) + KOMEK_SPRITE_PADDING;
}

static cairo_surface_t *
take_surface (cairo_t *cr)
{
  cairo_surface_t *surface = cairo_surface_reference (cairo_get_target (cr));

  cairo_destroy (cr);
  return surface;
}

static cairo_surface_t *
draw_ground_disc (const KomekMapSprites *self, int radius)
{
  cairo_t *cr = komek_map_sprites_start (self, measure_disc (radius), measure_disc (radius));

  komek_map_sprites_fill_disc (self, cr, KOMEK_SPRITE_SHADOW_DROP, radius + KOMEK_SPRITE_RING,
                               "shadow");
  komek_map_sprites_fill_disc (self, cr, 0, radius + KOMEK_SPRITE_RING, "ring");
  komek_map_sprites_fill_disc (self, cr, 0, radius, "surface");
  return take_surface (cr);
}

static cairo_surface_t *
draw_ring (const KomekMapSprites *self, int radius)
{
  cairo_t *cr = komek_map_sprites_start (self, measure_disc (radius), measure_disc (radius));

  cairo_arc (cr, 0, 0, radius - SHARE_WIDTH / 2, 0, 2 * G_PI);
  cairo_set_line_width (cr, SHARE_WIDTH);
  cairo_stroke (cr);
  return take_surface (cr);
}

static KomekRingPixel
place_pixel (guint32 at, double x, double y, guint32 cover)
{
  double turn = atan2 (x, -y) / (2 * G_PI);

  return (KomekRingPixel) { at, (float) (turn < 0 ? turn + 1 : turn),
                            (float) (0.25 / G_PI / hypot (x, y)), cover };
}

/* Which pixels the ring covers. */
static GArray *
list_ring (const KomekMapSprites *self, int radius)
{
  GArray *ring = g_array_new (FALSE, FALSE, sizeof (KomekRingPixel));
  cairo_surface_t *drawn = draw_ring (self, radius);
  const guint32 *data;
  int wide = cairo_image_surface_get_width (drawn), high = cairo_image_surface_get_height (drawn);
  int stride = cairo_image_surface_get_stride (drawn) / 4;

  cairo_surface_flush (drawn);
  data = (const guint32 *) (gconstpointer) cairo_image_surface_get_data (drawn);
  for (int y = 0; y < high; y++)
    for (int x = 0; x < wide; x++)
      {
        guint32 cover = data[y * stride + x] >> 24;
        KomekRingPixel pixel;

        if (cover == 0)
          continue;
        pixel = place_pixel ((guint32) (y * stride + x), x + 0.5 - wide / 2.0,
                             y + 0.5 - high / 2.0, cover);
        g_array_append_val (ring, pixel);
      }
  cairo_surface_destroy (drawn);
  return ring;
}

static const KomekClusterDisc *
get_disc (KomekMapSprites *self, guint index)
{
  KomekClusterDisc *disc = &self->discs[index];

  if (!disc->ground)
    *disc = (KomekClusterDisc) { draw_ground_disc (self, discs[index].radius),
                                 list_ring (self, discs[index].radius) };
  return disc;
}

/* Pixel upon pixel, below what is there. */
static void
lay_below (cairo_t *cr, cairo_surface_t *surface)
{
  cairo_save (cr);
  cairo_identity_matrix (cr);
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_set_operator (cr, CAIRO_OPERATOR_DEST_OVER);
  cairo_paint (cr);
  cairo_restore (cr);
}

/* What shares a ring has: where each begins, and after the last of them 1. */
typedef struct
{
  float   from[KOMEK_N_GROUPS + 1];
  GdkRGBA color[KOMEK_N_GROUPS];
  guint32 full[KOMEK_N_GROUPS]; /* the colour of a pixel that lies in it with all of itself */
} Shares;

static guint32
join (guint32 alpha, float red, float green, float blue)
{
  return alpha << 24 | (guint32) (red + 0.5f) << 16 | (guint32) (green + 0.5f) << 8
         | (guint32) (blue + 0.5f);
}

static Shares
measure_shares (const KomekMapSprites *self, const KomekCluster *cluster)
{
  Shares shares = { 0 };
  guint before = 0;

  for (guint i = 0; i < KOMEK_N_GROUPS; i++)
    {
      GdkRGBA color = komek_palette_look_up (self->palette, komek_state_art_get_token (i));

      shares.color[i] = color;
      shares.full[i] = join (255, color.red * 255, color.green * 255, color.blue * 255);
      before += cluster->groups[i];
      shares.from[i + 1] = (float) before / (float) cluster->count;
    }
  shares.from[KOMEK_N_GROUPS] = 1;
  return shares;
}

/* Of a stretch of the ring, as much as lies in a share. */
static float
measure_part (const Shares *shares, guint i, float from, float to)
{
  return MAX (0, MIN (to, shares->from[i + 1]) - MAX (from, shares->from[i]));
}

static guint32
mix (const Shares *shares, const KomekRingPixel *pixel)
{
  float from = pixel->turn - pixel->reach, to = pixel->turn + pixel->reach;
  float red = 0, green = 0, blue = 0, scale = (float) pixel->cover / (to - from);

  for (guint i = 0; i < KOMEK_N_GROUPS; i++)
    {
      /* What lies before the top is the end of the last share. */
      float part = measure_part (shares, i, from, to) + measure_part (shares, i, from + 1, to + 1)
                   + measure_part (shares, i, from - 1, to - 1);

      red += part * shares->color[i].red;
      green += part * shares->color[i].green;
      blue += part * shares->color[i].blue;
    }
  return join (pixel->cover, red * scale, green * scale, blue * scale);
}

/* Nearly all pixels lie in one share and in the ring with all of themselves. */
static guint32
color_pixel (const Shares *shares, const KomekRingPixel *pixel)
{
  float from = pixel->turn - pixel->reach, to = pixel->turn + pixel->reach;

  for (guint i = 0; i < KOMEK_N_GROUPS && pixel->cover == 255; i++)
    if (from >= shares->from[i] && to <= shares->from[i + 1])
      return shares->full[i];

  return mix (shares, pixel);
}

/* The shares of the groups, clockwise from the top, on a picture of nothing else. */
static void
draw_shares (const KomekMapSprites *self, cairo_t *cr, const KomekCluster *cluster, GArray *ring)
{
  cairo_surface_t *surface = cairo_get_target (cr);
  Shares shares = measure_shares (self, cluster);
  guint32 *data;

  cairo_surface_flush (surface);
  data = (guint32 *) (gpointer) cairo_image_surface_get_data (surface);
  for (guint i = 0; i < ring->len; i++)
    {
      const KomekRingPixel *pixel = &g_array_index (ring, KomekRingPixel, i);

      data[pixel->at] = color_pixel (&shares, pixel);
    }
  cairo_surface_mark_dirty (surface);
}

/* Thousands stand apart by a thin space once there are two of them. */
static void
write_count (const KomekMapSprites *self, cairo_t *cr, guint count)
{
  g_autofree char *text = count < 10000
                            ? g_strdup_printf ("%u", count)
                            : g_strdup_printf ("%u\u2009%03u", count / 1000, count % 1000);
  double size = count < 10000    ? COUNT_SIZE
                : count < 100000 ? LONG_COUNT_SIZE
                                 : LONGEST_COUNT_SIZE;

  komek_map_sprites_set_color (self, cr, "ink", 1);
  komek_state_art_write (cr, text, size, KOMEK_SPRITE_COUNT_WEIGHT);
}

/* A disc with the count and a ring of the shares round it. */
const KomekMapSprite *
komek_map_sprites_get_cluster (KomekMapSprites *self, const KomekCluster *cluster)
{
  const guint *n = cluster->groups;
  g_autofree char *name = g_strdup_printf ("%u %u %u %u %u", n[0], n[1], n[2], n[3], n[4]);
  const KomekMapSprite *sprite = komek_map_sprites_find (self, name);
  guint index = choose_disc (cluster->count);
  int radius = discs[index].radius;
  const KomekClusterDisc *disc;
  cairo_t *cr;

  if (sprite)
    return sprite;

  disc = get_disc (self, index);
  cr = komek_map_sprites_start (self, measure_disc (radius), measure_disc (radius));
  draw_shares (self, cr, cluster, disc->ring);
  lay_below (cr, disc->ground);
  write_count (self, cr, cluster->count);
  return komek_map_sprites_finish (self, cr, name);
}
