/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "await.h"
#include "komek-error.h"
#include "komek-folding.h"
#include "komek-pack.h"
#include "komek-place-finder.h"
#include "komek-place.h"
#include "town-pack.h"

#define STREET(kind, kk, ru, line) \
  "{\"type\":\"Feature\",\"properties\":{\"kind\":\"" kind "\",\"kk\":\"" kk "\",\"ru\":\"" ru "\"}," \
  "\"geometry\":{\"type\":\"LineString\",\"coordinates\":" line "}}"
#define PLAN \
  "{\"type\":\"FeatureCollection\",\"features\":[" \
  "{\"type\":\"Feature\",\"properties\":{\"kind\":\"district\",\"code\":\"esil\",\"kk\":\"Есіл\"}," \
  "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[71.3,51],[71.6,51],[71.6,51.3],[71.3,51.3]]]}}," \
  STREET ("street", "Кенесары көшесі", "улица Кенесары", "[[71.40,51.160],[71.44,51.160]]") "," \
  STREET ("avenue", "Республика даңғылы", "проспект Республики", "[[71.42,51.150],[71.42,51.170]]") "]}"

/* A mirror that knows some requests, and finds those whose address holds all words of a text. */

#define FAKE_TYPE_FEED (fake_feed_get_type ())
G_DECLARE_FINAL_TYPE (FakeFeed, fake_feed, FAKE, FEED, GObject)

struct _FakeFeed
{
  GObject    parent;
  GPtrArray *requests; /* of KomekRequest; the key is the place plus one */
  gboolean   broken;
};

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

/* The finder and what it asks. */

typedef struct
{
  FakeFeed         *feed;
  KomekPlan        *plan;
  KomekPlaceFinder *finder;
  GPtrArray        *finds;
  KomekPlaceFind   *find;
  GError           *error;
  gboolean          done;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (PLAN, strlen (PLAN));
  g_autoptr (KomekLabel) city = komek_label_new ("Астана", "Астана", "Astana");

  fixture->feed = g_object_new (FAKE_TYPE_FEED, NULL);
  fixture->plan = komek_plan_new (bytes, NULL);
  g_assert_nonnull (fixture->plan);
  fixture->finder = komek_place_finder_new (KOMEK_FEED (fixture->feed), fixture->plan, city);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->finds, g_ptr_array_unref);
  g_clear_pointer (&fixture->find, komek_place_find_free);
  g_clear_error (&fixture->error);
  let_go (G_OBJECT (fixture->finder));
  g_assert_finalize_object (fixture->feed);
  komek_plan_unref (fixture->plan);
}

static void
add_request (Fixture *fixture, double latitude, double longitude, const char *address)
{
  g_autoptr (KomekPlace) place = komek_place_new (latitude, longitude, address, "esil");
  g_autofree char *number = g_strdup_printf ("%u", fixture->feed->requests->len + 1);

  g_ptr_array_add (fixture->feed->requests,
                   komek_request_new (&(KomekRequestFields) { .number = number, .place = place }));
}

/* Tells the finder where the requests are. */
static void
survey (Fixture *fixture)
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

static void
on_searched (GObject *source, GAsyncResult *result, gpointer data)
{
  Fixture *fixture = data;

  fixture->finds = komek_place_finder_search_finish (fixture->finder, result, &fixture->error);
  fixture->done = TRUE;
}

static void
on_described (GObject *source, GAsyncResult *result, gpointer data)
{
  Fixture *fixture = data;

  fixture->find = komek_place_finder_describe_finish (fixture->finder, result, &fixture->error);
  fixture->done = TRUE;
}

static void
wait (Fixture *fixture)
{
  while (!fixture->done)
    g_main_context_iteration (NULL, TRUE);
  fixture->done = FALSE;
}

static const KomekPlaceFind *
search (Fixture *fixture, const char *text)
{
  g_clear_pointer (&fixture->finds, g_ptr_array_unref);
  komek_place_finder_search_async (fixture->finder, text, 5, NULL, on_searched, fixture);
  wait (fixture);
  g_assert_no_error (fixture->error);
  g_assert_cmpuint (fixture->finds->len, >, 0);
  return fixture->finds->pdata[0];
}

static const KomekPlaceFind *
describe (Fixture *fixture, double latitude, double longitude)
{
  g_clear_pointer (&fixture->find, komek_place_find_free);
  komek_place_finder_describe_async (fixture->finder, latitude, longitude, NULL, on_described,
                                     fixture);
  wait (fixture);
  g_assert_no_error (fixture->error);
  return fixture->find;
}

static const char *
name_of (const KomekPlaceFind *find)
{
  return find->name ? komek_label_get (find->name, KOMEK_LANGUAGE_KAZAKH) : NULL;
}

static void
test_finds_a_street_on_itself (Fixture *fixture, gconstpointer data)
{
  const KomekPlaceFind *find = search (fixture, "ул. Кенесары");

  g_assert_cmpstr (name_of (find), ==, "Кенесары көшесі");
  g_assert_cmpstr (find->district, ==, "esil");
  g_assert_null (find->house);
  g_assert_cmpfloat_with_epsilon (find->latitude, 51.160, 1e-6);
  g_assert_cmpfloat_with_epsilon (find->longitude, 71.42, 1e-6);
}

/* Whoever filed wrote the address in whatever language; one of them put the pin elsewhere. */
static void
test_finds_a_house_that_requests_name (Fixture *fixture, gconstpointer data)
{
  const KomekPlaceFind *find;

  add_request (fixture, 51.1602, 71.4101, "Кенесары көшесі, 40");
  add_request (fixture, 51.1602, 71.4103, "улица Кенесары, 40 · подъезд со двора");
  add_request (fixture, 51.1700, 71.4300, "улица Кенесары, д. 40");
  add_request (fixture, 51.1599, 71.4200, "Кенесары көшесі, 42");
  add_request (fixture, 51.1602, 71.4250, "Кенесары көшесі, 401");
  find = search (fixture, "кенесары 40");
  g_assert_cmpstr (find->house, ==, "40");
  g_assert_true (find->house_is_known);
  g_assert_cmpfloat_with_epsilon (find->latitude, 51.1602, 1e-6);
  g_assert_cmpfloat_with_epsilon (find->longitude, 71.4103, 1e-6);
}

static void
test_a_strange_house_is_on_its_street (Fixture *fixture, gconstpointer data)
{
  const KomekPlaceFind *find;

  add_request (fixture, 51.1602, 71.4101, "Кенесары көшесі, 40");
  find = search (fixture, "кенесары 4");
  g_assert_cmpstr (find->house, ==, "4");
  g_assert_false (find->house_is_known);
  g_assert_cmpfloat_with_epsilon (find->longitude, 71.42, 1e-6);
}

/* No plan has it, but people name it. */
static void
test_finds_a_landmark_that_requests_name (Fixture *fixture, gconstpointer data)
{
  add_request (fixture, 51.1300, 71.4030, "Тұран даңғылы, 37 · «Хан Шатыр» жанында");
  add_request (fixture, 51.1301, 71.4031, "Тұран даңғылы, 37 · «Хан Шатыр» жанында");
  add_request (fixture, NAN, NAN, "Хан Шатыр");
  g_assert_cmpstr (name_of (search (fixture, "хан шат")), ==, "Тұран даңғылы, 37 · «Хан Шатыр» жанында");
  g_assert_cmpuint (fixture->finds->len, ==, 1);
  g_assert_cmpfloat_with_epsilon (search (fixture, "Хан Шатыр")->latitude, 51.1300, 1e-9);
  /* What only resembles it comes behind. */
  add_request (fixture, 51.1600, 71.4101, "Кенесары көшесі, 1 · Кенесары ескерткіші");
  g_assert_cmpstr (name_of (search (fixture, "Кенесары ескерткіші")), ==, "Кенесары көшесі, 1 · Кенесары ескерткіші");
  g_assert_cmpuint (fixture->finds->len, ==, 2);
}

static void
test_a_broken_mirror_costs_only_the_house (Fixture *fixture, gconstpointer data)
{
  const KomekPlaceFind *find;

  add_request (fixture, 51.1602, 71.4101, "Кенесары көшесі, 40");
  fixture->feed->broken = TRUE;
  g_test_expect_message ("komek-atlas", G_LOG_LEVEL_MESSAGE, "A house cannot be looked for*");
  g_test_expect_message ("komek-atlas", G_LOG_LEVEL_MESSAGE, "A house cannot be looked for*");
  find = search (fixture, "кенесары 40");
  g_test_assert_expected_messages ();
  g_assert_cmpstr (name_of (find), ==, "Кенесары көшесі");
  g_assert_false (find->house_is_known);
}

static void
test_says_the_nearest_house (Fixture *fixture, gconstpointer data)
{
  const KomekPlaceFind *find;

  add_request (fixture, 51.16020, 71.41000, "Кенесары көшесі, 40");
  add_request (fixture, 51.16020, 71.41020, "Кенесары көшесі, 42");
  add_request (fixture, 51.16020, 71.41019, "бір жерде");
  survey (fixture);
  find = describe (fixture, 51.16020, 71.41012);
  g_assert_cmpstr (name_of (find), ==, "Кенесары көшесі");
  g_assert_cmpstr (find->house, ==, "42");
  g_assert_cmpstr (find->district, ==, "esil");
}

/* Thirty metres: 0.00027 degrees to the north. */
static void
test_a_house_is_said_within_thirty_metres (Fixture *fixture, gconstpointer data)
{
  add_request (fixture, 51.16020, 71.41000, "Кенесары көшесі, 40");
  survey (fixture);
  g_assert_cmpstr (describe (fixture, 51.16046, 71.41000)->house, ==, "40");
  g_assert_null (describe (fixture, 51.16048, 71.41000)->house);
  g_assert_cmpstr (name_of (fixture->find), ==, "Кенесары көшесі");
}

static void
test_without_requests_it_says_the_street (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpstr (name_of (describe (fixture, 51.1655, 71.4201)), ==, "Республика даңғылы");
  g_assert_null (fixture->find->house);
  g_assert_cmpstr (fixture->find->district, ==, "esil");
}

static void
test_far_from_all_it_says_nothing (Fixture *fixture, gconstpointer data)
{
  static const double nowhere[][2] = {
    { 51.25, 71.55 }, { 0, 0 }, { 90, 0 }, { -90, 180 }, { NAN, NAN }, { INFINITY, 71.4 },
  };

  add_request (fixture, 51.16020, 71.41000, "Кенесары көшесі, 40");
  survey (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (nowhere); i++)
    {
      const KomekPlaceFind *find = describe (fixture, nowhere[i][0], nowhere[i][1]);

      g_assert_null (find->name);
      g_assert_null (find->house);
      g_assert_cmpstr (find->district, ==, i == 0 ? "esil" : "");
    }
}

static void
test_stops_when_nobody_waits (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  komek_place_finder_search_async (fixture->finder, "кенесары 40", 5, cancellable, on_searched,
                                   fixture);
  g_cancellable_cancel (cancellable);
  wait (fixture);
  g_assert_null (fixture->finds);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
on_changed (KomekPlaceFinder *finder, guint *n)
{
  ++*n;
}

/* Lays a pack of the town on the plan, and waits until its names count. */
static void
add_pack (Fixture *fixture)
{
  g_autofree char *folder = g_dir_make_tmp ("komek-finder-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "town.mbtiles", NULL);
  g_autoptr (GListStore) maps = g_list_store_new (G_TYPE_OBJECT);
  g_autoptr (KomekPack) pack = NULL;
  guint n = 0;
  gulong id = g_signal_connect (fixture->finder, "changed", G_CALLBACK (on_changed), &n);

  town_pack_write (path, TOWN_OPENMAPTILES);
  pack = komek_pack_new (path);
  g_list_store_append (maps, pack);
  komek_place_finder_set_maps (fixture->finder, G_LIST_MODEL (maps),
                               komek_plan_get_bounds (fixture->plan));
  while (n == 0)
    g_main_context_iteration (NULL, TRUE);
  g_signal_handler_disconnect (fixture->finder, id);
  g_unlink (path);
  g_rmdir (folder);
}

static void
test_finds_what_a_pack_knows (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *text;
    const char *name;
    double      latitude, longitude;
  } rows[] = {
    { "ул. Сыганак", "Сығанақ көшесі", 51.125, 71.42 },
    { "сығанақ", "Сығанақ көшесі", 51.125, 71.42 },
    { "Чубары", "Чубары", 51.13, 71.425 },
    { "хан шат", "Хан Шатыр", 51.132, 71.404 },
  };

  add_pack (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const KomekPlaceFind *find = search (fixture, rows[i].text);

      g_assert_cmpstr (name_of (find), ==, rows[i].name);
      g_assert_cmpuint (fixture->finds->len, ==, 1);
      g_assert_cmpstr (find->district, ==, "esil");
      g_assert_cmpfloat_with_epsilon (find->latitude, rows[i].latitude, 1e-4);
      g_assert_cmpfloat_with_epsilon (find->longitude, rows[i].longitude, 1e-4);
    }
}

/* The pack calls it "улица Кенесары", with no word in Kazakh. */
static void
test_what_the_plan_knows_is_not_doubled (Fixture *fixture, gconstpointer data)
{
  add_pack (fixture);
  g_assert_cmpstr (name_of (search (fixture, "кенесары")), ==, "Кенесары көшесі");
  g_assert_cmpuint (fixture->finds->len, ==, 1);
  g_assert_cmpfloat_with_epsilon (search (fixture, "кенесары")->longitude, 71.42, 1e-6);
}

static void
test_finds_a_house_that_a_pack_knows (Fixture *fixture, gconstpointer data)
{
  const KomekPlaceFind *find;

  add_pack (fixture);
  find = search (fixture, "Сыганак 15а");
  g_assert_cmpstr (find->house, ==, "15А");
  g_assert_true (find->house_is_known);
  g_assert_cmpfloat_with_epsilon (find->latitude, 51.1253, 1e-4);
  g_assert_cmpfloat_with_epsilon (find->longitude, 71.41, 1e-4);
  g_assert_true (search (fixture, "сығанақ 24/1")->house_is_known);
  g_assert_false (search (fixture, "сығанақ 7")->house_is_known);
  /* Where people say something else, they stand before the door. */
  add_request (fixture, 51.1256, 71.4105, "Сығанақ көшесі, 15А");
  g_assert_cmpfloat_with_epsilon (search (fixture, "сығанақ 15а")->latitude, 51.1256, 1e-6);
}

/* It may be on the street that is not the nearest; but of a point only the nearest is said. */
static void
test_finds_a_house_on_another_street (Fixture *fixture, gconstpointer data)
{
  const KomekPlaceFind *find;

  add_pack (fixture);
  find = search (fixture, "Тұран 15а");
  g_assert_cmpstr (name_of (find), ==, "Тұран көшесі");
  g_assert_true (find->house_is_known);
  g_assert_cmpfloat_with_epsilon (find->latitude, 51.1253, 1e-4);
  g_assert_cmpfloat_with_epsilon (find->longitude, 71.41, 1e-4);
  g_assert_cmpstr (name_of (describe (fixture, 51.1254, 71.41)), ==, "Сығанақ көшесі");
}

/* The plan does not know it, and its own are far away. */
static void
test_says_the_street_of_a_pack (Fixture *fixture, gconstpointer data)
{
  g_assert_null (describe (fixture, 51.127, 71.412)->name);
  add_pack (fixture);
  g_assert_cmpstr (name_of (describe (fixture, 51.127, 71.412)), ==, "Тұран көшесі");
  g_assert_null (fixture->find->house);
  g_assert_cmpstr (name_of (describe (fixture, 51.1601, 71.41)), ==, "Кенесары көшесі");
}

/* A school's number is a part of its name, and it has no houses. */
static void
test_a_landmark_has_its_own_number (Fixture *fixture, gconstpointer data)
{
  const KomekPlaceFind *find;

  add_pack (fixture);
  for (guint i = 0; i < 2; i++)
    {
      find = search (fixture, i ? "школа 45" : "Школа №45");
      g_assert_cmpstr (name_of (find), ==, "Школа №45");
      g_assert_null (find->house);
      g_assert_false (find->alike);
    }
  find = search (fixture, "Школа №46");
  g_assert_cmpstr (name_of (find), ==, "Школа №45");
  g_assert_null (find->house);
  g_assert_true (find->alike);
}

static void
test_tells_what_is_only_alike (Fixture *fixture, gconstpointer data)
{
  g_assert_false (search (fixture, "кенесары")->alike);
  g_assert_false (search (fixture, "кенес")->alike);
  g_assert_true (search (fixture, "кенисары")->alike);
  g_assert_true (search (fixture, "кенесары пиццерия")->alike);
}

static void
test_says_the_house_of_a_pack (Fixture *fixture, gconstpointer data)
{
  add_pack (fixture);
  g_assert_cmpstr (name_of (describe (fixture, 51.1254, 71.41)), ==, "Сығанақ көшесі");
  g_assert_cmpstr (fixture->find->house, ==, "15А");
  add_request (fixture, 51.1254, 71.41, "Кенесары көшесі, 40");
  survey (fixture);
  g_assert_cmpstr (describe (fixture, 51.1254, 71.41)->house, ==, "40");
}

/* Borders are the plan's: a district of the pack's is a place like others. */
static void
test_a_pack_adds_no_districts (Fixture *fixture, gconstpointer data)
{
  add_pack (fixture);
  g_assert_cmpint (search (fixture, "Қосшы ауданы")->kind, !=, KOMEK_ADDRESS_DISTRICT);
  g_clear_pointer (&fixture->finds, g_ptr_array_unref);
  komek_place_finder_list_districts_async (fixture->finder, NULL, on_searched, fixture);
  wait (fixture);
  g_assert_cmpuint (fixture->finds->len, ==, 1);
  g_assert_cmpstr (name_of (fixture->finds->pdata[0]), ==, "Есіл");
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/place-finder/finds-a-street-on-itself", test_finds_a_street_on_itself);
  ADD ("/place-finder/finds-a-house-that-requests-name", test_finds_a_house_that_requests_name);
  ADD ("/place-finder/a-strange-house-is-on-its-street", test_a_strange_house_is_on_its_street);
  ADD ("/place-finder/finds-a-landmark-that-requests-name",
       test_finds_a_landmark_that_requests_name);
  ADD ("/place-finder/a-broken-mirror-costs-only-the-house",
       test_a_broken_mirror_costs_only_the_house);
  ADD ("/place-finder/says-the-nearest-house", test_says_the_nearest_house);
  ADD ("/place-finder/a-house-is-said-within-thirty-metres",
       test_a_house_is_said_within_thirty_metres);
  ADD ("/place-finder/without-requests-it-says-the-street",
       test_without_requests_it_says_the_street);
  ADD ("/place-finder/far-from-all-it-says-nothing", test_far_from_all_it_says_nothing);
  ADD ("/place-finder/stops-when-nobody-waits", test_stops_when_nobody_waits);
  ADD ("/place-finder/finds-what-a-pack-knows", test_finds_what_a_pack_knows);
  ADD ("/place-finder/what-the-plan-knows-is-not-doubled",
       test_what_the_plan_knows_is_not_doubled);
  ADD ("/place-finder/finds-a-house-that-a-pack-knows", test_finds_a_house_that_a_pack_knows);
  ADD ("/place-finder/finds-a-house-on-another-street", test_finds_a_house_on_another_street);
  ADD ("/place-finder/says-the-street-of-a-pack", test_says_the_street_of_a_pack);
  ADD ("/place-finder/a-landmark-has-its-own-number", test_a_landmark_has_its_own_number);
  ADD ("/place-finder/tells-what-is-only-alike", test_tells_what_is_only_alike);
  ADD ("/place-finder/a-pack-adds-no-districts", test_a_pack_adds_no_districts);
  ADD ("/place-finder/says-the-house-of-a-pack", test_says_the_house_of_a_pack);
  return g_test_run ();
}
