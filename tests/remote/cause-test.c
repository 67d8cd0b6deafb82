/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "line.h"
#include "safe-city.h"

/* What stands between a device and its city from the very start, and what the client makes of it:
 * each cause is brought about over a socket, but for those of the network itself, which a resolver
 * in the test brings about. */

#define CITY_OF_NOWHERE "http://city.nowhere/open311/v2/"
#define YEARS_AFTER 1798761600 /* 1 January 2027 */
#define MONTH_AFTER 1706745600 /* 1 February 2024; the certificate called expired ended in January */

/* Who asks for names in a network that is not there, or that does not know them. */
typedef struct
{
  GResolver parent;
  GError   *answer;
} DeafResolver;

typedef struct
{
  GResolverClass parent;
} DeafResolverClass;

GType deaf_resolver_get_type (void);
G_DEFINE_TYPE (DeafResolver, deaf_resolver, G_TYPE_RESOLVER)

static void
deaf_resolver_lookup_async (GResolver *resolver, const char *name, GResolverNameLookupFlags flags,
                            GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, data);

  g_task_return_error (task, g_error_copy (((DeafResolver *) resolver)->answer));
}

static GList *
deaf_resolver_lookup_finish (GResolver *resolver, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
deaf_resolver_finalize (GObject *object)
{
  g_error_free (((DeafResolver *) object)->answer);
  G_OBJECT_CLASS (deaf_resolver_parent_class)->finalize (object);
}

static void
deaf_resolver_class_init (DeafResolverClass *klass)
{
  GResolverClass *resolver_class = G_RESOLVER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = deaf_resolver_finalize;
  resolver_class->lookup_by_name_with_flags_async = deaf_resolver_lookup_async;
  resolver_class->lookup_by_name_with_flags_finish = deaf_resolver_lookup_finish;
}

static void
deaf_resolver_init (DeafResolver *self)
{
}

typedef struct
{
  FakeCity       *city;
  SafeCity       *safe;
  GSocketService *babbler;
  GResolver      *former;
  char           *url;
  gboolean        trusting;
  gint64          now;
  guint           patience; /* milliseconds */
} Scene;

static void
take_names (Scene *scene, GQuark domain, int code)
{
  g_autoptr (GResolver) resolver = g_object_new (deaf_resolver_get_type (), NULL);

  ((DeafResolver *) resolver)->answer = g_error_new (domain, code, "no");
  scene->former = g_resolver_get_default ();
  g_resolver_set_default (resolver);
  scene->url = g_strdup (CITY_OF_NOWHERE);
}

static void
no_network (Scene *scene)
{
  take_names (scene, G_RESOLVER_ERROR, G_RESOLVER_ERROR_TEMPORARY_FAILURE);
}

static void
no_route (Scene *scene)
{
  take_names (scene, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE);
}

static void
no_name (Scene *scene)
{
  take_names (scene, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND);
}

static void
nobody (Scene *scene)
{
  fake_city_close (scene->city);
}

static void
say_everywhere (Scene *scene, guint status, const char *type, const char *body, FakeManner manner)
{
  static const char *const questions[] = { "GET discovery.json", "GET discovery.xml",
                                           "GET services.json", "GET services.xml" };

  for (guint i = 0; i < G_N_ELEMENTS (questions); i++)
    fake_city_say (scene->city, questions[i], status, type, body, manner);
}

static void
silence (Scene *scene)
{
  scene->patience = 300;
  say_everywhere (scene, 200, "application/json", "[{\"service_code\":\"a\"}]", FAKE_CITY_DAWDLES);
}

static void
half_an_answer (Scene *scene)
{
  say_everywhere (scene, 200, "application/json", "[{\"service_code\":\"a\"}]", FAKE_CITY_CUTS);
}

static void
go_to (Scene *scene, const char *certificate, gboolean trusting, gint64 now)
{
  scene->safe = safe_city_new (certificate);
  scene->url = g_strdup (scene->safe->url);
  scene->trusting = trusting;
  scene->now = now;
}

static void
expired (Scene *scene)
{
  go_to (scene, "expired.pem", TRUE, MONTH_AFTER);
}

static void
stranger (Scene *scene)
{
  go_to (scene, "stranger.pem", TRUE, YEARS_AFTER);
}

static void
untrusted (Scene *scene)
{
  go_to (scene, "good.pem", FALSE, YEARS_AFTER);
}

static void
clock_behind (Scene *scene)
{
  go_to (scene, "early.pem", TRUE, YEARS_AFTER);
}

static void
clock_ahead (Scene *scene)
{
  go_to (scene, "expired.pem", TRUE, YEARS_AFTER);
}

static gboolean
on_spoken_to (GSocketService *service, GSocketConnection *connection, GObject *source,
              gpointer unused)
{
  static const char words[] = "HTTP/1.0 400 Bad Request\r\n\r\n";
  GOutputStream *stream = g_io_stream_get_output_stream (G_IO_STREAM (connection));

  g_output_stream_write_all (stream, words, sizeof words - 1, NULL, NULL, NULL);
  return TRUE;
}

static void
no_tls (Scene *scene)
{
  g_autoptr (GError) error = NULL;
  guint port;

  scene->babbler = g_socket_service_new ();
  port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (scene->babbler), NULL, &error);
  g_assert_no_error (error);
  g_signal_connect (scene->babbler, "incoming", G_CALLBACK (on_spoken_to), NULL);
  scene->url = g_strdup_printf ("https://127.0.0.1:%u/open311/v2/", port);
}

static void
gate_with_a_page (Scene *scene)
{
  say_everywhere (scene, 200, "text/html", "\n" HTML, FAKE_CITY_ANSWERS);
}

static void
gate_that_leads_away (Scene *scene)
{
  g_autofree char *away = g_strconcat (scene->city->url, "sign-in.html", NULL);

  fake_city_say (scene->city, "GET sign-in.html", 200, "text/html", HTML, FAKE_CITY_ANSWERS);
  say_everywhere (scene, 302, "text/html", away, FAKE_CITY_ANSWERS);
}

static void
gate_by_its_number (Scene *scene)
{
  say_everywhere (scene, 511, "text/html", HTML, FAKE_CITY_ANSWERS);
}

static void
key_refused (Scene *scene)
{
  say_everywhere (scene, 403, "application/json",
                  "[{\"code\":403,\"description\":\"No such key\"}]", FAKE_CITY_ANSWERS);
}

static void
key_wanted (Scene *scene)
{
  say_everywhere (scene, 401, "text/html", HTML, FAKE_CITY_ANSWERS);
}

static void
breakdown (Scene *scene)
{
  say_everywhere (scene, 502, "text/html", HTML, FAKE_CITY_ANSWERS);
}

static void
no_city (Scene *scene)
{
  say_everywhere (scene, 404, "text/html", HTML, FAKE_CITY_ANSWERS);
}

static void
something_else (Scene *scene)
{
  say_everywhere (scene, 200, "application/json", "{\"pets\":[]}", FAKE_CITY_ANSWERS);
}

static const struct
{
  const char *name;
  void      (*arrange) (Scene *scene);
  KomekCause  cause;
  KomekError  code;
} causes[] = {
  { "no-network", no_network, KOMEK_CAUSE_NO_NETWORK, KOMEK_ERROR_UNREACHABLE },
  { "no-route", no_route, KOMEK_CAUSE_NO_NETWORK, KOMEK_ERROR_UNREACHABLE },
  { "no-name", no_name, KOMEK_CAUSE_NO_NAME, KOMEK_ERROR_UNREACHABLE },
  { "nobody", nobody, KOMEK_CAUSE_NOBODY, KOMEK_ERROR_UNREACHABLE },
  { "silence", silence, KOMEK_CAUSE_SILENCE, KOMEK_ERROR_UNREACHABLE },
  { "half-an-answer", half_an_answer, KOMEK_CAUSE_UNKNOWN, KOMEK_ERROR_UNREACHABLE },
  { "expired", expired, KOMEK_CAUSE_EXPIRED, KOMEK_ERROR_UNREACHABLE },
  { "stranger", stranger, KOMEK_CAUSE_STRANGER, KOMEK_ERROR_UNREACHABLE },
  { "untrusted", untrusted, KOMEK_CAUSE_UNTRUSTED, KOMEK_ERROR_UNREACHABLE },
  { "clock-behind", clock_behind, KOMEK_CAUSE_CLOCK, KOMEK_ERROR_UNREACHABLE },
  { "clock-ahead", clock_ahead, KOMEK_CAUSE_CLOCK, KOMEK_ERROR_UNREACHABLE },
  { "no-tls", no_tls, KOMEK_CAUSE_NO_TLS, KOMEK_ERROR_UNREACHABLE },
  { "gate-with-a-page", gate_with_a_page, KOMEK_CAUSE_GATE, KOMEK_ERROR_UNREADABLE },
  { "gate-that-leads-away", gate_that_leads_away, KOMEK_CAUSE_GATE, KOMEK_ERROR_UNREADABLE },
  { "gate-by-its-number", gate_by_its_number, KOMEK_CAUSE_GATE, KOMEK_ERROR_UNREACHABLE },
  { "key-refused", key_refused, KOMEK_CAUSE_KEY, KOMEK_ERROR_UNREADABLE },
  { "key-wanted", key_wanted, KOMEK_CAUSE_KEY, KOMEK_ERROR_UNREADABLE },
  { "breakdown", breakdown, KOMEK_CAUSE_BREAKDOWN, KOMEK_ERROR_UNREACHABLE },
  { "no-city", no_city, KOMEK_CAUSE_UNKNOWN, KOMEK_ERROR_UNREADABLE },
  { "something-else", something_else, KOMEK_CAUSE_UNKNOWN, KOMEK_ERROR_UNREADABLE },
};

static void
scene_clear (Scene *scene)
{
  if (scene->former)
    g_resolver_set_default (scene->former);
  g_clear_object (&scene->former);
  g_clear_object (&scene->babbler);
  g_clear_pointer (&scene->safe, safe_city_free);
  fake_city_free (scene->city);
  g_free (scene->url);
}

static KomekGeoReport *
make_client (Scene *scene)
{
  const KomekExchangeLimits limits = { .total = scene->patience };
  g_autoptr (SoupSession) session = safe_city_make_session (scene->trusting);
  g_autoptr (KomekClock) clock = komek_clock_new_fixed (scene->now);
  KomekGeoReport *client =
    komek_geo_report_new_full (scene->url ? scene->url : scene->city->url, session, &limits);

  komek_geo_report_set_clock (client, clock);
  return client;
}

static void
test_cause (gconstpointer row)
{
  gsize i = GPOINTER_TO_SIZE (row);
  Scene scene = { .city = fake_city_new (NULL, "1"), .patience = 20000 };
  g_autoptr (KomekGeoReport) client = NULL;
  g_autoptr (KomekCity) card = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) copy = NULL;

  scene.city->plain = TRUE;
  causes[i].arrange (&scene);
  client = make_client (&scene);
  card = line_discover (&(Line) { .client = client }, &error);
  g_assert_null (card);
  g_assert_error (error, KOMEK_ERROR, (int) causes[i].code);
  g_assert_cmpint (komek_error_get_cause (error), ==, causes[i].cause);
  copy = g_error_copy (error);
  g_assert_cmpint (komek_error_get_cause (copy), ==, causes[i].cause);
  scene_clear (&scene);
}

/* Every cause is brought about by one of them at least. */
static void
test_none_is_missing (void)
{
  guint seen = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (causes); i++)
    seen |= 1 << causes[i].cause;
  g_assert_cmphex (seen, ==, (1 << KOMEK_N_CAUSES) - 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/remote/cause/none-is-missing", test_none_is_missing);
  for (gsize i = 0; i < G_N_ELEMENTS (causes); i++)
    {
      g_autofree char *path = g_strdup_printf ("/remote/cause/%s", causes[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_cause);
    }
  return g_test_run ();
}
