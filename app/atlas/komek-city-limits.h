/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-plan.h"

gboolean komek_city_limits_hold (const KomekPlan *plan, const KomekBounds *bounds, double latitude,
                                 double longitude);
gboolean komek_city_limits_pull_in (const KomekPlan *plan, const KomekBounds *bounds, double metres,
                                    double *latitude, double *longitude);
