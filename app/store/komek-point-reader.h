/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-database.h"
#include "komek-points.h"

KomekPoints *komek_point_reader_read (KomekDatabase *database, KomekPoints *known,
                                      GError **error);
