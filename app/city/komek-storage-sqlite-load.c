/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-storage-sqlite-private.h"

/* Filling a storage with a whole city: one transaction, prepared statements,
 * the indexes made once everything is there. */

gboolean
komek_storage_sqlite_begin_load (KomekStorage *storage, GError **error)
{
  KomekStorageSqlite *self = KOMEK_STORAGE_SQLITE (storage);

  self->loading = TRUE;
  /* Merge as seldom as possible: nobody searches before the end. */
  return komek_sqlite_run (self->writer, "BEGIN IMMEDIATE", error)
         && komek_storage_sqlite_drop_indexes (self->writer, error)
         && komek_sqlite_run (self->writer,
                              "INSERT INTO words (words, rank) VALUES ('automerge', 0);"
                              "INSERT INTO words (words, rank) VALUES ('crisismerge', 64)",
                              error);
}

gboolean
komek_storage_sqlite_load (KomekStorage *storage, const KomekRecord *record, GError **error)
{
  return komek_storage_sqlite_add (KOMEK_STORAGE_SQLITE (storage)->writer, record, record->number,
                                   error);
}

/* The days go on counting where the load stopped: the last number of each day is in the requests.
 */
static const char count_days[] =
  "INSERT INTO day SELECT '20' || substr (number, 5, 2) || '-' || substr (number, 3, 2) || '-'"
  " || substr (number, 1, 2), 1 + max (CAST (substr (number, 8, 3) || substr (number, 12, 2)"
  " AS INTEGER)) FROM request GROUP BY substr (number, 1, 6);"
  "UPDATE stamp SET value = value + 1";

gboolean
komek_storage_sqlite_end_load (KomekStorage *storage, GError **error)
{
  KomekStorageSqlite *self = KOMEK_STORAGE_SQLITE (storage);

  self->loading = FALSE;
  return komek_storage_sqlite_create_indexes (self->writer, error)
         && komek_sqlite_run (self->writer, count_days, error)
         && komek_sqlite_run (self->writer,
                              "INSERT INTO words (words) VALUES ('optimize');"
                              "INSERT INTO words (words, rank) VALUES ('automerge', 4);"
                              "INSERT INTO words (words, rank) VALUES ('crisismerge', 16);"
                              "PRAGMA analysis_limit = 1000; ANALYZE; COMMIT",
                              error)
         && komek_sqlite_run (self->writer, "PRAGMA wal_checkpoint(TRUNCATE)", error);
}
