/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "komek-atlas.h"
#include "komek-filter-choice.h"
#include "komek-list-order.h"

#define KOMEK_TYPE_SURVEY (komek_survey_get_type ())
typedef struct _KomekSurvey KomekSurvey;
GType komek_survey_get_type (void) G_GNUC_CONST;

/**
 * KomekSurveyFields:
 * @points: all requests
 * @places: (nullable): their order by their places, where it is known
 * @filter: what is let through
 * @former: (nullable): a survey of the same points and the same filter, whose look at the whole
 *   city is taken over
 * @atlas: (out): what lies where of what is let through
 * @view: (nullable): the part of the map that shows, %NULL for all of it
 * @members: (nullable) (element-type guint32): requests that alone are listed
 * @order: how the list is ordered
 * @latitude: from where the nearest is told
 * @longitude: likewise
 * @ranks: (nullable) (element-type guint32): of each key its place in the order of the streets
 * @zone: (nullable): whose days the histogram counts, %NULL for those of UTC
 *
 * What a survey is made of; counted where it can be.
 */
typedef struct
{
  KomekPoints   *points;
  KomekMorton   *places;
  KomekFilter   *filter;
  KomekSurvey   *former;
  KomekAtlas    *atlas;
  KomekBounds   *view;
  GArray        *members;
  KomekListOrder order;
  double         latitude, longitude;
  GArray        *ranks;
  GTimeZone     *zone;
} KomekSurveyFields;

KomekSurvey *komek_survey_new (const KomekSurveyFields *fields);
void komek_survey_new_async (const KomekSurveyFields *fields, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer data);
KomekSurvey *komek_survey_new_finish (GAsyncResult *result, GError **error);
KomekSurvey *komek_survey_ref (KomekSurvey *self);
void komek_survey_unref (KomekSurvey *self);
const KomekSurveyFields *komek_survey_peek (const KomekSurvey *self);
KomekAtlas *komek_survey_get_atlas (const KomekSurvey *self);
KomekCounts *komek_survey_get_counts (const KomekSurvey *self);
guint komek_survey_get_period_count (const KomekSurvey *self, KomekPeriod period);
KomekCounts *komek_survey_get_view_counts (const KomekSurvey *self);
const KomekCountsBucket *komek_survey_peek_histogram (const KomekSurvey *self,
                                                      const gint64 **starts, guint *n_days);
KomekBounds *komek_survey_dup_extent (const KomekSurvey *self, const KomekBounds *city);
GArray *komek_survey_get_keys (const KomekSurvey *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekSurvey, komek_survey_unref)
