/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <libpq-fe.h>

typedef struct _KomekPostgres KomekPostgres;

KomekPostgres *komek_postgres_new (const char *address, const char *on_connect);
void komek_postgres_free (KomekPostgres *self);
gboolean komek_postgres_connect (KomekPostgres *self, GError **error);
gboolean komek_postgres_is_lost (const KomekPostgres *self);
void komek_postgres_hang_up (KomekPostgres *self);

PGresult *komek_postgres_ask (KomekPostgres *self, GError **error, const char *sql,
                              const char *types, ...);
PGresult *komek_postgres_ask_texts (KomekPostgres *self, const char *sql, GPtrArray *texts,
                                    gboolean keeps, GError **error);
gboolean komek_postgres_run (KomekPostgres *self, const char *sql, GError **error);
gboolean komek_postgres_commit (KomekPostgres *self, GError **error);
gboolean komek_postgres_copy (KomekPostgres *self, const char *sql, const GString *rows,
                              GError **error);

const char *komek_postgres_get_text (const PGresult *result, int row, int column);
const char *komek_postgres_get_text_or_null (const PGresult *result, int row, int column);
gint64 komek_postgres_get_number (const PGresult *result, int row, int column);
GBytes *komek_postgres_get_bytes (const PGresult *result, int row, int column);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekPostgres, komek_postgres_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PGresult, PQclear)
