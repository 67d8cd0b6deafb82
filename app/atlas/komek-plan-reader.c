/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-plan-private.h"

#include <json-glib/json-glib.h>
#include <math.h>

#include "komek-error.h"
#include "komek-mercator.h"

#define DEEPEST_NESTING 32 /* a MultiPolygon in a FeatureCollection is 9 deep */
#define LONGEST_NAME 200   /* bytes */
#define MOST_RESIDENTS 1e9

static const char *const kinds[KOMEK_N_PLAN_KINDS] = {
  "park", "water", "river", "building", "rail", "district", "lane", "street", "avenue",
};

/* The JSON parser calls itself for every bracket, so a file of nothing but
 * brackets would run it out of its stack. */
static gboolean
is_too_deep (const char *json, gsize size)
{
  gboolean quoted = FALSE;
  guint depth = 0;

  for (gsize i = 0; i < size; i++)
    if (quoted && json[i] == '\\')
      i++;
    else if (json[i] == '"')
      quoted = !quoted;
    else if (!quoted && (json[i] == '[' || json[i] == '{') && ++depth > DEEPEST_NESTING)
      return TRUE;
    else if (!quoted && (json[i] == ']' || json[i] == '}') && depth > 0)
      depth--;

  return FALSE;
}

static JsonObject *
as_object (JsonNode *node)
{
  return node && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static JsonArray *
as_array (JsonNode *node)
{
  return node && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static const char *
get_text (JsonObject *object, const char *name)
{
  JsonNode *node = object ? json_object_get_member (object, name) : NULL;
  const char *text = node && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;

  return text && strlen (text) <= LONGEST_NAME && g_utf8_validate (text, -1, NULL) ? text : NULL;
}

static gboolean
read_number (JsonNode *node, double *number)
{
  GType type = node && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_NONE;

  if (type != G_TYPE_DOUBLE && type != G_TYPE_INT64)
    return FALSE;

  *number = json_node_get_double (node);
  return isfinite (*number);
}

/* Sums are written as numbers by some and as texts by others. */
static guint
read_population (JsonObject *properties)
{
  JsonNode *node = properties ? json_object_get_member (properties, "population") : NULL;
  const char *text = get_text (properties, "population");
  double number = text ? g_ascii_strtod (text, NULL) : 0;

  if (!text && !read_number (node, &number))
    return 0;
  return number >= 1 && number <= MOST_RESIDENTS ? (guint) number : 0;
}

static gboolean
read_vertex (JsonNode *node, KomekPlanVertex *vertex)
{
  JsonArray *position = as_array (node);

  return position && json_array_get_length (position) >= 2
         && read_number (json_array_get_element (position, 0), &vertex->longitude)
         && read_number (json_array_get_element (position, 1), &vertex->latitude);
}

/* Has room for one vertex more, with which a ring may have to be closed. */
static gboolean
read_line (JsonNode *node, KomekPlanLine *line)
{
  JsonArray *positions = as_array (node);
  guint n = positions ? json_array_get_length (positions) : 0;
  g_autofree KomekPlanVertex *vertices = n > 0 ? g_new0 (KomekPlanVertex, n + 1) : NULL;

  for (guint i = 0; i < n; i++)
    if (!read_vertex (json_array_get_element (positions, i), &vertices[i]))
      return FALSE;
  if (n == 0)
    return FALSE;

  *line = (KomekPlanLine) { .vertices = g_steal_pointer (&vertices), .n_vertices = n };
  return TRUE;
}

/* @levels: how many arrays stand round a line */
static void
read_lines (JsonNode *node, guint levels, GArray *lines, guint *n_skipped)
{
  JsonArray *array = levels > 0 ? as_array (node) : NULL;
  KomekPlanLine line;

  if (array)
    for (guint i = 0; i < json_array_get_length (array); i++)
      read_lines (json_array_get_element (array, i), levels - 1, lines, n_skipped);
  else if (levels == 0 && read_line (node, &line))
    g_array_append_val (lines, line);
  else
    *n_skipped += 1;
}

/* Returns: %FALSE where it is no kind of geometry that a plan is made of */
static gboolean
read_geometry (JsonObject *geometry, gboolean *area, GArray *lines, guint *n_skipped)
{
  static const struct
  {
    const char *type;
    guint       levels;
    gboolean    area;
  } forms[] = {
    { "LineString", 0, FALSE },
    { "MultiLineString", 1, FALSE },
    { "Polygon", 1, TRUE },
    { "MultiPolygon", 2, TRUE },
  };
  const char *type = get_text (geometry, "type");

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    if (g_strcmp0 (type, forms[i].type) == 0)
      {
        *area = forms[i].area;
        read_lines (json_object_get_member (geometry, "coordinates"), forms[i].levels, lines,
                    n_skipped);
        return TRUE;
      }

  return FALSE;
}

static gboolean
read_kind (JsonObject *properties, KomekPlanKind *kind)
{
  const char *text = get_text (properties, "kind");

  for (guint i = 0; i < KOMEK_N_PLAN_KINDS; i++)
    if (g_strcmp0 (text, kinds[i]) == 0)
      {
        *kind = i;
        return TRUE;
      }

  return FALSE;
}

static gboolean
read_feature (JsonNode *node, KomekPlanFeature *feature, guint *n_skipped)
{
  JsonObject *object = as_object (node);
  JsonObject *properties =
    object ? as_object (json_object_get_member (object, "properties")) : NULL;
  JsonObject *geometry = object ? as_object (json_object_get_member (object, "geometry")) : NULL;
  g_autoptr (GArray) lines = komek_plan_lines_new ();
  const char *code = get_text (properties, "code");

  if (!geometry || !read_kind (properties, &feature->kind)
      || !read_geometry (geometry, &feature->area, lines, n_skipped))
    {
      *n_skipped += 1;
      return FALSE;
    }
  if (lines->len == 0)
    return FALSE;

  feature->label = komek_label_new (get_text (properties, "kk"), get_text (properties, "ru"),
                                    get_text (properties, "en"));
  feature->code = g_strdup (code ? code : "");
  feature->population = read_population (properties);
  komek_plan_feature_take_lines (feature, lines);
  return TRUE;
}

static JsonNode *
parse (GBytes *geojson, JsonParser *parser, GError **error)
{
  g_autoptr (GError) why = NULL;
  gsize size;
  const char *json = g_bytes_get_data (geojson, &size);

  if (size == 0 || is_too_deep (json, size))
    {
      g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE, "The plan is %s",
                   size == 0 ? "empty" : "nested too deeply");
      return NULL;
    }
  /* What is blank is no error to the parser, and has no root. */
  if (!json_parser_load_from_data (parser, json, size, &why) || !json_parser_get_root (parser))
    {
      g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE, "The plan is no JSON: %s",
                   why ? why->message : "it is blank");
      return NULL;
    }
  return json_parser_get_root (parser);
}

/* The old form of GeoJSON could name a system of coordinates; all that means degrees holds one of
 * these. */
static gboolean
is_in_degrees (JsonObject *collection)
{
  JsonObject *crs = as_object (json_object_get_member (collection, "crs"));
  JsonObject *properties = crs ? as_object (json_object_get_member (crs, "properties")) : NULL;
  const char *name = get_text (properties, "name");

  return !name || strstr (name, "CRS84") || strstr (name, "4326");
}

/* Four numbers, or six with heights between them. */
static KomekBounds *
read_bbox (JsonObject *collection)
{
  JsonArray *bbox = as_array (json_object_get_member (collection, "bbox"));
  guint n = bbox ? json_array_get_length (bbox) : 0, upper = n / 2;
  double south, west, north, east;

  if ((n != 4 && n != 6) || !read_number (json_array_get_element (bbox, 0), &west)
      || !read_number (json_array_get_element (bbox, 1), &south)
      || !read_number (json_array_get_element (bbox, upper), &east)
      || !read_number (json_array_get_element (bbox, upper + 1), &north))
    return NULL;
  return komek_bounds_new (south, west, north, east, NULL);
}

static GArray *
read_features (JsonObject *collection, guint *n_skipped)
{
  JsonArray *array = as_array (json_object_get_member (collection, "features"));
  GArray *features = komek_plan_features_new ();

  for (guint i = 0; array && i < json_array_get_length (array); i++)
    {
      KomekPlanFeature feature = { 0 };

      if (read_feature (json_array_get_element (array, i), &feature, n_skipped))
        g_array_append_val (features, feature);
    }
  return features;
}

static KomekMapTrouble
read_collection (JsonObject *collection, KomekPlanReading *reading)
{
  g_autoptr (KomekBounds) bbox = read_bbox (collection);

  if (!is_in_degrees (collection))
    return KOMEK_MAP_TROUBLE_PROJECTION;
  reading->features = read_features (collection, &reading->n_skipped);
  reading->attribution = g_strdup (get_text (collection, "attribution"));
  return komek_plan_make_sense (reading->features, bbox, &reading->n_skipped);
}

void
komek_plan_reading_clear (KomekPlanReading *self)
{
  g_clear_pointer (&self->features, g_array_unref);
  g_clear_pointer (&self->attribution, g_free);
}

/*
 * komek_plan_read:
 * @reading: (out): what was read; `trouble` says why where it fails
 *
 * Reads what there is to draw; whatever makes no sense is counted and left out.
 *
 * Fails with %KOMEK_ERROR_UNREADABLE where that leaves nothing.
 */
gboolean
komek_plan_read (GBytes *geojson, KomekPlanReading *reading, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  JsonNode *root = parse (geojson, parser, error);
  JsonObject *collection = as_object (root);

  *reading = (KomekPlanReading) { .trouble = KOMEK_MAP_TROUBLE_DAMAGED };
  if (!root)
    return FALSE;

  reading->trouble = collection ? read_collection (collection, reading) : KOMEK_MAP_TROUBLE_EMPTY;
  if (reading->features && reading->features->len > 0)
    return TRUE;

  komek_plan_reading_clear (reading);
  g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE,
               reading->trouble == KOMEK_MAP_TROUBLE_PROJECTION
                 ? "The plan is not in degrees; %u parts made no sense"
                 : "The plan has nothing to draw; %u parts made no sense",
               reading->n_skipped);
  return FALSE;
}
