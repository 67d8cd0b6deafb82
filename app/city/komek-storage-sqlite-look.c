/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-storage-sqlite-private.h"

/* Small questions: one statement, few rows. */

/* A connection to read with and a statement on it, given back together. */
typedef struct
{
  KomekStorageSqlite *storage;
  KomekSqlite        *db;
  KomekSqliteRun     *row;
  gboolean            failed;
} Question;

static Question
ask (KomekStorage *storage, const char *sql, GError **error)
{
  KomekStorageSqlite *self = KOMEK_STORAGE_SQLITE (storage);
  Question question = { self, komek_storage_sqlite_borrow (self), NULL, FALSE };

  question.row = komek_sqlite_take (question.db, sql, error);
  question.failed = !question.row;
  return question;
}

static void
question_clear (Question *self)
{
  g_clear_pointer (&self->row, komek_sqlite_release);
  komek_storage_sqlite_give_back (self->storage, self->db);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Question, question_clear)

/* The next row of the answer; whether there is none because of an error is in @failed. */
static gboolean
get_row (Question *self, GError **error)
{
  gboolean row = FALSE;

  self->failed = self->failed || !komek_sqlite_step (self->db, self->row, &row, error);
  return row;
}

static void
bind_text (Question *self, int place, const char *text)
{
  if (self->row)
    komek_sqlite_bind_text (self->row, place, text);
}

static void
bind_number (Question *self, int place, gint64 number)
{
  if (self->row)
    sqlite3_bind_int64 (self->row, place, number);
}

static const char *
choose_look_up (const KomekLookUp *what)
{
  if (what->token)
    return "SELECT number, token FROM filing WHERE token = ?";
  if (what->local_number)
    return "SELECT number, token FROM filing WHERE local_number = ? ORDER BY time DESC LIMIT 1";
  return "SELECT number, token FROM filing WHERE key = ? AND client = ?";
}

gboolean
komek_storage_sqlite_look_up (KomekStorage *storage, const KomekLookUp *what,
                              KomekRegistration **found, GError **error)
{
  g_auto (Question) question = ask (storage, choose_look_up (what), error);

  *found = NULL;
  if (what->token || what->local_number)
    bind_text (&question, 1, what->token ? what->token : what->local_number);
  else
    {
      bind_text (&question, 1, what->key);
      bind_text (&question, 2, what->client ? what->client : "");
    }
  if (get_row (&question, error))
    *found = komek_registration_new ((const char *) sqlite3_column_text (question.row, 0),
                                     (const char *) sqlite3_column_text (question.row, 1), TRUE);
  return !question.failed;
}

/* The columns are the place, the digest, the type, the time and perhaps the bytes. */
static void
show_photo (Question *self, const char *number, GBytes *bytes, KomekPhotoVisitor visit,
            gpointer data)
{
  visit (&(KomekPhoto) {
           .number = number,
           .place = sqlite3_column_int (self->row, 0),
           .digest = komek_sqlite_peek_text (self->row, 1),
           .type = komek_sqlite_peek_text (self->row, 2),
           .time = sqlite3_column_int64 (self->row, 3),
           .bytes = bytes,
         },
         data);
}

gboolean
komek_storage_sqlite_list_photos (KomekStorage *storage, const char *number,
                                  KomekPhotoVisitor visit, gpointer data, GError **error)
{
  g_auto (Question) question = ask (storage,
                                    "SELECT place, digest, type, time FROM photo"
                                    " WHERE request = (SELECT id FROM request WHERE number = ?)"
                                    " ORDER BY place",
                                    error);

  bind_text (&question, 1, number);
  while (get_row (&question, error))
    show_photo (&question, number, NULL, visit, data);
  return !question.failed;
}

gboolean
komek_storage_sqlite_get_photo (KomekStorage *storage, const char *number, guint place,
                                KomekPhotoVisitor visit, gpointer data, GError **error)
{
  g_auto (Question) question = ask (storage,
                                    "SELECT place, digest, type, time, bytes FROM photo"
                                    " WHERE request = (SELECT id FROM request WHERE number = ?)"
                                    " AND place = ?",
                                    error);
  g_autoptr (GBytes) bytes = NULL;

  bind_text (&question, 1, number);
  bind_number (&question, 2, place);
  if (!get_row (&question, error))
    return !question.failed;
  bytes =
    g_bytes_new (sqlite3_column_blob (question.row, 4), sqlite3_column_bytes (question.row, 4));
  show_photo (&question, number, bytes, visit, data);
  return TRUE;
}

gboolean
komek_storage_sqlite_list_withdrawn (KomekStorage *storage, gint64 since, guint limit,
                                     KomekRecordVisitor visit, gpointer data, GError **error)
{
  g_auto (Question) question = ask (storage,
                                    "SELECT id, number, requested, time FROM withdrawn"
                                    " WHERE time >= ? ORDER BY time, id LIMIT ?",
                                    error);

  bind_number (&question, 1, since);
  bind_number (&question, 2, limit);
  while (get_row (&question, error))
    visit (&(KomekRecord) {
             .id = sqlite3_column_int64 (question.row, 0),
             .number = komek_sqlite_peek_text (question.row, 1),
             .requested = sqlite3_column_int64 (question.row, 2),
             .updated = sqlite3_column_int64 (question.row, 3),
           },
           data);
  return !question.failed;
}

gboolean
komek_storage_sqlite_is_withdrawn (KomekStorage *storage, const char *number, gboolean *withdrawn,
                                   GError **error)
{
  g_auto (Question) question = ask (storage, "SELECT 1 FROM withdrawn WHERE number = ?", error);

  bind_text (&question, 1, number);
  *withdrawn = get_row (&question, error);
  return !question.failed;
}

gboolean
komek_storage_sqlite_is_sender (KomekStorage *storage, const char *number, const char *client,
                                gboolean *sender, GError **error)
{
  g_auto (Question) question =
    ask (storage, "SELECT 1 FROM filing WHERE number = ? AND client = ?", error);

  bind_text (&question, 1, number);
  bind_text (&question, 2, client);
  *sender = get_row (&question, error);
  return !question.failed;
}

gboolean
komek_storage_sqlite_find_contact (KomekStorage *storage, const char *number, char **contact,
                                   GError **error)
{
  g_auto (Question) question = ask (storage,
                                    "SELECT contact FROM sender"
                                    " WHERE request = (SELECT id FROM request WHERE number = ?)",
                                    error);

  bind_text (&question, 1, number);
  *contact = get_row (&question, error)
               ? g_strdup ((const char *) sqlite3_column_text (question.row, 0))
               : NULL;
  return !question.failed;
}

gboolean
komek_storage_sqlite_list_clients (KomekStorage *storage, const char *key_hash,
                                    KomekClientVisitor visit, gpointer data, GError **error)
{
  g_auto (Question) question =
    ask (storage,
         key_hash ? "SELECT id, name, role, hash FROM api_key WHERE hash = ?"
              : "SELECT id, name, role, hash FROM api_key ORDER BY id",
         error);

  if (key_hash)
    bind_text (&question, 1, key_hash);
  while (get_row (&question, error))
    visit (&(KomekClient) {
             .id = komek_sqlite_peek_text (question.row, 0),
             .name = komek_sqlite_peek_text (question.row, 1),
             .role = komek_sqlite_peek_text (question.row, 2),
             .key_hash = komek_sqlite_peek_text (question.row, 3),
           },
           data);
  return !question.failed;
}

gboolean
komek_storage_sqlite_get_stamp (KomekStorage *storage, gint64 *stamp, GError **error)
{
  g_auto (Question) question = ask (storage, "SELECT value FROM stamp", error);

  *stamp = get_row (&question, error) ? sqlite3_column_int64 (question.row, 0) : 0;
  return !question.failed;
}

gboolean
komek_storage_sqlite_count_pending (KomekStorage *storage, guint *n_pending, GError **error)
{
  g_auto (Question) question = ask (storage, "SELECT count(*) FROM pending", error);

  *n_pending = get_row (&question, error) ? sqlite3_column_int64 (question.row, 0) : 0;
  return !question.failed;
}

char *
komek_storage_sqlite_dup_note (KomekStorage *storage, const char *name, GError **error)
{
  g_auto (Question) question = ask (storage, "SELECT value FROM note WHERE name = ?", error);
  g_autofree char *value = NULL;

  bind_text (&question, 1, name);
  value = g_strdup (get_row (&question, error) ? komek_sqlite_peek_text (question.row, 0) : "");
  return question.failed ? NULL : g_steal_pointer (&value);
}

gboolean
komek_storage_sqlite_is_empty (KomekStorage *storage, gboolean *empty, GError **error)
{
  g_auto (Question) question = ask (storage,
                                    "SELECT EXISTS (SELECT 1 FROM request)"
                                    " OR EXISTS (SELECT 1 FROM filing)",
                                    error);

  *empty = get_row (&question, error) && sqlite3_column_int (question.row, 0) == 0;
  return !question.failed;
}
