/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-database.h"
#include "komek-points.h"
#include "komek-request.h"

gboolean komek_request_table_put (KomekDatabase *database, KomekRequest *request, gboolean *changed,
                                  GError **error);
gboolean komek_request_table_clear (KomekDatabase *database, gboolean *changed, GError **error);
KomekRequest *komek_request_table_load (KomekDatabase *database, guint32 key, GError **error);
KomekRequest *komek_request_table_find (KomekDatabase *database, const char *number,
                                        GError **error);
KomekPoints *komek_request_table_read_points (KomekDatabase *database, GError **error);
