/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-vector-names.h"

#include <math.h>
#include <string.h>

#include "komek-vector-layer.h"

#define LONGEST_NAME 200 /* bytes */
#define LONGEST_NUMBER 20

/* What a feature says of itself, by the key that it says it under. */
typedef enum
{
  NOTHING,
  CLASS,
  NUMBER,
  NAME,  /* in whatever language people use there */
  OTHER, /* stands for it where there is none */
  KAZAKH,
  RUSSIAN,
  ENGLISH,
  N_SAYINGS,
} Saying;

/* `name:latin` is the only name that tilemaker writes, in any letters. */
static const struct
{
  const char *key;
  Saying      saying;
} sayings[] = {
  { "class", CLASS },     { "kind", CLASS },      { "housenumber", NUMBER }, { "name", NAME },
  { "name_int", NAME },   { "name:latin", OTHER }, { "name:kk", KAZAKH },    { "name_kk", KAZAKH },
  { "name:ru", RUSSIAN }, { "name_ru", RUSSIAN }, { "name:en", ENGLISH },    { "name_en", ENGLISH },
};

typedef enum
{
  THING,
  STREET,
  HOUSE,
} Role;

/* What is named in which layer, in the schemas of OpenMapTiles and of Shortbread; a class of NULL
 * stands for all of a layer. What a city is called itself, whole countries and the peaks of
 * mountains help nobody to find a place in it. */
typedef struct
{
  const char      *layer;
  const char      *class;
  KomekAddressKind kind;
  guint            rank;
  Role             role;
} Sort;

#define ROADS(layer) \
  { layer, "motorway", KOMEK_ADDRESS_STREET, 0, STREET }, \
  { layer, "trunk", KOMEK_ADDRESS_STREET, 0, STREET }, \
  { layer, "primary", KOMEK_ADDRESS_STREET, 0, STREET }, \
  { layer, "secondary", KOMEK_ADDRESS_STREET, 0, STREET }, \
  { layer, "tertiary", KOMEK_ADDRESS_STREET, 1, STREET }, \
  { layer, "service", KOMEK_ADDRESS_LANE, 2, STREET }, \
  { layer, "track", KOMEK_ADDRESS_LANE, 2, STREET }, \
  { layer, "path", KOMEK_ADDRESS_LANE, 2, STREET }, \
  { layer, "pedestrian", KOMEK_ADDRESS_STREET, 2, STREET }
#define PLACES(layer) \
  { layer, "town", KOMEK_ADDRESS_VILLAGE, 3, THING }, \
  { layer, "village", KOMEK_ADDRESS_VILLAGE, 3, THING }, \
  { layer, "hamlet", KOMEK_ADDRESS_VILLAGE, 3, THING }, \
  { layer, "isolated_dwelling", KOMEK_ADDRESS_VILLAGE, 3, THING }, \
  { layer, "borough", KOMEK_ADDRESS_MICRODISTRICT, 3, THING }, \
  { layer, "suburb", KOMEK_ADDRESS_MICRODISTRICT, 3, THING }, \
  { layer, "quarter", KOMEK_ADDRESS_MICRODISTRICT, 3, THING }, \
  { layer, "neighbourhood", KOMEK_ADDRESS_MICRODISTRICT, 3, THING }, \
  { layer, "locality", KOMEK_ADDRESS_MICRODISTRICT, 3, THING }
/* What people say to find their way, before the shops. */
#define KNOWN_BY_ALL(layer) \
  { layer, "school", KOMEK_ADDRESS_ANY, 6, THING }, \
  { layer, "college", KOMEK_ADDRESS_ANY, 6, THING }, \
  { layer, "hospital", KOMEK_ADDRESS_ANY, 6, THING }, \
  { layer, "library", KOMEK_ADDRESS_ANY, 6, THING }, \
  { layer, "museum", KOMEK_ADDRESS_ANY, 6, THING }, \
  { layer, "stadium", KOMEK_ADDRESS_ANY, 6, THING }, \
  { layer, "town_hall", KOMEK_ADDRESS_ANY, 6, THING }, \
  { layer, "place_of_worship", KOMEK_ADDRESS_ANY, 6, THING }
static const Sort sorts[] = {
  ROADS ("transportation_name"),
  { "transportation_name", "minor", KOMEK_ADDRESS_STREET, 1, STREET },
  ROADS ("street_labels"),
  { "street_labels", "residential", KOMEK_ADDRESS_STREET, 1, STREET },
  { "street_labels", "unclassified", KOMEK_ADDRESS_STREET, 1, STREET },
  { "street_labels", "living_street", KOMEK_ADDRESS_STREET, 1, STREET },
  { "street_labels", "footway", KOMEK_ADDRESS_LANE, 2, STREET },
  { "streets_polygons_labels", NULL, KOMEK_ADDRESS_STREET, 2, THING },
  PLACES ("place"),
  PLACES ("place_labels"),
  { "park", NULL, KOMEK_ADDRESS_PARK, 4, THING },
  { "water_name", NULL, KOMEK_ADDRESS_LAKE, 5, THING },
  { "water_polygons_labels", NULL, KOMEK_ADDRESS_LAKE, 5, THING },
  { "waterway", NULL, KOMEK_ADDRESS_RIVER, 5, THING },
  { "water_lines_labels", NULL, KOMEK_ADDRESS_RIVER, 5, THING },
  { "aerodrome_label", NULL, KOMEK_ADDRESS_ANY, 6, THING },
  { "poi", "park", KOMEK_ADDRESS_PARK, 4, THING },
  KNOWN_BY_ALL ("poi"),
  { "poi", NULL, KOMEK_ADDRESS_ANY, 7, THING },
  { "pois", NULL, KOMEK_ADDRESS_ANY, 7, THING },
  { "public_transport", NULL, KOMEK_ADDRESS_ANY, 7, THING },
  { "housenumber", NULL, KOMEK_ADDRESS_ANY, 0, HOUSE },
  { "addresses", NULL, KOMEK_ADDRESS_ANY, 0, HOUSE },
};
#undef ROADS
#undef PLACES
#undef KNOWN_BY_ALL

/* A tile while it is read. */
typedef struct
{
  KomekVectorNameFunc visit;
  gpointer            data;
  GArray             *points;
  GArray             *spans;
} Reading;

static gboolean
is_wished (const char *layer)
{
  for (guint i = 0; i < G_N_ELEMENTS (sorts); i++)
    if (g_str_equal (sorts[i].layer, layer))
      return TRUE;
  return FALSE;
}

static const Sort *
find_sort (const char *layer, const char *class)
{
  for (guint i = 0; i < G_N_ELEMENTS (sorts); i++)
    if (g_str_equal (sorts[i].layer, layer)
        && (!sorts[i].class || g_strcmp0 (sorts[i].class, class) == 0))
      return &sorts[i];
  return NULL;
}

/* The keys of a layer are looked at once, not with each of its features. */
static guint8 *
list_sayings (const KomekVectorLayer *layer)
{
  guint8 *list = g_new0 (guint8, layer->keys->len + 1);

  for (guint i = 0; i < layer->keys->len; i++)
    for (guint j = 0; j < G_N_ELEMENTS (sayings); j++)
      if (g_str_equal (sayings[j].key, layer->keys->pdata[i]))
        list[i] = sayings[j].saying;
  return list;
}

/* Whether it can be shown as it is. */
static gboolean
is_text (const char *text, gsize longest)
{
  if (!text || *text == '\0' || strlen (text) > longest || !g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (; *text; text = g_utf8_next_char (text))
    if (!g_unichar_isprint (g_utf8_get_char (text)))
      return FALSE;
  return TRUE;
}

/* @said: (array fixed-size=N_SAYINGS): what it says, NULL for what it does not */
static void
hear (const KomekVectorLayer *layer, const guint8 *list, KomekProtobuf tags, const char **said)
{
  const char *value;
  guint key;

  while (komek_vector_feature_read_tag (layer, &tags, &key, &value))
    if (list[key] != NOTHING && !said[list[key]]
        && is_text (value, list[key] == NUMBER ? LONGEST_NUMBER : LONGEST_NAME))
      said[list[key]] = value;
}

/* The name that people use is Kazakh or Russian, whichever the others are not. Many tiles repeat
 * it for each language that they have no name in. */
static KomekLabel *
make_label (const char **said)
{
  const char *name = said[NAME] ? said[NAME] : said[OTHER];
  const char *english = g_strcmp0 (said[ENGLISH], name) == 0 ? NULL : said[ENGLISH];
  const char *russian = said[RUSSIAN], *kazakh = said[KAZAKH];

  if (name && g_strcmp0 (name, russian) != 0 && !kazakh)
    kazakh = name;
  else if (name && g_strcmp0 (name, kazakh) != 0 && !russian)
    russian = name;
  if (!kazakh && !russian && !english)
    return NULL;
  return komek_label_new (kazakh, russian, english);
}

static double
measure (const KomekVectorPoint *points, guint n)
{
  double length = 0;

  for (guint i = 1; i < n; i++)
    length += hypot (points[i].x - points[i - 1].x, points[i].y - points[i - 1].y);
  return length;
}

/* FALSE where the geometry makes no sense; where there is none, no point is found either. */
static gboolean
find_longest (Reading *self, const KomekVectorFeature *feature, guint extent,
              KomekVectorName *name)
{
  double longest = -1;

  g_array_set_size (self->points, 0);
  g_array_set_size (self->spans, 0);
  if (!komek_vector_geometry_read (feature->geometry, extent,
                                   feature->type == KOMEK_VECTOR_LINES ? 2 : 1, self->points,
                                   self->spans))
    return FALSE;
  for (guint i = 0; i < self->spans->len; i++)
    {
      const KomekVectorSpan *span = &g_array_index (self->spans, KomekVectorSpan, i);
      const KomekVectorPoint *points =
        &g_array_index (self->points, KomekVectorPoint, span->first);
      double length = measure (points, span->n);

      if (length <= longest)
        continue;
      longest = length;
      name->points = points;
      name->n_points = feature->type == KOMEK_VECTOR_POINTS ? 1 : span->n;
    }
  name->area = feature->type == KOMEK_VECTOR_AREAS;
  return TRUE;
}

static gboolean
read_feature (Reading *self, const KomekVectorLayer *layer, const guint8 *list, KomekProtobuf body)
{
  const char *said[N_SAYINGS] = { NULL };
  g_autoptr (KomekLabel) label = NULL;
  KomekVectorFeature feature;
  KomekVectorName name = { 0 };
  const Sort *sort;

  if (!komek_vector_feature_read (body, &feature))
    return FALSE;
  hear (layer, list, feature.tags, said);
  sort = find_sort (layer->name, said[CLASS]);
  if (!sort)
    return TRUE;
  if (sort->role == HOUSE)
    name.house = said[NUMBER];
  else
    name.label = label = make_label (said);
  if (!name.house && !name.label)
    return TRUE;
  if (!find_longest (self, &feature, layer->extent, &name))
    return FALSE;
  name.kind = sort->kind;
  name.rank = sort->rank;
  name.is_street = sort->role == STREET;
  if (name.n_points > 0)
    self->visit (&name, self->data);
  return TRUE;
}

static gboolean
read_layer (const KomekVectorLayer *layer, gpointer data)
{
  g_autofree guint8 *list = list_sayings (layer);

  for (guint i = 0; i < layer->features->len; i++)
    if (!read_feature (data, layer, list, g_array_index (layer->features, KomekProtobuf, i)))
      return FALSE;
  return TRUE;
}

/**
 * komek_vector_names_visit:
 * @tile: a vector tile, packed with gzip or not
 * @visit: (scope call): what is done with each name and each house
 *
 * Reads what a tile by the schema of OpenMapTiles or of Shortbread calls by name: streets,
 * quarters, waters, parks and landmarks; and its house numbers.
 *
 * Fails with %KOMEK_ERROR_UNREADABLE where it is no tile, or breaks off; what was visited before
 * that is sound.
 *
 * Returns: whether it came to its end
 */
gboolean
komek_vector_names_visit (GBytes *tile, KomekVectorNameFunc visit, gpointer data, GError **error)
{
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (KomekVectorPoint));
  g_autoptr (GArray) spans = g_array_new (FALSE, FALSE, sizeof (KomekVectorSpan));
  Reading reading = { visit, data, points, spans };

  return komek_vector_layer_visit (tile, is_wished, read_layer, &reading, error);
}
