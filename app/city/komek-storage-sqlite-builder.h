/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-sqlite.h"
#include "komek-storage.h"

/**
 * KomekSqliteBuilder:
 * @by_band: whether a rectangle is looked up in its bands
 *
 * A statement and the values of its places. Values never stand in the
 * statement itself, so that few different ones are ever compiled.
 */
typedef struct
{
  GString *sql;
  GArray  *values;
  gboolean by_band;
} KomekSqliteBuilder;

void komek_sqlite_builder_init (KomekSqliteBuilder *self, const char *sql);
void komek_sqlite_builder_clear (KomekSqliteBuilder *self);
void komek_sqlite_builder_add_number (KomekSqliteBuilder *self, const char *condition,
                                      double number);
void komek_sqlite_builder_add_conditions (KomekSqliteBuilder *self, const KomekQuery *query);
void komek_sqlite_builder_ask_list (KomekSqliteBuilder *self, const KomekQuery *query);
void komek_sqlite_builder_ask_history (KomekSqliteBuilder *self, const KomekStepQuery *query);
KomekSqliteRun *komek_sqlite_builder_take (KomekSqliteBuilder *self, KomekSqlite *db,
                                           GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (KomekSqliteBuilder, komek_sqlite_builder_clear)
