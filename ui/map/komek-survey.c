/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-survey.h"

/**
 * KomekSurvey:
 *
 * What a filter and a part of the map come to: the atlas, the counts of the whole city and of
 * the view, and the keys of the list in their order.
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
  if (to->atlas)
    komek_atlas_ref (to->atlas);
  if (to->view)
    komek_bounds_ref (to->view);
  if (to->members)
    g_array_ref (to->members);
}

static void
clear_fields (KomekSurveyFields *fields)
{
  g_clear_pointer (&fields->points, komek_points_unref);
  g_clear_pointer (&fields->filter, komek_filter_unref);
  g_clear_pointer (&fields->atlas, komek_atlas_unref);
  g_clear_pointer (&fields->view, komek_bounds_unref);
  g_clear_pointer (&fields->members, g_array_unref);
}

/* How many each period would show under the other parts of the filter. */
static void
count_periods (KomekSurvey *self)
{
  guint n;
  const KomekPoint *point = komek_points_peek (self->fields.points, &n);
  gint64 now = komek_filter_get_now (self->fields.filter);

  for (guint i = 0; i < n; i++, point++)
    if ((komek_filter_test (self->fields.filter, point) & ~KOMEK_FILTER_PERIOD) == 0)
      for (guint j = 0; j < KOMEK_N_PERIODS; j++)
        self->periods[j] += point->requested >= komek_period_get_start (j, now);
}

static GArray *
list_all (KomekSurvey *self)
{
  GArray *keys = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint n;
  const KomekPoint *point = komek_points_peek (self->fields.points, &n);

  for (guint i = 0; i < n; i++, point++)
    if (komek_filter_test (self->fields.filter, point) == 0)
      {
        g_array_append_val (keys, point->key);
        komek_counts_add (self->view_counts, point,
                          komek_filter_group_of (self->fields.filter, point));
      }
  return keys;
}

/* Puts the keys of @all that @first lacks behind it. */
static void
append_missing (GArray *first, GArray *all)
{
  g_autoptr (GHashTable) there = NULL;

  if (first->len == all->len)
    return;
  there = g_hash_table_new (NULL, NULL);
  for (guint i = 0; i < first->len; i++)
    g_hash_table_add (there, GUINT_TO_POINTER (g_array_index (first, guint32, i)));
  for (guint i = 0; i < all->len; i++)
    if (!g_hash_table_contains (there, GUINT_TO_POINTER (g_array_index (all, guint32, i))))
      g_array_append_val (first, g_array_index (all, guint32, i));
}

static GArray *
list_placed (const KomekSurvey *self)
{
  const KomekSurveyFields *fields = &self->fields;

  if (fields->nearest)
    return komek_atlas_list_nearest (fields->atlas, fields->view, fields->latitude,
                                     fields->longitude, G_MAXUINT);
  return komek_atlas_list_newest (fields->atlas, fields->view, G_MAXUINT);
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
  const KomekSurveyFields *fields = &self->fields;
  g_autoptr (KomekCounts) placed = komek_atlas_count (fields->atlas, fields->view);
  g_autoptr (GArray) keys = NULL;

  if (komek_counts_get_total (placed) == komek_atlas_get_n_placed (fields->atlas))
    {
      self->view_counts = komek_counts_new_empty (fields->points);
      keys = list_all (self);
      if (fields->nearest)
        {
          g_autoptr (GArray) all = g_steal_pointer (&keys);

          keys = list_placed (self);
          append_missing (keys, all);
        }
    }
  else
    {
      self->view_counts = g_steal_pointer (&placed);
      keys = list_placed (self);
    }
  self->keys = fields->members ? keep_members (keys, fields->members) : g_steal_pointer (&keys);
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
  if (!self->fields.atlas)
    self->fields.atlas = komek_atlas_new (fields->points, fields->filter);
  self->counts = komek_counts_new (fields->points, fields->filter, 0, 1, 0);
  count_periods (self);
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
 * komek_survey_dup_extent:
 *
 * Returns: (transfer full) (nullable): the part of the city in which all lies that the filter
 *   lets through, %NULL where nothing of it has a place
 */
KomekBounds *
komek_survey_dup_extent (const KomekSurvey *self)
{
  gint32 south = G_MAXINT32, west = G_MAXINT32, north = G_MININT32, east = G_MININT32;
  guint n;
  const KomekPoint *point = komek_points_peek (self->fields.points, &n);

  for (guint i = 0; i < n; i++, point++)
    {
      if (point->latitude == KOMEK_POINT_NOWHERE
          || komek_filter_test (self->fields.filter, point) != 0)
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
