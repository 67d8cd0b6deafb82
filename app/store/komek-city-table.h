/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-city.h"
#include "komek-database.h"
#include "komek-progress.h"

gboolean komek_city_table_put (KomekDatabase *database, KomekCity *city, gboolean *changed,
                               GError **error);
gboolean komek_city_table_put_progress (KomekDatabase *database, const KomekProgress *progress,
                                        GError **error);
gboolean komek_city_table_clear (KomekDatabase *database, gboolean *changed, GError **error);
KomekCity *komek_city_table_read (KomekDatabase *database, GError **error);
gboolean komek_city_table_read_progress (KomekDatabase *database, KomekProgress *progress,
                                         GError **error);
