/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-mercator.h"

KomekMercatorBox komek_free_room_find (double width, double height, const GArray *marks);
