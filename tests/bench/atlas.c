/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <malloc.h>
#include <math.h>
#include <time.h>

#include "komek-clusters.h"
#include "komek-density.h"
#include "komek-snapshot.h"

/* Measures the index by itself: bench-atlas N makes a city of N requests, and of it an
 * index, and asks that. Each line it prints is a figure: its name, a tab and the value,
 * times in milliseconds; with -own at its end it is the processor's time.
 *
 * bench-atlas growth N builds indexes of N, of twice and of four times as many requests in turn
 * and prints how many times as long the larger ones took the processor. */

#define NOW 1764547200
#define ROUNDS 9
#define GROWTH_ROUNDS 25
#define LARGE_BLOCK (128 * 1024) /* bytes, as for komek itself */
#define VIEWS 400
#define DAY 86400
#define WIDTH 1920
#define HEIGHT 1080

static const char *const districts[] = { "almaty", "baiqonyr", "esil", "nura", "saryarqa", NULL };

/* On a busy machine the time that has passed says more of the others than of the index. */
typedef struct
{
  double passed, own;
} Watch;

static double
read_clock (clockid_t clock)
{
  struct timespec time;

  clock_gettime (clock, &time);
  return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

static Watch
begin (void)
{
  return (Watch) { read_clock (CLOCK_MONOTONIC), read_clock (CLOCK_PROCESS_CPUTIME_ID) };
}

static void
print (const char *name, Watch since)
{
  Watch now = begin ();

  g_print ("%s\t%.4f\n", name, now.passed - since.passed);
  g_print ("%s-own\t%.4f\n", name, now.own - since.own);
}

static char **
make_services (void)
{
  GPtrArray *codes = g_ptr_array_new ();

  for (guint i = 0; i < 170; i++)
    g_ptr_array_add (codes, g_strdup_printf ("ABC.%u", i));
  g_ptr_array_add (codes, NULL);
  return (char **) g_ptr_array_free (codes, FALSE);
}

/* Dense in the middle and thin outside, as a city is, newest first. */
static KomekPoint
make_point (GRand *rand, guint32 key, guint n)
{
  double far = pow (g_rand_double (rand), 2) * 0.16;
  double angle = g_rand_double_range (rand, 0, 2 * G_PI);
  guint32 requested = NOW - (guint32) ((guint64) (n - key) * 365 * DAY / n);

  return (KomekPoint) {
    .key = key,
    .latitude = (gint32) ((51.13 + far * sin (angle)) * 1e7),
    .longitude = (gint32) ((71.43 + 1.6 * far * cos (angle)) * 1e7),
    .requested = requested,
    .due = requested + 10 * DAY,
    .service = g_rand_int_range (rand, 0, 170),
    .status = g_rand_int_range (rand, 0, KOMEK_N_STATUSES),
    .district = g_rand_int_range (rand, 0, 5),
  };
}

static KomekPoints *
make_points (guint n)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (2026);
  g_auto (GStrv) services = make_services ();
  GArray *array = g_array_sized_new (FALSE, FALSE, sizeof (KomekPoint), n);
  KomekPoints *points;

  for (guint32 key = n; key > 0; key--)
    {
      KomekPoint point = make_point (rand, key, n);

      g_array_append_val (array, point);
    }
  points = komek_points_new (array, (const char *const *) services, districts);
  komek_points_set_stamp (points, "bench");
  return points;
}

/* As after a look at the city: ten requests more, ten that have got another state. */
static KomekPoints *
make_later (KomekPoints *points, guint32 next_key)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (next_key);
  guint n;
  const KomekPoint *old = komek_points_peek (points, &n);
  GArray *array = g_array_sized_new (FALSE, FALSE, sizeof (KomekPoint), n + 10);

  for (guint i = 10; i > 0; i--)
    {
      KomekPoint point = make_point (rand, next_key + i, next_key);

      point.requested = NOW + i;
      g_array_append_val (array, point);
    }
  g_array_append_vals (array, old, n);
  for (guint i = 0; i < 10; i++)
    g_array_index (array, KomekPoint, g_rand_int_range (rand, 10, n)).status = KOMEK_STATUS_DONE;
  return komek_points_new (array, komek_points_get_services (points),
                           komek_points_get_districts (points));
}

/* The part of the map that a screen shows round a point. */
static KomekClusters *
ask (KomekAtlas *atlas, double latitude, double longitude, double zoom)
{
  double world = 256 * exp2 (zoom), x, y;
  KomekMercatorBox box;

  komek_mercator_project (latitude, longitude, &x, &y);
  box = (KomekMercatorBox) { x - WIDTH / 2 / world, y - HEIGHT / 2 / world, x + WIDTH / 2 / world,
                             y + HEIGHT / 2 / world };
  return komek_clusters_new (atlas, &box, world, 78);
}

static void
measure_build (KomekPoints *points)
{
  g_autoptr (KomekFilter) all = komek_filter_new (&(KomekFilterFields) { .now = NOW });

  for (guint i = 0; i < ROUNDS; i++)
    {
      Watch start = begin ();
      g_autoptr (KomekAtlas) atlas = komek_atlas_new (points, all);

      print ("build", start);
    }
}

static double
build_own (KomekPoints *points)
{
  g_autoptr (KomekFilter) all = komek_filter_new (&(KomekFilterFields) { .now = NOW });
  Watch start = begin ();
  g_autoptr (KomekAtlas) atlas = komek_atlas_new (points, all);

  return begin ().own - start.own;
}

static void
measure_growth (guint n)
{
  g_autoptr (KomekPoints) once = make_points (n);
  g_autoptr (KomekPoints) twice = make_points (2 * n);
  g_autoptr (KomekPoints) four_times = make_points (4 * n);

  for (guint i = 0; i < GROWTH_ROUNDS; i++)
    {
      double own = build_own (once);

      g_print ("once\t%.4f\n", own);
      g_print ("twice\t%.4f\n", build_own (twice) / own);
      g_print ("four-times\t%.4f\n", build_own (four_times) / own);
    }
}

static KomekFilter *
make_filter (guint kind)
{
  static const guint16 services[] = { 1, 5, 9, 40, 41, 42, 43, 100 };
  static const guint8 some[] = { 1, 3 };
  KomekFilterFields fields = { .now = NOW };

  switch (kind % 5)
    {
    case 0:
      fields.services = services;
      fields.n_services = G_N_ELEMENTS (services);
      break;
    case 1:
      fields.districts = some;
      fields.n_districts = G_N_ELEMENTS (some);
      break;
    case 2:
      fields.from = NOW - 180 * DAY;
      break;
    case 3:
      fields.groups = KOMEK_GROUP_BIT (KOMEK_GROUP_LATE);
      break;
    default:
      fields.answered = TRUE;
      break;
    }
  return komek_filter_new (&fields);
}

/* Until the clusters of the view are there that a map would draw. */
static void
measure_filters (KomekAtlas *atlas)
{
  for (guint i = 0; i < 4 * ROUNDS; i++)
    {
      g_autoptr (KomekFilter) filter = make_filter (i);
      Watch start = begin ();
      g_autoptr (KomekAtlas) filtered =
        komek_atlas_new_after (atlas, komek_atlas_get_points (atlas), filter);
      g_autoptr (KomekClusters) clusters = ask (filtered, 51.13, 71.43, 12);

      print ("filter", start);
    }
}

static void
measure_changes (KomekAtlas *atlas)
{
  KomekPoints *points = komek_atlas_get_points (atlas);
  guint n;

  komek_points_peek (points, &n);
  for (guint i = 0; i < ROUNDS; i++)
    {
      g_autoptr (KomekPoints) later = make_later (points, n + 10 * i);
      Watch start = begin ();
      g_autoptr (KomekAtlas) merged =
        komek_atlas_new_after (atlas, later, komek_atlas_get_filter (atlas));

      print ("merge", start);
    }
}

static void
measure_views (KomekAtlas *atlas)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (30);

  for (guint i = 0; i < VIEWS; i++)
    {
      double latitude = g_rand_double_range (rand, 51.05, 51.21);
      double longitude = g_rand_double_range (rand, 71.25, 71.61);
      double zoom = g_rand_double_range (rand, 9, 18);
      Watch start = begin ();
      g_autoptr (KomekClusters) clusters = ask (atlas, latitude, longitude, zoom);
      guint n;

      print ("clusters", start);
      komek_clusters_peek (clusters, &n);
      g_print ("shown\t%u\n", n);
    }
}

/* The file lies in the memory of the system already, as after any start but the first. */
static void
measure_snapshot (KomekAtlas *atlas)
{
  g_autofree char *folder = g_dir_make_tmp ("komek-bench-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "map.snapshot", NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < ROUNDS; i++)
    {
      Watch start = begin ();

      if (!komek_snapshot_write (path, komek_atlas_get_order (atlas), &error))
        g_error ("%s", error->message);
      print ("snapshot-write", start);
    }
  for (guint i = 0; i < ROUNDS; i++)
    {
      Watch start = begin ();
      g_autoptr (KomekMorton) order = komek_snapshot_read (path, &error);

      print ("snapshot", start);
      if (!order)
        g_error ("%s", error->message);
    }
  g_remove (path);
  g_rmdir (folder);
}

static void
measure_density (KomekAtlas *atlas)
{
  KomekMercatorBox box;

  komek_mercator_project (51.30, 71.15, &box.x0, &box.y0);
  komek_mercator_project (50.96, 71.71, &box.x1, &box.y1);
  for (guint i = 0; i < 4 * ROUNDS; i++)
    {
      Watch start = begin ();
      g_autoptr (KomekDensity) density = komek_density_new (atlas, &box, 320, 256);

      print ("density", start);
    }
}

static void
measure_radius (KomekAtlas *atlas)
{
  for (guint i = 0; i < 4 * ROUNDS; i++)
    {
      Watch start = begin ();
      g_autoptr (GArray) keys = komek_atlas_list_within (atlas, 51.13, 71.43, 1000, G_MAXUINT);

      print ("radius", start);
    }
}

static void
measure_all (guint n)
{
  g_autoptr (KomekFilter) all = komek_filter_new (&(KomekFilterFields) { .now = NOW });
  g_autoptr (KomekPoints) points = make_points (n);
  g_autoptr (KomekAtlas) atlas = NULL;
  g_autoptr (KomekFilter) half = make_filter (4);
  g_autoptr (KomekAtlas) filtered = NULL;

  measure_build (points);
  atlas = komek_atlas_new (points, all);
  measure_filters (atlas);
  measure_changes (atlas);
  measure_views (atlas);
  measure_snapshot (atlas);
  measure_density (atlas);
  measure_radius (atlas);
  filtered = komek_atlas_new_after (atlas, points, half);
  g_print ("bytes\t%.1f\nbytes-filtered\t%.1f\n", (double) komek_atlas_get_size (atlas) / n,
           (double) komek_atlas_get_size (filtered) / n);
}

int
main (int argc, char **argv)
{
  gboolean growth = argc == 3 && g_str_equal (argv[1], "growth");

  if (argc != 2 && !growth)
    g_error ("bench-atlas [growth] N");
  /* As komek does, so that an index is given the same memory here. */
  mallopt (M_MMAP_THRESHOLD, LARGE_BLOCK);
  mallopt (M_TRIM_THRESHOLD, LARGE_BLOCK);
  if (growth)
    measure_growth (g_ascii_strtoull (argv[2], NULL, 10));
  else
    measure_all (g_ascii_strtoull (argv[1], NULL, 10));
  return 0;
}
