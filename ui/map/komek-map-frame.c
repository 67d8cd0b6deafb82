/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-map-frame.h"

#include "komek-plan-painter.h"

#include <math.h>

KomekMapFrame
komek_map_frame_measure (ShumateLayer *layer)
{
  ShumateViewport *viewport = shumate_layer_get_viewport (layer);
  double world = KOMEK_PLAN_TILE_SIZE * exp2 (shumate_viewport_get_zoom_level (viewport));
  double wide = gtk_widget_get_width (GTK_WIDGET (layer)) / world / 2;
  double high = gtk_widget_get_height (GTK_WIDGET (layer)) / world / 2;
  double x, y;

  komek_mercator_project (shumate_location_get_latitude (SHUMATE_LOCATION (viewport)),
                          shumate_location_get_longitude (SHUMATE_LOCATION (viewport)), &x, &y);
  return (KomekMapFrame) { world, { x - wide, y - high, x + wide, y + high } };
}

/* The whole zoom that is nearest to it. */
int
komek_map_frame_get_zoom (const KomekMapFrame *self)
{
  return (int) lround (log2 (self->world / KOMEK_PLAN_TILE_SIZE));
}

/**
 * komek_map_frame_place:
 * @x: (out): in pixels of the widget
 * @y: (out): likewise
 */
void
komek_map_frame_place (const KomekMapFrame *self, double latitude, double longitude, double *x,
                       double *y)
{
  komek_mercator_project (latitude, longitude, x, y);
  *x = (*x - self->box.x0) * self->world;
  *y = (*y - self->box.y0) * self->world;
}
