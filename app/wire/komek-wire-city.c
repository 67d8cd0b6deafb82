/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-wire-city.h"

#include <string.h>

#include "komek-error.h"
#include "komek-wire-json.h"
#include "komek-wire-writer.h"

#define SPECIFICATION "http://wiki.open311.org/GeoReport_v2"

static const char *const lists[KOMEK_N_CITY_LISTS] = {
  [KOMEK_CITY_STATUSES] = "statuses",
  [KOMEK_CITY_DISTRICTS] = "districts",
  [KOMEK_CITY_AGENCIES] = "agencies",
};

/* Bare, under its own name, or in an array of one. The root owns what is returned. */
static JsonObject *
find_discovery (JsonNode *root, GError **error)
{
  JsonObject *object, *inner;

  object = JSON_NODE_HOLDS_ARRAY (root) ? komek_wire_get_element (json_node_get_array (root), 0)
                                        : json_node_get_object (root);
  inner = komek_wire_get_object (object, "discovery");
  if (inner)
    object = inner;
  if (!object
      || !(json_object_has_member (object, "endpoints")
           || json_object_has_member (object, "changeset")))
    {
      g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE,
                   "The answer is JSON, but no GeoReport discovery");
      return NULL;
    }
  return object;
}

/* South, west, north, east: an array or one text with commas, as in the argument bbox. */
static KomekBounds *
read_bounds (JsonObject *extended)
{
  g_autofree char *text = komek_wire_dup_text (extended, "bbox");
  g_auto (GStrv) parts = g_strsplit (text ? text : "", ",", 5);

  if (g_strv_length (parts) != 4)
    return NULL;
  return komek_bounds_new (g_ascii_strtod (parts[0], NULL), g_ascii_strtod (parts[1], NULL),
                           g_ascii_strtod (parts[2], NULL), g_ascii_strtod (parts[3], NULL), NULL);
}

static void
read_names (KomekCity *city, KomekCityList which, JsonObject *extended)
{
  g_autoptr (JsonArray) list = komek_wire_get_list (extended, lists[which]);

  for (guint i = 0; i < json_array_get_length (list); i++)
    {
      JsonObject *object = komek_wire_get_element (list, i);
      g_autofree char *code = komek_wire_dup_id (object, "code");
      g_autofree char *kk = komek_wire_dup_text (object, "kk");
      g_autofree char *ru = komek_wire_dup_text (object, "ru");
      g_autofree char *en = komek_wire_dup_text (object, "en");
      g_autoptr (KomekLabel) label = komek_label_new (kk, ru, en);

      if (code && (kk || ru || en))
        komek_city_add (city, which, code, label);
    }
}

/**
 * komek_wire_read_city:
 * @body: the answer to GET discovery
 *
 * Reads the card of a city. One that speaks only the standard has a changeset
 * and nothing else: no identifier, no names, no bounds.
 *
 * Returns: (transfer full): the card
 */
KomekCity *
komek_wire_read_city (GBytes *body, GError **error)
{
  g_autoptr (JsonNode) root = komek_wire_parse (body, error);
  JsonObject *object = root ? find_discovery (root, error) : NULL;
  JsonObject *extended = komek_wire_get_object (object, "extended_attributes");
  g_autofree char *id = komek_wire_dup_id (extended, "city_id");
  g_autofree char *public_url = komek_wire_dup_id (extended, "public_url");
  g_autofree char *changeset = komek_wire_dup_id (object, "changeset");
  g_autofree char *zone = komek_wire_dup_id (extended, "time_zone");
  g_autoptr (KomekLabel) name = komek_wire_dup_label (extended, "name", NULL);
  g_autoptr (KomekBounds) bounds = read_bounds (extended);
  KomekCity *city;

  if (!object)
    return NULL;
  if (public_url && g_str_has_suffix (public_url, "/"))
    public_url[strlen (public_url) - 1] = '\0';

  city = komek_city_new (&(KomekCityFields) {
    .id = id,
    .name = name,
    .public_url = public_url,
    .changeset = changeset,
    .zone = zone,
    .bounds = bounds,
    .sample = komek_wire_get_flag (extended, "sample", FALSE),
  });
  for (guint i = 0; i < KOMEK_N_CITY_LISTS; i++)
    read_names (city, i, extended);
  return city;
}

/* How well an endpoint suits us; 0 for not at all. */
static guint
rate_endpoint (JsonObject *endpoint)
{
  g_autofree char *specification = komek_wire_dup_id (endpoint, "specification");
  g_autofree char *type = komek_wire_dup_id (endpoint, "type");
  g_autofree char *formats = komek_wire_dup_text (endpoint, "formats");
  g_autofree char *folded = g_ascii_strdown (specification ? specification : "", -1);
  guint rate = 1;

  if (*folded && !strstr (folded, "georeport_v2"))
    return 0;
  if (formats && strstr (formats, "json"))
    rate += 2;
  if (type && g_ascii_strcasecmp (type, "production") == 0)
    rate += 4;
  return rate;
}

/**
 * komek_wire_read_endpoint:
 * @body: the answer to GET discovery
 *
 * Returns: (transfer full): the address under which the city speaks GeoReport
 *   v2, with a slash at the end
 */
char *
komek_wire_read_endpoint (GBytes *body, GError **error)
{
  g_autoptr (JsonNode) root = komek_wire_parse (body, error);
  JsonObject *object = root ? find_discovery (root, error) : NULL;
  g_autoptr (JsonArray) endpoints = NULL;
  g_autofree char *best = NULL;
  guint best_rate = 0;

  if (!object)
    return NULL;
  endpoints = komek_wire_get_list (object, "endpoints");
  for (guint i = 0; i < json_array_get_length (endpoints); i++)
    {
      JsonObject *endpoint = komek_wire_get_element (endpoints, i);
      g_autofree char *url = komek_wire_dup_id (endpoint, "url");
      guint rate = url ? rate_endpoint (endpoint) : 0;

      if (rate <= best_rate)
        continue;
      best_rate = rate;
      g_free (best);
      best = g_steal_pointer (&url);
    }
  if (!best)
    {
      g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE,
                   "The discovery has no endpoint of GeoReport v2");
      return NULL;
    }
  return g_str_has_suffix (best, "/") ? g_steal_pointer (&best) : g_strconcat (best, "/", NULL);
}

static void
write_endpoint (KomekWireWriter *writer, const char *url, const KomekCityFields *fields)
{
  komek_wire_writer_begin (writer, "endpoints", '[');
  komek_wire_writer_begin (writer, NULL, '{');
  komek_wire_writer_text (writer, "specification", SPECIFICATION);
  komek_wire_writer_text (writer, "url", url);
  komek_wire_writer_text (writer, "changeset", fields->changeset);
  komek_wire_writer_text (writer, "type", fields->sample ? "test" : "production");
  komek_wire_writer_begin (writer, "formats", '[');
  komek_wire_writer_text (writer, NULL, "application/json");
  komek_wire_writer_end (writer, ']');
  komek_wire_writer_end (writer, '}');
  komek_wire_writer_end (writer, ']');
}

static void
write_bounds (KomekWireWriter *writer, const KomekBounds *bounds)
{
  if (!bounds)
    return;
  komek_wire_writer_begin (writer, "bbox", '[');
  komek_wire_writer_degrees (writer, NULL, komek_bounds_get_south (bounds));
  komek_wire_writer_degrees (writer, NULL, komek_bounds_get_west (bounds));
  komek_wire_writer_degrees (writer, NULL, komek_bounds_get_north (bounds));
  komek_wire_writer_degrees (writer, NULL, komek_bounds_get_east (bounds));
  komek_wire_writer_end (writer, ']');
}

static void
write_names (KomekWireWriter *writer, KomekCity *city, KomekCityList which)
{
  g_autoptr (GList) codes = komek_city_list_codes (city, which);

  komek_wire_writer_begin (writer, lists[which], '[');
  for (GList *code = codes; code; code = code->next)
    {
      komek_wire_writer_begin (writer, NULL, '{');
      komek_wire_writer_text (writer, "code", code->data);
      komek_wire_writer_names (writer, komek_city_look_up (city, which, code->data));
      komek_wire_writer_end (writer, '}');
    }
  komek_wire_writer_end (writer, ']');
}

static void
write_extended (KomekWireWriter *writer, KomekCity *city)
{
  const KomekCityFields *fields = komek_city_peek (city);

  komek_wire_writer_begin (writer, "extended_attributes", '{');
  komek_wire_writer_text (writer, "city_id", fields->id);
  komek_wire_writer_label (writer, "name", fields->name);
  komek_wire_writer_text (writer, "public_url", fields->public_url);
  komek_wire_writer_text (writer, "time_zone", fields->zone);
  write_bounds (writer, fields->bounds);
  komek_wire_writer_flag (writer, "sample", fields->sample);
  for (guint i = 0; i < KOMEK_N_CITY_LISTS; i++)
    write_names (writer, city, i);
  komek_wire_writer_end (writer, '}');
}

/**
 * komek_wire_write_city:
 * @endpoint: the address of the GeoReport v2 interface
 * @contact: whom to write to about it
 * @key_service: how to get a key
 *
 * Returns: (transfer full): the discovery in JSON
 */
GBytes *
komek_wire_write_city (KomekCity *city, const char *endpoint, const char *contact,
                       const char *key_service)
{
  g_autoptr (KomekWireWriter) writer = komek_wire_writer_new (8192);
  const KomekCityFields *fields = komek_city_peek (city);

  komek_wire_writer_begin (writer, NULL, '{');
  komek_wire_writer_text (writer, "changeset", fields->changeset);
  komek_wire_writer_text (writer, "contact", contact);
  komek_wire_writer_text (writer, "key_service", key_service);
  write_endpoint (writer, endpoint, fields);
  write_extended (writer, city);
  komek_wire_writer_end (writer, '}');
  return komek_wire_writer_finish (writer);
}
