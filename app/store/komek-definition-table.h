/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-database.h"

gboolean komek_definition_table_put (KomekDatabase *database, const char *service,
                                     GPtrArray *attributes, GError **error);
gboolean komek_definition_table_clear (KomekDatabase *database, GError **error);
GPtrArray *komek_definition_table_read (KomekDatabase *database, const char *service,
                                        GError **error);
