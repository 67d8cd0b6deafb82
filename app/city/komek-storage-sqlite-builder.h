/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-sql.h"
#include "komek-sqlite.h"
#include "komek-storage.h"

void komek_sqlite_builder_add_conditions (KomekSql *sql, const KomekQuery *query,
                                          gboolean by_band);
void komek_sqlite_builder_ask_list (KomekSql *sql, const KomekQuery *query, gboolean by_band);
KomekSqliteRun *komek_sqlite_builder_take (const KomekSql *sql, KomekSqlite *db, GError **error);
