/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "komek-plan.h"

/**
 * KomekPlanWord:
 * @outline: the outlines of the letters, round the point (0, 0)
 * @width: in pixels
 * @height: of a capital; of more lines than one, half of what they are high
 *
 * A name as it is lettered on the map.
 */
typedef struct
{
  cairo_path_t *outline;
  double        width, height;
} KomekPlanWord;

typedef struct _KomekPlanLettering KomekPlanLettering;

KomekPlanLettering *komek_plan_lettering_new (KomekPlan *plan, KomekLanguage language,
                                              double emphasis);
void komek_plan_lettering_free (KomekPlanLettering *self);
const KomekPlanWord *komek_plan_lettering_get (KomekPlanLettering *self, guint feature);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekPlanLettering, komek_plan_lettering_free)
