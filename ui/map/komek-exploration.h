/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-categories.h"
#include "komek-context.h"
#include "komek-listing.h"
#include "komek-map-layer.h"
#include "komek-survey.h"

/**
 * KomekViewport:
 * @latitude: the middle of the map
 * @longitude: likewise
 * @zoom: how close it is, 0 before anybody has looked
 *
 * Where somebody looks.
 */
typedef struct
{
  double latitude, longitude;
  double zoom;
} KomekViewport;

#define KOMEK_TYPE_EXPLORATION (komek_exploration_get_type ())
G_DECLARE_FINAL_TYPE (KomekExploration, komek_exploration, KOMEK, EXPLORATION, GObject)

KomekExploration *komek_exploration_new (KomekContext *context);
KomekFilterChoice *komek_exploration_get_choice (KomekExploration *self);
KomekListing *komek_exploration_get_listing (KomekExploration *self);
KomekSurvey *komek_exploration_get_survey (KomekExploration *self);
KomekCategories *komek_exploration_get_categories (KomekExploration *self);
const GError *komek_exploration_get_problem (KomekExploration *self);
const char *komek_exploration_get_search (KomekExploration *self);
void komek_exploration_set_search (KomekExploration *self, const char *search);
KomekListOrder komek_exploration_get_order (KomekExploration *self);
void komek_exploration_set_order (KomekExploration *self, KomekListOrder order);
KomekMapLayer komek_exploration_get_layer (KomekExploration *self);
void komek_exploration_set_layer (KomekExploration *self, KomekMapLayer layer);
KomekDistrictMeasure komek_exploration_get_measure (KomekExploration *self);
void komek_exploration_set_measure (KomekExploration *self, KomekDistrictMeasure measure);
guint komek_exploration_get_around (KomekExploration *self);
void komek_exploration_set_around (KomekExploration *self, guint metres);
KomekPlace *komek_exploration_get_here (KomekExploration *self);
void komek_exploration_get_centre (KomekExploration *self, double *latitude, double *longitude);
KomekViewport komek_exploration_get_viewport (KomekExploration *self);
void komek_exploration_add_map (KomekExploration *self);
void komek_exploration_remove_map (KomekExploration *self);
void komek_exploration_set_view (KomekExploration *self, const KomekViewport *viewport,
                                 KomekBounds *bounds);
GArray *komek_exploration_get_members (KomekExploration *self);
void komek_exploration_show_members (KomekExploration *self, GArray *keys);
gboolean komek_exploration_is_filtered (KomekExploration *self);
void komek_exploration_clear (KomekExploration *self);
void komek_exploration_reset (KomekExploration *self);
