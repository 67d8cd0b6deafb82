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

/* In the middle of its month; a part of a month that is too narrow for its name stays without. */
static void
draw_month (GtkWidget *widget, guint month, float x, float y, float room, const GdkRGBA *ink,
            GtkSnapshot *snapshot)
{
  g_autoptr (PangoLayout) layout = lay_out (widget, month);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  if (width > room)
    return;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x + roundf ((room - width) / 2), y));
  gtk_snapshot_append_layout (snapshot, layout, ink);
  gtk_snapshot_restore (snapshot);
}

void
komek_histogram_months_draw (GtkWidget *widget, const KomekTimeScale *scale,
                             const KomekHistogramPicture *picture, GtkSnapshot *snapshot)
{
  GdkRGBA ink = komek_palette_look_up (picture->palette, "ink2");
  g_autoptr (GArray) months = komek_time_scale_list_bars (scale, KOMEK_TIME_MONTH);

  for (guint i = 0; i + 1 < months->len; i++)
    {
      guint first = g_array_index (months, guint, i);
      float x = komek_histogram_picture_get_x (picture, first);
      float end = komek_histogram_picture_get_x (picture, g_array_index (months, guint, i + 1));

      draw_month (widget, komek_time_scale_get_month (scale, first), x, picture->height + GAP,
                  end - x, &ink, snapshot);
    }
}
