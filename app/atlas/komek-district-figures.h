/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-atlas.h"
#include "komek-plan.h"

/**
 * KomekDistrictFigure:
 * @feature: the district on the plan
 * @total: how many requests the filter lets through there, with a place on the map or without
 * @open: how many of them still wait
 * @overdue: how many of these wait longer than they should
 * @answered: how many the city has answered
 * @median_days: half of the answers came within so many days; NaN where there is none
 * @km2: how large it is, in square kilometres
 * @population: how many people live there, 0 where the plan does not say
 *
 * What there is to say of a district.
 */
typedef struct
{
  const KomekPlanFeature *feature;
  guint                   total, open, overdue, answered;
  double                  median_days;
  double                  km2;
  guint                   population;
} KomekDistrictFigure;

#define KOMEK_TYPE_DISTRICT_FIGURES (komek_district_figures_get_type ())
typedef struct _KomekDistrictFigures KomekDistrictFigures;
GType komek_district_figures_get_type (void) G_GNUC_CONST;

KomekDistrictFigures *komek_district_figures_new (KomekPlan *plan, KomekAtlas *atlas);
KomekDistrictFigures *komek_district_figures_ref (KomekDistrictFigures *self);
void komek_district_figures_unref (KomekDistrictFigures *self);
const KomekDistrictFigure *komek_district_figures_peek (const KomekDistrictFigures *self,
                                                        guint *n_districts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekDistrictFigures, komek_district_figures_unref)
