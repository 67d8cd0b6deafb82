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

/* South, west, north, east: a list or one text with commas, as in the argument bbox. */
static KomekBounds *
read_bounds (const KomekWireNode *extended)
{
  const char *text = komek_wire_get_text (extended, "bbox");
  g_auto (GStrv) parts = g_strsplit (text ? text : "", ",", 5);

  if (g_strv_length (parts) != 4)
    return NULL;
  return komek_bounds_new (g_ascii_strtod (parts[0], NULL), g_ascii_strtod (parts[1], NULL),
                           g_ascii_strtod (parts[2], NULL), g_ascii_strtod (parts[3], NULL), NULL);
}

static void
read_name (KomekCity *city, KomekCityList which, const KomekWireNode *object)
{
  const char *code = komek_wire_get_id (object, "code");
  const char *kk = komek_wire_get_text (object, "kk");
  const char *ru = komek_wire_get_text (object, "ru");
  const char *en = komek_wire_get_text (object, "en");
  g_autoptr (KomekLabel) label = komek_label_new (kk, ru, en);

  if (code && (kk || ru || en))
    komek_city_add (city, which, code, label);
}

static void
read_names (KomekCity *city, KomekCityList which, const KomekWireNode *extended)
{
  const KomekWireNode *list = extended ? komek_wire_get_list (extended, lists[which]) : NULL;

  for (const KomekWireNode *node = list ? list->first : NULL; node; node = node->next)
    read_name (city, which, node);
}

/* Names that a later version of the profile may know are left out. */
static KomekAbility
read_abilities (const KomekWireNode *profile)
{
  const char *text = komek_wire_get_text (profile, "abilities");
  g_auto (GStrv) codes = g_strsplit (text ? text : "", ",", -1);
  KomekAbility abilities = 0;

  for (guint i = 0; codes[i]; i++)
    abilities |= komek_ability_find (g_strstrip (codes[i]));
  return abilities;
}

static char *
dup_public_url (const KomekWireNode *extended)
{
  char *url = g_strdup (komek_wire_get_id (extended, "public_url"));

  if (url && g_str_has_suffix (url, "/"))
    url[strlen (url) - 1] = '\0';
  return url;
}

static KomekCity *
read_city (const KomekWireNode *object)
{
  const KomekWireNode *extended = komek_wire_get_object (object, "extended_attributes");
  const KomekWireNode *profile = komek_wire_get_object (object, "profile");
  g_autofree char *public_url = dup_public_url (extended);
  g_autoptr (KomekLabel) name = komek_wire_get_label (extended, "name", NULL);
  g_autoptr (KomekBounds) bounds = read_bounds (extended);
  KomekCity *city = komek_city_new (&(KomekCityFields) {
    .id = komek_wire_get_id (extended, "city_id"),
    .name = name,
    .public_url = public_url,
    .changeset = komek_wire_get_id (object, "changeset"),
    .zone = komek_wire_get_id (extended, "time_zone"),
    .bounds = bounds,
    .sample = komek_wire_get_flag (extended, "sample", FALSE),
    .abilities = read_abilities (profile),
    .seal_key = komek_wire_get_id (profile, "seal_key"),
    .api_key_needed = komek_wire_get_flag (profile, "api_key_needed", FALSE),
  });

  for (guint i = 0; i < KOMEK_N_CITY_LISTS; i++)
    read_names (city, i, extended);
  return city;
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
  g_autoptr (KomekWireTree) tree = komek_wire_tree_new (body, error);
  const KomekWireNode *object = tree ? komek_wire_find_discovery (tree, error) : NULL;

  return object ? read_city (object) : NULL;
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
