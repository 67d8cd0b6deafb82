/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-geo-report-private.h"

#include <string.h>

#include "komek-endpoint.h"
#include "komek-error.h"
#include "komek-wire-city.h"
#include "komek-wire-service.h"

/* How a client gets to know a city:
 *
 *     discovery.json ─► discovery.xml ─► services ─► no city
 *           └──────────────────┴────────────┴─► card
 *
 * Where there is a line but no discovery, a list of services is enough of a city. */

/* What cities of our profile could do before they announced it by name. */
#define FIRST_PROFILE \
  (KOMEK_ABILITY_EXTENSIONS | KOMEK_ABILITY_HISTORY | KOMEK_ABILITY_CHANGES | KOMEK_ABILITY_PAGES \
   | KOMEK_ABILITY_LANGUAGES)

typedef struct
{
  KomekCity *city;
  GPtrArray *endpoints;
} Discovery;

static void
discovery_free (Discovery *self)
{
  g_clear_object (&self->city);
  g_clear_pointer (&self->endpoints, g_ptr_array_unref);
  g_free (self);
}

static gpointer
read_discovery (const KomekAnswer *answer, GTimeZone *zone, GError **error)
{
  g_autoptr (GPtrArray) endpoints = komek_wire_read_endpoints (answer->body, error);
  KomekCity *city = endpoints ? komek_wire_read_city (answer->body, error) : NULL;
  Discovery *discovery;

  if (!city)
    return NULL;
  discovery = g_new (Discovery, 1);
  *discovery = (Discovery) { city, g_steal_pointer (&endpoints) };
  return discovery;
}

/* Without a discovery there is nothing to know of a city but that it offers something. */
static gpointer
read_plain_services (const KomekAnswer *answer, GTimeZone *zone, GError **error)
{
  g_autoptr (GPtrArray) services = komek_wire_read_services (answer->body, error);
  Discovery *discovery;

  if (!services)
    return NULL;
  if (services->len == 0)
    {
      g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE, "Neither a discovery nor services");
      return NULL;
    }
  discovery = g_new0 (Discovery, 1);
  discovery->city = komek_city_new (&(KomekCityFields) { .id = "" });
  return discovery;
}

/* The first one that the city names counts, but a test only where there is nothing else. */
static const KomekWireEndpoint *
choose_endpoint (GPtrArray *endpoints)
{
  const KomekWireEndpoint *best = NULL;

  for (guint i = 0; endpoints && i < endpoints->len; i++)
    {
      const KomekWireEndpoint *endpoint = endpoints->pdata[i];

      if (!best || (best->test && !endpoint->test))
        best = endpoint;
    }
  return best;
}

static void
move_to (KomekGeoReport *self, const KomekWireEndpoint *endpoint)
{
  char *chosen = komek_endpoint_choose (self->url, endpoint->url);

  if (!g_str_equal (chosen, self->endpoint))
    komek_geo_report_forget (self);
  g_free (self->endpoint);
  self->endpoint = chosen;
  if (!self->proven[KOMEK_CALL_SERVICES] && !self->proven[KOMEK_CALL_REQUESTS])
    self->format = endpoint->json ? KOMEK_WIRE_JSON : KOMEK_WIRE_XML;
}

static void
take_abilities (KomekGeoReport *self, const KomekCityFields *fields)
{
  self->extended = *fields->id != '\0';
  if (!self->extended)
    return;
  self->abilities = fields->abilities ? fields->abilities : FIRST_PROFILE;
  self->known = ~0;
}

static void
copy_names (KomekCity *to, KomekCity *from, KomekCityList list)
{
  g_autoptr (GList) codes = komek_city_list_codes (from, list);

  for (GList *code = codes; code; code = code->next)
    komek_city_add (to, list, code->data, komek_city_look_up (from, list, code->data));
}

/* A city without our profile is told from others by its address; what it was found to be able to
 * goes into its card. */
static KomekCity *
complete_card (KomekGeoReport *self, KomekCity *city)
{
  KomekCityFields fields = *komek_city_peek (city);
  g_autoptr (GUri) uri = g_uri_parse (self->endpoint, G_URI_FLAGS_NONE, NULL);
  g_autoptr (KomekLabel) host = komek_label_new (NULL, NULL, uri ? g_uri_get_host (uri) : NULL);
  KomekCity *card;

  fields.abilities = self->abilities;
  if (!self->extended)
    {
      fields.id = self->endpoint;
      fields.name = host;
    }
  card = komek_city_new (&fields);
  for (guint i = 0; i < KOMEK_N_CITY_LISTS; i++)
    copy_names (card, city, i);
  return card;
}

static void ask_services (GTask *task);

static gboolean
denies (guint status)
{
  return status == 500 || status == 501
         || (status >= 400 && status < 500 && status != 408 && status != 425 && status != 429);
}

/* There is none where the server says so in both formats, or breaks down over an address that it
 * does not know. A page that pretends to be one is a gate before the network; and a city that was
 * known by its discovery has not lost it for good. */
static gboolean
is_without_discovery (KomekGeoReport *self, GTask *asked)
{
  const KomekAnswer *answer = komek_geo_report_peek_answer (asked);
  guint former = komek_geo_report_get_former_status (asked);

  return !self->extended && answer && answer->transport == KOMEK_TRANSPORT_WHOLE
         && denies (answer->status) && (!former || denies (former));
}

/* Takes the task and the error. */
static void
fail (GTask *task, GError *error)
{
  if (g_error_matches (error, KOMEK_ERROR, KOMEK_ERROR_REFUSED))
    error->code = KOMEK_ERROR_UNREADABLE;
  g_task_return_error (task, error);
  g_object_unref (task);
}

static void
on_discovered (GObject *source, GAsyncResult *result, gpointer data)
{
  KomekGeoReport *self = KOMEK_GEO_REPORT (source);
  GTask *task = data;
  gboolean was_last = g_task_get_task_data (task) != NULL;
  GError *error = NULL;
  Discovery *discovery = g_task_propagate_pointer (G_TASK (result), &error);
  const KomekWireEndpoint *endpoint;

  if (!discovery && !was_last && is_without_discovery (self, G_TASK (result)))
    {
      g_error_free (error);
      ask_services (task);
      return;
    }
  if (!discovery)
    {
      fail (task, error);
      return;
    }
  endpoint = choose_endpoint (discovery->endpoints);
  if (endpoint)
    move_to (self, endpoint);
  g_time_zone_unref (self->zone);
  self->zone = g_time_zone_ref (komek_city_get_zone (discovery->city));
  take_abilities (self, komek_city_peek (discovery->city));
  g_task_return_pointer (task, complete_card (self, discovery->city), g_object_unref);
  discovery_free (discovery);
  g_object_unref (task);
}

/* The task data says that there is nothing to be tried after it. */
static void
ask_services (GTask *task)
{
  KomekGeoReport *self = g_task_get_source_object (task);

  g_task_set_task_data (task, GINT_TO_POINTER (TRUE), NULL);
  komek_geo_report_ask (self,
                        g_task_new (self, g_task_get_cancellable (task), on_discovered, task),
                        &(KomekQuestion) {
                          .call = KOMEK_CALL_SERVICES,
                          .path = "services",
                          .reader = read_plain_services,
                          .destroy = (GDestroyNotify) discovery_free,
                        });
}

/* What was typed may be the XML of it: that one is asked for first. */
static void
prefer_typed_format (KomekGeoReport *self)
{
  g_autofree char *path = g_strndup (self->url, strcspn (self->url, "?#"));

  if (self->proven[KOMEK_CALL_DISCOVERY])
    return;
  if (g_str_has_suffix (path, "/discovery.xml"))
    self->format = KOMEK_WIRE_XML;
}

/**
 * komek_geo_report_discover_async:
 *
 * Asks who the city is and where it takes calls; all others come after this one.
 */
void
komek_geo_report_discover_async (KomekGeoReport *self, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer data)
{
  g_autofree char *base = NULL;
  GTask *task;

  g_return_if_fail (KOMEK_IS_GEO_REPORT (self));

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, komek_geo_report_discover_async);
  base = komek_endpoint_dup_base (self->url);
  prefer_typed_format (self);
  komek_geo_report_ask (self, g_task_new (self, cancellable, on_discovered, task),
                        &(KomekQuestion) {
                          .call = KOMEK_CALL_DISCOVERY,
                          .base = base,
                          .path = "discovery",
                          .reader = read_discovery,
                          .destroy = (GDestroyNotify) discovery_free,
                          .remember = TRUE,
                        });
}

/**
 * komek_geo_report_discover_finish:
 *
 * Fails with %KOMEK_ERROR_UNREADABLE where something answers that is no city.
 *
 * Returns: (transfer full) (nullable): the city's card
 */
KomekCity *
komek_geo_report_discover_finish (KomekGeoReport *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
