/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

/**
 * KomekSqlite:
 *
 * A connection to a database, with the statements that it has run. Only one
 * thread at a time may use it.
 */
typedef struct
{
  sqlite3    *db;
  GHashTable *statements;
} KomekSqlite;

/* A statement that its connection keeps: what goes out of use is made ready for the next time. */
typedef sqlite3_stmt KomekSqliteRun;

KomekSqlite *komek_sqlite_open (const char *path, int flags, GError **error);
void komek_sqlite_close (KomekSqlite *self);

gboolean komek_sqlite_fail (KomekSqlite *self, GError **error);
gboolean komek_sqlite_run (KomekSqlite *self, const char *sql, GError **error);
gint64 komek_sqlite_ask (KomekSqlite *self, const char *sql, gint64 otherwise);

KomekSqliteRun *komek_sqlite_take (KomekSqlite *self, const char *sql, GError **error);
void komek_sqlite_trim (KomekSqlite *self);
void komek_sqlite_release (KomekSqliteRun *statement);
void komek_sqlite_bind_text (KomekSqliteRun *statement, int place, const char *text);
gboolean komek_sqlite_step (KomekSqlite *self, KomekSqliteRun *statement, gboolean *row,
                            GError **error);
gboolean komek_sqlite_finish (KomekSqlite *self, KomekSqliteRun *statement, GError **error);
const char *komek_sqlite_peek_text (KomekSqliteRun *statement, int column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekSqlite, komek_sqlite_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekSqliteRun, komek_sqlite_release)
