/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-store-file.h"

#include <glib/gstdio.h>

#include "komek-change-table.h"
#include "komek-error.h"
#include "komek-fault.h"
#include "komek-mark-table.h"
#include "komek-point-reader.h"
#include "komek-schema.h"
#include "komek-search-score.h"

/* A disk that keeps failing shall not be filled with what it broke. */
#define MOST_SET_ASIDE 5

/* A disk that cannot read may be able to the next time; one that so often cannot never will. */
#define MOST_UNREAD 3

/* Whoever reads waits no longer for a file in the place of a broken one: nobody may be left who
 * would make it. */
#define REPLACED_MICROSECONDS (2 * G_USEC_PER_SEC)

typedef enum
{
  VERDICT_OURS,
  VERDICT_EMPTY,
  VERDICT_OUTDATED,
  VERDICT_NEWER,
  VERDICT_BAD,
  VERDICT_FAILED,
} Verdict;

/**
 * KomekStoreFile:
 *
 * The file under a store: made, known again, set aside when it is broken or somebody else's.
 *
 * What it holds can be fetched again from the city, so a broken file is no
 * loss: it is renamed to PATH.bad-N and a new one begun. One that a newer version
 * of this program has made is left as it is, and whoever asks hears why.
 * Counted and safe to share: the threads that write and read learn through it of
 * each other's doings. Each new file has a new generation.
 */
struct _KomekStoreFile
{
  gatomicrefcount refs;
  char           *path;
  GMutex          mutex;
  GCond           tried;
  guint           generation; /* 0 while there is no file to read */
  gboolean        condemned;
  guint           unread;
  GError         *problem;
};

KomekStoreFile *
komek_store_file_new (const char *path)
{
  KomekStoreFile *self = g_new0 (KomekStoreFile, 1);

  g_atomic_ref_count_init (&self->refs);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->tried);
  self->path = g_strdup (path);
  return self;
}

KomekStoreFile *
komek_store_file_ref (KomekStoreFile *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
komek_store_file_unref (KomekStoreFile *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->tried);
  g_clear_error (&self->problem);
  g_free (self->path);
  g_free (self);
}

static gboolean
read_number (KomekDatabase *database, const char *sql, gint64 *value, GError **error)
{
  g_autoptr (KomekStatement) statement = komek_database_prepare (database, sql, error);

  if (!statement || !komek_database_step (database, statement, error))
    return FALSE;
  *value = komek_statement_get_number (statement, 0);
  return TRUE;
}

/* Whether what a connection has met is the end of the file. */
static gboolean
is_bad (KomekStoreFile *self, KomekDatabase *database)
{
  gboolean unread = komek_database_take_unread (database);
  gboolean bad;

  g_mutex_lock (&self->mutex);
  self->unread += unread;
  bad = komek_database_is_corrupt (database) || self->unread >= MOST_UNREAD;
  g_mutex_unlock (&self->mutex);
  return bad;
}

static Verdict
judge (gint64 id, gint64 version, gint64 tables)
{
  if (id == KOMEK_SCHEMA_ID && version == KOMEK_SCHEMA_VERSION)
    return VERDICT_OURS;
  if (id == KOMEK_SCHEMA_ID)
    return version < KOMEK_SCHEMA_VERSION ? VERDICT_OUTDATED : VERDICT_NEWER;
  return id == 0 && version == 0 && tables == 0 ? VERDICT_EMPTY : VERDICT_BAD;
}

/* Every version keeps its number twice: a disk that changed one of them shall not have a kiosk
 * wait for a program that does not exist. */
static gboolean
is_really_newer (KomekDatabase *database, gint64 version)
{
  g_autoptr (GError) error = NULL;

  return komek_mark_table_get_number (database, "version", &error) == version;
}

static void
explain (Verdict verdict, GError **error)
{
  if (verdict == VERDICT_NEWER)
    g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNSAVED,
                 "The mirror was made by a newer version of this program");
  else if (verdict == VERDICT_BAD || verdict == VERDICT_OUTDATED)
    g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNSAVED, "The file is no mirror of this version");
}

/* All is read in one transaction: another process may be making its tables. */
static Verdict
examine (KomekStoreFile *self, KomekDatabase *database, GError **error)
{
  gint64 id, version, tables;
  gboolean known = komek_database_execute (database, "BEGIN", error)
                   && read_number (database, "PRAGMA application_id", &id, error)
                   && read_number (database, "PRAGMA user_version", &version, error)
                   && read_number (database, "SELECT count(*) FROM sqlite_schema", &tables, error);
  Verdict verdict = is_bad (self, database) ? VERDICT_BAD : VERDICT_FAILED;

  if (known)
    verdict = judge (id, version, tables);
  if (verdict == VERDICT_NEWER && !is_really_newer (database, version))
    verdict = VERDICT_BAD;
  komek_database_end (database, FALSE, NULL);
  if (known)
    explain (verdict, error);
  return verdict;
}

/* Another process may have made them between our look and our turn. */
static gboolean
make_tables (KomekDatabase *database, GError **error)
{
  gboolean made;
  gint64 id;

  if (!komek_database_begin (database, error))
    return FALSE;
  made = read_number (database, "PRAGMA application_id", &id, error)
         && (id != 0 || komek_database_execute (database, komek_schema, error));
  komek_fault_point ("mirror.make.before_commit");
  made = komek_database_end (database, made, error);
  komek_fault_point ("mirror.make.after_commit");
  return made;
}

static char *
spare_name (const char *path)
{
  char *name = NULL;

  for (guint i = 1; i <= MOST_SET_ASIDE; i++)
    {
      g_free (name);
      name = g_strdup_printf ("%s.bad-%u", path, i);
      if (!g_file_test (name, G_FILE_TEST_EXISTS))
        break;
    }
  return name;
}

static gboolean
set_aside (const char *path, GError **error)
{
  const char *const parts[] = { "", "-wal", "-shm" };
  g_autofree char *spare = spare_name (path);

  g_message ("%s is broken or not ours: setting it aside as %s", path, spare);
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *from = g_strconcat (path, parts[i], NULL);
      g_autofree char *to = g_strconcat (spare, parts[i], NULL);

      if (g_rename (from, to) != 0 && errno != ENOENT)
        {
          g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNSAVED, "%s cannot be set aside: %s", from,
                       g_strerror (errno));
          return FALSE;
        }
      komek_fault_point ("mirror.set_aside");
    }
  return TRUE;
}

static gboolean
begin_anew (KomekStoreFile *self, GError **error)
{
  g_mutex_lock (&self->mutex);
  self->unread = 0;
  g_mutex_unlock (&self->mutex);
  return set_aside (self->path, error);
}

/* A mirror of another version of this program holds nothing that the city would not give again. */
static void
discard (const char *path)
{
  const char *const parts[] = { "-wal", "-shm", "" };

  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *part = g_strconcat (path, parts[i], NULL);

      g_unlink (part);
      komek_fault_point ("mirror.discard");
    }
}

static gboolean
prepare (KomekDatabase *database, Verdict verdict, GError **error)
{
  /* The size keeps the log from staying as large as the largest fill made it. */
  return komek_database_execute (database,
                                 "PRAGMA journal_mode = WAL;"
                                 "PRAGMA synchronous = NORMAL;"
                                 "PRAGMA journal_size_limit = 16777216;"
                                 "PRAGMA cache_size = -16384;"
                                 "PRAGMA temp_store = MEMORY",
                                 error)
         && komek_change_table_prepare (database, error)
         && (verdict == VERDICT_OURS || make_tables (database, error));
}

static KomekDatabase *
try_to_open (KomekStoreFile *self, Verdict *verdict, GError **error)
{
  g_autoptr (KomekDatabase) database = komek_database_open (self->path, TRUE, error);

  *verdict = database ? examine (self, database, error) : VERDICT_FAILED;
  if (*verdict != VERDICT_OURS && *verdict != VERDICT_EMPTY)
    return NULL;
  komek_fault_point ("mirror.open");
  komek_database_set_strict (database, TRUE);
  if (prepare (database, *verdict, error))
    return g_steal_pointer (&database);

  *verdict = is_bad (self, database) ? VERDICT_BAD : VERDICT_FAILED;
  return NULL;
}

static gboolean
make_folder (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_mkdir_with_parents (folder, 0700) == 0)
    return TRUE;
  g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNSAVED, "%s cannot be made: %s", folder,
               g_strerror (errno));
  return FALSE;
}

static KomekDatabase *
open_or_begin_anew (KomekStoreFile *self, GError **error)
{
  g_autoptr (GError) problem = NULL;
  KomekDatabase *database;
  Verdict verdict = VERDICT_FAILED;

  if (!make_folder (self->path, error)
      || (komek_store_file_is_condemned (self) && !begin_anew (self, error)))
    return NULL;

  database = try_to_open (self, &verdict, &problem);
  if (verdict == VERDICT_OUTDATED)
    discard (self->path);
  else if (verdict == VERDICT_BAD)
    {
      if (!begin_anew (self, error))
        return NULL;
    }
  else
    {
      if (problem)
        g_propagate_error (error, g_steal_pointer (&problem));
      return database;
    }
  return try_to_open (self, &verdict, error);
}

/**
 * komek_store_file_open:
 *
 * Opens the file to write, whatever that takes. Only one thread may do so, and
 * none of its own connections to the file may be open.
 *
 * Returns: (transfer full) (nullable): a connection to a file of ours
 */
KomekDatabase *
komek_store_file_open (KomekStoreFile *self, GError **error)
{
  g_autoptr (GError) problem = NULL;
  KomekDatabase *database = open_or_begin_anew (self, &problem);

  g_mutex_lock (&self->mutex);
  if (database)
    {
      self->generation++;
      self->condemned = FALSE;
    }
  g_clear_error (&self->problem);
  self->problem = problem ? g_error_copy (problem) : NULL;
  g_cond_broadcast (&self->tried);
  g_mutex_unlock (&self->mutex);

  if (problem)
    g_propagate_error (error, g_steal_pointer (&problem));
  return database;
}

static guint
wait_for_a_file (KomekStoreFile *self, GError **error)
{
  gint64 patience = g_get_monotonic_time () + REPLACED_MICROSECONDS;
  guint generation;

  g_mutex_lock (&self->mutex);
  while (self->generation == 0 && !self->problem)
    g_cond_wait (&self->tried, &self->mutex);
  /* A file that is just being replaced may be there in part. */
  while (self->condemned && !self->problem
         && g_cond_wait_until (&self->tried, &self->mutex, patience))
    ;
  generation = self->problem ? 0 : self->generation;
  if (self->problem)
    g_propagate_error (error, g_error_copy (self->problem));
  g_mutex_unlock (&self->mutex);
  return generation;
}

/**
 * komek_store_file_open_to_read:
 * @generation: (out): which file it is that was opened
 *
 * Opens the file to read, once another thread has opened or failed to open it to write.
 *
 * Returns: (transfer full) (nullable): the connection
 */
KomekDatabase *
komek_store_file_open_to_read (KomekStoreFile *self, guint *generation, GError **error)
{
  g_autoptr (KomekDatabase) database = NULL;

  *generation = wait_for_a_file (self, error);
  database = *generation ? komek_database_open (self->path, FALSE, error) : NULL;
  if (!database || !komek_database_execute (database, "PRAGMA cache_size = -8192", error)
      || !komek_search_score_register (database, error)
      || !komek_point_reader_register (database, error))
    return NULL;
  komek_database_set_strict (database, TRUE);
  return g_steal_pointer (&database);
}

guint
komek_store_file_get_generation (KomekStoreFile *self)
{
  guint generation;

  g_mutex_lock (&self->mutex);
  generation = self->generation;
  g_mutex_unlock (&self->mutex);
  return generation;
}

/**
 * komek_store_file_doubt:
 * @database: a connection that was just used
 * @generation: the file that it leads to; a later one is not meant
 *
 * Says that the file is broken where it was found to be, so that whoever writes begins a new one.
 */
void
komek_store_file_doubt (KomekStoreFile *self, KomekDatabase *database, guint generation)
{
  gboolean bad = is_bad (self, database);

  g_mutex_lock (&self->mutex);
  if (bad && generation == self->generation)
    self->condemned = TRUE;
  g_mutex_unlock (&self->mutex);
}

gboolean
komek_store_file_is_condemned (KomekStoreFile *self)
{
  gboolean condemned;

  g_mutex_lock (&self->mutex);
  condemned = self->condemned;
  g_mutex_unlock (&self->mutex);
  return condemned;
}
