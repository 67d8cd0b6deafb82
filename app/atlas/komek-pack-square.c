/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-pack-square.h"

#include <math.h>

#include "komek-pack-names.h"
#include "komek-vector-names.h"

#define ONE_PLACE 2000.0   /* metres between parts of one street, or of one lake */
#define ONE_LANDMARK 100.0 /* the next shop of the same name is another one */
#define LANDMARKS 6        /* the rank from which on it is one of these */
#define NEAR_STREET 80.0   /* metres from a house to the street that it stands on, if that is the nearest */
#define SOME_STREET 200.0  /* to one on which it may stand */
#define MOST_STREETS 3      /* on which a house may stand */
#define MOST_SEGMENTS 50000 /* of the streets of a square */

/* A piece of a street, to find houses their street by. */
typedef struct
{
  KomekVectorPoint a, b;
  guint            street;
} Segment;

typedef struct
{
  KomekVectorPoint at;
  char            *number;
} House;

/* A street near a house, and how far away it is; a segment of it, or NULL. */
typedef struct
{
  const Segment *segment;
  double         away;
} Near;

/* A square of a map while its names are read. */
typedef struct
{
  double                side; /* of the square, in the unit of the Mercator square */
  double                x, y; /* its corner in the north-west */
  KomekGazetteerPlaces *places;
  GArray               *segments;
  GArray               *houses;
  KomekPackLines       *lines;
} Square;

static void
clear_house (House *house)
{
  g_free (house->number);
}

/* What reaches over the edge is in the next square too. */
static gboolean
is_inside (const KomekVectorPoint *point)
{
  return point->x >= 0 && point->x < 1 && point->y >= 0 && point->y < 1;
}

static KomekMercatorBox
measure (const Square *self, const KomekVectorName *name)
{
  KomekMercatorBox box = { INFINITY, INFINITY, -INFINITY, -INFINITY };

  for (guint i = 0; i < name->n_points; i++)
    {
      double x = self->x + name->points[i].x * self->side;
      double y = self->y + name->points[i].y * self->side;

      box = (KomekMercatorBox) { MIN (box.x0, x), MIN (box.y0, y), MAX (box.x1, x),
                                 MAX (box.y1, y) };
    }
  return box;
}

static double
step (const KomekVectorPoint *points, guint i)
{
  return hypot (points[i].x - points[i - 1].x, points[i].y - points[i - 1].y);
}

/* The point half-way along its line, and how long that is. */
static double
find_middle (const KomekVectorName *name, KomekVectorPoint *middle)
{
  const KomekVectorPoint *points = name->points;
  double length = 0, left;
  guint i = 1;

  *middle = points[0];
  for (guint j = 1; j < name->n_points; j++)
    length += step (points, j);
  if (length <= 0)
    return 0;
  for (left = length / 2; i + 1 < name->n_points && left > step (points, i); i++)
    left -= step (points, i);
  left = step (points, i) > 0 ? CLAMP (left / step (points, i), 0, 1) : 0;
  middle->x = (float) (points[i - 1].x + left * (points[i].x - points[i - 1].x));
  middle->y = (float) (points[i - 1].y + left * (points[i].y - points[i - 1].y));
  return length;
}

static void
keep_segments (Square *self, const KomekVectorName *name, guint street)
{
  for (guint i = 1; i < name->n_points && self->segments->len < MOST_SEGMENTS; i++)
    {
      Segment segment = { name->points[i - 1], name->points[i], street };

      g_array_append_val (self->segments, segment);
    }
}

/* "Мәңгілік Ел даңғылы" is an avenue, whatever the class of its road. Districts with borders are
 * the plan's alone. */
static KomekAddressKind
read_kind (const KomekVectorName *name)
{
  for (guint i = 0; i < KOMEK_N_LANGUAGES; i++)
    {
      const char *text = komek_label_get_exact (name->label, i);
      g_autoptr (KomekAddress) address = text ? komek_address_parse_name (text) : NULL;

      for (guint kind = 1; address && address->kinds >> kind; kind++)
        if (address->kinds & KOMEK_ADDRESS_BIT (kind))
          return kind == KOMEK_ADDRESS_DISTRICT ? KOMEK_ADDRESS_MICRODISTRICT : kind;
    }
  return name->kind;
}

static void
keep_line (Square *self, const KomekVectorName *name, guint street)
{
  g_autofree KomekMercatorPoint *corners = g_new (KomekMercatorPoint, name->n_points);

  for (guint i = 0; i < name->n_points; i++)
    corners[i] = (KomekMercatorPoint) { self->x + name->points[i].x * self->side,
                                        self->y + name->points[i].y * self->side };
  komek_pack_lines_add (self->lines, street, corners, name->n_points);
}

static void
take_place (Square *self, const KomekVectorName *name)
{
  KomekGazetteerPlace place = {
    .label = name->label,
    .kind = read_kind (name),
    .rank = name->rank,
    .reach = name->rank >= LANDMARKS ? ONE_LANDMARK : ONE_PLACE,
    .box = measure (self, name),
  };
  KomekVectorPoint middle;
  guint position;

  if (name->n_points == 1 && !is_inside (&name->points[0]))
    return;
  place.weight = find_middle (name, &middle) * self->side;
  place.x = name->area ? (place.box.x0 + place.box.x1) / 2 : self->x + middle.x * self->side;
  place.y = name->area ? (place.box.y0 + place.box.y1) / 2 : self->y + middle.y * self->side;
  position = komek_gazetteer_places_add (self->places, &place);
  if (!name->is_street)
    return;
  keep_segments (self, name, position);
  keep_line (self, name, position);
}

static void
on_name (const KomekVectorName *name, gpointer data)
{
  Square *self = data;
  House house = { name->points[0], NULL };

  if (!name->house)
    take_place (self, name);
  else if (is_inside (&house.at))
    {
      house.number = g_strdup (name->house);
      g_array_append_val (self->houses, house);
    }
}

static double
measure_to_segment (const KomekVectorPoint *point, const Segment *segment)
{
  double dx = segment->b.x - segment->a.x, dy = segment->b.y - segment->a.y;
  double px = point->x - segment->a.x, py = point->y - segment->a.y;
  double square = dx * dx + dy * dy;
  double part = square > 0 ? CLAMP ((px * dx + py * dy) / square, 0, 1) : 0;

  return hypot (px - part * dx, py - part * dy);
}

/* Keeps a street among the nearest, each once. */
static void
keep_nearest (Near *near, const Segment *segment, double away)
{
  guint at = 0;

  while (at + 1 < MOST_STREETS && near[at].segment && near[at].segment->street != segment->street)
    at++;
  if (near[at].segment && near[at].away <= away)
    return;
  for (; at > 0 && near[at - 1].away > away; at--)
    near[at] = near[at - 1];
  near[at] = (Near){ segment, away };
}

/* Tiles do not say on which street a house stands. Most often that is the nearest, on a corner or
 * in a yard another one. */
static void
find_streets (const Square *self, const House *house, Near *near)
{
  double far = SOME_STREET / komek_mercator_metres (self->y, self->side);

  for (guint i = 0; i < self->segments->len; i++)
    {
      const Segment *segment = &g_array_index (self->segments, Segment, i);
      double away = measure_to_segment (&house->at, segment);

      if (away < far)
        keep_nearest (near, segment, away);
    }
}

static void
give_house (Square *self, const House *house, const Near *near, GArray *houses)
{
  double metres = komek_mercator_metres (self->y, self->side);
  KomekPackHouse known = { 0 };

  komek_mercator_unproject (self->x + house->at.x * self->side, self->y + house->at.y * self->side,
                            &known.latitude, &known.longitude);
  for (guint i = 0; i < MOST_STREETS && near[i].segment; i++)
    {
      known.number = g_strdup (house->number);
      known.street = near[i].segment->street;
      known.metres = near[i].away * metres;
      known.likely = i == 0 && known.metres < NEAR_STREET;
      g_array_append_val (houses, known);
    }
}

static void
give_houses (Square *self, GArray *houses)
{
  for (guint i = 0; i < self->houses->len; i++)
    {
      const House *house = &g_array_index (self->houses, House, i);
      Near near[MOST_STREETS] = { 0 };

      find_streets (self, house, near);
      give_house (self, house, near, houses);
    }
}

/**
 * komek_pack_square_read:
 * @tile: a vector tile
 * @row: from the north
 * @places: to add its names to
 * @houses: (element-type KomekPackHouse): to add its houses to, those within 200 metres of a street
 * @lines: to add its streets to
 *
 * Reads what a tile of a pack calls by name.
 *
 * Fails where it is damaged; what was read before that is kept.
 *
 * Returns: whether it was read to its end
 */
gboolean
komek_pack_square_read (GBytes *tile, guint zoom, guint column, guint row,
                        KomekGazetteerPlaces *places, GArray *houses,
                        KomekPackLines *lines, GError **error)
{
  double side = 1.0 / (double) (1u << zoom);
  g_autoptr (GArray) segments = g_array_new (FALSE, FALSE, sizeof (Segment));
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (House));
  Square self = { side, column * side, row * side, places, segments, numbers, lines };
  gboolean whole;

  g_array_set_clear_func (numbers, (GDestroyNotify) clear_house);
  whole = komek_vector_names_visit (tile, on_name, &self, error);
  give_houses (&self, houses);
  return whole;
}
