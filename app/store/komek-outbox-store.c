/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-outbox-store.h"

#include <string.h>

#include "komek-outbox-marks.h"
#include "komek-outbox-store-private.h"

#define USUAL_LEAST_FREE (200 * 1024 * 1024)
#define USUAL_KEEP (24 * 60 * 60)
#define USUAL_MACHINE "/etc/machine-id"

/* How much of a long queue is looked at at once. */
#define MOST_ITEMS 1000

G_DEFINE_FINAL_TYPE (KomekOutboxStore, komek_outbox_store, G_TYPE_OBJECT)

/* What a work without a result gives. */
char komek_outbox_done[] = "done";

void
komek_outbox_survey_free (KomekOutboxSurvey *self)
{
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->watched, g_ptr_array_unref);
  g_free (self);
}

static void
komek_outbox_store_finalize (GObject *object)
{
  KomekOutboxStore *self = KOMEK_OUTBOX_STORE (object);

  komek_outbox_thread_free (self->thread);
  g_free (self->address);
  g_object_unref (self->vault);
  G_OBJECT_CLASS (komek_outbox_store_parent_class)->finalize (object);
}

static void
komek_outbox_store_class_init (KomekOutboxStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = komek_outbox_store_finalize;
}

static void
komek_outbox_store_init (KomekOutboxStore *self)
{
}

/**
 * komek_outbox_store_new:
 * @path: where its file is, or is to be made
 * @vault: locks all that a citizen wrote
 * @limits: (nullable): what it needs of the device
 *
 * Returns: (transfer full): the store; its file is opened in its thread when it is first needed
 */
KomekOutboxStore *
komek_outbox_store_new (const char *path, KomekVault *vault, const KomekOutboxLimits *limits)
{
  KomekOutboxStore *self = g_object_new (KOMEK_TYPE_OUTBOX_STORE, NULL);
  const char *machine = limits && limits->machine ? limits->machine : USUAL_MACHINE;
  KomekOutboxKit kit = {
    .file = komek_outbox_file_new (path, machine),
    .vault = vault,
    .least_free = limits && limits->least_free ? limits->least_free : USUAL_LEAST_FREE,
    .keep = limits && limits->keep ? limits->keep : USUAL_KEEP,
    .former = komek_outbox_former_new (limits ? limits->former : NULL, machine, vault),
  };

  if (limits && limits->small)
    komek_outbox_file_set_small (kit.file, limits->small);
  self->vault = g_object_ref (vault);
  self->address = g_strdup (limits ? limits->address : NULL);
  kit.address = self->address;
  self->thread = komek_outbox_thread_new (&kit);
  return self;
}

KomekOutboxJob *
komek_outbox_make_job (KomekOutboxStore *self, KomekOutboxWork work, GDestroyNotify destroy,
                             GCancellable *cancellable, GAsyncReadyCallback callback,
                             gpointer data)
{
  GTask *task = g_task_new (self, cancellable, callback, data);

  g_task_set_source_tag (task, komek_outbox_make_job);
  return komek_outbox_job_new (task, work, destroy);
}

gpointer
komek_outbox_take_result (KomekOutboxStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static gpointer
prepare (const KomekOutboxKit *kit, KomekOutboxJob *job, KomekDatabase *database, GError **error)
{
  return komek_outbox_work_prepare (kit, database, kit->least_free, error) ? komek_outbox_done
                                                                           : NULL;
}

/**
 * komek_outbox_store_prepare_async:
 *
 * Asks whether an item could be kept; komek_outbox_store_finish() tells.
 */
void
komek_outbox_store_prepare_async (KomekOutboxStore *self, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer data)
{
  KomekOutboxJob *job;

  g_return_if_fail (KOMEK_IS_OUTBOX_STORE (self));

  job = komek_outbox_make_job (self, prepare, NULL, cancellable, callback, data);
  job->adds = TRUE;
  komek_outbox_thread_push (self->thread, job);
}

static gpointer
add (const KomekOutboxKit *kit, KomekOutboxJob *job, KomekDatabase *database, GError **error)
{
  return komek_outbox_work_add (kit, database, komek_filing_peek (job->filing), job->photos,
                                error);
}

/**
 * komek_outbox_store_add_async:
 * @fields: its local number and device are given here
 * @photos: (element-type GBytes): in the clear
 *
 * Keeps a request. The same key again gives the item that is there.
 */
void
komek_outbox_store_add_async (KomekOutboxStore *self, const KomekFilingFields *fields,
                              GPtrArray *photos, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data)
{
  KomekOutboxJob *job;

  g_return_if_fail (KOMEK_IS_OUTBOX_STORE (self));

  job = komek_outbox_make_job (self, add, (GDestroyNotify) komek_outbox_item_free, cancellable,
                               callback, data);
  job->adds = TRUE;
  job->filing = komek_filing_new (fields);
  job->photos = g_ptr_array_copy (photos, (GCopyFunc) (void (*) (void)) g_bytes_ref, NULL);
  g_ptr_array_set_free_func (job->photos, (GDestroyNotify) g_bytes_unref);
  komek_outbox_thread_push (self->thread, job);
}

/**
 * komek_outbox_store_add_finish:
 *
 * Returns: (transfer full) (nullable): the item, durable
 */
KomekOutboxItem *
komek_outbox_store_add_finish (KomekOutboxStore *self, GAsyncResult *result, GError **error)
{
  return komek_outbox_take_result (self, result, error);
}

static GPtrArray *
find_watched (KomekDatabase *database, char **keys, GError **error)
{
  g_autoptr (GPtrArray) items =
    g_ptr_array_new_with_free_func ((GDestroyNotify) komek_outbox_item_free);

  for (guint i = 0; keys && keys[i]; i++)
    {
      KomekOutboxItem *item;

      if (!komek_outbox_table_find (database, keys[i], &item, error))
        return NULL;
      if (item)
        g_ptr_array_add (items, item);
    }
  return g_steal_pointer (&items);
}

static gpointer
survey (const KomekOutboxKit *kit, KomekOutboxJob *job, KomekDatabase *database, GError **error)
{
  g_autoptr (KomekOutboxSurvey) answer = g_new0 (KomekOutboxSurvey, 1);

  answer->leads = komek_outbox_file_lead (kit->file);
  answer->strays = komek_outbox_former_get_strays (kit->former);
  if (!komek_outbox_table_count (database, &answer->counts, error))
    return NULL;
  answer->items = komek_outbox_table_list (database, MOST_ITEMS, error);
  answer->watched = answer->items ? find_watched (database, job->watched, error) : NULL;
  return answer->watched ? g_steal_pointer (&answer) : NULL;
}

/**
 * komek_outbox_store_survey_async:
 * @watched: (nullable) (array zero-terminated=1): keys of items of which to hear in any state
 *
 * Asks how it stands, and to be the process that delivers.
 */
void
komek_outbox_store_survey_async (KomekOutboxStore *self, const char *const *watched,
                                 GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer data)
{
  KomekOutboxJob *job;

  g_return_if_fail (KOMEK_IS_OUTBOX_STORE (self));

  job = komek_outbox_make_job (self, survey, (GDestroyNotify) komek_outbox_survey_free,
                               cancellable, callback, data);
  job->watched = g_strdupv ((char **) watched);
  komek_outbox_thread_push (self->thread, job);
}

/**
 * komek_outbox_store_survey_finish:
 *
 * Returns: (transfer full) (nullable): how it stands
 */
KomekOutboxSurvey *
komek_outbox_store_survey_finish (KomekOutboxStore *self, GAsyncResult *result, GError **error)
{
  return komek_outbox_take_result (self, result, error);
}

static gpointer
begin (const KomekOutboxKit *kit, KomekOutboxJob *job, KomekDatabase *database, GError **error)
{
  return komek_outbox_work_begin (kit, database, job->sequence, job->must_note, error);
}

/**
 * komek_outbox_store_begin_async:
 * @must_note: whether it may go only if that is durable: a city that knows keys tells a second time
 * by itself
 *
 * Opens an item to be sent, and remembers first that it may have been sent from now on.
 */
void
komek_outbox_store_begin_async (KomekOutboxStore *self, gint64 sequence, gboolean must_note,
                                GCancellable *cancellable, GAsyncReadyCallback callback,
                                gpointer data)
{
  KomekOutboxJob *job;

  g_return_if_fail (KOMEK_IS_OUTBOX_STORE (self));

  job = komek_outbox_make_job (self, begin, (GDestroyNotify) komek_filing_unref, cancellable,
                               callback, data);
  job->sequence = sequence;
  job->must_note = must_note;
  komek_outbox_thread_push (self->thread, job);
}

/**
 * komek_outbox_store_begin_finish:
 *
 * Fails with %KOMEK_ERROR_UNREADABLE where what was kept cannot be opened any more.
 *
 * Returns: (transfer full) (nullable): what is to be sent
 */
KomekFiling *
komek_outbox_store_begin_finish (KomekOutboxStore *self, GAsyncResult *result, GError **error)
{
  return komek_outbox_take_result (self, result, error);
}

static gpointer
change (const KomekOutboxKit *kit, KomekOutboxJob *job, KomekDatabase *database, GError **error)
{
  gboolean changed = komek_outbox_work_change (kit, database, job->sequence, &job->change,
                                               job->reason, error);

  return changed ? komek_outbox_done : NULL;
}

/**
 * komek_outbox_store_change_async:
 * @what: copied; its reason does not count
 * @reason: (nullable): why it is parked; it may hold what was sent
 *
 * Remembers what became of an item; komek_outbox_store_finish() tells when it is durable.
 */
void
komek_outbox_store_change_async (KomekOutboxStore *self, gint64 sequence,
                                 const KomekOutboxChange *what, const char *reason,
                                 GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer data)
{
  KomekOutboxJob *job;

  g_return_if_fail (KOMEK_IS_OUTBOX_STORE (self));

  job = komek_outbox_make_job (self, change, NULL, cancellable, callback, data);
  job->sequence = sequence;
  job->change = *what;
  job->change.number = g_strdup (what->number);
  job->change.token = g_strdup (what->token);
  job->reason = reason ? g_bytes_new (reason, strlen (reason)) : NULL;
  komek_outbox_thread_push (self->thread, job);
}

static gpointer
list_numbers (const KomekOutboxKit *kit, KomekOutboxJob *job, KomekDatabase *database,
              GError **error)
{
  return komek_outbox_table_list_numbers (database, job->time, error);
}

/**
 * komek_outbox_store_numbers_async:
 * @since: seconds since 1970
 *
 * Asks for the city's numbers of what was handed in since then.
 */
void
komek_outbox_store_numbers_async (KomekOutboxStore *self, gint64 since, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer data)
{
  KomekOutboxJob *job;

  g_return_if_fail (KOMEK_IS_OUTBOX_STORE (self));

  job = komek_outbox_make_job (self, list_numbers, (GDestroyNotify) g_ptr_array_unref, cancellable,
                               callback, data);
  job->time = since;
  komek_outbox_thread_push (self->thread, job);
}

/**
 * komek_outbox_store_numbers_finish:
 *
 * Returns: (transfer full) (element-type utf8) (nullable): the numbers
 */
GPtrArray *
komek_outbox_store_numbers_finish (KomekOutboxStore *self, GAsyncResult *result, GError **error)
{
  return komek_outbox_take_result (self, result, error);
}

static gpointer
get_device (const KomekOutboxKit *kit, KomekOutboxJob *job, KomekDatabase *database,
            GError **error)
{
  return komek_outbox_marks_dup_device (database, error);
}

/**
 * komek_outbox_store_device_async:
 *
 * Asks for what tells this device from others.
 */
void
komek_outbox_store_device_async (KomekOutboxStore *self, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (KOMEK_IS_OUTBOX_STORE (self));

  komek_outbox_thread_push (
    self->thread, komek_outbox_make_job (self, get_device, g_free, cancellable, callback, data));
}

/**
 * komek_outbox_store_device_finish:
 *
 * Returns: (transfer full) (nullable): its name
 */
char *
komek_outbox_store_device_finish (KomekOutboxStore *self, GAsyncResult *result, GError **error)
{
  return komek_outbox_take_result (self, result, error);
}

static gpointer
tidy (const KomekOutboxKit *kit, KomekOutboxJob *job, KomekDatabase *database, GError **error)
{
  gboolean tidied = komek_outbox_work_tidy (kit, database, job->time - kit->keep, error);

  if (tidied && kit->address)
    tidied = komek_outbox_marks_name_address (database, kit->address, error);
  if (tidied)
    komek_outbox_former_look (kit->former, job->time - kit->keep);
  return tidied ? komek_outbox_done : NULL;
}

/**
 * komek_outbox_store_tidy_async:
 * @now: seconds since 1970
 *
 * Removes what citizens wrote in requests that were delivered long enough ago,
 * looks after the copies, and whether anything waits for a former address.
 */
void
komek_outbox_store_tidy_async (KomekOutboxStore *self, gint64 now, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer data)
{
  KomekOutboxJob *job;

  g_return_if_fail (KOMEK_IS_OUTBOX_STORE (self));

  job = komek_outbox_make_job (self, tidy, NULL, cancellable, callback, data);
  job->time = now;
  komek_outbox_thread_push (self->thread, job);
}

/**
 * komek_outbox_store_finish:
 *
 * Ends each call that has nothing to give. Fails with %KOMEK_ERROR_UNSAVED where
 * it is not durable.
 */
gboolean
komek_outbox_store_finish (KomekOutboxStore *self, GAsyncResult *result, GError **error)
{
  return komek_outbox_take_result (self, result, error) != NULL;
}
