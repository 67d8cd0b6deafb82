/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-plan.h"

GPtrArray *komek_plan_borders_list (KomekPlan *plan);
