/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-gazetteer-places.h"

gboolean komek_pack_square_read (GBytes *tile, guint zoom, guint column, guint row,
                                 KomekGazetteerPlaces *places, GArray *houses, GError **error);
