/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-wire-city.h"

#include <string.h>

#include "komek-wire-discovery.h"
#include "komek-wire-writer.h"

#define SPECIFICATION "http://wiki.open311.org/GeoReport_v2"

static const char *const lists[KOMEK_N_CITY_LISTS] = {
  [KOMEK_CITY_STATUSES] = "statuses",
  [KOMEK_CITY_DISTRICTS] = "districts",
  [KOMEK_CITY_AGENCIES] = "agencies",
};

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

/* Names that a later version of the profile may know are left out. */
static KomekAbility
read_abilities (JsonObject *profile)
{
  g_autofree char *text = komek_wire_dup_text (profile, "abilities");
  g_auto (GStrv) codes = g_strsplit (text ? text : "", ",", -1);
  KomekAbility abilities = 0;

  for (guint i = 0; codes[i]; i++)
    abilities |= komek_ability_find (g_strstrip (codes[i]));
  return abilities;
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
  JsonObject *object = root ? komek_wire_find_discovery (root, error) : NULL;
  JsonObject *extended = komek_wire_get_object (object, "extended_attributes");
  g_autofree char *id = komek_wire_dup_id (extended, "city_id");
  g_autofree char *public_url = komek_wire_dup_id (extended, "public_url");
  g_autofree char *changeset = komek_wire_dup_id (object, "changeset");
  g_autofree char *zone = komek_wire_dup_id (extended, "time_zone");
  g_autoptr (KomekLabel) name = komek_wire_dup_label (extended, "name", NULL);
  g_autoptr (KomekBounds) bounds = read_bounds (extended);
  JsonObject *profile = komek_wire_get_object (object, "profile");
  g_autofree char *seal_key = komek_wire_dup_id (profile, "seal_key");
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
    .abilities = read_abilities (profile),
    .seal_key = seal_key,
    .api_key_needed = komek_wire_get_flag (profile, "api_key_needed", FALSE),
  });
  for (guint i = 0; i < KOMEK_N_CITY_LISTS; i++)
    read_names (city, i, extended);
  return city;
}

static void
write_endpoint (KomekWireWriter *writer, const KomekWireEndpoint *endpoint, const char *changeset)
{
  komek_wire_writer_begin_object (writer, "endpoint");
  komek_wire_writer_text (writer, "specification", SPECIFICATION);
  komek_wire_writer_text (writer, "url", endpoint->url);
  komek_wire_writer_text (writer, "changeset",
                          endpoint->changeset ? endpoint->changeset : changeset);
  komek_wire_writer_text (writer, "type", endpoint->test ? "test" : "production");
  komek_wire_writer_begin_list (writer, "formats");
  if (endpoint->json)
    komek_wire_writer_text (writer, "format", "application/json");
  if (endpoint->xml)
    komek_wire_writer_text (writer, "format", "text/xml");
  komek_wire_writer_end (writer);
  komek_wire_writer_end (writer);
}

static void
write_bounds (KomekWireWriter *writer, const KomekBounds *bounds)
{
  if (!bounds)
    return;
  komek_wire_writer_begin_list (writer, "bbox");
  komek_wire_writer_degrees (writer, "edge", komek_bounds_get_south (bounds));
  komek_wire_writer_degrees (writer, "edge", komek_bounds_get_west (bounds));
  komek_wire_writer_degrees (writer, "edge", komek_bounds_get_north (bounds));
  komek_wire_writer_degrees (writer, "edge", komek_bounds_get_east (bounds));
  komek_wire_writer_end (writer);
}

static void
write_names (KomekWireWriter *writer, KomekCity *city, KomekCityList which)
{
  g_autoptr (GList) codes = komek_city_list_codes (city, which);

  komek_wire_writer_begin_list (writer, lists[which]);
  for (GList *code = codes; code; code = code->next)
    {
      komek_wire_writer_begin_object (writer, "item");
      komek_wire_writer_text (writer, "code", code->data);
      komek_wire_writer_names (writer, komek_city_look_up (city, which, code->data));
      komek_wire_writer_end (writer);
    }
  komek_wire_writer_end (writer);
}

static void
write_extended (KomekWireWriter *writer, KomekCity *city)
{
  const KomekCityFields *fields = komek_city_peek (city);

  komek_wire_writer_begin_object (writer, "extended_attributes");
  komek_wire_writer_text (writer, "city_id", fields->id);
  komek_wire_writer_label (writer, "name", fields->name);
  komek_wire_writer_text (writer, "public_url", fields->public_url);
  komek_wire_writer_text (writer, "time_zone", fields->zone);
  write_bounds (writer, fields->bounds);
  komek_wire_writer_flag (writer, "sample", fields->sample);
  for (guint i = 0; i < KOMEK_N_CITY_LISTS; i++)
    write_names (writer, city, i);
  komek_wire_writer_end (writer);
}

static void
write_profile (KomekWireWriter *writer, const KomekCityFields *fields)
{
  komek_wire_writer_begin_object (writer, "profile");
  komek_wire_writer_begin_list (writer, "abilities");
  for (guint i = 0; i < KOMEK_N_ABILITIES; i++)
    if (fields->abilities & (1 << i))
      komek_wire_writer_text (writer, "ability", komek_ability_get_code (1 << i));
  komek_wire_writer_end (writer);
  komek_wire_writer_text (writer, "seal_key", fields->seal_key);
  komek_wire_writer_flag (writer, "api_key_needed", fields->api_key_needed);
  komek_wire_writer_end (writer);
}

/**
 * komek_wire_write_city:
 * @endpoints: (element-type KomekWireEndpoint): where it speaks GeoReport v2; those
 *   without a changeset have the city's
 * @contact: whom to write to about it
 * @key_service: how to get a key
 *
 * Returns: (transfer full): the discovery
 */
GBytes *
komek_wire_write_city (KomekCity *city, GPtrArray *endpoints, const char *contact,
                       const char *key_service, KomekWireFormat format)
{
  g_autoptr (KomekWireWriter) writer = komek_wire_writer_new (format, 8192);
  const KomekCityFields *fields = komek_city_peek (city);

  komek_wire_writer_begin_object (writer, "discovery");
  komek_wire_writer_text (writer, "changeset", fields->changeset);
  komek_wire_writer_text (writer, "contact", contact);
  komek_wire_writer_text (writer, "key_service", key_service);
  komek_wire_writer_begin_list (writer, "endpoints");
  for (guint i = 0; i < endpoints->len; i++)
    write_endpoint (writer, endpoints->pdata[i], fields->changeset);
  komek_wire_writer_end (writer);
  write_profile (writer, fields);
  write_extended (writer, city);
  komek_wire_writer_end (writer);
  return komek_wire_writer_finish (writer);
}
