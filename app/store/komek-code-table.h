/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-database.h"

/**
 * KomekCodeTable:
 *
 * A table of codes of which a request holds only the row.
 */
typedef enum
{
  KOMEK_CODE_SERVICES,
  KOMEK_CODE_DISTRICTS,
} KomekCodeTable;

gint64 komek_code_table_intern (KomekDatabase *database, KomekCodeTable table, GHashTable *known,
                                const char *code, GError **error);
char **komek_code_table_read (KomekDatabase *database, KomekCodeTable table, GError **error);
