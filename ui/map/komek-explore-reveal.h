/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-map-view.h"

void komek_explore_reveal (KomekMapView *map, GtkWidget *cover, const KomekPoint *point);
