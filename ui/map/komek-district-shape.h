/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-plan.h"

gboolean komek_district_shape_holds (const KomekPlanFeature *feature, double x, double y);
void komek_district_shape_find_inside (const KomekPlanFeature *feature, double *x, double *y);
