/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-outbox-schema.h"

#include "komek-error.h"
#include "komek-fault.h"

/* Nothing in clear but what is needed to send and to resolve: keys, numbers,
 * times. "payload" is locked, and NULL once its time is over; what is left then
 * is the tombstone: key, number and the hash of what was sent. Sequence numbers
 * are never used twice (AUTOINCREMENT). */
#define ITEMS                                                                                      \
  "CREATE TABLE item ("                                                                            \
  " sequence INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE,"                         \
  " local TEXT NOT NULL UNIQUE, state INTEGER NOT NULL, attempted INTEGER NOT NULL,"               \
  " number TEXT, token TEXT, filed INTEGER NOT NULL, ended INTEGER,"                               \
  " hash BLOB NOT NULL, payload BLOB);"                                                            \
  "CREATE INDEX item_unfinished ON item (sequence) WHERE state NOT IN (3, 4);"                     \
  "CREATE TABLE mark (name TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID;"

/* state: 0 to be sent, 1 sent, 2 refused */
#define PHOTOS                                                                                     \
  "CREATE TABLE photo ("                                                                           \
  " sequence INTEGER NOT NULL REFERENCES item, position INTEGER NOT NULL,"                         \
  " state INTEGER NOT NULL, bytes BLOB, PRIMARY KEY (sequence, position));"

/* Why one was parked, locked: the city's words may repeat what was sent. */
#define REASONS                                                                                    \
  "ALTER TABLE item ADD COLUMN reason BLOB;"                                                       \
  "CREATE INDEX item_ended ON item (ended) WHERE payload IS NOT NULL AND ended IS NOT NULL;"

/* What staff are shown: what the city answered, and quick counts of all that is not at the city. */
#define STAFF                                                                                      \
  "ALTER TABLE item ADD COLUMN status INTEGER;"                                                    \
  "DROP INDEX item_unfinished;"                                                                    \
  "CREATE INDEX item_queue ON item (sequence) WHERE state IN (0, 1, 2);"                           \
  "CREATE INDEX item_open ON item (state, sequence) WHERE state <> 3;"

/* Of which requests somebody has said that they concern them, too, and the city has not heard. */
#define VOTES                                                                                      \
  "CREATE TABLE vote (sequence INTEGER PRIMARY KEY, number TEXT NOT NULL UNIQUE);"

/* Each brings a file one version further; none is ever changed once it was in use.
 * Each changes the length of the schema, too: by that a version that is newer is
 * told from one that a disk has changed. */
static const char *const steps[] = { ITEMS, PHOTOS, REASONS, STAFF, VOTES };

static gboolean
read_number (KomekDatabase *database, const char *sql, gint64 *value, GError **error)
{
  g_autoptr (KomekStatement) statement = komek_database_prepare (database, sql, error);

  if (!statement || !komek_database_step (database, statement, error))
    return FALSE;
  *value = komek_statement_get_number (statement, 0);
  return TRUE;
}

/* How long all is that made the tables: no flipped bit changes that. */
static gboolean
measure (KomekDatabase *database, gint64 *length, GError **error)
{
  return read_number (database, "SELECT coalesce (sum (length (CAST (sql AS BLOB))), 0)"
                                " FROM sqlite_schema", length, error);
}

static gboolean
measure_ours (gint64 *length, GError **error)
{
  g_autoptr (KomekDatabase) ours = komek_database_open (":memory:", TRUE, error);

  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    if (!ours || !komek_database_execute (ours, steps[i], error))
      return FALSE;
  return measure (ours, length, error);
}

/* Always fails; what is newer indeed is left as it is. */
static gboolean
refuse_newer (KomekDatabase *database, GError **error)
{
  gint64 length, ours;

  if (!measure (database, &length, error) || !measure_ours (&ours, error))
    return FALSE;
  if (length == ours)
    komek_database_condemn (database, "The version of the outbox is damaged", error);
  else
    g_set_error_literal (error, KOMEK_ERROR, KOMEK_ERROR_UNSAVED,
                         "The outbox was written by a newer version of this program");
  return FALSE;
}

/* Whether the header is one of ours, or of a file that holds nothing yet. */
static gboolean
is_outbox (KomekDatabase *database, gint64 version, GError **error)
{
  gint64 id, tables;

  if (!read_number (database, "PRAGMA application_id", &id, error)
      || !read_number (database, "SELECT count(*) FROM sqlite_schema", &tables, error))
    return FALSE;
  if ((id == KOMEK_OUTBOX_SCHEMA_ID && version >= 0) || (id == 0 && version == 0 && tables == 0))
    return TRUE;
  g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE, "The file is no outbox");
  return FALSE;
}

static gboolean
take_step (KomekDatabase *database, gint64 version, GError **error)
{
  g_autofree char *stamp = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %d",
                                            KOMEK_OUTBOX_SCHEMA_ID, (int) version + 1);

  if (!komek_database_execute (database, steps[version], error))
    return FALSE;
  komek_fault_point ("outbox.migrate.tables");
  if (!komek_database_execute (database, stamp, error))
    return FALSE;
  komek_fault_point ("outbox.migrate.stamped");
  return TRUE;
}

/* One step is one transaction; another process may take it first. */
static gboolean
climb (KomekDatabase *database, gint64 *version, GError **error)
{
  gboolean taken;

  if (!komek_database_begin (database, error))
    return FALSE;
  taken = read_number (database, "PRAGMA user_version", version, error)
          && is_outbox (database, *version, error);
  if (taken && *version > (gint64) G_N_ELEMENTS (steps))
    taken = refuse_newer (database, error);
  if (taken && *version < (gint64) G_N_ELEMENTS (steps))
    {
      taken = take_step (database, *version, error);
      komek_fault_point ("outbox.migrate.before_commit");
      taken = komek_database_end (database, taken, error);
      komek_fault_point ("outbox.migrate.after_commit");
      return taken;
    }
  komek_database_end (database, FALSE, NULL);
  return taken;
}

/**
 * komek_outbox_schema_prepare:
 *
 * Brings an outbox up to this version, step by step; a step that was cut short is taken again.
 *
 * Fails with %KOMEK_ERROR_UNREADABLE where the file is no outbox, and with
 * %KOMEK_ERROR_UNSAVED where it is of a newer version, which is left as it is. A
 * version that no program wrote makes the file corrupt.
 */
gboolean
komek_outbox_schema_prepare (KomekDatabase *database, GError **error)
{
  gint64 version = 0;

  do
    if (!climb (database, &version, error))
      return FALSE;
  while (version < (gint64) G_N_ELEMENTS (steps));
  return TRUE;
}
