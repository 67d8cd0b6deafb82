/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-vector-geometry.h"

#define MOST_POINTS 1000000
#define FARTHEST 8 /* tiles from its edge; what is beyond is moved there */

/* The commands of the Mapbox Vector Tile Specification 2.1. */
enum { MOVE_TO = 1, LINE_TO = 2, CLOSE_PATH = 7 };

/* The pen that draws, and where it has come. */
typedef struct
{
  KomekProtobuf   geometry;
  guint           extent;
  guint           fewest;
  GArray         *points;
  GArray         *spans;
  KomekVectorSpan span;
  guint64         x, y;
} Pen;

static KomekVectorPoint
make_point (gint64 x, gint64 y, guint extent)
{
  gint64 most = (gint64) extent * FARTHEST;

  return (KomekVectorPoint) { (float) CLAMP (x, -most, most) / (float) extent,
                              (float) CLAMP (y, -most, most) / (float) extent };
}

static void
end_line (Pen *self)
{
  self->span.n = self->points->len - self->span.first;
  if (self->span.n >= self->fewest && self->span.n > 0)
    g_array_append_val (self->spans, self->span);
  else
    g_array_set_size (self->points, self->span.first);
  self->span.first = self->points->len;
}

/* Points that follow each other by steps: "2 up, 3 to the right". What overflows is wrapped, for
 * it makes no sense either way. */
static gboolean
read_points (Pen *self, guint64 count)
{
  for (guint64 i = 0; i < count; i++)
    {
      guint64 dx, dy;
      KomekVectorPoint point;

      if (self->points->len >= MOST_POINTS || !komek_protobuf_read_varint (&self->geometry, &dx)
          || !komek_protobuf_read_varint (&self->geometry, &dy))
        return FALSE;
      self->x += (guint64) komek_protobuf_unzigzag (dx);
      self->y += (guint64) komek_protobuf_unzigzag (dy);
      point = make_point ((gint64) (gint32) self->x, (gint64) (gint32) self->y, self->extent);
      g_array_append_val (self->points, point);
    }
  return TRUE;
}

/**
 * komek_vector_geometry_read:
 * @extent: how many steps a side of the tile has
 * @fewest: how many points a line has at least; shorter ones are left out
 * @points: (element-type KomekVectorPoint): appended to
 * @spans: (element-type KomekVectorSpan): the same, the lines that the points make up
 *
 * Unpacks the lines of a feature, or its points, which make up one line.
 *
 * Returns: %FALSE where it breaks off, or says what no geometry says
 */
gboolean
komek_vector_geometry_read (KomekProtobuf geometry, guint extent, guint fewest, GArray *points,
                            GArray *spans)
{
  Pen pen = { geometry, extent, fewest, points, spans, { points->len, 0 }, 0, 0 };
  guint64 command;

  while (pen.geometry.left > 0)
    {
      if (!komek_protobuf_read_varint (&pen.geometry, &command))
        return FALSE;
      switch (command & 7)
        {
        case MOVE_TO:
          end_line (&pen);
          G_GNUC_FALLTHROUGH;
        case LINE_TO:
          if (!read_points (&pen, command >> 3))
            return FALSE;
          break;
        case CLOSE_PATH:
          break;
        default:
          return FALSE;
        }
    }
  end_line (&pen);
  return TRUE;
}
