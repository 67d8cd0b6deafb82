/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-map-sprites-private.h"

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

static const KomekClusterDisc *
get_disc (KomekMapSprites *self, guint index)
{
  KomekClusterDisc *disc = &self->discs[index];

  if (!disc->ground)
    *disc = (KomekClusterDisc) { draw_ground_disc (self, discs[index].radius),
                                 draw_ring (self, discs[index].radius) };
  return disc;
}

/* Pixel upon pixel. */
static void
lay (cairo_t *cr, cairo_surface_t *surface, cairo_operator_t how)
{
  cairo_save (cr);
  cairo_identity_matrix (cr);
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_set_operator (cr, how);
  cairo_paint (cr);
  cairo_restore (cr);
}

/* The shares of the groups, clockwise from the top: slices, of which only the ring is kept. */
static void
draw_shares (const KomekMapSprites *self, cairo_t *cr, const KomekCluster *cluster, int radius)
{
  double from = -G_PI_2;

  for (guint i = 0; i < KOMEK_N_GROUPS; i++)
    {
      double to = from + 2 * G_PI * cluster->groups[i] / cluster->count;

      if (cluster->groups[i] == 0)
        continue;
      cairo_new_path (cr);
      cairo_move_to (cr, 0, 0);
      cairo_arc (cr, 0, 0, radius + KOMEK_SPRITE_RING, from, to);
      komek_map_sprites_set_color (self, cr, komek_state_art_get_token (i), 1);
      cairo_fill (cr);
      from = to;
    }
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
  draw_shares (self, cr, cluster, radius);
  lay (cr, disc->ring, CAIRO_OPERATOR_DEST_IN);
  lay (cr, disc->ground, CAIRO_OPERATOR_DEST_OVER);
  write_count (self, cr, cluster->count);
  return komek_map_sprites_finish (self, cr, name);
}
