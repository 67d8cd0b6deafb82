/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-gazetteer-places.h"
#include "komek-pack-lines.h"

gboolean komek_pack_square_read (GBytes *tile, guint zoom, guint column, guint row,
                                 KomekGazetteerPlaces *places, GArray *houses,
                                 KomekPackLines *lines, GError **error);
