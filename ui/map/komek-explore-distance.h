/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-exploration.h"

double komek_explore_measure (KomekExploration *exploration, KomekRequest *request);
gboolean komek_explore_shows_distances (KomekExploration *exploration);
