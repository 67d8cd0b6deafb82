/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-points.h"

GArray *komek_point_merge (KomekPoints *known, GArray *dropped, GArray *fresh);
