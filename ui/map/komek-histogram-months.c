/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-histogram-months.h"

#include "komek-time-words.h"

#include <math.h>

#define GAP 3 /* pixels between the ground and the months */

/* The months below a histogram, in the type of the widget that it is drawn in. */

static PangoLayout *
lay_out (GtkWidget *widget, guint month)
{
  return gtk_widget_create_pango_layout (widget, komek_time_words_month (month));
}

/* How high they are, with what stays free above them. */
int
komek_histogram_months_measure (GtkWidget *widget)
{
  g_autoptr (PangoLayout) layout = lay_out (widget, 1);
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  return GAP + height;
}

/* In the middle of its month; where @room, which reaches as far to both sides, is too narrow for the
 * name it stays without. */
static void
draw_month (GtkWidget *widget, guint month, float middle, float y, float room, const GdkRGBA *ink,
            GtkSnapshot *snapshot)
{
  g_autoptr (PangoLayout) layout = lay_out (widget, month);
  int width;
  float x, end;

  pango_layout_get_pixel_size (layout, &width, NULL);
  if (width > room)
    return;
  end = (float) (gtk_widget_get_width (widget) - width);
  x = CLAMP (roundf (middle - (float) width / 2), 0, MAX (0, end));
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  gtk_snapshot_append_layout (snapshot, layout, ink);
  gtk_snapshot_restore (snapshot);
}

static int
measure_widest (GtkWidget *widget)
{
  int widest = 0;

  for (guint month = 1; month <= 12; month++)
    {
      g_autoptr (PangoLayout) layout = lay_out (widget, month);
      int width;

      pango_layout_get_pixel_size (layout, &width, NULL);
      widest = MAX (widest, width);
    }
  return widest;
}

/**
 * komek_histogram_months_get_step:
 * @widest: of the names, in pixels, as @month, how wide a month is
 *
 * Returns: each how many-th month is named, so that the names stand apart and at even distances
 */
guint
komek_histogram_months_get_step (int widest, float month)
{
  guint step = 1;

  while (step < 12 && (float) (widest + GAP) > month * (float) step)
    step = step < 4 ? step + 1 : step + 2;
  return step;
}

void
komek_histogram_months_draw (GtkWidget *widget, const KomekTimeScale *scale,
                             const KomekHistogramPicture *picture, GtkSnapshot *snapshot)
{
  GdkRGBA ink = komek_palette_look_up (picture->palette, "ink2");
  g_autoptr (GArray) months = komek_time_scale_list_bars (scale, KOMEK_TIME_MONTH);
  float last, month;
  guint step;

  if (months->len < 2)
    return;
  last = komek_histogram_picture_get_x (picture, g_array_index (months, guint, months->len - 1));
  month = (last - komek_histogram_picture_get_x (picture, 0)) / (float) (months->len - 1);
  step = komek_histogram_months_get_step (measure_widest (widget), month);
  for (guint i = 0; i + 1 < months->len; i++)
    {
      guint first = g_array_index (months, guint, i);
      float x = komek_histogram_picture_get_x (picture, first);
      float end = komek_histogram_picture_get_x (picture, g_array_index (months, guint, i + 1));
      guint name = komek_time_scale_get_month (scale, first);

      if (name % step == 1 % step)
        draw_month (widget, name, (x + end) / 2, picture->height + GAP,
                    (end - x) * (float) step, &ink, snapshot);
    }
}
