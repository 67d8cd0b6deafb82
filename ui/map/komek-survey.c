/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-survey.h"

#include "komek-place.h"

#include <string.h>

#define DAYS 366 /* of the histogram: a year, and the day that is not over yet */

/**
 * KomekSurvey:
 *
 * What a filter and a part of the map come to: the atlas, the counts of the whole city and of
 * the view, a histogram of the year, and the keys of the list in their order.
 *
 * Immutable and counted; made in a thread, since a million requests take longer than a frame.
 *
 * A request without a place cannot lie in any part of the map. Where all that
 * have a place are in view, those without are listed and counted too, so that
 * the whole city is the whole city; once somebody looks closer they are left out.
 */
struct _KomekSurvey
{
  gatomicrefcount   refs;
  KomekSurveyFields fields;
  KomekCounts      *counts;
  KomekCounts      *shown; /* what the whole filter lets through, in the whole city */
  guint             periods[KOMEK_N_PERIODS];
  KomekCounts      *view_counts;
  GArray           *keys;
};

G_DEFINE_BOXED_TYPE (KomekSurvey, komek_survey, komek_survey_ref, komek_survey_unref)

static void
copy_fields (KomekSurveyFields *to, const KomekSurveyFields *from)
{
  *to = *from;
  komek_points_ref (to->points);
  komek_filter_ref (to->filter);
  if (to->places)
    komek_morton_ref (to->places);
  to->atlas = NULL;
  if (to->former)
    komek_survey_ref (to->former);
  if (to->view)
    komek_bounds_ref (to->view);
  if (to->members)
    g_array_ref (to->members);
  if (to->ranks)
    g_array_ref (to->ranks);
  if (to->zone)
    g_time_zone_ref (to->zone);
}

static void
clear_fields (KomekSurveyFields *fields)
{
  g_clear_pointer (&fields->points, komek_points_unref);
  g_clear_pointer (&fields->places, komek_morton_unref);
  g_clear_pointer (&fields->filter, komek_filter_unref);
  g_clear_pointer (&fields->atlas, komek_atlas_unref);
  g_clear_pointer (&fields->former, komek_survey_unref);
  g_clear_pointer (&fields->view, komek_bounds_unref);
  g_clear_pointer (&fields->members, g_array_unref);
  g_clear_pointer (&fields->ranks, g_array_unref);
  g_clear_pointer (&fields->zone, g_time_zone_unref);
}

/* How many each period would show under the other parts of the filter. The newest come first, so
 * a period is over where one is too old for it. */
static void
count_periods (KomekSurvey *self, const KomekSieve *sieve)
{
  const guint8 *missed = komek_sieve_peek_missed (sieve);
  gint64 now = komek_filter_get_now (self->fields.filter);
  guint n, i = 0, count = 0;
  const KomekPoint *points = komek_points_peek (self->fields.points, &n);

  for (guint period = KOMEK_PERIOD_WEEK; period < KOMEK_N_PERIODS; period++)
    {
      gint64 start = komek_period_get_start (period, now, self->fields.zone);

      for (; i < n && points[i].requested >= start; i++)
        count += (missed[i] & ~KOMEK_FILTER_PERIOD) == 0;
      self->periods[period] = count;
    }
  for (; i < n; i++)
    count += (missed[i] & ~KOMEK_FILTER_PERIOD) == 0;
  self->periods[KOMEK_PERIOD_ALL] = count;
}

/* What the list is ordered by; see #KomekListOrder. */
static guint64
rank_by_distance (const KomekPoint *point, gpointer data)
{
  const KomekSurveyFields *fields = data;

  if (point->latitude == KOMEK_POINT_NOWHERE)
    return G_MAXUINT64;
  return (guint64) (1000 * komek_place_metres_between (fields->latitude, fields->longitude,
                                                       point->latitude / 1e7,
                                                       point->longitude / 1e7));
}

static guint64
rank_by_street (const KomekPoint *point, gpointer data)
{
  const KomekSurveyFields *fields = data;

  return point->key < fields->ranks->len ? g_array_index (fields->ranks, guint32, point->key)
                                         : G_MAXUINT32;
}

static guint64
rank_by_deadline (const KomekPoint *point, gpointer data)
{
  guint64 beyond = (guint64) G_MAXUINT32 + 1;

  if (!komek_status_is_open (point->status))
    return beyond + 1;
  return point->due > 0 ? point->due : beyond;
}

static KomekAtlasRanker
choose_ranker (const KomekSurveyFields *fields)
{
  switch (fields->order)
    {
    case KOMEK_LIST_NEAREST:
      return rank_by_distance;
    case KOMEK_LIST_STREET:
      return fields->ranks ? rank_by_street : NULL;
    case KOMEK_LIST_DEADLINE:
      return rank_by_deadline;
    case KOMEK_LIST_NEWEST:
    default:
      return NULL;
    }
}

/* The order of @keys stays; what the filter holds back by now is left out. */
static GArray *
keep_members (GArray *keys, GArray *members)
{
  g_autoptr (GHashTable) wanted = g_hash_table_new (NULL, NULL);
  GArray *kept = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint i = 0; i < members->len; i++)
    g_hash_table_add (wanted, GUINT_TO_POINTER (g_array_index (members, guint32, i)));
  for (guint i = 0; i < keys->len; i++)
    if (g_hash_table_contains (wanted, GUINT_TO_POINTER (g_array_index (keys, guint32, i))))
      g_array_append_val (kept, g_array_index (keys, guint32, i));
  return kept;
}

static void
look_at_view (KomekSurvey *self)
{
  KomekSurveyFields *fields = &self->fields;
  gboolean whole = komek_atlas_count_places (fields->atlas, fields->view)
                   == komek_atlas_get_n_placed (fields->atlas);
  g_autoptr (GArray) keys = NULL;

  self->view_counts = whole ? komek_counts_ref (self->shown)
                            : komek_counts_new_empty (fields->points);
  keys = komek_atlas_list_ranked (fields->atlas, whole ? NULL : fields->view,
                                  whole ? NULL : self->view_counts, choose_ranker (fields),
                                  fields);
  self->keys = fields->members ? keep_members (keys, fields->members) : g_steal_pointer (&keys);
}

/* When each day of the year began that ends with today, and when today ends. */
static void
find_days (const KomekSurvey *self, gint64 starts[DAYS + 1])
{
  GTimeZone *zone = self->fields.zone;
  g_autoptr (GTimeZone) utc = zone ? NULL : g_time_zone_new_utc ();
  g_autoptr (GDateTime) moment =
    g_date_time_new_from_unix_utc (komek_filter_get_now (self->fields.filter));
  g_autoptr (GDateTime) now = g_date_time_to_timezone (moment, zone ? zone : utc);
  GDate date;

  g_date_set_dmy (&date, g_date_time_get_day_of_month (now), g_date_time_get_month (now),
                  g_date_time_get_year (now));
  g_date_subtract_days (&date, DAYS - 1);
  for (guint i = 0; i <= DAYS; i++, g_date_add_days (&date, 1))
    {
      g_autoptr (GDateTime) midnight =
        g_date_time_new (zone ? zone : utc, g_date_get_year (&date), g_date_get_month (&date),
                         g_date_get_day (&date), 0, 0, 0);

      starts[i] = g_date_time_to_unix (midnight);
    }
}

static void
look_at_city (KomekSurvey *self)
{
  KomekSurveyFields *fields = &self->fields;
  gint64 starts[DAYS + 1];

  if (!fields->atlas)
    fields->atlas = fields->places ? komek_atlas_new_from_order (fields->places, fields->filter)
                                   : komek_atlas_new (fields->points, fields->filter);
  find_days (self, starts);
  self->counts = komek_counts_new (komek_atlas_get_sieve (fields->atlas), starts, DAYS,
                                   &self->shown);
  count_periods (self, komek_atlas_get_sieve (fields->atlas));
}

/* Another part of the map leaves the city as it was. */
static void
take_city (KomekSurvey *self, const KomekSurvey *former)
{
  self->fields.atlas = komek_atlas_ref (former->fields.atlas);
  self->counts = komek_counts_ref (former->counts);
  self->shown = komek_counts_ref (former->shown);
  memcpy (self->periods, former->periods, sizeof self->periods);
}

/**
 * komek_survey_new:
 *
 * Returns: (transfer full): the survey
 */
KomekSurvey *
komek_survey_new (const KomekSurveyFields *fields)
{
  KomekSurvey *self = g_new0 (KomekSurvey, 1);

  g_atomic_ref_count_init (&self->refs);
  copy_fields (&self->fields, fields);
  if (fields->former)
    take_city (self, fields->former);
  else
    look_at_city (self);
  /* It would keep the one before it, and that the one before. */
  g_clear_pointer (&self->fields.former, komek_survey_unref);
  look_at_view (self);
  return self;
}

static void
fields_free (gpointer data)
{
  clear_fields (data);
  g_free (data);
}

static void
survey_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_pointer (task, komek_survey_new (data), (GDestroyNotify) komek_survey_unref);
}

/**
 * komek_survey_new_async:
 *
 * Does what komek_survey_new() does in a thread.
 */
void
komek_survey_new_async (const KomekSurveyFields *fields, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);
  KomekSurveyFields *copy = g_new (KomekSurveyFields, 1);

  copy_fields (copy, fields);
  g_task_set_source_tag (task, komek_survey_new_async);
  g_task_set_task_data (task, copy, fields_free);
  g_task_run_in_thread (task, survey_in_thread);
}

/**
 * komek_survey_new_finish:
 *
 * Fails only where it was cancelled.
 *
 * Returns: (transfer full): the survey
 */
KomekSurvey *
komek_survey_new_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, komek_survey_new_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

KomekSurvey *
komek_survey_ref (KomekSurvey *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
komek_survey_unref (KomekSurvey *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  clear_fields (&self->fields);
  komek_counts_unref (self->counts);
  komek_counts_unref (self->shown);
  komek_counts_unref (self->view_counts);
  g_array_unref (self->keys);
  g_free (self);
}

/* What it was made of. */
const KomekSurveyFields *
komek_survey_peek (const KomekSurvey *self)
{
  return &self->fields;
}

KomekAtlas *
komek_survey_get_atlas (const KomekSurvey *self)
{
  return self->fields.atlas;
}

/* The whole city: what each state and category would show under the other parts of the filter. */
KomekCounts *
komek_survey_get_counts (const KomekSurvey *self)
{
  return self->counts;
}

guint
komek_survey_get_period_count (const KomekSurvey *self, KomekPeriod period)
{
  g_return_val_if_fail ((guint) period < KOMEK_N_PERIODS, 0);

  return self->periods[period];
}

/* What is in view and let through by the filter. */
KomekCounts *
komek_survey_get_view_counts (const KomekSurvey *self)
{
  return self->view_counts;
}

/**
 * komek_survey_peek_histogram:
 * @starts: (out) (optional): when each day begins, seconds since 1970, and behind them when the
 *   last one ends
 * @n_days: (out): how many days there are: those of the year that ends with today
 *
 * Returns: (transfer none) (array length=n_days): what was registered on each day of what all
 *   parts of the filter but the time let through, in the whole city
 */
const KomekCountsBucket *
komek_survey_peek_histogram (const KomekSurvey *self, const gint64 **starts, guint *n_days)
{
  if (starts)
    *starts = komek_counts_peek_starts (self->counts);
  return komek_counts_peek_buckets (self->counts, n_days);
}

/**
 * komek_survey_dup_extent:
 * @city: what lies outside of it is somebody's mistake, and no reason to look from afar
 *
 * Returns: (transfer full) (nullable): the part of the city in which all lies that the filter
 *   lets through, %NULL where nothing of it has a place there
 */
KomekBounds *
komek_survey_dup_extent (const KomekSurvey *self, const KomekBounds *city)
{
  const guint8 *missed = komek_sieve_peek_missed (komek_atlas_get_sieve (self->fields.atlas));
  gint32 south = G_MAXINT32, west = G_MAXINT32, north = G_MININT32, east = G_MININT32;
  guint n;
  const KomekPoint *point = komek_points_peek (self->fields.points, &n);

  for (guint i = 0; i < n; i++, point++)
    {
      if (missed[i] != 0
          || !komek_bounds_contains (city, point->latitude / 1e7, point->longitude / 1e7))
        continue;
      south = MIN (south, point->latitude);
      north = MAX (north, point->latitude);
      west = MIN (west, point->longitude);
      east = MAX (east, point->longitude);
    }
  return south <= north ? komek_bounds_new (south / 1e7, west / 1e7, north / 1e7, east / 1e7,
                                            NULL) : NULL;
}

/**
 * komek_survey_get_keys:
 *
 * Returns: (transfer none) (element-type guint32): what the list shows, in its order
 */
GArray *
komek_survey_get_keys (const KomekSurvey *self)
{
  return self->keys;
}
