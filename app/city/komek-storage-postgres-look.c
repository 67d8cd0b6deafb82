/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-storage-postgres-private.h"

/* Small questions: one statement that the connections keep, few rows. */

/* Asks once more where the connection was lost: to read twice harms nobody. */
static PGresult *
ask (KomekStorage *storage, const char *sql, const char *first, const char *second, GError **error)
{
  KomekStoragePostgres *self = KOMEK_STORAGE_POSTGRES (storage);
  KomekPostgres *line = komek_storage_postgres_borrow (self);
  const char *types = second ? "sss" : first ? "ss" : "s";
  g_autoptr (GError) problem = NULL;
  PGresult *result = komek_postgres_ask (line, &problem, sql, types, self->city, first, second);

  if (!result && komek_postgres_is_lost (line))
    {
      g_clear_error (&problem);
      result = komek_postgres_ask (line, &problem, sql, types, self->city, first, second);
    }
  komek_storage_postgres_give_back (self, line);
  if (problem)
    g_propagate_error (error, g_steal_pointer (&problem));
  return result;
}

#define LOOK_UP "SELECT number, token FROM filing WHERE city = $1 AND "

static PGresult *
ask_look_up (KomekStorage *storage, const KomekLookUp *what, GError **error)
{
  if (what->token)
    return ask (storage, LOOK_UP "token = $2", what->token, NULL, error);
  if (what->local_number)
    return ask (storage, LOOK_UP "local_number = $2 ORDER BY time DESC LIMIT 1",
                what->local_number, NULL, error);
  return ask (storage, LOOK_UP "key = $2 AND client = $3", what->key,
              what->client ? what->client : "", error);
}

gboolean
komek_storage_postgres_look_up (KomekStorage *storage, const KomekLookUp *what,
                                KomekRegistration **found, GError **error)
{
  g_autoptr (PGresult) result = ask_look_up (storage, what, error);

  *found = result && PQntuples (result) > 0
             ? komek_registration_new (komek_postgres_get_text_or_null (result, 0, 0),
                                       komek_postgres_get_text_or_null (result, 0, 1), TRUE)
             : NULL;
  return result != NULL;
}

/* The columns are the place, the digest, the type, the time and perhaps the bytes. */
static void
show_photo (const PGresult *result, int row, const char *number, GBytes *bytes,
            KomekPhotoVisitor visit, gpointer data)
{
  visit (&(KomekPhoto) {
           .number = number,
           .place = komek_postgres_get_number (result, row, 0),
           .digest = komek_postgres_get_text (result, row, 1),
           .type = komek_postgres_get_text (result, row, 2),
           .time = komek_postgres_get_number (result, row, 3),
           .bytes = bytes,
         },
         data);
}

#define OF_NUMBER \
  " WHERE city = $1 AND request = (SELECT id FROM request WHERE city = $1 AND number = $2)"

gboolean
komek_storage_postgres_list_photos (KomekStorage *storage, const char *number,
                                    KomekPhotoVisitor visit, gpointer data, GError **error)
{
  g_autoptr (PGresult) result = ask (
      storage, "SELECT place, digest, type, time FROM photo" OF_NUMBER " ORDER BY place", number,
      NULL, error);

  for (int i = 0; result && i < PQntuples (result); i++)
    show_photo (result, i, number, NULL, visit, data);
  return result != NULL;
}

gboolean
komek_storage_postgres_get_photo (KomekStorage *storage, const char *number, guint place,
                                  KomekPhotoVisitor visit, gpointer data, GError **error)
{
  g_autofree char *digits = g_strdup_printf ("%u", place);
  g_autoptr (PGresult) result = ask (
      storage, "SELECT place, digest, type, time, bytes FROM photo" OF_NUMBER " AND place = $3",
      number, digits, error);
  g_autoptr (GBytes) bytes = NULL;

  if (!result || PQntuples (result) == 0)
    return result != NULL;
  bytes = komek_postgres_get_bytes (result, 0, 4);
  show_photo (result, 0, number, bytes, visit, data);
  return TRUE;
}

gboolean
komek_storage_postgres_list_withdrawn (KomekStorage *storage, gint64 since, guint limit,
                                       KomekRecordVisitor visit, gpointer data, GError **error)
{
  g_autofree char *from = g_strdup_printf ("%" G_GINT64_FORMAT, since);
  g_autofree char *most = g_strdup_printf ("%u", limit);
  g_autoptr (PGresult) result = ask (storage,
                                     "SELECT id, number, requested, time FROM withdrawn"
                                     " WHERE city = $1 AND time >= $2 ORDER BY time, id LIMIT $3",
                                     from, most, error);

  for (int i = 0; result && i < PQntuples (result); i++)
    visit (&(KomekRecord) {
             .id = komek_postgres_get_number (result, i, 0),
             .number = komek_postgres_get_text (result, i, 1),
             .requested = komek_postgres_get_number (result, i, 2),
             .updated = komek_postgres_get_number (result, i, 3),
           },
           data);
  return result != NULL;
}

gboolean
komek_storage_postgres_is_withdrawn (KomekStorage *storage, const char *number,
                                     gboolean *withdrawn, GError **error)
{
  g_autoptr (PGresult) result =
    ask (storage, "SELECT 1 FROM withdrawn WHERE city = $1 AND number = $2", number, NULL, error);

  *withdrawn = result && PQntuples (result) > 0;
  return result != NULL;
}

gboolean
komek_storage_postgres_is_sender (KomekStorage *storage, const char *number, const char *client,
                                  gboolean *sender, GError **error)
{
  g_autoptr (PGresult) result =
    ask (storage, "SELECT 1 FROM filing WHERE city = $1 AND number = $2 AND client = $3", number,
         client, error);

  *sender = result && PQntuples (result) > 0;
  return result != NULL;
}

gboolean
komek_storage_postgres_find_contact (KomekStorage *storage, const char *number, char **contact,
                                     GError **error)
{
  g_autoptr (PGresult) result =
    ask (storage, "SELECT contact FROM sender" OF_NUMBER, number, NULL, error);

  *contact = result && PQntuples (result) > 0
               ? g_strdup (komek_postgres_get_text_or_null (result, 0, 0))
               : NULL;
  return result != NULL;
}

gboolean
komek_storage_postgres_list_clients (KomekStorage *storage, const char *key_hash,
                                     KomekClientVisitor visit, gpointer data, GError **error)
{
  g_autoptr (PGresult) result =
    ask (storage,
         key_hash ? "SELECT id, name, role, hash FROM api_key WHERE city = $1 AND hash = $2"
                  : "SELECT id, name, role, hash FROM api_key WHERE city = $1 ORDER BY id",
         key_hash, NULL, error);

  for (int i = 0; result && i < PQntuples (result); i++)
    visit (&(KomekClient) {
             .id = komek_postgres_get_text (result, i, 0),
             .name = komek_postgres_get_text (result, i, 1),
             .role = komek_postgres_get_text (result, i, 2),
             .key_hash = komek_postgres_get_text (result, i, 3),
           },
           data);
  return result != NULL;
}

gboolean
komek_storage_postgres_get_stamp (KomekStorage *storage, gint64 *stamp, GError **error)
{
  g_autoptr (PGresult) result =
    ask (storage, "SELECT value FROM stamp WHERE city = $1", NULL, NULL, error);

  *stamp = result && PQntuples (result) > 0 ? komek_postgres_get_number (result, 0, 0) : 0;
  return result != NULL;
}

gboolean
komek_storage_postgres_count_pending (KomekStorage *storage, guint *n_pending, GError **error)
{
  g_autoptr (PGresult) result =
    ask (storage, "SELECT count(*) FROM pending WHERE city = $1", NULL, NULL, error);

  *n_pending = result ? komek_postgres_get_number (result, 0, 0) : 0;
  return result != NULL;
}

char *
komek_storage_postgres_dup_note (KomekStorage *storage, const char *name, GError **error)
{
  g_autoptr (PGresult) result =
    ask (storage, "SELECT value FROM note WHERE city = $1 AND name = $2", name, NULL, error);

  if (!result)
    return NULL;
  return g_strdup (PQntuples (result) > 0 ? komek_postgres_get_text (result, 0, 0) : "");
}

gboolean
komek_storage_postgres_is_empty (KomekStorage *storage, gboolean *empty, GError **error)
{
  g_autoptr (PGresult) result = ask (storage,
                                     "SELECT EXISTS (SELECT 1 FROM request WHERE city = $1)"
                                     " OR EXISTS (SELECT 1 FROM filing WHERE city = $1)",
                                     NULL, NULL, error);

  *empty = result && *komek_postgres_get_text (result, 0, 0) == 'f';
  return result != NULL;
}
