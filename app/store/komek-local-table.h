/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-database.h"

gboolean komek_local_table_put (KomekDatabase *database, const char *local, const char *number,
                                gboolean *changed, GError **error);
gboolean komek_local_table_clear (KomekDatabase *database, GError **error);
char *komek_local_table_find (KomekDatabase *database, const char *typed, GError **error);
