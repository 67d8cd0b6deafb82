/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "finder-fixture.h"

#include <math.h>
#include <string.h>

#include "await.h"
#include "komek-error.h"
#include "komek-folding.h"

#define STREET(kind, kk, ru, line) \
  "{\"type\":\"Feature\",\"properties\":{\"kind\":\"" kind "\",\"kk\":\"" kk "\",\"ru\":\"" ru "\"}," \
  "\"geometry\":{\"type\":\"LineString\",\"coordinates\":" line "}}"
#define PLAN \
  "{\"type\":\"FeatureCollection\",\"features\":[" \
  "{\"type\":\"Feature\",\"properties\":{\"kind\":\"district\",\"code\":\"esil\",\"kk\":\"Есіл\"}," \
  "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[71.3,51],[71.6,51],[71.6,51.3],[71.3,51.3]]]}}," \
  STREET ("street", "Кенесары көшесі", "улица Кенесары", "[[71.40,51.160],[71.44,51.160]]") "," \
  STREET ("avenue", "Республика даңғылы", "проспект Республики", "[[71.42,51.150],[71.42,51.170]]") "]}"

static void
search_async (KomekFeed *feed, const char *text, KomekSearchOrder order, guint limit,
              GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  FakeFeed *self = FAKE_FEED (feed);
  g_autoptr (GTask) task = g_task_new (feed, cancellable, callback, data);
  g_autofree char *words = komek_fold (text);
  guint n;
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint32 key = 1; key <= self->requests->len; key++)
    {
      KomekPlace *place = komek_request_get_place (self->requests->pdata[key - 1]);
      g_autofree char *address = komek_fold (komek_place_get_address (place));

      if (strstr (address, words))
        g_array_append_val (keys, key);
    }
  n = keys->len;
  if (self->broken)
    g_task_return_new_error (task, KOMEK_ERROR, KOMEK_ERROR_UNSAVED, "a torn page");
  else
    g_task_return_pointer (task, komek_hits_new (g_steal_pointer (&keys), n, TRUE),
                           (GDestroyNotify) komek_hits_unref);
}

static KomekHits *
search_finish (KomekFeed *feed, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
load_async (KomekFeed *feed, GArray *keys, GCancellable *cancellable, GAsyncReadyCallback callback,
            gpointer data)
{
  FakeFeed *self = FAKE_FEED (feed);
  g_autoptr (GTask) task = g_task_new (feed, cancellable, callback, data);
  GPtrArray *requests = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < keys->len; i++)
    g_ptr_array_add (requests,
                     g_object_ref (self->requests->pdata[g_array_index (keys, guint32, i) - 1]));
  g_task_return_pointer (task, requests, (GDestroyNotify) g_ptr_array_unref);
}

static GPtrArray *
load_finish (KomekFeed *feed, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
fake_feed_iface_init (KomekFeedInterface *iface)
{
  iface->search_async = search_async;
  iface->search_finish = search_finish;
  iface->load_async = load_async;
  iface->load_finish = load_finish;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (FakeFeed, fake_feed, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KOMEK_TYPE_FEED, fake_feed_iface_init))

static void
fake_feed_finalize (GObject *object)
{
  g_ptr_array_unref (FAKE_FEED (object)->requests);
  G_OBJECT_CLASS (fake_feed_parent_class)->finalize (object);
}

static void
fake_feed_class_init (FakeFeedClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fake_feed_finalize;
}

static void
fake_feed_init (FakeFeed *self)
{
  self->requests = g_ptr_array_new_with_free_func (g_object_unref);
}

void
finder_set_up (FinderFixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (PLAN, strlen (PLAN));
  g_autoptr (KomekLabel) city = komek_label_new ("Астана", "Астана", "Astana");

  fixture->feed = g_object_new (FAKE_TYPE_FEED, NULL);
  fixture->plan = komek_plan_new (bytes, NULL);
  g_assert_nonnull (fixture->plan);
  fixture->finder = komek_place_finder_new (KOMEK_FEED (fixture->feed), fixture->plan, city);
}

void
finder_tear_down (FinderFixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->finds, g_ptr_array_unref);
  g_clear_pointer (&fixture->find, komek_place_find_free);
  g_clear_error (&fixture->error);
  let_go (G_OBJECT (fixture->finder));
  g_assert_finalize_object (fixture->feed);
  komek_plan_unref (fixture->plan);
}

void
finder_add_request (FinderFixture *fixture, double latitude, double longitude, const char *address)
{
  g_autoptr (KomekPlace) place = komek_place_new (latitude, longitude, address, "esil");
  g_autofree char *number = g_strdup_printf ("%u", fixture->feed->requests->len + 1);

  g_ptr_array_add (fixture->feed->requests,
                   komek_request_new (&(KomekRequestFields) { .number = number, .place = place }));
}

/* Tells the finder where the requests are. */
void
finder_survey (FinderFixture *fixture)
{
  static const char *const none[] = { "esil", NULL };
  GArray *array = g_array_new (FALSE, FALSE, sizeof (KomekPoint));
  g_autoptr (KomekPoints) points = NULL;

  for (guint i = 0; i < fixture->feed->requests->len; i++)
    {
      KomekPlace *place = komek_request_get_place (fixture->feed->requests->pdata[i]);
      KomekPoint point = { .key = i + 1,
                           .latitude = lround (komek_place_get_latitude (place) * 1e7),
                           .longitude = lround (komek_place_get_longitude (place) * 1e7) };

      g_array_append_val (array, point);
    }
  points = komek_points_new (array, none, none);
  komek_place_finder_set_points (fixture->finder, points);
}

void
finder_on_searched (GObject *source, GAsyncResult *result, gpointer data)
{
  FinderFixture *fixture = data;

  fixture->finds = komek_place_finder_search_finish (fixture->finder, result, &fixture->error);
  fixture->done = TRUE;
}

static void
on_described (GObject *source, GAsyncResult *result, gpointer data)
{
  FinderFixture *fixture = data;

  fixture->find = komek_place_finder_describe_finish (fixture->finder, result, &fixture->error);
  fixture->done = TRUE;
}

void
finder_wait (FinderFixture *fixture)
{
  while (!fixture->done)
    g_main_context_iteration (NULL, TRUE);
  fixture->done = FALSE;
}

const KomekPlaceFind *
finder_search (FinderFixture *fixture, const char *text)
{
  g_clear_pointer (&fixture->finds, g_ptr_array_unref);
  komek_place_finder_search_async (fixture->finder, text, 5, NULL, finder_on_searched, fixture);
  finder_wait (fixture);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (fixture->finds->len, >, 0);
  return fixture->finds->pdata[0];
}

const KomekPlaceFind *
finder_describe (FinderFixture *fixture, double latitude, double longitude)
{
  g_clear_pointer (&fixture->find, komek_place_find_free);
  komek_place_finder_describe_async (fixture->finder, latitude, longitude, NULL, on_described,
                                     fixture);
  finder_wait (fixture);
  g_assert_no_error (fixture->error);
  return fixture->find;
}

const char *
finder_name (const KomekPlaceFind *find)
{
  return find->name ? komek_label_get (find->name, KOMEK_LANGUAGE_KAZAKH) : NULL;
}
