/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

typedef struct _KomekDatabase KomekDatabase;
typedef sqlite3_stmt KomekStatement;

KomekDatabase *komek_database_open (const char *path, gboolean writes, GError **error);
void komek_database_close (KomekDatabase *self);
gboolean komek_database_is_corrupt (const KomekDatabase *self);
gboolean komek_database_take_unread (KomekDatabase *self);
void komek_database_set_strict (KomekDatabase *self, gboolean strict);
void komek_database_condemn (KomekDatabase *self, const char *why, GError **error);
gboolean komek_database_execute (KomekDatabase *self, const char *sql, GError **error);
gboolean komek_database_begin (KomekDatabase *self, GError **error);
gboolean komek_database_end (KomekDatabase *self, gboolean keep, GError **error);
KomekStatement *komek_database_prepare (KomekDatabase *self, const char *sql, GError **error);
gboolean komek_database_step (KomekDatabase *self, KomekStatement *statement, GError **error);
gboolean komek_database_find (KomekDatabase *self, KomekStatement *statement, gboolean *found,
                              GError **error);
gboolean komek_database_run (KomekDatabase *self, KomekStatement *statement, GError **error);
gint64 komek_database_get_last_key (KomekDatabase *self);
gint64 komek_database_count_changes (KomekDatabase *self);
sqlite3 *komek_database_get_handle (KomekDatabase *self);

void komek_statement_bind_text (KomekStatement *self, int position, const char *text);
void komek_statement_bind_bytes (KomekStatement *self, int position, const char *text, int length);
void komek_statement_bind_number (KomekStatement *self, int position, gint64 number);
const char *komek_statement_get_text (KomekStatement *self, int column);
const char *komek_statement_peek_text (KomekStatement *self, int column);
gint64 komek_statement_get_number (KomekStatement *self, int column);
void komek_statement_done (KomekStatement *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekDatabase, komek_database_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekStatement, komek_statement_done)
