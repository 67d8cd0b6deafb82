/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-storage-sqlite-private.h"

#include "komek-error.h"
#include "komek-fault.h"

/* What is in the file, and how a file of an older version becomes one of this. */

/* "KMKC": so that no other program's database is ever taken for ours. */
#define APPLICATION_ID 0x4b4d4b43
#define VERSION 2

/* A band is a thousandth of a degree of latitude: with it a rectangle on the
 * map is a handful of ranges of an ordinary index, built ten times faster than
 * an R*Tree and no slower to ask. */
static const char first_tables[] =
  "CREATE TABLE note (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
  "CREATE TABLE day (day TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID;"
  "CREATE TABLE request ("
  " id INTEGER PRIMARY KEY,"
  " number TEXT NOT NULL,"
  " service TEXT NOT NULL,"
  " status TEXT NOT NULL,"
  " text TEXT NOT NULL,"
  " language TEXT NOT NULL,"
  " lat REAL,"
  " lon REAL,"
  " band INTEGER,"
  " address TEXT NOT NULL,"
  " district TEXT NOT NULL,"
  " agency TEXT NOT NULL,"
  " requested INTEGER NOT NULL,"
  " updated INTEGER NOT NULL,"
  " due INTEGER NOT NULL,"
  " supporters INTEGER NOT NULL,"
  " photos INTEGER NOT NULL DEFAULT 0);"
  "CREATE TABLE attribute (request INTEGER NOT NULL, place INTEGER NOT NULL, code TEXT NOT NULL,"
  " value TEXT NOT NULL, PRIMARY KEY (request, place)) WITHOUT ROWID;"
  "CREATE TABLE step ("
  " id INTEGER PRIMARY KEY,"
  " request INTEGER NOT NULL,"
  " status TEXT NOT NULL,"
  " time INTEGER NOT NULL,"
  " agency TEXT NOT NULL,"
  " event TEXT,"
  " text TEXT,"
  " answer INTEGER NOT NULL,"
  " hidden INTEGER NOT NULL DEFAULT 0);"
  "CREATE VIRTUAL TABLE words USING fts5"
  " (text, content='', columnsize=0, detail=none, tokenize='ascii');";

/* A filing is what is known of one that came in, for ever: so that it is never
 * registered twice, whatever became of the request. */
static const char second_tables[] =
  "CREATE TABLE stamp (value INTEGER NOT NULL);"
  "INSERT INTO stamp VALUES (1);"
  "CREATE TABLE filing ("
  " client TEXT NOT NULL,"
  " key TEXT NOT NULL,"
  " fingerprint TEXT,"
  " number TEXT,"
  " token TEXT,"
  " local_number TEXT,"
  " time INTEGER NOT NULL,"
  " PRIMARY KEY (client, key)) WITHOUT ROWID;"
  "CREATE UNIQUE INDEX filing_token ON filing (token) WHERE token IS NOT NULL;"
  "CREATE INDEX filing_number ON filing (number) WHERE number IS NOT NULL;"
  "CREATE INDEX filing_local_number ON filing (local_number, time)"
  " WHERE local_number IS NOT NULL;"
  "CREATE TABLE pending (id INTEGER PRIMARY KEY, token TEXT NOT NULL, record BLOB NOT NULL);"
  "CREATE TABLE sender (request INTEGER PRIMARY KEY, device TEXT, contact TEXT);"
  "CREATE TABLE withdrawn (id INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE,"
  " requested INTEGER NOT NULL, time INTEGER NOT NULL, record BLOB NOT NULL);"
  "CREATE INDEX withdrawn_time ON withdrawn (time);"
  "CREATE TABLE vote (request INTEGER NOT NULL, voter TEXT NOT NULL, time INTEGER NOT NULL,"
  " PRIMARY KEY (request, voter)) WITHOUT ROWID;"
  "CREATE TABLE photo (request INTEGER NOT NULL, place INTEGER NOT NULL, digest TEXT NOT NULL,"
  " type TEXT NOT NULL, time INTEGER NOT NULL, bytes BLOB NOT NULL,"
  " PRIMARY KEY (request, place), UNIQUE (request, digest));"
  "CREATE TABLE step_key (client TEXT NOT NULL, key TEXT NOT NULL, fingerprint TEXT,"
  " step INTEGER NOT NULL, PRIMARY KEY (client, key)) WITHOUT ROWID;"
  "CREATE TABLE api_key (id TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL,"
  " hash TEXT NOT NULL UNIQUE) WITHOUT ROWID;";

/* From the version before, a step at a time: a step is there as a whole or not at all. */
static const char *const second_steps[] = {
  second_tables,
  "INSERT INTO filing SELECT '', key, '', number, NULL, NULL, requested FROM request"
  " WHERE key IS NOT NULL",
  "DROP INDEX request_key",
  "ALTER TABLE request DROP COLUMN key",
  "ALTER TABLE request ADD COLUMN photos INTEGER NOT NULL DEFAULT 0",
  "ALTER TABLE step ADD COLUMN hidden INTEGER NOT NULL DEFAULT 0",
  NULL,
};

static const char *const *const migrations[VERSION + 1] = { [2] = second_steps };

static const struct
{
  const char *name, *on;
} indexes[] = {
  { "UNIQUE INDEX request_number", "request (number)" },
  { "INDEX request_requested", "request (requested, id, status, service, lat, lon)" },
  { "INDEX request_updated", "request (updated)" },
  { "INDEX request_service", "request (service, requested)" },
  { "INDEX request_band", "request (band, lon, lat, requested, status, service)" },
  { "INDEX step_request", "step (request)" },
  { "INDEX step_time", "step (time)" },
};

/* Makes what finds requests; while a whole city is written it would only be in the way. */
gboolean
komek_storage_sqlite_create_indexes (KomekSqlite *db, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (indexes); i++)
    {
      g_autofree char *sql = g_strdup_printf ("CREATE %s ON %s", indexes[i].name, indexes[i].on);

      if (!komek_sqlite_run (db, sql, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
komek_storage_sqlite_drop_indexes (KomekSqlite *db, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (indexes); i++)
    {
      g_autofree char *sql =
        g_strdup_printf ("DROP INDEX %s", strrchr (indexes[i].name, ' ') + 1);

      if (!komek_sqlite_run (db, sql, error))
        return FALSE;
    }
  return TRUE;
}

/* In a file that nobody else knows. */
gboolean
komek_storage_sqlite_make_schema (KomekSqlite *db, GError **error)
{
  g_autofree char *head = g_strdup_printf (
      "PRAGMA application_id = %d; PRAGMA user_version = %d;", APPLICATION_ID, VERSION);

  return komek_sqlite_run (db, head, error) && komek_sqlite_run (db, first_tables, error)
         && komek_sqlite_run (db, second_tables, error)
         && komek_storage_sqlite_create_indexes (db, error);
}

/* Never write to a file before this has looked at it. */
static gboolean
check_ours (KomekSqlite *db, const char *path, gint64 *version, GError **error)
{
  gint64 id = komek_sqlite_ask (db, "PRAGMA application_id", -1);

  *version = komek_sqlite_ask (db, "PRAGMA user_version", -1);
  if (id < 0 && sqlite3_errcode (db->db) != SQLITE_NOTADB)
    g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNSAVED, "%s cannot be read: %s", path,
                 sqlite3_errmsg (db->db));
  else if (id != APPLICATION_ID)
    g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNSAVED,
                 "%s is not a database of komek-city; name another file", path);
  else if (*version > VERSION || *version < 1)
    g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNSAVED,
                 "%s was made by another version of komek-city, a newer one; this one leaves it "
                 "alone", path);
  else
    return TRUE;
  return FALSE;
}

static gboolean
run_steps (KomekSqlite *db, const char *const *steps, GError **error)
{
  for (guint i = 0; steps[i]; i++)
    {
      komek_fault_point ("city.migration.step");
      if (!komek_sqlite_run (db, steps[i], error))
        return FALSE;
    }
  return TRUE;
}

/* One transaction: whoever is killed within leaves the version before. */
static gboolean
migrate_once (KomekSqlite *db, guint version, GError **error)
{
  g_autofree char *mark = g_strdup_printf ("PRAGMA user_version = %u", version);

  if (!komek_sqlite_run (db, "BEGIN IMMEDIATE", error))
    return FALSE;
  /* Another process may have been faster. */
  if (komek_sqlite_ask (db, "PRAGMA user_version", -1) >= version)
    return komek_sqlite_run (db, "ROLLBACK", error);
  if (run_steps (db, migrations[version], error) && komek_sqlite_run (db, mark, error))
    {
      komek_fault_point ("city.migration.before-commit");
      if (komek_sqlite_run (db, "COMMIT", error))
        {
          komek_fault_point ("city.migration.after-commit");
          return TRUE;
        }
    }
  if (!sqlite3_get_autocommit (db->db))
    komek_sqlite_run (db, "ROLLBACK", NULL);
  return FALSE;
}

/**
 * komek_storage_sqlite_migrate:
 *
 * Brings a file of ours to this version, one version after another.
 *
 * Fails with %KOMEK_ERROR_UNSAVED where it is somebody else's, of a newer
 * version, or cannot be read or written.
 */
gboolean
komek_storage_sqlite_migrate (KomekSqlite *db, const char *path, GError **error)
{
  gint64 version;

  if (!check_ours (db, path, &version, error))
    return FALSE;
  if (sqlite3_db_readonly (db->db, "main"))
    {
      g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNSAVED, "%s cannot be written", path);
      return FALSE;
    }
  if (!komek_sqlite_run (db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL", error))
    return FALSE;
  while (version < VERSION)
    if (!migrate_once (db, ++version, error))
      return FALSE;
  /* A connection that has never read does not clear the log away when it is closed last. */
  return komek_sqlite_run (db, "SELECT value FROM stamp", error);
}
