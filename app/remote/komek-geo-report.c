/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-geo-report-private.h"

#include "komek-config.h"
#include "komek-endpoint.h"

#define MOST_CONNECTIONS 6
#define USUAL_IDLE 15                      /* seconds */
#define USUAL_CONNECT 10000                /* milliseconds */
#define USUAL_TOTAL 30000
#define USUAL_UPLOAD 120000
#define USUAL_MOST_BYTES (8 * 1024 * 1024)
#define USUAL_TOKEN_FIRST 2000
#define USUAL_TOKEN_TOTAL 30000

/**
 * KomekGeoReport:
 *
 * A client of one city that speaks Open311 GeoReport v2.
 *
 * What goes beyond the standard is asked only of a city that can do it: one of
 * our profile says so in its discovery, of any other it is found out by
 * komek_geo_report_probe_async(). Answers are read in a thread; everything else
 * happens in the thread that made it.
 */
G_DEFINE_FINAL_TYPE (KomekGeoReport, komek_geo_report, G_TYPE_OBJECT)

static void
komek_geo_report_finalize (GObject *object)
{
  KomekGeoReport *self = KOMEK_GEO_REPORT (object);

  g_clear_object (&self->session);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->memory, komek_memory_free);
  g_free (self->api_key);
  g_free (self->jurisdiction);
  g_free (self->device);
  g_free (self->endpoint);
  g_free (self->url);
  G_OBJECT_CLASS (komek_geo_report_parent_class)->finalize (object);
}

static void
komek_geo_report_class_init (KomekGeoReportClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = komek_geo_report_finalize;
}

static void
komek_geo_report_init (KomekGeoReport *self)
{
  self->clock = komek_clock_new ();
  self->zone = g_time_zone_new_utc ();
  self->format = KOMEK_WIRE_JSON;
  self->memory = komek_memory_new ();
}

/**
 * komek_geo_report_new:
 * @url: the address of a GeoReport service or of its discovery document
 *
 * Returns: (transfer full): a client with the usual patience
 */
KomekGeoReport *
komek_geo_report_new (const char *url)
{
  return komek_geo_report_new_full (url, NULL, NULL);
}

/* Two to a city, which is the usual, would halve what the outbox may have on its way. */
static SoupSession *
make_session (guint idle)
{
  return soup_session_new_with_options ("timeout", idle, "user-agent", "komek/" KOMEK_VERSION,
                                        "max-conns-per-host", MOST_CONNECTIONS, NULL);
}

static void
read_limits (KomekExchangeLimits *self, const KomekExchangeLimits *limits)
{
  if (limits)
    *self = *limits;
  self->idle = self->idle ? self->idle : USUAL_IDLE;
  self->connect = self->connect ? self->connect : USUAL_CONNECT;
  self->total = self->total ? self->total : USUAL_TOTAL;
  self->upload = self->upload ? self->upload : USUAL_UPLOAD;
  self->most_bytes = self->most_bytes ? self->most_bytes : USUAL_MOST_BYTES;
  self->token_first = self->token_first ? self->token_first : USUAL_TOKEN_FIRST;
  self->token_total = self->token_total ? self->token_total : USUAL_TOKEN_TOTAL;
}

/**
 * komek_geo_report_new_full:
 * @session: (nullable): what carries the calls
 * @limits: (nullable): what the city may take
 *
 * Returns: (transfer full): a client
 */
KomekGeoReport *
komek_geo_report_new_full (const char *url, SoupSession *session, const KomekExchangeLimits *limits)
{
  KomekGeoReport *self = g_object_new (KOMEK_TYPE_GEO_REPORT, NULL);

  read_limits (&self->limits, limits);
  self->session = session ? g_object_ref (session) : make_session (self->limits.idle);
  self->url = g_strdup (url);
  self->endpoint = komek_endpoint_dup_base (url);
  return self;
}

/**
 * komek_geo_report_set_api_key:
 * @key: (nullable): with which the city lets us file
 *
 * It goes into the form of what is written, and into the address where the city
 * asks for it there. One of our profile gets it in a header with each call: an
 * address is kept in logs.
 */
void
komek_geo_report_set_api_key (KomekGeoReport *self, const char *key)
{
  char *copy = g_strdup (key);

  g_return_if_fail (KOMEK_IS_GEO_REPORT (self));

  g_free (self->api_key);
  self->api_key = copy;
}

/**
 * komek_geo_report_set_jurisdiction:
 * @jurisdiction: (nullable): which of several cities behind one address
 */
void
komek_geo_report_set_jurisdiction (KomekGeoReport *self, const char *jurisdiction)
{
  char *copy = g_strdup (jurisdiction);

  g_return_if_fail (KOMEK_IS_GEO_REPORT (self));

  g_free (self->jurisdiction);
  self->jurisdiction = copy;
}

/**
 * komek_geo_report_set_device:
 * @device: (nullable): what tells this device from others, as in #KomekFilingFields
 *
 * A city of our profile lets whoever has filed a request add to it, and knows
 * them by this. Where it is not set it is taken from what is filed.
 */
void
komek_geo_report_set_device (KomekGeoReport *self, const char *device)
{
  char *copy = g_strdup (device);

  g_return_if_fail (KOMEK_IS_GEO_REPORT (self));

  g_free (self->device);
  self->device = copy;
}

/* By which it is told whether a certificate is too old or our time is wrong. */
void
komek_geo_report_set_clock (KomekGeoReport *self, KomekClock *clock)
{
  g_return_if_fail (KOMEK_IS_GEO_REPORT (self));

  g_set_object (&self->clock, clock);
}

/* Whether the city speaks our profile; known once it is discovered. */
gboolean
komek_geo_report_is_extended (KomekGeoReport *self)
{
  g_return_val_if_fail (KOMEK_IS_GEO_REPORT (self), FALSE);

  return self->extended;
}

/* What the city can do, as far as it is known. */
KomekAbility
komek_geo_report_get_abilities (KomekGeoReport *self)
{
  g_return_val_if_fail (KOMEK_IS_GEO_REPORT (self), 0);

  return self->abilities;
}

/* Whether the city can do all of @abilities, as far as it is known. */
gboolean
komek_geo_report_can (KomekGeoReport *self, KomekAbility abilities)
{
  g_return_val_if_fail (KOMEK_IS_GEO_REPORT (self), FALSE);

  return (self->abilities & abilities) == abilities;
}

/**
 * komek_geo_report_get_delay:
 *
 * Returns: milliseconds for which the last thing that was read asked to be left alone, from a
 *   second to an hour; 0 where it did not
 */
guint
komek_geo_report_get_delay (KomekGeoReport *self)
{
  g_return_val_if_fail (KOMEK_IS_GEO_REPORT (self), 0);

  return self->delay;
}
