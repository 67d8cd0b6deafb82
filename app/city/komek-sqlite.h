/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

gboolean komek_sqlite_fail (sqlite3 *db, GError **error);
gboolean komek_sqlite_run (sqlite3 *db, const char *sql, GError **error);
sqlite3_stmt *komek_sqlite_prepare (sqlite3 *db, const char *sql, GError **error);
void komek_sqlite_bind_text (sqlite3_stmt *statement, int place, const char *text);
gboolean komek_sqlite_finish (sqlite3 *db, sqlite3_stmt *statement, GError **error);
gint64 komek_sqlite_ask (sqlite3 *db, const char *sql, gint64 otherwise);
const char *komek_sqlite_peek_text (sqlite3_stmt *statement, int column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, sqlite3_finalize)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3, sqlite3_close)
