/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-database.h"
#include "komek-points.h"

gboolean komek_point_reader_register (KomekDatabase *database, GError **error);
KomekPoints *komek_point_reader_read (KomekDatabase *database, KomekPoints *known,
                                      GError **error);
