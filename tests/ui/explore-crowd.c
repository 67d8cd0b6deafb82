/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "explore-crowd.h"

#include <math.h>
#include <string.h>

#include "komek-folding.h"
#include "komek-number.h"
#include "komek-outbox.h"

struct _TestCrowd
{
  GObject      parent;
  KomekPoints *points;
  GPtrArray   *services;
  gboolean     held;
  GPtrArray   *waiting; /* of GTask */
  guint        n_loads, n_loaded, largest_load;
  gboolean     refuses;
  guint        n_read, n_merged;
  GError      *problem;
  guint        n_retries;
};

enum
{
  PROP_STATE = 1,
  PROP_AS_OF,
  PROP_PROBLEM,
  PROP_WAITING,
  PROP_PARKED,
  PROP_HELD,
  PROP_STRAYS,
  PROP_OLDEST,
  PROP_OVERDUE,
};

static void feed_init (KomekFeedInterface *iface);
static void line_init (KomekLineInterface *iface);
static void outbox_init (KomekOutboxInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (TestCrowd, test_crowd, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KOMEK_TYPE_FEED, feed_init)
                               G_IMPLEMENT_INTERFACE (KOMEK_TYPE_LINE, line_init)
                               G_IMPLEMENT_INTERFACE (KOMEK_TYPE_OUTBOX, outbox_init))

/* The last one is not among the city's services, the one before it in no category. */
static const char *const codes[] = { "ROA.hole", "ROA.slab", "LIG.dark", "WAT.leak", "dogs",
                                     "old.code", NULL };
static const char *const districts[] = { "", "esil", "nura", NULL };
static const char *const streets[] = { "Абай даңғылы", "Республика даңғылы", "Кенесары көшесі",
                                       "Сарыарқа даңғылы" };

static double
noise (guint32 key, guint salt)
{
  guint32 x = key * 2654435761u ^ salt * 40503u;

  x ^= x >> 15;
  x *= 2246822519u;
  x ^= x >> 13;
  return x / 4294967296.0;
}

/* Thick in the middle of the city and thin at its edge; each fiftieth is nowhere, and each
 * seventeenth has no deadline. */
static KomekPoint
make_point (guint32 key, guint age)
{
  double angle = 2 * G_PI * noise (key, 1);
  double distance = 0.09 * pow (noise (key, 2), 1.6);
  KomekStatus status = (KomekStatus) (noise (key, 3) * KOMEK_STATUS_OTHER_OPEN);
  gint64 requested = TEST_NOW - 600 - age * G_GINT64_CONSTANT (1700);
  gboolean nowhere = key % 50 == 0;

  return (KomekPoint) {
    .key = key,
    .latitude = nowhere ? KOMEK_POINT_NOWHERE : (gint32) ((51.145 + distance * sin (angle)) * 1e7),
    .longitude = nowhere ? KOMEK_POINT_NOWHERE
                         : (gint32) ((71.43 + 1.6 * distance * cos (angle)) * 1e7),
    .requested = requested,
    .due = key % 17 == 0 ? 0 : requested + 86400 * (1 + key % 40),
    .service = (guint16) (noise (key, 4) * (G_N_ELEMENTS (codes) - 1)),
    .status = status,
    .district = nowhere ? 0 : 1 + key % 2,
  };
}

static char *
make_address (guint32 key)
{
  return g_strdup_printf ("%s, %u", streets[key % G_N_ELEMENTS (streets)], key % 120 + 1);
}

static KomekRequest *
make_request (const KomekPoint *point)
{
  g_autofree char *number = test_crowd_dup_number (point->key);
  g_autofree char *address = make_address (point->key);
  g_autoptr (KomekPlace) place =
    point->latitude == KOMEK_POINT_NOWHERE
      ? komek_place_new_address ("", "")
      : komek_place_new (point->latitude / 1e7, point->longitude / 1e7, address, "");
  KomekRequestFields fields = {
    .number = number,
    .service = codes[point->service],
    .service_name = "Бұрынғы қызмет",
    .status = point->status,
    .text = "Жол ойылған",
    .place = place,
    .requested = point->requested,
    .updated = point->requested,
    .due = point->due,
    .supporters = point->key % 7,
  };

  return komek_request_new (&fields);
}

static const KomekPoint *
find_point (TestCrowd *self, guint32 key)
{
  guint n;
  const KomekPoint *points = komek_points_peek (self->points, &n);

  /* Keys fall by one from the newest. */
  return key >= 1 && key <= n ? &points[n - key] : NULL;
}

static void
city_async (KomekFeed *feed, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (feed, cancellable, callback, data);
  g_autoptr (KomekLabel) name = komek_label_new ("Астана", "Астана", "Astana");
  g_autoptr (KomekBounds) bounds = komek_bounds_new (50.85, 71.2, 51.36, 71.8, NULL);
  KomekCityFields fields = { .id = "test", .name = name, .zone = "+05", .bounds = bounds,
                             .sample = TRUE };

  g_task_return_pointer (task, komek_city_new (&fields), g_object_unref);
}

static KomekCity *
city_finish (KomekFeed *feed, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
services_async (KomekFeed *feed, GCancellable *cancellable, GAsyncReadyCallback callback,
                gpointer data)
{
  g_autoptr (GTask) task = g_task_new (feed, cancellable, callback, data);

  g_task_return_pointer (task, g_ptr_array_ref (TEST_CROWD (feed)->services),
                         (GDestroyNotify) g_ptr_array_unref);
}

static GPtrArray *
services_finish (KomekFeed *feed, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
answer_points (TestCrowd *self, GTask *task)
{
  if (self->refuses)
    g_task_return_new_error (task, KOMEK_ERROR, KOMEK_ERROR_UNSAVED, "refused by a test");
  else
    g_task_return_pointer (task, komek_points_ref (self->points),
                           (GDestroyNotify) komek_points_unref);
}

static void
points_async (KomekFeed *feed, GCancellable *cancellable, GAsyncReadyCallback callback,
              gpointer data)
{
  g_autoptr (GTask) task = g_task_new (feed, cancellable, callback, data);

  TEST_CROWD (feed)->n_read++;
  answer_points (TEST_CROWD (feed), task);
}

/* As the mirror does, which gives back what it is given where nothing is new. */
static void
points_since_async (KomekFeed *feed, KomekPoints *known, GCancellable *cancellable,
                    GAsyncReadyCallback callback, gpointer data)
{
  TestCrowd *self = TEST_CROWD (feed);
  g_autoptr (GTask) task = g_task_new (feed, cancellable, callback, data);

  self->n_merged++;
  if (!self->refuses
      && g_strcmp0 (komek_points_get_stamp (known), komek_points_get_stamp (self->points)) == 0)
    g_task_return_pointer (task, komek_points_ref (known), (GDestroyNotify) komek_points_unref);
  else
    answer_points (self, task);
}

static KomekPoints *
points_finish (KomekFeed *feed, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Streets in the order of their names, and in each the houses. */
static void
street_ranks_async (KomekFeed *feed, GCancellable *cancellable, GAsyncReadyCallback callback,
                    gpointer data)
{
  static const guint places[] = { 0, 2, 1, 3 };
  g_autoptr (GTask) task = g_task_new (feed, cancellable, callback, data);
  GArray *ranks = g_array_new (FALSE, TRUE, sizeof (guint32));
  guint n;

  komek_points_peek (TEST_CROWD (feed)->points, &n);
  for (guint32 key = 0; key <= n; key++)
    {
      guint32 rank = places[key % G_N_ELEMENTS (streets)] * 1000 + key % 120;

      g_array_append_val (ranks, rank);
    }
  g_task_return_pointer (task, ranks, (GDestroyNotify) g_array_unref);
}

static GArray *
street_ranks_finish (KomekFeed *feed, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
matches (const KomekPoint *point, const char *text, const char *folded)
{
  g_autofree char *number = test_crowd_dup_number (point->key);
  g_autofree char *address = make_address (point->key);
  g_autofree char *folded_address = komek_fold (address);

  return strstr (number, text) || strstr (folded_address, folded);
}

static void
match_async (KomekFeed *feed, const char *text, GCancellable *cancellable,
             GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (feed, cancellable, callback, data);
  g_autofree char *folded = komek_fold (text);
  GArray *keys = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint n;
  const KomekPoint *points = komek_points_peek (TEST_CROWD (feed)->points, &n);

  for (guint i = n; i > 0; i--)
    if (matches (&points[i - 1], text, folded))
      g_array_append_val (keys, points[i - 1].key);
  g_task_return_pointer (task, keys, (GDestroyNotify) g_array_unref);
}

static GArray *
match_finish (KomekFeed *feed, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
search_async (KomekFeed *feed, const char *text, KomekSearchOrder order, guint limit,
              GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (feed, cancellable, callback, data);
  g_autofree char *folded = komek_fold (text);
  GArray *keys = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint n, count = 0;
  const KomekPoint *points = komek_points_peek (TEST_CROWD (feed)->points, &n);

  for (guint i = 0; i < n; i++)
    if (matches (&points[i], text, folded) && count++ < limit)
      g_array_append_val (keys, points[i].key);
  g_task_return_pointer (task, komek_hits_new (keys, count, TRUE),
                         (GDestroyNotify) komek_hits_unref);
}

static KomekHits *
search_finish (KomekFeed *feed, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
unref_if_any (gpointer object)
{
  g_clear_object (&object);
}

static void
answer_load (TestCrowd *self, GTask *task)
{
  GArray *keys = g_task_get_task_data (task);
  GPtrArray *requests = g_ptr_array_new_with_free_func (unref_if_any);

  for (guint i = 0; i < keys->len; i++)
    {
      const KomekPoint *point = find_point (self, g_array_index (keys, guint32, i));

      g_ptr_array_add (requests, point ? make_request (point) : NULL);
    }
  g_task_return_pointer (task, requests, (GDestroyNotify) g_ptr_array_unref);
}

static void
load_async (KomekFeed *feed, GArray *keys, GCancellable *cancellable, GAsyncReadyCallback callback,
            gpointer data)
{
  TestCrowd *self = TEST_CROWD (feed);
  g_autoptr (GTask) task = g_task_new (feed, cancellable, callback, data);

  g_task_set_task_data (task, g_array_copy (keys), (GDestroyNotify) g_array_unref);
  self->n_loads++;
  self->n_loaded += keys->len;
  self->largest_load = MAX (self->largest_load, keys->len);
  if (self->held)
    g_ptr_array_add (self->waiting, g_steal_pointer (&task));
  else
    answer_load (self, task);
}

static GPtrArray *
load_finish (KomekFeed *feed, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
find_async (KomekFeed *feed, const char *number, GCancellable *cancellable,
            GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (feed, cancellable, callback, data);
  guint n;
  const KomekPoint *points = komek_points_peek (TEST_CROWD (feed)->points, &n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *other = test_crowd_dup_number (points[i].key);

      if (!g_str_equal (other, number))
        continue;
      g_task_return_pointer (task, make_request (&points[i]), g_object_unref);
      return;
    }
  g_task_return_pointer (task, NULL, NULL);
}

static KomekRequest *
find_finish (KomekFeed *feed, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
feed_init (KomekFeedInterface *iface)
{
  iface->city_async = city_async;
  iface->city_finish = city_finish;
  iface->services_async = services_async;
  iface->services_finish = services_finish;
  iface->points_async = points_async;
  iface->points_finish = points_finish;
  iface->points_since_async = points_since_async;
  iface->points_since_finish = points_finish;
  iface->street_ranks_async = street_ranks_async;
  iface->street_ranks_finish = street_ranks_finish;
  iface->match_async = match_async;
  iface->match_finish = match_finish;
  iface->search_async = search_async;
  iface->search_finish = search_finish;
  iface->load_async = load_async;
  iface->load_finish = load_finish;
  iface->find_async = find_async;
  iface->find_finish = find_finish;
}

static void
retry (KomekLine *line)
{
  TEST_CROWD (line)->n_retries++;
}

static void
line_init (KomekLineInterface *iface)
{
  iface->retry = retry;
}

/* Nobody files anything here. */
static void
outbox_init (KomekOutboxInterface *iface)
{
}

static void
test_crowd_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  TestCrowd *self = TEST_CROWD (object);
  guint n;

  komek_points_peek (self->points, &n);
  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_enum (value, self->problem ? KOMEK_LINE_BROKEN : n > 0 ? KOMEK_LINE_CURRENT
                        : KOMEK_LINE_FILLING);
      break;
    case PROP_AS_OF:
      g_value_set_int64 (value, n > 0 || !self->problem ? TEST_NOW - 3600 : 0);
      break;
    case PROP_PROBLEM:
      g_value_set_boxed (value, self->problem);
      break;
    case PROP_WAITING:
    case PROP_PARKED:
    case PROP_HELD:
    case PROP_STRAYS:
    case PROP_OLDEST:
    case PROP_OVERDUE:
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
test_crowd_finalize (GObject *object)
{
  TestCrowd *self = TEST_CROWD (object);

  komek_points_unref (self->points);
  g_ptr_array_unref (self->services);
  g_ptr_array_unref (self->waiting);
  g_clear_error (&self->problem);
  G_OBJECT_CLASS (test_crowd_parent_class)->finalize (object);
}

static void
test_crowd_class_init (TestCrowdClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = test_crowd_get_property;
  object_class->finalize = test_crowd_finalize;
  g_object_class_override_property (object_class, PROP_STATE, "state");
  g_object_class_override_property (object_class, PROP_AS_OF, "as-of");
  g_object_class_override_property (object_class, PROP_PROBLEM, "problem");
  g_object_class_override_property (object_class, PROP_WAITING, "waiting");
  g_object_class_override_property (object_class, PROP_PARKED, "parked");
  g_object_class_override_property (object_class, PROP_HELD, "held");
  g_object_class_override_property (object_class, PROP_STRAYS, "strays");
  g_object_class_override_property (object_class, PROP_OLDEST, "oldest");
  g_object_class_override_property (object_class, PROP_OVERDUE, "overdue");
}

static void
add_service (TestCrowd *self, const char *code, const char *group, const char *kk, const char *en,
             const char *group_kk, const char *group_en)
{
  g_autoptr (KomekLabel) name = komek_label_new (kk, kk, en);
  g_autoptr (KomekLabel) group_name = komek_label_new (group_kk, group_kk, group_en);
  KomekServiceFields fields = { .code = code, .name = name, .group = group,
                                .group_name = group_name };

  g_ptr_array_add (self->services, komek_service_new (&fields));
}

static void
test_crowd_init (TestCrowd *self)
{
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  self->services = g_ptr_array_new_with_free_func (g_object_unref);
  add_service (self, "LIG.dark", "LIG", "Түнде жарықтың болмауы", "No light at night",
               "Көше жарығы", "Street lighting");
  add_service (self, "ROA.hole", "ROA", "Жолдағы шұңқыр, опырылу", "Pothole", "Жолдар", "Roads");
  add_service (self, "ROA.slab", "ROA", "Тротуардың бұзылуы", "Broken pavement", "Жолдар", "Roads");
  add_service (self, "WAT.leak", "WAT", "Судың ағуы", "Leak", "Сумен жабдықтау", "Water supply");
  add_service (self, "dogs", "", "Қаңғыбас иттер", "Stray dogs", "", "");
}

TestCrowd *
test_crowd_new (guint n_requests)
{
  TestCrowd *self = g_object_new (TEST_TYPE_CROWD, NULL);

  test_crowd_resize (self, n_requests);
  return self;
}

KomekPoints *
test_crowd_get_points (TestCrowd *self)
{
  return self->points;
}

char *
test_crowd_dup_number (guint32 key)
{
  g_autoptr (GDateTime) day = g_date_time_new_utc (2026, 1 + key / 1000 % 12, 1 + key / 12000 % 28, 0, 0,
                                                   0);

  return komek_number_format (day, key % 100000);
}

/* The newest that has no place. */
guint32
test_crowd_get_homeless (TestCrowd *self)
{
  guint n;
  const KomekPoint *points = komek_points_peek (self->points, &n);

  for (guint i = 0; i < n; i++)
    if (points[i].latitude == KOMEK_POINT_NOWHERE)
      return points[i].key;
  return 0;
}

/* Keys stay what they are, so more requests are newer ones. Says so to whoever listens. */
void
test_crowd_resize (TestCrowd *self, guint n_requests)
{
  GArray *points = g_array_new (FALSE, FALSE, sizeof (KomekPoint));
  g_autofree char *stamp = g_strdup_printf ("crowd of %u", n_requests);

  for (guint i = 0; i < n_requests; i++)
    g_array_append_val (points, ((KomekPoint[]) { make_point (n_requests - i, i) })[0]);
  g_clear_pointer (&self->points, komek_points_unref);
  self->points = komek_points_new (points, codes, districts);
  komek_points_set_stamp (self->points, stamp);
  komek_feed_emit_requests_changed (KOMEK_FEED (self));
}

/* Whether it fails to tell where its requests are. */
void
test_crowd_refuse_points (TestCrowd *self, gboolean refuse)
{
  self->refuses = refuse;
}

/* How often all points were read. */
guint
test_crowd_get_n_read (TestCrowd *self)
{
  return self->n_read;
}

/* How often it was asked for what is new. */
guint
test_crowd_get_n_merged (TestCrowd *self)
{
  return self->n_merged;
}

void
test_crowd_hold (TestCrowd *self)
{
  self->held = TRUE;
}

void
test_crowd_release (TestCrowd *self)
{
  self->held = FALSE;
  while (self->waiting->len > 0)
    {
      g_autoptr (GTask) task = g_ptr_array_steal_index (self->waiting, 0);

      answer_load (self, task);
    }
}

guint
test_crowd_get_n_loads (TestCrowd *self)
{
  return self->n_loads;
}

guint
test_crowd_get_n_loaded (TestCrowd *self)
{
  return self->n_loaded;
}

guint
test_crowd_get_largest_load (TestCrowd *self)
{
  return self->largest_load;
}

/* KOMEK_ERROR_* or -1 to mend it. */
void
test_crowd_break (TestCrowd *self, KomekError code)
{
  g_clear_error (&self->problem);
  if ((int) code >= 0)
    self->problem = g_error_new_literal (KOMEK_ERROR, code, "broken by a test");
  g_object_notify (G_OBJECT (self), "state");
  g_object_notify (G_OBJECT (self), "problem");
}

guint
test_crowd_get_n_retries (TestCrowd *self)
{
  return self->n_retries;
}
