/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-outbox-former.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "komek-error.h"
#include "komek-fault.h"
#include "komek-outbox-marks.h"
#include "komek-outbox-staff.h"
#include "komek-outbox-votes.h"

/**
 * KomekOutboxFormer:
 *
 * The outboxes of addresses that the city had before: who moved to https, or got another name.
 *
 * Each address has a file of its own, for two addresses may be two cities. So
 * what waits for a former one is sent nowhere by itself; it is counted, and
 * staff, who know, may have it brought over. A file that another process leads
 * is being delivered and is left alone. Belongs to the thread of the outbox.
 */
struct _KomekOutboxFormer
{
  GStrv       paths;
  char       *machine;
  KomekVault *vault;
  guint       strays;
};

typedef gboolean (*Visit) (const KomekOutboxKit *kit, KomekDatabase *database, gpointer data,
                           GError **error);

/* outbox-SUM.db, where SUM tells an address; that of the embedded city holds nothing for any
 * other. */
#define SUM_LENGTH 16

/**
 * komek_outbox_former_new:
 * @paths: (nullable) (array zero-terminated=1): files that may be outboxes of former addresses
 * @machine: (nullable): a file with an id of this machine
 *
 * Returns: (transfer full): what is known of them, nothing yet
 */
KomekOutboxFormer *
komek_outbox_former_new (const char *const *paths, const char *machine, KomekVault *vault)
{
  KomekOutboxFormer *self = g_new0 (KomekOutboxFormer, 1);

  self->paths = g_strdupv ((char **) paths);
  self->machine = g_strdup (machine);
  self->vault = vault;
  return self;
}

void
komek_outbox_former_free (KomekOutboxFormer *self)
{
  g_strfreev (self->paths);
  g_free (self->machine);
  g_free (self);
}

static gboolean
is_outbox_of_an_address (const char *name)
{
  const char *sum = g_str_has_prefix (name, "outbox-") ? name + strlen ("outbox-") : "";

  return strspn (sum, "0123456789abcdef") == SUM_LENGTH && g_str_equal (sum + SUM_LENGTH, ".db");
}

/**
 * komek_outbox_former_find:
 * @path: of the outbox of the present address
 *
 * Returns: (transfer full) (array zero-terminated=1): the other outboxes beside it; none where it
 *   is not that of an address itself
 */
char **
komek_outbox_former_find (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *own = g_path_get_basename (path);
  g_autoptr (GDir) dir = is_outbox_of_an_address (own) ? g_dir_open (folder, 0, NULL) : NULL;
  g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    if (is_outbox_of_an_address (name) && !g_str_equal (name, own))
      {
        g_autofree char *other = g_build_filename (folder, name, NULL);

        g_strv_builder_add (paths, other);
      }
  return g_strv_builder_end (paths);
}

static gboolean
visit_one (KomekOutboxFormer *self, const char *path, Visit visit, gpointer data, GError **error)
{
  g_autoptr (KomekOutboxFile) file = komek_outbox_file_new (path, self->machine);
  KomekOutboxKit kit = { .file = file, .vault = self->vault };
  g_autofree char *address = NULL;
  KomekDatabase *database;

  if (!g_file_test (path, G_FILE_TEST_EXISTS) || !komek_outbox_file_lead (file))
    return TRUE;
  database = komek_outbox_file_open (file, error);
  if (!database || !komek_outbox_marks_get (database, "address", &address, error))
    return FALSE;
  kit.address = address ? address : "";
  return visit (&kit, database, data, error);
}

/* One that cannot be opened keeps nobody from the next. */
static gboolean
visit_all (KomekOutboxFormer *self, Visit visit, gpointer data, GError **error)
{
  g_autoptr (GError) first = NULL;

  for (guint i = 0; self->paths && self->paths[i]; i++)
    {
      g_autoptr (GError) problem = NULL;

      if (!visit_one (self, self->paths[i], visit, data, &problem))
        g_message ("The outbox of a former address cannot be read: %s", problem->message);
      if (problem && !first)
        first = g_steal_pointer (&problem);
    }
  if (!first)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&first));
  return FALSE;
}

typedef struct
{
  guint  strays;
  gint64 before;
} Look;

static gboolean
look (const KomekOutboxKit *kit, KomekDatabase *database, gpointer data, GError **error)
{
  Look *answer = data;
  g_autoptr (KomekStatement) statement = NULL;

  if (!komek_outbox_work_tidy (kit, database, answer->before, error))
    return FALSE;
  statement =
    komek_database_prepare (database, "SELECT count(*) FROM item WHERE state <> 3", error);
  if (!statement || !komek_database_step (database, statement, error))
    return FALSE;
  answer->strays += komek_statement_get_number (statement, 0);
  return TRUE;
}

/**
 * komek_outbox_former_look:
 * @before: what was delivered before then is forgotten there, too; seconds since 1970
 *
 * Counts what waits. What cannot be read is said in the log and not counted.
 */
void
komek_outbox_former_look (KomekOutboxFormer *self, gint64 before)
{
  Look answer = { .before = before };

  visit_all (self, look, &answer, NULL);
  if (answer.strays > 0 && answer.strays != self->strays)
    g_message ("ALARM: %u requests wait for a former address of the city", answer.strays);
  self->strays = answer.strays;
}

/* As of the last look. */
guint
komek_outbox_former_get_strays (const KomekOutboxFormer *self)
{
  return self->strays;
}

static gboolean
list (const KomekOutboxKit *kit, KomekDatabase *database, gpointer data, GError **error)
{
  return komek_outbox_staff_list (kit, database, TRUE, data, error);
}

/**
 * komek_outbox_former_list:
 * @pending: (element-type KomekPending): where they are added
 */
void
komek_outbox_former_list (KomekOutboxFormer *self, GPtrArray *pending)
{
  visit_all (self, list, pending, NULL);
}

/* Two transactions, for none spans two files: what is there twice for a moment has one key, and
 * the former address is not served meanwhile. Photos keep their places, by which the city knows
 * them. */
#define TAKE                                                                                       \
  "INSERT OR IGNORE INTO main.item"                                                                \
  " (key, local, state, attempted, number, token, filed, hash, payload, reason, status)"           \
  " SELECT key, local, CASE state WHEN 5 THEN 2 ELSE state END, attempted, number, token, filed,"  \
  " hash, payload, reason, status FROM former.item"                                                \
  " WHERE state <> 3 AND payload IS NOT NULL ORDER BY sequence;"                                   \
  "INSERT OR IGNORE INTO main.photo"                                                               \
  " SELECT here.sequence, photo.position, photo.state, photo.bytes FROM former.photo photo"        \
  " JOIN former.item there ON there.sequence = photo.sequence"                                     \
  " JOIN main.item here ON here.key = there.key WHERE there.state <> 3;"                           \
  "INSERT OR IGNORE INTO main.vote (number) SELECT number FROM former.vote ORDER BY sequence"

/* What is left is the tombstone. */
#define STRIKE                                                                                     \
  "DELETE FROM former.photo WHERE sequence IN (SELECT sequence FROM former.item"                   \
  " WHERE state <> 3 AND key IN (SELECT key FROM main.item));"                                     \
  "UPDATE former.item SET state = 3, payload = NULL, reason = NULL"                                \
  " WHERE state <> 3 AND key IN (SELECT key FROM main.item);"                                      \
  "DELETE FROM former.vote"

static gboolean
do_at_once (KomekDatabase *database, const char *sql, GError **error)
{
  return komek_database_begin (database, error)
         && komek_database_end (database, komek_database_execute (database, sql, error), error);
}

/* The names that are not flushed yet can cost copies only, and the rows are durable. */
static void
move_copies (const char *from, const char *to)
{
  g_autoptr (GPtrArray) keys = komek_outbox_copy_list (from);

  if (keys->len > 0 && g_mkdir_with_parents (to, 0700) != 0)
    g_message ("The copies of a former outbox stay where they are: %s", g_strerror (errno));
  for (guint i = 0; i < keys->len; i++)
    {
      g_autofree char *source = g_build_filename (from, keys->pdata[i], NULL);
      g_autofree char *target = g_build_filename (to, keys->pdata[i], NULL);

      if (g_rename (source, target) != 0)
        g_message ("A copy of a former outbox stays where it is: %s", g_strerror (errno));
    }
}

static gboolean
attach (KomekDatabase *database, const char *path, GError **error)
{
  g_autoptr (KomekStatement) statement =
    komek_database_prepare (database, "ATTACH ? AS former", error);

  if (!statement)
    return FALSE;
  komek_statement_bind_text (statement, 1, path);
  return komek_database_run (database, statement, error)
         && komek_database_execute (database, "PRAGMA synchronous = FULL;"
                                              "PRAGMA former.synchronous = FULL;"
                                              "PRAGMA secure_delete = ON;"
                                              "PRAGMA former.secure_delete = ON", error);
}

/* On a connection of its own: what is wrong with the former file shall not count against ours. */
static gboolean
adopt (const KomekOutboxKit *kit, KomekDatabase *unused, gpointer data, GError **error)
{
  KomekOutboxFile *into = data;
  g_autoptr (KomekDatabase) database =
    komek_database_open (komek_outbox_file_get_path (into), TRUE, error);

  if (!database || !attach (database, komek_outbox_file_get_path (kit->file), error)
      || !do_at_once (database, TAKE, error))
    return FALSE;
  komek_fault_point ("outbox.adopt.taken");
  move_copies (komek_outbox_file_get_copies (kit->file), komek_outbox_file_get_copies (into));
  komek_outbox_votes_move (database, komek_outbox_file_get_votes (kit->file),
                           komek_outbox_file_get_votes (into));
  komek_fault_point ("outbox.adopt.copied");
  if (!do_at_once (database, STRIKE, error))
    return FALSE;
  komek_fault_point ("outbox.adopt.struck");
  return TRUE;
}

/**
 * komek_outbox_former_adopt:
 * @into: the open outbox of the present address
 *
 * Brings all that waits over, with its keys, numbers and times. What is cut short is done again.
 */
gboolean
komek_outbox_former_adopt (KomekOutboxFormer *self, KomekOutboxFile *into, GError **error)
{
  gboolean adopted = visit_all (self, adopt, into, error);

  komek_outbox_former_look (self, 0);
  return adopted;
}
