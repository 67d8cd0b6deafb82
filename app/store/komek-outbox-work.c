/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-outbox-work.h"

#include "komek-error.h"
#include "komek-fault.h"
#include "komek-outbox-marks.h"
#include "komek-outbox-payload.h"
#include "komek-outbox-reserve.h"

/* What the thread of the outbox does: locked before it is written, written in
 * one transaction, and a copy beside it for as long as it is not delivered. */

/* What is locked is bound to its item: nothing can be put in its place. */
static char *
label (const char *what, const char *key, guint position)
{
  return g_strdup_printf ("%s %s %u", what, key, position);
}

static GBytes *
lock (const KomekOutboxKit *self, GBytes *clear, const char *what, const char *key, guint position,
      GError **error)
{
  g_autofree char *name = label (what, key, position);

  return komek_vault_lock (self->vault, clear, name, error);
}

static GBytes *
unlock (const KomekOutboxKit *self, GBytes *locked, const char *what, const char *key,
        guint position, GError **error)
{
  g_autofree char *name = label (what, key, position);

  return komek_vault_open (self->vault, locked, name, error);
}

/* The local number and the time are bound to it, for both are on somebody's slip. */
static char *
label_filing (const KomekOutboxItem *item)
{
  return g_strdup_printf ("item %s %s %" G_GINT64_FORMAT, item->key, item->local, item->filed);
}

static GBytes *
unlock_filing (const KomekOutboxKit *self, GBytes *locked, const KomekOutboxItem *item,
               GError **error)
{
  g_autofree char *name = label_filing (item);

  return komek_vault_open (self->vault, locked, name, error);
}

/* Room, a file that can be written and a key. */
gboolean
komek_outbox_work_prepare (const KomekOutboxKit *self, KomekDatabase *database, guint64 least_free,
                           GError **error)
{
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  g_autoptr (GBytes) locked = NULL;

  if (!komek_outbox_reserve_has_room (komek_outbox_file_get_path (self->file), least_free, error)
      || !komek_database_begin (database, error))
    return FALSE;
  komek_database_end (database, FALSE, NULL);
  locked = lock (self, nothing, "test", "", 0, error);
  return locked != NULL;
}

static GPtrArray *
lock_photos (const KomekOutboxKit *self, const char *key, GPtrArray *photos, GError **error)
{
  g_autoptr (GPtrArray) locked = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);

  for (guint i = 0; i < photos->len; i++)
    {
      GBytes *photo = lock (self, photos->pdata[i], "photo", key, i, error);

      if (!photo)
        return NULL;
      g_ptr_array_add (locked, photo);
    }
  return g_steal_pointer (&locked);
}

static GBytes *
lock_filing (const KomekOutboxKit *self, KomekDatabase *database, const KomekFilingFields *given,
             const KomekOutboxItem *item, GError **error)
{
  g_autofree char *device = komek_outbox_marks_dup_device (database, error);
  g_autofree char *name = label_filing (item);
  KomekFilingFields fields = *given;
  g_autoptr (GBytes) clear = NULL;

  if (!device)
    return NULL;
  fields.device = device;
  clear = komek_outbox_payload_write (&fields);
  return komek_vault_lock (self->vault, clear, name, error);
}

static gboolean
insert_new (const KomekOutboxKit *self, KomekDatabase *database, KomekOutboxCopy *copy,
            const KomekFilingFields *fields, GError **error)
{
  copy->item->key = g_strdup (fields->key);
  copy->item->filed = fields->time;
  copy->item->local = komek_outbox_marks_draw_number (database, error);
  komek_fault_point ("outbox.add.numbered");
  copy->payload =
    copy->item->local ? lock_filing (self, database, fields, copy->item, error) : NULL;
  if (!copy->payload
      || !komek_outbox_table_insert (database, copy->item, copy->payload, copy->photos, error))
    return FALSE;
  komek_fault_point ("outbox.add.inserted");
  return TRUE;
}

/* In one transaction: the number, the row, the photos. An item that is there already stays as it
 * is. */
static gboolean
insert (const KomekOutboxKit *self, KomekDatabase *database, KomekOutboxCopy *copy,
        const KomekFilingFields *fields, gboolean *fresh, GError **error)
{
  g_autoptr (KomekOutboxItem) known = NULL;

  if (!komek_outbox_table_find (database, fields->key, &known, error))
    return FALSE;
  *fresh = known == NULL;
  if (*fresh)
    return insert_new (self, database, copy, fields, error);
  komek_outbox_item_free (copy->item);
  copy->item = g_steal_pointer (&known);
  return TRUE;
}

/* Another process may have delivered it before it had a copy to remove. */
static void
drop_late_copy (const KomekOutboxKit *self, KomekDatabase *database, const KomekOutboxItem *item)
{
  g_autoptr (KomekOutboxItem) now = NULL;

  if (komek_outbox_table_get (database, item->sequence, &now, NULL) && now
      && now->state == KOMEK_OUTBOX_DELIVERED)
    komek_outbox_copy_remove (komek_outbox_file_get_copies (self->file), item->key);
}

static gboolean
keep (const KomekOutboxKit *self, KomekDatabase *database, KomekOutboxCopy *copy,
      const KomekFilingFields *fields, GError **error)
{
  g_autoptr (GError) problem = NULL;
  gboolean fresh = FALSE;
  gboolean kept;

  if (!komek_database_begin (database, error))
    return FALSE;
  komek_fault_point ("outbox.add.begun");
  kept = insert (self, database, copy, fields, &fresh, error);
  kept = komek_database_end (database, kept, error);
  komek_fault_point ("outbox.add.committed");
  if (!kept || !fresh)
    return kept;

  /* It is durable already; a copy that cannot be written now is no reason to say otherwise. */
  if (!komek_outbox_copy_write (komek_outbox_file_get_copies (self->file), copy, &problem))
    g_message ("Item %" G_GINT64_FORMAT " of the outbox has no copy: %s", copy->item->sequence,
               problem->message);
  komek_fault_point ("outbox.add.copied");
  drop_late_copy (self, database, copy->item);
  return TRUE;
}

/**
 * komek_outbox_work_add:
 * @photos: (element-type GBytes): in the clear
 *
 * Returns: (transfer full) (nullable): the item, durable; the one that is there already where it
 * has the same key
 */
KomekOutboxItem *
komek_outbox_work_add (const KomekOutboxKit *self, KomekDatabase *database,
                       const KomekFilingFields *fields, GPtrArray *photos, GError **error)
{
  g_autoptr (GPtrArray) locked = lock_photos (self, fields->key, photos, error);
  g_autoptr (KomekOutboxCopy) copy = NULL;

  komek_fault_point ("outbox.add.locked");
  if (!locked)
    return NULL;
  copy = g_new0 (KomekOutboxCopy, 1);
  copy->item = g_new0 (KomekOutboxItem, 1);
  copy->photos = g_steal_pointer (&locked);
  return keep (self, database, copy, fields, error) ? g_steal_pointer (&copy->item) : NULL;
}

static gboolean
change_item (KomekDatabase *database, gint64 sequence, const KomekOutboxChange *change,
             GError **error)
{
  gboolean changed;

  if (!komek_database_begin (database, error))
    return FALSE;
  changed = komek_outbox_table_change (database, sequence, change, error);
  komek_fault_point ("outbox.change.before_commit");
  changed = komek_database_end (database, changed, error);
  komek_fault_point ("outbox.change.after_commit");
  return changed;
}

/* A row whose own bytes do not open, or that was changed, gets those of its copy. */
static GBytes *
open_copy (const KomekOutboxKit *self, KomekDatabase *database, KomekOutboxItem **item)
{
  const char *copies = komek_outbox_file_get_copies (self->file);
  g_autoptr (KomekOutboxCopy) copy = komek_outbox_copy_read (copies, (*item)->key, NULL);
  g_autoptr (GBytes) clear = copy ? unlock_filing (self, copy->payload, copy->item, NULL) : NULL;
  gint64 sequence = (*item)->sequence;

  if (!clear)
    return NULL;
  if (komek_outbox_table_replace (database, copy, NULL))
    g_message ("Item %" G_GINT64_FORMAT " of the outbox was brought back from its copy", sequence);
  komek_outbox_item_free (*item);
  *item = g_steal_pointer (&copy->item);
  (*item)->sequence = sequence;
  return g_steal_pointer (&clear);
}

static GBytes *
open_payload (const KomekOutboxKit *self, KomekDatabase *database, KomekOutboxItem **item,
              GError **error)
{
  g_autoptr (GBytes) locked = komek_outbox_table_get_payload (database, (*item)->sequence, error);
  g_autoptr (GError) problem = NULL;
  GBytes *clear = locked ? unlock_filing (self, locked, *item, &problem) : NULL;

  if (!clear && g_error_matches (problem, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE))
    clear = open_copy (self, database, item);
  if (!clear && problem)
    g_propagate_error (error, g_steal_pointer (&problem));
  return clear;
}

static gboolean
get_item (KomekDatabase *database, gint64 sequence, KomekOutboxItem **item, GError **error)
{
  if (!komek_outbox_table_get (database, sequence, item, error))
    return FALSE;
  if (*item)
    return TRUE;
  g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE,
               "The outbox has no item %" G_GINT64_FORMAT, sequence);
  return FALSE;
}

static gboolean
note_attempt (KomekDatabase *database, const KomekOutboxItem *item, gboolean must, GError **error)
{
  const KomekOutboxChange change = { .state = item->state, .attempted = TRUE };

  return item->attempted || change_item (database, item->sequence, &change, must ? error : NULL)
         || !must;
}

/**
 * komek_outbox_work_open:
 * @item: (inout): where its row does not open, what its copy says
 *
 * Returns: (transfer full) (nullable): what is to be sent of an item
 */
KomekFiling *
komek_outbox_work_open (const KomekOutboxKit *self, KomekDatabase *database,
                        KomekOutboxItem **item, GError **error)
{
  g_autoptr (GBytes) clear = open_payload (self, database, item, error);

  return clear ? komek_outbox_payload_read (clear, *item, error) : NULL;
}

/**
 * komek_outbox_work_open_reason:
 * @status: (out): what the city answered, 0 where it did not
 *
 * Returns: (transfer full) (nullable): why it is parked; %NULL without an error where that is not
 *   known any more
 */
char *
komek_outbox_work_open_reason (const KomekOutboxKit *self, KomekDatabase *database,
                               const KomekOutboxItem *item, guint *status, GError **error)
{
  g_autoptr (GBytes) locked = NULL;
  g_autoptr (GBytes) clear = NULL;

  if (!komek_outbox_table_get_reason (database, item->sequence, status, &locked, error))
    return NULL;
  clear = locked ? unlock (self, locked, "reason", item->key, 0, NULL) : NULL;
  return clear ? g_strndup (g_bytes_get_data (clear, NULL), g_bytes_get_size (clear)) : NULL;
}

/**
 * komek_outbox_work_begin:
 * @must_note: whether it may go only if it is durable that it may have been sent
 *
 * Returns: (transfer full) (nullable): what is to be sent
 */
KomekFiling *
komek_outbox_work_begin (const KomekOutboxKit *self, KomekDatabase *database, gint64 sequence,
                         gboolean must_note, GError **error)
{
  g_autoptr (KomekOutboxItem) item = NULL;
  g_autoptr (KomekFiling) filing = NULL;

  if (!get_item (database, sequence, &item, error))
    return NULL;
  filing = komek_outbox_work_open (self, database, &item, error);
  komek_fault_point ("outbox.begin.opened");
  if (!filing || !note_attempt (database, item, must_note, error))
    return NULL;
  return g_steal_pointer (&filing);
}

/**
 * komek_outbox_work_change:
 * @change: its reason does not count
 * @reason: (nullable): why it is parked, in the clear
 */
gboolean
komek_outbox_work_change (const KomekOutboxKit *self, KomekDatabase *database, gint64 sequence,
                          const KomekOutboxChange *change, GBytes *reason, GError **error)
{
  KomekOutboxChange locked = *change;
  g_autoptr (KomekOutboxItem) item = NULL;
  g_autoptr (GBytes) words = NULL;

  if (!get_item (database, sequence, &item, error))
    return FALSE;
  if (reason && !(words = lock (self, reason, "reason", item->key, 0, error)))
    return FALSE;
  locked.reason = words;
  if (!change_item (database, sequence, &locked, error))
    return FALSE;
  if (change->state == KOMEK_OUTBOX_DELIVERED)
    komek_outbox_copy_remove (komek_outbox_file_get_copies (self->file), item->key);
  komek_fault_point ("outbox.change.copy_removed");
  return TRUE;
}

/**
 * komek_outbox_work_next_photo:
 *
 * Returns: (transfer full) (nullable): the next one to be sent, in the clear;
 *   %NULL without an error where none is left
 */
KomekOutboxPhoto *
komek_outbox_work_next_photo (const KomekOutboxKit *self, KomekDatabase *database, gint64 sequence,
                              GError **error)
{
  g_autoptr (KomekOutboxItem) item = NULL;
  g_autoptr (KomekOutboxPhoto) photo = NULL;
  g_autoptr (KomekFiling) filing = NULL;
  GBytes *clear;

  if (!get_item (database, sequence, &item, error)
      || !komek_outbox_table_next_photo (database, sequence, &photo, error) || !photo)
    return NULL;
  clear = unlock (self, photo->bytes, "photo", item->key, photo->position, error);
  filing = clear ? komek_outbox_work_open (self, database, &item, error) : NULL;
  if (clear)
    {
      g_bytes_unref (photo->bytes);
      photo->bytes = clear;
    }
  if (!filing)
    return NULL;
  photo->device = g_strdup (komek_filing_peek (filing)->device);
  return g_steal_pointer (&photo);
}

gboolean
komek_outbox_work_end_photo (KomekDatabase *database, gint64 sequence, guint position,
                             gboolean sent, GError **error)
{
  gboolean ended;

  if (!komek_database_begin (database, error))
    return FALSE;
  ended = komek_outbox_table_end_photo (database, sequence, position, sent, error);
  komek_fault_point ("outbox.photo.before_commit");
  ended = komek_database_end (database, ended, error);
  komek_fault_point ("outbox.photo.after_commit");
  return ended;
}

static gboolean
forget (KomekDatabase *database, GPtrArray *items, GError **error)
{
  gboolean forgotten = TRUE;

  if (!komek_database_begin (database, error))
    return FALSE;
  for (guint i = 0; forgotten && i < items->len; i++)
    forgotten =
      komek_outbox_table_forget (database, ((KomekOutboxItem *) items->pdata[i])->sequence, error);
  komek_fault_point ("outbox.forget.before_commit");
  forgotten = komek_database_end (database, forgotten, error);
  komek_fault_point ("outbox.forget.after_commit");
  /* The log still holds the old pages. */
  return forgotten && komek_database_execute (database, "PRAGMA wal_checkpoint (TRUNCATE)", error);
}

/**
 * komek_outbox_work_tidy:
 * @before: seconds since 1970
 *
 * Removes what citizens wrote in requests that were delivered before then, and looks after the
 * copies.
 */
gboolean
komek_outbox_work_tidy (const KomekOutboxKit *self, KomekDatabase *database, gint64 before,
                        GError **error)
{
  g_autoptr (GPtrArray) items = komek_outbox_table_list_over (database, before, error);

  if (!items || (items->len > 0 && !forget (database, items, error)))
    return FALSE;
  return komek_outbox_file_reconcile (self->file, error);
}
