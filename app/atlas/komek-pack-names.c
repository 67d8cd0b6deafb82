/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-pack-names.h"

#include "komek-pack-file.h"
#include "komek-pack-square.h"
#include "komek-tile-form.h"

#define USUAL_TILES 16384         /* a city and its surroundings of 190 km by 190 km at zoom 14 */
#define USUAL_NAMES 200000
#define USUAL_HOUSES 500000
#define USUAL_MILLISECONDS 30000
#define MOST_DAMAGED 64           /* tiles; there is no more to hope for */

/**
 * KomekPackNames:
 *
 * What a vector pack calls by name in a city: its streets, quarters, waters, parks and landmarks,
 * and the house numbers along the streets.
 *
 * Read once, from a file opened for that alone, so that the map is drawn meanwhile: at the closest
 * zoom of the pack at which the city has no more squares than may be looked at. A tile that is
 * damaged is stepped over, and so is what is beyond the limits. Immutable and counted.
 */
struct _KomekPackNames
{
  gatomicrefcount       refs;
  KomekGazetteerPlaces *places;
  GArray               *houses; /* of KomekPackHouse */
  KomekPackLines       *lines;
  guint                 n_damaged;
};

/* The squares that are looked at, until @deadline. */
typedef struct
{
  KomekPackFile        *file;
  KomekPackNamesLimits  limits;
  guint                 zoom, west, north, east, south;
  gint64                deadline;
} Reading;

G_DEFINE_BOXED_TYPE (KomekPackNames, komek_pack_names, komek_pack_names_ref,
                     komek_pack_names_unref)

static void
clear_house (KomekPackHouse *house)
{
  g_free (house->number);
}

static KomekPackNames *
names_new (void)
{
  KomekPackNames *self = g_new0 (KomekPackNames, 1);

  g_atomic_ref_count_init (&self->refs);
  self->places = komek_gazetteer_places_new ();
  self->lines = komek_pack_lines_new ();
  self->houses = g_array_new (FALSE, FALSE, sizeof (KomekPackHouse));
  g_array_set_clear_func (self->houses, (GDestroyNotify) clear_house);
  return self;
}

static KomekPackNamesLimits
fill_limits (const KomekPackNamesLimits *limits)
{
  KomekPackNamesLimits filled = limits ? *limits : (KomekPackNamesLimits) { 0 };

  filled.tiles = filled.tiles ? filled.tiles : USUAL_TILES;
  filled.names = filled.names ? filled.names : USUAL_NAMES;
  filled.houses = filled.houses ? filled.houses : USUAL_HOUSES;
  filled.milliseconds = filled.milliseconds ? filled.milliseconds : USUAL_MILLISECONDS;
  return filled;
}

static guint
find_square (double place, guint zoom)
{
  double side = (double) (1u << zoom);

  return (guint) CLAMP (place * side, 0, side - 1);
}

static void
frame (Reading *self, const KomekBounds *bounds, guint zoom)
{
  double x0, y0, x1, y1;

  komek_mercator_project (komek_bounds_get_north (bounds), komek_bounds_get_west (bounds), &x0,
                          &y0);
  komek_mercator_project (komek_bounds_get_south (bounds), komek_bounds_get_east (bounds), &x1,
                          &y1);
  self->zoom = zoom;
  self->west = find_square (x0, zoom);
  self->north = find_square (y0, zoom);
  self->east = find_square (x1, zoom);
  self->south = find_square (y1, zoom);
}

static guint64
count_squares (const Reading *self)
{
  return (guint64) (self->east - self->west + 1) * (self->south - self->north + 1);
}

static gboolean
is_over (const Reading *self, const KomekPackNames *names)
{
  return g_get_monotonic_time () > self->deadline || names->n_damaged >= MOST_DAMAGED
         || komek_gazetteer_places_get_n (names->places) >= self->limits.names;
}

static void
read_square (const Reading *self, KomekPackNames *names, guint column, guint row)
{
  KomekMapTrouble trouble;
  g_autoptr (GBytes) tile =
    komek_pack_file_read_exactly (self->file, self->zoom, column, row, &trouble);
  g_autoptr (GError) error = NULL;

  if (trouble != KOMEK_MAP_TROUBLE_NONE)
    names->n_damaged++;
  if (!tile)
    return;
  if (!komek_pack_square_read (tile, self->zoom, column, row, names->places, names->houses,
                               names->lines, &error))
    names->n_damaged++;
  if (names->houses->len > self->limits.houses)
    g_array_set_size (names->houses, self->limits.houses);
}

static void
read_all (const Reading *self, KomekPackNames *names)
{
  for (guint row = self->north; row <= self->south; row++)
    for (guint column = self->west; column <= self->east; column++)
      {
        if (is_over (self, names))
          return;
        read_square (self, names, column, row);
      }
}

/**
 * komek_pack_names_read:
 * @path: of an MBTiles file
 * @bounds: of the city
 * @limits: (nullable): how much is read
 *
 * Reads the names of a pack. That takes a millisecond or two for each of its tiles: not for the
 * thread that draws.
 *
 * Returns: (transfer full): the names; none of a pack of pictures, or of one that cannot be used
 */
KomekPackNames *
komek_pack_names_read (const char *path, const KomekBounds *bounds,
                       const KomekPackNamesLimits *limits)
{
  KomekPackNames *self = names_new ();
  KomekMapTrouble trouble;
  g_autofree char *why = NULL;
  g_autoptr (KomekPackFile) file = komek_pack_file_open (path, &trouble, &why);
  Reading reading = { file, fill_limits (limits) };
  guint zoom;

  if (!file || !komek_pack_file_is_vector (file))
    return self;
  zoom = komek_pack_file_get_last_zoom (file);
  frame (&reading, bounds, zoom);
  while (zoom > 0 && count_squares (&reading) > reading.limits.tiles)
    frame (&reading, bounds, --zoom);
  reading.deadline = g_get_monotonic_time () + (gint64) reading.limits.milliseconds * 1000;
  read_all (&reading, self);
  if (self->n_damaged > 0)
    g_message ("%u tiles of the map pack %s cannot be read for their names", self->n_damaged, path);
  return self;
}

KomekPackNames *
komek_pack_names_ref (KomekPackNames *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
komek_pack_names_unref (KomekPackNames *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  komek_gazetteer_places_free (self->places);
  komek_pack_lines_free (self->lines);
  g_array_unref (self->houses);
  g_free (self);
}

const KomekGazetteerPlaces *
komek_pack_names_get_places (const KomekPackNames *self)
{
  return self->places;
}

/* Returns: (transfer none) (array length=n_houses): they live as long as the names */
const KomekPackHouse *
komek_pack_names_peek_houses (const KomekPackNames *self, guint *n_houses)
{
  *n_houses = self->houses->len;
  return (const KomekPackHouse *) self->houses->data;
}

/* Returns: (transfer none): where its streets lead */
const KomekPackLines *
komek_pack_names_get_lines (const KomekPackNames *self)
{
  return self->lines;
}

/* How many tiles could not be read, or not to their end. */
guint
komek_pack_names_get_n_damaged (const KomekPackNames *self)
{
  return self->n_damaged;
}
