/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "line.h"
#include "safe-city.h"

/* What a client makes of certificates, and of a server that sends everybody from http to https. */

/* The one called expired ended on 1 January 2024. */
#define MONTH_AFTER 1706745600  /* 1 February 2024 */
#define YEARS_AFTER 1798761600  /* 1 January 2027 */

/* A connection stands within a second, or it never does. */
static const KomekExchangeLimits patience = { .total = 5000, .connect = 1000 };

static KomekGeoReport *
make_client (const char *url, gboolean trusting)
{
  g_autoptr (SoupSession) session = safe_city_make_session (trusting);

  return komek_geo_report_new_full (url, session, &patience);
}

static KomekFilingReply *
file (KomekGeoReport *client)
{
  Line line = { .client = client };

  return line_file (&line);
}

static const struct
{
  const char     *name;
  const char     *certificate;
  gboolean        trusting;
  gint64          now; /* by our own clock */
  KomekFilingKind kind;
  KomekCause      cause;
} cases[] = {
  { "good", "good.pem", TRUE, YEARS_AFTER, KOMEK_FILING_DONE, KOMEK_CAUSE_UNKNOWN },
  { "of-no-authority-that-we-know", "good.pem", FALSE, YEARS_AFTER, KOMEK_FILING_INDETERMINATE,
    KOMEK_CAUSE_UNTRUSTED },
  { "expired-a-month-ago", "expired.pem", TRUE, MONTH_AFTER, KOMEK_FILING_PAUSE,
    KOMEK_CAUSE_EXPIRED },
  { "expired-years-ago", "expired.pem", TRUE, YEARS_AFTER, KOMEK_FILING_PAUSE,
    KOMEK_CAUSE_CLOCK },
  { "not-valid-yet", "early.pem", TRUE, YEARS_AFTER, KOMEK_FILING_PAUSE, KOMEK_CAUSE_CLOCK },
  { "of-somebody-else", "stranger.pem", TRUE, YEARS_AFTER, KOMEK_FILING_PAUSE,
    KOMEK_CAUSE_STRANGER },
};

static void
test_certificate (gconstpointer row)
{
  gsize i = GPOINTER_TO_SIZE (row);
  SafeCity *city = safe_city_new (cases[i].certificate);
  g_autoptr (KomekGeoReport) client = make_client (city->url, cases[i].trusting);
  g_autoptr (KomekClock) clock = komek_clock_new_fixed (cases[i].now);
  g_autoptr (KomekFilingReply) reply = NULL;

  komek_geo_report_set_clock (client, clock);
  reply = file (client);
  g_assert_cmpint (reply->kind, ==, cases[i].kind);
  g_assert_cmpint (komek_error_get_cause (reply->reason), ==, cases[i].cause);
  g_assert_cmpuint (city->filed, ==, cases[i].kind == KOMEK_FILING_DONE);
  g_assert_false (reply->perhaps_filed);
  if (cases[i].cause == KOMEK_CAUSE_CLOCK)
    g_assert_nonnull (strstr (reply->reason->message, "clock"));
  safe_city_free (city);
}

/* A city on http that does nothing but send everybody to the other one. */
static void
on_asked_in_the_clear (SoupServer *server, SoupServerMessage *message, const char *path,
                       GHashTable *query, gpointer data)
{
  g_autofree char *there = g_strdup_printf ("https://127.0.0.1:%u%s",
                                            GPOINTER_TO_UINT (data), path);

  soup_server_message_set_redirect (message, 301, there);
}

/* Quirk 29: whoever was sent on while reading does not lose what they post. */
static void
test_moves_to_https_before_it_files (void)
{
  SafeCity *city = safe_city_new ("good.pem");
  g_autoptr (SoupServer) clear = soup_server_new (NULL, NULL);
  g_autofree char *url = NULL;
  g_autoptr (KomekGeoReport) client = NULL;
  g_autoptr (KomekFilingReply) early = NULL;
  g_autoptr (KomekFilingReply) late = NULL;
  g_autoptr (GError) error = NULL;
  Line line = { 0 };
  GSList *uris;

  soup_server_add_handler (clear, NULL, on_asked_in_the_clear, GUINT_TO_POINTER (city->port), NULL);
  soup_server_listen_local (clear, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (clear);
  url = g_strdup_printf ("http://127.0.0.1:%d/open311/v2/", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  client = make_client (url, TRUE);
  line.client = client;
  early = file (client);
  g_assert_cmpint (early->kind, ==, KOMEK_FILING_RETRY);
  line_meet (&line);
  late = file (client);
  g_assert_cmpint (late->kind, ==, KOMEK_FILING_DONE);
  g_assert_cmpuint (city->filed, ==, 1);
  soup_server_disconnect (clear);
  safe_city_free (city);
}

/* A server that speaks no TLS that we do answers the first word with nonsense. */
static void
test_a_server_without_tls_has_nothing (void)
{
  FakeCity *city = fake_city_new (NULL, "1");
  g_autofree char *url = g_strdup_printf ("https://127.0.0.1:%u/open311/v2/", city->port);
  g_autoptr (KomekGeoReport) client = make_client (url, TRUE);
  g_autoptr (KomekFilingReply) reply = file (client);

  g_assert_cmpint (reply->kind, ==, KOMEK_FILING_INDETERMINATE);
  g_assert_false (reply->perhaps_filed);
  fake_city_free (city);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/remote/tls/certificate/%s", cases[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_certificate);
    }
  g_test_add_func ("/remote/tls/moves-to-https-before-it-files",
                   test_moves_to_https_before_it_files);
  g_test_add_func ("/remote/tls/a-server-without-tls-has-nothing",
                   test_a_server_without_tls_has_nothing);
  return g_test_run ();
}
