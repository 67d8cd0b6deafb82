/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-database.h"

gboolean komek_mark_table_put_text (KomekDatabase *database, const char *name, const char *text,
                                    GError **error);
gboolean komek_mark_table_put_number (KomekDatabase *database, const char *name, gint64 number,
                                      GError **error);
char *komek_mark_table_dup_text (KomekDatabase *database, const char *name, GError **error);
gint64 komek_mark_table_get_number (KomekDatabase *database, const char *name, GError **error);
gboolean komek_mark_table_has_text (KomekDatabase *database, const char *name, const char *text,
                                    GError **error);
