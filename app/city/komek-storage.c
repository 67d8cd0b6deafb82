/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-storage.h"

G_DEFINE_INTERFACE (KomekStorage, komek_storage, G_TYPE_OBJECT)

static void
komek_storage_default_init (KomekStorageInterface *iface)
{
}

/**
 * komek_storage_list:
 *
 * Shows the requests that @query asks for: the latest registered first, or the
 * earliest changed first where it asks for changes.
 */
gboolean
komek_storage_list (KomekStorage *self, const KomekQuery *query, KomekRecordVisitor visit,
                    gpointer data, GError **error)
{
  g_return_val_if_fail (KOMEK_IS_STORAGE (self), FALSE);

  return KOMEK_STORAGE_GET_IFACE (self)->list (self, query, visit, data, error);
}

/**
 * komek_storage_history:
 *
 * Shows steps of requests, the oldest first.
 */
gboolean
komek_storage_history (KomekStorage *self, const KomekStepQuery *query, KomekStepVisitor visit,
                       gpointer data, GError **error)
{
  g_return_val_if_fail (KOMEK_IS_STORAGE (self), FALSE);

  return KOMEK_STORAGE_GET_IFACE (self)->history (self, query, visit, data, error);
}

/**
 * komek_storage_file:
 * @record: a new request with its first step
 * @zone: the city's zone, whose days the numbers count
 *
 * Keeps a request durably and gives it a number, both at once or neither. A
 * request whose key is known is not kept again.
 *
 * Fails with %KOMEK_REFUSAL_KEY_REUSED where the known one says something else,
 * and with %KOMEK_REFUSAL_KEY_RUNNING while the known one is still being kept.
 *
 * Returns: (transfer full): its number; of the known one, its number or token
 */
KomekRegistration *
komek_storage_file (KomekStorage *self, const KomekRecord *record, GTimeZone *zone, GError **error)
{
  g_return_val_if_fail (KOMEK_IS_STORAGE (self), NULL);

  return KOMEK_STORAGE_GET_IFACE (self)->file (self, record, zone, error);
}

/**
 * komek_storage_file_later:
 * @record: a new request with its first step
 *
 * Keeps a request durably and gives it a token, with which its number can be
 * asked for once komek_storage_settle() has given one. Fails as
 * komek_storage_file() does.
 *
 * Returns: (transfer full): its token; of the known one, its number or token
 */
KomekRegistration *
komek_storage_file_later (KomekStorage *self, const KomekRecord *record, GError **error)
{
  g_return_val_if_fail (KOMEK_IS_STORAGE (self), NULL);

  return KOMEK_STORAGE_GET_IFACE (self)->file_later (self, record, error);
}

/**
 * komek_storage_settle:
 * @zone: the city's zone, whose days the numbers count
 * @limit: how many requests at most
 * @n_settled: (out): how many there were
 *
 * Gives numbers to the requests that only have tokens, in the order in which they came.
 */
gboolean
komek_storage_settle (KomekStorage *self, GTimeZone *zone, guint limit, guint *n_settled,
                      GError **error)
{
  g_return_val_if_fail (KOMEK_IS_STORAGE (self), FALSE);

  return KOMEK_STORAGE_GET_IFACE (self)->settle (self, zone, limit, n_settled, error);
}

/**
 * komek_storage_look_up:
 * @found: (out) (nullable): the registration, %NULL where there is none
 */
gboolean
komek_storage_look_up (KomekStorage *self, const KomekLookUp *what, KomekRegistration **found,
                       GError **error)
{
  g_return_val_if_fail (KOMEK_IS_STORAGE (self), FALSE);

  return KOMEK_STORAGE_GET_IFACE (self)->look_up (self, what, found, error);
}

/**
 * komek_storage_add_update:
 * @step: what happened to the request of its number
 * @keeps_status: whether the status of @step does not count and the request keeps its own
 * @id: (out): of the step; of the known one where its key is known
 *
 * Adds a step to the history of a request, which is changed with it.
 *
 * Fails with %KOMEK_REFUSAL_NO_REQUEST where there is no such request, and
 * with %KOMEK_REFUSAL_KEY_REUSED where a known step says something else.
 */
gboolean
komek_storage_add_update (KomekStorage *self, const KomekStep *step, gboolean keeps_status,
                          gint64 *id, GError **error)
{
  g_return_val_if_fail (KOMEK_IS_STORAGE (self), FALSE);

  return KOMEK_STORAGE_GET_IFACE (self)->add_update (self, step, keeps_status, id, error);
}

/**
 * komek_storage_pass_update:
 * @id: of a hidden step
 * @time: at which its request has changed then
 * @passed: (out): whether there was such a step
 *
 * Shows a hidden step to everybody. Twice is once.
 */
gboolean
komek_storage_pass_update (KomekStorage *self, gint64 id, gint64 time, gboolean *passed,
                           GError **error)
{
  g_return_val_if_fail (KOMEK_IS_STORAGE (self), FALSE);

  return KOMEK_STORAGE_GET_IFACE (self)->pass_update (self, id, time, passed, error);
}

/**
 * komek_storage_vote:
 * @voter: whoever supports the request; nobody counts twice
 * @count: (out): how many support it now
 *
 * Fails with %KOMEK_REFUSAL_NO_REQUEST where there is no such request.
 */
gboolean
komek_storage_vote (KomekStorage *self, const char *number, const char *voter, gint64 time,
                    guint *count, GError **error)
{
  g_return_val_if_fail (KOMEK_IS_STORAGE (self), FALSE);

  return KOMEK_STORAGE_GET_IFACE (self)->vote (self, number, voter, time, count, error);
}

/**
 * komek_storage_add_photo:
 * @photo: its place does not count
 * @place: (out): the place that it got; of the known one where its digest is known
 *
 * Fails with %KOMEK_REFUSAL_NO_REQUEST where there is no such request, and
 * with %KOMEK_REFUSAL_PICTURES_FULL where it has %KOMEK_STORAGE_MAX_PHOTOS.
 */
gboolean
komek_storage_add_photo (KomekStorage *self, const KomekPhoto *photo, guint *place, GError **error)
{
  g_return_val_if_fail (KOMEK_IS_STORAGE (self), FALSE);

  return KOMEK_STORAGE_GET_IFACE (self)->add_photo (self, photo, place, error);
}

/**
 * komek_storage_list_photos:
 *
 * Shows the photos of a request without their bytes.
 */
gboolean
komek_storage_list_photos (KomekStorage *self, const char *number, KomekPhotoVisitor visit,
                           gpointer data, GError **error)
{
  g_return_val_if_fail (KOMEK_IS_STORAGE (self), FALSE);

  return KOMEK_STORAGE_GET_IFACE (self)->list_photos (self, number, visit, data, error);
}

/**
 * komek_storage_get_photo:
 *
 * Shows one photo with its bytes; nothing where there is none.
 */
gboolean
komek_storage_get_photo (KomekStorage *self, const char *number, guint place,
                         KomekPhotoVisitor visit, gpointer data, GError **error)
{
  g_return_val_if_fail (KOMEK_IS_STORAGE (self), FALSE);

  return KOMEK_STORAGE_GET_IFACE (self)->get_photo (self, number, place, visit, data, error);
}

/**
 * komek_storage_withdraw:
 *
 * Takes a request out of everything that is shown, for good. Twice is once.
 *
 * Fails with %KOMEK_REFUSAL_NO_REQUEST where there is no such request.
 */
gboolean
komek_storage_withdraw (KomekStorage *self, const char *number, gint64 time, GError **error)
{
  g_return_val_if_fail (KOMEK_IS_STORAGE (self), FALSE);

  return KOMEK_STORAGE_GET_IFACE (self)->withdraw (self, number, time, error);
}

/**
 * komek_storage_list_withdrawn:
 * @since: withdrawn at this time or later
 *
 * Shows the numbers and times of requests that were withdrawn, the earliest
 * first; when they were is when they were updated.
 */
gboolean
komek_storage_list_withdrawn (KomekStorage *self, gint64 since, guint limit,
                              KomekRecordVisitor visit, gpointer data, GError **error)
{
  g_return_val_if_fail (KOMEK_IS_STORAGE (self), FALSE);

  return KOMEK_STORAGE_GET_IFACE (self)->list_withdrawn (self, since, limit, visit, data, error);
}

/**
 * komek_storage_is_withdrawn:
 * @withdrawn: (out): whether there was such a request and it is withdrawn
 */
gboolean
komek_storage_is_withdrawn (KomekStorage *self, const char *number, gboolean *withdrawn,
                            GError **error)
{
  g_return_val_if_fail (KOMEK_IS_STORAGE (self), FALSE);

  return KOMEK_STORAGE_GET_IFACE (self)->is_withdrawn (self, number, withdrawn, error);
}

/**
 * komek_storage_is_sender:
 * @client: as it was filed with
 * @sender: (out): whether this client filed the request
 */
gboolean
komek_storage_is_sender (KomekStorage *self, const char *number, const char *client,
                         gboolean *sender, GError **error)
{
  g_return_val_if_fail (KOMEK_IS_STORAGE (self), FALSE);

  return KOMEK_STORAGE_GET_IFACE (self)->is_sender (self, number, client, sender, error);
}

/**
 * komek_storage_find_contact:
 * @contact: (out) (nullable): what was filed as the sealed contact, %NULL where nothing was
 */
gboolean
komek_storage_find_contact (KomekStorage *self, const char *number, char **contact, GError **error)
{
  g_return_val_if_fail (KOMEK_IS_STORAGE (self), FALSE);

  return KOMEK_STORAGE_GET_IFACE (self)->find_contact (self, number, contact, error);
}

/**
 * komek_storage_add_client:
 *
 * Adds somebody with an api key; whoever has the same id is replaced.
 */
gboolean
komek_storage_add_client (KomekStorage *self, const KomekClient *client, GError **error)
{
  g_return_val_if_fail (KOMEK_IS_STORAGE (self), FALSE);

  return KOMEK_STORAGE_GET_IFACE (self)->add_client (self, client, error);
}

/**
 * komek_storage_remove_client:
 * @removed: (out): whether there was such a client
 */
gboolean
komek_storage_remove_client (KomekStorage *self, const char *id, gboolean *removed, GError **error)
{
  g_return_val_if_fail (KOMEK_IS_STORAGE (self), FALSE);

  return KOMEK_STORAGE_GET_IFACE (self)->remove_client (self, id, removed, error);
}

/**
 * komek_storage_list_clients:
 * @key_hash: (nullable): only whoever has this key; %NULL for all
 */
gboolean
komek_storage_list_clients (KomekStorage *self, const char *key_hash, KomekClientVisitor visit,
                            gpointer data, GError **error)
{
  g_return_val_if_fail (KOMEK_IS_STORAGE (self), FALSE);

  return KOMEK_STORAGE_GET_IFACE (self)->list_clients (self, key_hash, visit, data, error);
}

/**
 * komek_storage_get_stamp:
 * @stamp: (out): a number that is larger after any change
 *
 * Ask before whatever the stamp shall stand for, never after.
 */
gboolean
komek_storage_get_stamp (KomekStorage *self, gint64 *stamp, GError **error)
{
  g_return_val_if_fail (KOMEK_IS_STORAGE (self), FALSE);

  return KOMEK_STORAGE_GET_IFACE (self)->get_stamp (self, stamp, error);
}

/**
 * komek_storage_dup_note:
 *
 * Returns: (transfer full) (nullable): what was noted about the whole, "" where nothing was
 */
char *
komek_storage_dup_note (KomekStorage *self, const char *name, GError **error)
{
  g_return_val_if_fail (KOMEK_IS_STORAGE (self), NULL);

  return KOMEK_STORAGE_GET_IFACE (self)->dup_note (self, name, error);
}

gboolean
komek_storage_set_note (KomekStorage *self, const char *name, const char *value, GError **error)
{
  g_return_val_if_fail (KOMEK_IS_STORAGE (self), FALSE);

  return KOMEK_STORAGE_GET_IFACE (self)->set_note (self, name, value, error);
}

/**
 * komek_storage_keep_note:
 *
 * Notes @value where nothing was noted: of several servers that begin at once
 * the first one decides for all.
 *
 * Returns: (transfer full) (nullable): what is noted now
 */
char *
komek_storage_keep_note (KomekStorage *self, const char *name, const char *value, GError **error)
{
  g_return_val_if_fail (KOMEK_IS_STORAGE (self), NULL);

  return KOMEK_STORAGE_GET_IFACE (self)->add_note (self, name, value, error)
           ? komek_storage_dup_note (self, name, error)
           : NULL;
}

/**
 * komek_storage_count_pending:
 * @n_pending: (out): how many filed requests have a token and no number yet
 */
gboolean
komek_storage_count_pending (KomekStorage *self, guint *n_pending, GError **error)
{
  g_return_val_if_fail (KOMEK_IS_STORAGE (self), FALSE);

  return KOMEK_STORAGE_GET_IFACE (self)->count_pending (self, n_pending, error);
}

/**
 * komek_storage_get_delay:
 * @reads_too: whether what is being read counts, which may take its time
 *
 * Never blocks, so that whoever asks hears of a disk or a network that hangs.
 *
 * Returns: how long what is being written now has taken so far, in µs; 0 for nothing
 */
gint64
komek_storage_get_delay (KomekStorage *self, gboolean reads_too)
{
  g_return_val_if_fail (KOMEK_IS_STORAGE (self), 0);

  return KOMEK_STORAGE_GET_IFACE (self)->get_delay (self, reads_too);
}

/**
 * komek_storage_is_empty:
 * @empty: (out): whether nothing was ever registered
 */
gboolean
komek_storage_is_empty (KomekStorage *self, gboolean *empty, GError **error)
{
  g_return_val_if_fail (KOMEK_IS_STORAGE (self), FALSE);

  return KOMEK_STORAGE_GET_IFACE (self)->is_empty (self, empty, error);
}

/**
 * komek_storage_begin_load:
 *
 * Begins to fill an empty storage. Until komek_storage_end_load() nobody else may use it.
 */
gboolean
komek_storage_begin_load (KomekStorage *self, GError **error)
{
  g_return_val_if_fail (KOMEK_IS_STORAGE (self), FALSE);

  return KOMEK_STORAGE_GET_IFACE (self)->begin_load (self, error);
}

/**
 * komek_storage_load:
 * @record: a request with its number and its whole history; not older than the one before
 */
gboolean
komek_storage_load (KomekStorage *self, const KomekRecord *record, GError **error)
{
  g_return_val_if_fail (KOMEK_IS_STORAGE (self), FALSE);

  return KOMEK_STORAGE_GET_IFACE (self)->load (self, record, error);
}

gboolean
komek_storage_end_load (KomekStorage *self, GError **error)
{
  g_return_val_if_fail (KOMEK_IS_STORAGE (self), FALSE);

  return KOMEK_STORAGE_GET_IFACE (self)->end_load (self, error);
}
