/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-histogram-painter.h"

#include <math.h>

#define OUTSIDE 0.55f /* how much of their colour bars keep that are not chosen */
#define GAP 0.16f     /* of a bar's width, between two */
#define ROUND 3.0f    /* pixels, at the top of a bar that is wide enough */
#define WIDE 8.0f     /* pixels: narrower bars have square tops */
#define TOP 6.0f      /* pixels that stay free above the highest bar */
#define EDGE 3.0f     /* pixels, where the brush begins and ends */

/* Draws the bars of a histogram, with the brush behind them. */

/* Where a day begins. */
float
komek_histogram_picture_get_x (const KomekHistogramPicture *picture, guint day)
{
  return picture->left + roundf (picture->width * day / picture->brush.n_days);
}

guint
komek_histogram_picture_find_day (const KomekHistogramPicture *picture, double x)
{
  guint n_days = picture->brush.n_days;

  return (guint) CLAMP (floor ((x - picture->left) / picture->width * n_days), 0, n_days - 1);
}

/* The day at which the edge of a bar is, the one that is nearest to a place. */
guint
komek_histogram_picture_find_edge (const KomekHistogramPicture *picture, double x)
{
  guint nearest = 0;

  for (guint i = 1; i <= picture->n_bars; i++)
    if (fabs (komek_histogram_picture_get_x (picture, picture->edges[i]) - x)
        < fabs (komek_histogram_picture_get_x (picture, picture->edges[nearest]) - x))
      nearest = i;
  return picture->edges[nearest];
}

static guint
find_most (const KomekHistogramPicture *picture)
{
  guint most = 0;

  for (guint i = 0; i < picture->n_bars; i++)
    most = MAX (most, picture->bars[i].all);
  return most;
}

static void
fill (GtkSnapshot *snapshot, GdkRGBA color, float x, float y, float width, float height)
{
  if (width > 0 && height > 0)
    gtk_snapshot_append_color (snapshot, &color, &GRAPHENE_RECT_INIT (x, y, width, height));
}

/* One bar or a part of it: all of them in @color, and the overdue from the ground. */
static void
draw_part (const KomekHistogramPicture *picture, GtkSnapshot *snapshot, guint bar, guint most,
           float x, float right, gboolean chosen)
{
  GdkRGBA all = komek_palette_look_up (picture->palette, chosen ? "sky" : "control");
  GdkRGBA late = komek_palette_look_up (picture->palette, "late");
  float room = picture->height - TOP;
  float high = ceilf (room * picture->bars[bar].all / most);
  float low = ceilf (room * picture->bars[bar].late / most);

  if (!chosen)
    {
      all.alpha *= OUTSIDE;
      late.alpha *= OUTSIDE;
    }
  fill (snapshot, all, x, picture->height - high, right - x, high - low);
  fill (snapshot, late, x, picture->height - low, right - x, low);
}

static void
push_rounded_top (GtkSnapshot *snapshot, float x, float y, float width, float height)
{
  GskRoundedRect rect;

  gsk_rounded_rect_init (&rect, &GRAPHENE_RECT_INIT (x, y, width, height),
                         &GRAPHENE_SIZE_INIT (ROUND, ROUND), &GRAPHENE_SIZE_INIT (ROUND, ROUND),
                         graphene_size_zero (), graphene_size_zero ());
  gtk_snapshot_push_rounded_clip (snapshot, &rect);
}

/* A bar that the brush cuts is drawn in up to three parts. */
static void
draw_bar (const KomekHistogramPicture *picture, GtkSnapshot *snapshot, guint bar, guint most)
{
  float x = komek_histogram_picture_get_x (picture, picture->edges[bar]);
  float end = komek_histogram_picture_get_x (picture, picture->edges[bar + 1]);
  float right = end - MAX (1, roundf (GAP * (end - x)));
  float begin = komek_histogram_picture_get_x (picture, picture->brush.begin);
  float finish = komek_histogram_picture_get_x (picture, picture->brush.end);
  float high = ceilf ((picture->height - TOP) * picture->bars[bar].all / most);
  gboolean wide = right - x >= WIDE && high > ROUND;

  right = MAX (right, x + 1);
  if (wide)
    push_rounded_top (snapshot, x, picture->height - high, right - x, high);
  draw_part (picture, snapshot, bar, most, x, CLAMP (begin, x, right), FALSE);
  draw_part (picture, snapshot, bar, most, CLAMP (begin, x, right), CLAMP (finish, x, right), TRUE);
  draw_part (picture, snapshot, bar, most, CLAMP (finish, x, right), right, FALSE);
  if (wide)
    gtk_snapshot_pop (snapshot);
}

static void
draw_brush (const KomekHistogramPicture *picture, GtkSnapshot *snapshot)
{
  GdkRGBA soft = komek_palette_look_up (picture->palette, "skysoft");
  float begin = komek_histogram_picture_get_x (picture, picture->brush.begin);
  float end = komek_histogram_picture_get_x (picture, picture->brush.end);

  fill (snapshot, soft, begin, 0, end - begin, picture->height);
}

static void
draw_edges (const KomekHistogramPicture *picture, GtkSnapshot *snapshot)
{
  GdkRGBA edge = komek_palette_look_up (picture->palette, "skydeep");
  float begin = komek_histogram_picture_get_x (picture, picture->brush.begin);
  float end = komek_histogram_picture_get_x (picture, picture->brush.end);

  fill (snapshot, edge, begin - roundf (EDGE / 2), 0, EDGE, picture->height);
  fill (snapshot, edge, end - roundf (EDGE / 2), 0, EDGE, picture->height);
}

void
komek_histogram_picture_draw (const KomekHistogramPicture *picture, GtkSnapshot *snapshot)
{
  GdkRGBA ground = komek_palette_look_up (picture->palette, "control");
  guint most = find_most (picture);

  draw_brush (picture, snapshot);
  for (guint i = 0; most > 0 && i < picture->n_bars; i++)
    if (picture->bars[i].all > 0)
      draw_bar (picture, snapshot, i, most);
  fill (snapshot, ground, picture->left, picture->height, picture->width, 1);
  draw_edges (picture, snapshot);
}
