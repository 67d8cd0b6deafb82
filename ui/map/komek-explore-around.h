/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-map-view.h"

void komek_explore_around_show (KomekMapView *map, double latitude, double longitude,
                                double metres);
