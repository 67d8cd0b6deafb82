/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-database.h"

gboolean komek_service_table_put (KomekDatabase *database, GPtrArray *services, gboolean *changed,
                                  GError **error);
GPtrArray *komek_service_table_read (KomekDatabase *database, GError **error);
