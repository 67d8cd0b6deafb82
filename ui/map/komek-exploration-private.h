/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-exploration.h"
#include "komek-seeker.h"

#define KOMEK_EXPLORATION_FARTHEST 20000000 /* metres: half way round the world */

/**
 * KomekExploration:
 *
 * What somebody looks at on the map of requests: the filters, the text searched for, the part
 * of the map, the chosen request; and what all that comes to.
 *
 * It outlives the page, so that neither Back nor another language loses the way
 * somebody looked. Every change starts one survey in a thread; changes that
 * come meanwhile are taken together into the next. A search shows its first
 * hits before that: among a million requests a survey takes a blink too long
 * for somebody who types.
 */
struct _KomekExploration
{
  GObject            parent;
  KomekContext      *context;
  GCancellable      *cancellable;
  KomekFilterChoice *choice;
  KomekListing      *listing;

  KomekStock        *stock;
  KomekCategories   *categories;
  KomekSeeker       *seeker;

  KomekViewport      viewport;
  KomekBounds       *view; /* NULL until a map shows */
  guint              n_maps;
  GArray            *members;
  KomekListOrder     order;
  GArray            *ranks; /* by street, of all requests; NULL until somebody wants them */
  gboolean           ranking, rank_again;
  KomekMapLayer      layer;
  KomekDistrictMeasure measure;
  guint              around; /* metres, 0 for off */
  double             latitude, longitude; /* what it is around */

  KomekSurvey       *survey;
  gboolean           surveying, survey_again;
  gboolean           overtaken; /* the survey on its way is of a former search */
  gboolean           stale; /* the filter of the survey is another than that of now */
};

enum
{
  PROP_SURVEY = 1,
  PROP_PROBLEM,
  PROP_SEARCH,
  PROP_ORDER,
  PROP_LAYER,
  PROP_MEASURE,
  PROP_AROUND,
  PROP_HERE,
  N_PROPS
};

extern GParamSpec *komek_exploration_props[N_PROPS];

KomekFilter *komek_exploration_make_filter (KomekExploration *self, GArray *matches);
gboolean komek_exploration_is_awaiting (KomekExploration *self);
void komek_exploration_survey (KomekExploration *self);
void komek_exploration_filter_anew (KomekExploration *self);
void komek_exploration_rank_streets (KomekExploration *self);
