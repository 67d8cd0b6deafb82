/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <shumate/shumate.h>

#include "komek-plan-painter.h"

#define KOMEK_PLAN_FIRST_ZOOM 10

#define KOMEK_TYPE_PLAN_SOURCE (komek_plan_source_get_type ())
G_DECLARE_FINAL_TYPE (KomekPlanSource, komek_plan_source, KOMEK, PLAN_SOURCE, ShumateMapSource)

KomekPlanSource *komek_plan_source_new (KomekPlanPainter *painter, GListModel *tiles, guint scale);
void komek_plan_source_close (KomekPlanSource *self);
