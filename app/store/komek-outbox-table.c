/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-outbox-table-private.h"

/* The rows of the outbox. Whoever changes them does so within a transaction. */

#define COLUMNS                                                                                    \
  "SELECT sequence, key, local, state, attempted, number, token, filed,"                           \
  " (SELECT count(*) FROM photo WHERE photo.sequence = item.sequence AND photo.state = 0)"         \
  " FROM item "

static KomekOutboxItem *
read_item (KomekStatement *statement)
{
  KomekOutboxItem *item = g_new (KomekOutboxItem, 1);

  *item = (KomekOutboxItem) {
    .sequence = komek_statement_get_number (statement, 0),
    .key = g_strdup (komek_statement_get_text (statement, 1)),
    .local = g_strdup (komek_statement_get_text (statement, 2)),
    .state = komek_statement_get_number (statement, 3),
    .attempted = komek_statement_get_number (statement, 4) != 0,
    .number = komek_outbox_dup_text (statement, 5),
    .token = komek_outbox_dup_text (statement, 6),
    .filed = komek_statement_get_number (statement, 7),
    .photos = komek_statement_get_number (statement, 8),
  };
  return item;
}

/* Of what is locked, so that nobody can guess at a text by its hash. */
static GBytes *
hash (GBytes *payload, GPtrArray *photos)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize length = sizeof digest;

  g_checksum_update (sum, g_bytes_get_data (payload, NULL), g_bytes_get_size (payload));
  for (guint i = 0; i < photos->len; i++)
    g_checksum_update (sum, g_bytes_get_data (photos->pdata[i], NULL),
                       g_bytes_get_size (photos->pdata[i]));
  g_checksum_get_digest (sum, digest, &length);
  return g_bytes_new (digest, length);
}

static void
bind_item (KomekStatement *statement, const KomekOutboxItem *item, GBytes *sum, GBytes *payload)
{
  if (item->sequence > 0)
    komek_statement_bind_number (statement, 1, item->sequence);
  komek_statement_bind_text (statement, 2, item->key);
  komek_statement_bind_text (statement, 3, item->local);
  komek_statement_bind_number (statement, 4, item->state);
  komek_statement_bind_number (statement, 5, item->attempted);
  komek_statement_bind_number (statement, 6, item->filed);
  komek_outbox_bind_bytes (statement, 7, sum);
  komek_outbox_bind_bytes (statement, 8, payload);
}

/**
 * komek_outbox_table_insert:
 * @item: where its sequence is 0 it gets the next one
 * @payload: locked
 * @photos: (element-type GBytes): locked
 */
gboolean
komek_outbox_table_insert (KomekDatabase *database, KomekOutboxItem *item, GBytes *payload,
                           GPtrArray *photos, GError **error)
{
  g_autoptr (GBytes) sum = hash (payload, photos);
  g_autoptr (KomekStatement) statement = komek_database_prepare (
    database,
    "INSERT INTO item (sequence, key, local, state, attempted, filed, hash, payload)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)", error);

  if (!statement)
    return FALSE;
  bind_item (statement, item, sum, payload);
  if (!komek_database_run (database, statement, error))
    return FALSE;
  item->sequence = komek_database_get_last_key (database);
  return komek_outbox_table_insert_photos (database, item->sequence, photos, error);
}

/* %FALSE is a failure; where there is no such row @item is %NULL. */
static gboolean
take_item (KomekDatabase *database, KomekStatement *statement, KomekOutboxItem **item,
           GError **error)
{
  gboolean found, done = komek_database_find (database, statement, &found, error);

  *item = found ? read_item (statement) : NULL;
  return done;
}

/**
 * komek_outbox_table_find:
 * @item: (out) (nullable): %NULL where no row has the key
 */
gboolean
komek_outbox_table_find (KomekDatabase *database, const char *key, KomekOutboxItem **item,
                         GError **error)
{
  g_autoptr (KomekStatement) statement =
    komek_database_prepare (database, COLUMNS "WHERE key = ?", error);

  if (!statement)
    return FALSE;
  komek_statement_bind_text (statement, 1, key);
  return take_item (database, statement, item, error);
}

/**
 * komek_outbox_table_get:
 * @item: (out) (nullable): %NULL where there is no such row
 */
gboolean
komek_outbox_table_get (KomekDatabase *database, gint64 sequence, KomekOutboxItem **item,
                        GError **error)
{
  g_autoptr (KomekStatement) statement =
    komek_database_prepare (database, COLUMNS "WHERE sequence = ?", error);

  if (!statement)
    return FALSE;
  komek_statement_bind_number (statement, 1, sequence);
  return take_item (database, statement, item, error);
}

static GPtrArray *
take_items (KomekDatabase *database, KomekStatement *statement, GError **error)
{
  g_autoptr (GPtrArray) items =
    g_ptr_array_new_with_free_func ((GDestroyNotify) komek_outbox_item_free);
  g_autoptr (GError) problem = NULL;

  while (komek_database_step (database, statement, &problem))
    g_ptr_array_add (items, read_item (statement));
  if (!problem)
    return g_steal_pointer (&items);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

/**
 * komek_outbox_table_list:
 *
 * Returns: (transfer full) (element-type KomekOutboxItem) (nullable): those that
 *   are still to be sent or to be asked for, in their order
 */
GPtrArray *
komek_outbox_table_list (KomekDatabase *database, guint most, GError **error)
{
  g_autoptr (KomekStatement) statement = komek_database_prepare (
    database, COLUMNS "WHERE state IN (0, 1, 2) ORDER BY sequence LIMIT ?", error);

  if (!statement)
    return NULL;
  komek_statement_bind_number (statement, 1, most);
  return take_items (database, statement, error);
}

/**
 * komek_outbox_table_list_open:
 * @all: also those that have their number and are sending their photos
 *
 * Returns: (transfer full) (element-type KomekOutboxItem) (nullable): those with which something
 *   is left to do: parked ones, held photos, the rest; each in their order
 */
GPtrArray *
komek_outbox_table_list_open (KomekDatabase *database, gboolean all, guint most, GError **error)
{
  g_autoptr (KomekStatement) statement = komek_database_prepare (
    database,
    COLUMNS "WHERE state <> 3 AND (state <> 2 OR ?)"
            " ORDER BY CASE state WHEN 4 THEN 0 WHEN 5 THEN 1 ELSE 2 END, sequence LIMIT ?",
    error);

  if (!statement)
    return NULL;
  komek_statement_bind_number (statement, 1, all);
  komek_statement_bind_number (statement, 2, most);
  return take_items (database, statement, error);
}

/**
 * komek_outbox_table_get_reason:
 * @status: (out): what the city answered, 0 where it did not
 * @reason: (out) (nullable): why it is parked, locked
 */
gboolean
komek_outbox_table_get_reason (KomekDatabase *database, gint64 sequence, guint *status,
                               GBytes **reason, GError **error)
{
  g_autoptr (KomekStatement) statement = komek_database_prepare (
    database, "SELECT status, reason FROM item WHERE sequence = ? AND reason IS NOT NULL", error);
  gboolean found;

  *status = 0;
  *reason = NULL;
  if (!statement)
    return FALSE;
  komek_statement_bind_number (statement, 1, sequence);
  if (!komek_database_find (database, statement, &found, error))
    return FALSE;
  if (found)
    {
      *status = komek_statement_get_number (statement, 0);
      *reason = komek_outbox_get_bytes (statement, 1);
    }
  return TRUE;
}

/**
 * komek_outbox_table_count:
 * @counts: (out): how many are in which state
 */
gboolean
komek_outbox_table_count (KomekDatabase *database, KomekOutboxCounts *counts, GError **error)
{
  g_autoptr (KomekStatement) statement = komek_database_prepare (
    database,
    "SELECT (SELECT count(*) FROM item WHERE state <> 3 AND state IN (0, 1)),"
    " (SELECT count(*) FROM item WHERE state <> 3 AND state = 4),"
    " (SELECT count(*) FROM item WHERE state <> 3 AND state = 5),"
    " (SELECT filed FROM item WHERE state IN (0, 1, 2) AND state <> 2 ORDER BY sequence LIMIT 1)",
    error);

  if (!statement || !komek_database_step (database, statement, error))
    return FALSE;
  counts->waiting = komek_statement_get_number (statement, 0);
  counts->parked = komek_statement_get_number (statement, 1);
  counts->held = komek_statement_get_number (statement, 2);
  counts->oldest = komek_statement_get_number (statement, 3);
  return TRUE;
}

/**
 * komek_outbox_table_list_numbers:
 * @since: seconds since 1970
 *
 * Returns: (transfer full) (element-type utf8) (nullable): the city's numbers of
 *   what was handed in since then
 */
GPtrArray *
komek_outbox_table_list_numbers (KomekDatabase *database, gint64 since, GError **error)
{
  g_autoptr (GPtrArray) numbers = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) problem = NULL;
  g_autoptr (KomekStatement) statement = komek_database_prepare (
    database, "SELECT number FROM item WHERE number IS NOT NULL AND filed >= ?", error);

  if (!statement)
    return NULL;
  komek_statement_bind_number (statement, 1, since);
  while (komek_database_step (database, statement, &problem))
    g_ptr_array_add (numbers, g_strdup (komek_statement_get_text (statement, 0)));
  if (!problem)
    return g_steal_pointer (&numbers);
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

/**
 * komek_outbox_table_get_payload:
 *
 * Returns: (transfer full) (nullable): what was written, locked; empty where its time is over
 */
GBytes *
komek_outbox_table_get_payload (KomekDatabase *database, gint64 sequence, GError **error)
{
  g_autoptr (KomekStatement) statement =
    komek_database_prepare (database, "SELECT payload FROM item WHERE sequence = ?", error);
  gboolean found;

  if (!statement)
    return NULL;
  komek_statement_bind_number (statement, 1, sequence);
  if (!komek_database_find (database, statement, &found, error))
    return NULL;
  return found ? komek_outbox_get_bytes (statement, 0) : g_bytes_new (NULL, 0);
}

/* Puts back what a copy holds into a row whose own bytes do not open any more. */
gboolean
komek_outbox_table_replace (KomekDatabase *database, const KomekOutboxCopy *copy, GError **error)
{
  g_autoptr (KomekStatement) statement = komek_database_prepare (
    database, "UPDATE item SET payload = ?, local = ?, filed = ? WHERE key = ?", error);

  if (!statement)
    return FALSE;
  komek_outbox_bind_bytes (statement, 1, copy->payload);
  komek_statement_bind_text (statement, 2, copy->item->local);
  komek_statement_bind_number (statement, 3, copy->item->filed);
  komek_statement_bind_text (statement, 4, copy->item->key);
  return komek_database_run (database, statement, error);
}

gboolean
komek_outbox_table_change (KomekDatabase *database, gint64 sequence,
                           const KomekOutboxChange *change, GError **error)
{
  gboolean over = change->state == KOMEK_OUTBOX_DELIVERED;
  g_autoptr (KomekStatement) statement = komek_database_prepare (
    database,
    "UPDATE item SET state = ?2, attempted = ?3, number = coalesce (?4, number),"
    " token = coalesce (?5, token), reason = coalesce (?6, reason), ended = ?7, status = ?8"
    " WHERE sequence = ?1",
    error);

  if (!statement)
    return FALSE;
  komek_statement_bind_number (statement, 1, sequence);
  komek_statement_bind_number (statement, 2, change->state);
  komek_statement_bind_number (statement, 3, change->attempted);
  komek_statement_bind_text (statement, 4, change->number);
  komek_statement_bind_text (statement, 5, change->token);
  if (change->reason)
    komek_outbox_bind_bytes (statement, 6, change->reason);
  if (over)
    komek_statement_bind_number (statement, 7, change->now);
  komek_statement_bind_number (statement, 8, change->status);
  return komek_database_run (database, statement, error);
}

/**
 * komek_outbox_table_release:
 * @key: (nullable): of one; %NULL for all
 *
 * Puts what was parked, and photos that were held, back into the queue, at their old places.
 */
gboolean
komek_outbox_table_release (KomekDatabase *database, const char *key, GError **error)
{
  g_autoptr (KomekStatement) statement = komek_database_prepare (
    database,
    "UPDATE item SET state = CASE state WHEN 4 THEN 0 ELSE 2 END"
    " WHERE state <> 3 AND state IN (4, 5) AND coalesce (key = ?, 1)", error);

  if (!statement)
    return FALSE;
  komek_statement_bind_text (statement, 1, key);
  return komek_database_run (database, statement, error);
}

/* A row that says that it was delivered and not as what, or parked and not why, was not written so
 * by us: it is sent again, as one that may have been sent before. */
gboolean
komek_outbox_table_mend (KomekDatabase *database, GError **error)
{
  return komek_database_execute (
    database,
    "UPDATE item SET state = 0, attempted = 1 WHERE payload IS NOT NULL"
    " AND (state NOT IN (0, 1, 2, 3, 4, 5) OR (state IN (2, 3, 5) AND number IS NULL)"
    " OR (state = 1 AND token IS NULL) OR (state = 4 AND reason IS NULL))",
    error);
}

/**
 * komek_outbox_table_list_over:
 * @before: seconds since 1970
 *
 * Returns: (transfer full) (element-type KomekOutboxItem) (nullable): those that were delivered
 *   before then and whose payload is still there
 */
GPtrArray *
komek_outbox_table_list_over (KomekDatabase *database, gint64 before, GError **error)
{
  g_autoptr (KomekStatement) statement = komek_database_prepare (
    database, COLUMNS "WHERE payload IS NOT NULL AND ended IS NOT NULL AND ended < ? AND state = 3",
    error);

  if (!statement)
    return NULL;
  komek_statement_bind_number (statement, 1, before);
  return take_items (database, statement, error);
}

/* Leaves the tombstone: key, numbers, hash. */
gboolean
komek_outbox_table_forget (KomekDatabase *database, gint64 sequence, GError **error)
{
  g_autoptr (KomekStatement) payload = komek_database_prepare (
    database, "UPDATE item SET payload = NULL, reason = NULL WHERE sequence = ? AND state = 3",
    error);
  g_autoptr (KomekStatement) photos =
    payload
               ? komek_database_prepare (database, "DELETE FROM photo WHERE sequence = ?", error)
               : NULL;

  if (!photos)
    return FALSE;
  komek_statement_bind_number (payload, 1, sequence);
  komek_statement_bind_number (photos, 1, sequence);
  return komek_database_run (database, payload, error)
         && komek_database_run (database, photos, error);
}
