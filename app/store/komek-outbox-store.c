/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-outbox-store.h"


#include "komek-error.h"
#include "komek-fault.h"
#include "komek-outbox-file.h"
#include "komek-outbox-payload.h"

#include <string.h>

#define USUAL_LEAST_FREE (200 * 1024 * 1024)
#define USUAL_KEEP (24 * 60 * 60)
#define USUAL_MACHINE "/etc/machine-id"

/* How much of a long queue is looked at at once. */
#define MOST_ITEMS 1000

/**
 * KomekOutboxStore:
 *
 * What waits for the city, in a file of this device: durable before anybody hears of it, locked, in order.
 *
 * Everything happens in a thread of its own, one thing after the other. What is
 * asked of it is done even where the program goes on or ends; finalizing waits.
 */
struct _KomekOutboxStore
{
  GObject          parent;
  KomekOutboxFile *file; /* of the thread alone */
  KomekVault      *vault;
  guint64          least_free;
  gint64           keep;
  GThread         *thread;
  GAsyncQueue     *jobs;
};

G_DEFINE_FINAL_TYPE (KomekOutboxStore, komek_outbox_store, G_TYPE_OBJECT)

typedef struct _Job Job;
typedef gpointer (*Work) (KomekOutboxStore *self, Job *job, KomekDatabase *database, GError **error);

/* What is to be done and with what; each work uses what it needs of it. */
struct _Job
{
  GTask            *task;
  Work              work;
  GDestroyNotify    destroy; /* of the result */
  gpointer          result;
  GError           *error;

  gint64            sequence;
  gint64            time;
  guint             position;
  gboolean          sent;
  gboolean          must_note;
  gboolean          adds; /* something new, to which no reserve is given */
  KomekFiling      *filing;
  GPtrArray        *photos;
  char            **watched;
  KomekOutboxChange change;
  GBytes           *reason; /* in the clear */
};

/* The last job. */
static Job farewell;

/* What a work without a result gives. */
static char done[] = "done";

void
komek_outbox_survey_free (KomekOutboxSurvey *self)
{
  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->watched, g_ptr_array_unref);
  g_free (self);
}

static void
job_free (Job *job)
{
  if (job->result && job->destroy)
    job->destroy (job->result);
  g_clear_error (&job->error);
  g_clear_pointer (&job->filing, komek_filing_unref);
  g_clear_pointer (&job->photos, g_ptr_array_unref);
  g_strfreev (job->watched);
  g_free ((char *) job->change.number);
  g_free ((char *) job->change.token);
  g_clear_pointer (&job->reason, g_bytes_unref);
  g_object_unref (job->task);
  g_free (job);
}

static gboolean
deliver (gpointer data)
{
  Job *job = data;

  if (job->error)
    g_task_return_error (job->task, g_steal_pointer (&job->error));
  else
    g_task_return_pointer (job->task, g_steal_pointer (&job->result), job->destroy);
  return G_SOURCE_REMOVE;
}

/* The task goes home with the job: were its last reference dropped here, the
 * store would be finalized in its own thread and wait for itself. */
static void
send_home (Job *job)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, deliver, job, (GDestroyNotify) job_free);
  g_source_attach (source, g_task_get_context (job->task));
}

static void
do_job (KomekOutboxStore *self, Job *job)
{
  KomekDatabase *database = komek_outbox_file_open (self->file, &job->error);

  if (database)
    job->result = job->work (self, job, database, &job->error);
}

/* A file that turned out to be broken on the way is set aside when it is opened again; and what is kept
 * already is looked after even where the disk is full. */
static gboolean
may_try_again (KomekOutboxStore *self, Job *job)
{
  if (!g_error_matches (job->error, KOMEK_ERROR, KOMEK_ERROR_UNSAVED))
    return FALSE;
  return komek_outbox_file_is_broken (self->file) || (!job->adds && komek_outbox_file_make_room (self->file));
}

static gpointer
run (gpointer data)
{
  KomekOutboxStore *self = data;
  Job *job;

  while ((job = g_async_queue_pop (self->jobs)) != &farewell)
    {
      do_job (self, job);
      if (may_try_again (self, job))
        {
          g_clear_error (&job->error);
          do_job (self, job);
        }
      send_home (job);
    }
  g_clear_pointer (&self->file, komek_outbox_file_free);
  return NULL;
}

static void
komek_outbox_store_finalize (GObject *object)
{
  KomekOutboxStore *self = KOMEK_OUTBOX_STORE (object);

  komek_fault_point ("outbox.farewell");
  g_async_queue_push (self->jobs, &farewell);
  g_thread_join (self->thread);
  g_async_queue_unref (self->jobs);
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
  self->jobs = g_async_queue_new ();
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

  self->vault = g_object_ref (vault);
  self->least_free = limits && limits->least_free ? limits->least_free : USUAL_LEAST_FREE;
  self->keep = limits && limits->keep ? limits->keep : USUAL_KEEP;
  self->file = komek_outbox_file_new (path, machine);
  self->thread = g_thread_new ("komek-outbox", run, self);
  return self;
}

static Job *
make_job (KomekOutboxStore *self, Work work, GDestroyNotify destroy, GCancellable *cancellable,
          GAsyncReadyCallback callback, gpointer data)
{
  Job *job = g_new0 (Job, 1);

  job->task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (job->task, make_job);
  job->work = work;
  job->destroy = destroy;
  return job;
}

static void
push (KomekOutboxStore *self, Job *job)
{
  g_async_queue_push (self->jobs, job);
}

static gpointer
take_result (KomekOutboxStore *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* What is locked is bound to its item: nothing can be put in its place. */
static char *
label (const char *what, const char *key, guint position)
{
  return g_strdup_printf ("%s %s %u", what, key, position);
}

static GBytes *
lock (KomekOutboxStore *self, GBytes *clear, const char *what, const char *key, guint position, GError **error)
{
  g_autofree char *name = label (what, key, position);

  return komek_vault_lock (self->vault, clear, name, error);
}

static GBytes *
unlock (KomekOutboxStore *self, GBytes *locked, const char *what, const char *key, guint position, GError **error)
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
unlock_filing (KomekOutboxStore *self, GBytes *locked, const KomekOutboxItem *item, GError **error)
{
  g_autofree char *name = label_filing (item);

  return komek_vault_open (self->vault, locked, name, error);
}

/* Room, a file that can be written and a key. */
static gpointer
prepare (KomekOutboxStore *self, Job *job, KomekDatabase *database, GError **error)
{
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);
  g_autoptr (GBytes) locked = NULL;

  if (!komek_outbox_file_has_room (self->file, self->least_free, error)
      || !komek_database_begin (database, error))
    return NULL;
  komek_database_end (database, FALSE, NULL);
  locked = lock (self, nothing, "test", "", 0, error);
  return locked ? done : NULL;
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
  Job *job;

  g_return_if_fail (KOMEK_IS_OUTBOX_STORE (self));

  job = make_job (self, prepare, NULL, cancellable, callback, data);
  job->adds = TRUE;
  push (self, job);
}

static GPtrArray *
lock_photos (KomekOutboxStore *self, const char *key, GPtrArray *photos, GError **error)
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
lock_filing (KomekOutboxStore *self, const KomekFilingFields *given, const KomekOutboxItem *item, GError **error)
{
  g_autofree char *device = komek_outbox_file_dup_device (self->file, error);
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
insert_new (KomekOutboxStore *self, KomekDatabase *database, KomekOutboxCopy *copy, const KomekFilingFields *fields,
            GError **error)
{
  copy->item->key = g_strdup (fields->key);
  copy->item->filed = fields->time;
  copy->item->local = komek_outbox_file_draw_number (self->file, error);
  komek_fault_point ("outbox.add.numbered");
  copy->payload = copy->item->local ? lock_filing (self, fields, copy->item, error) : NULL;
  if (!copy->payload || !komek_outbox_table_insert (database, copy->item, copy->payload, copy->photos, error))
    return FALSE;
  komek_fault_point ("outbox.add.inserted");
  return TRUE;
}

/* In one transaction: the number, the row, the photos. An item that is there already stays as it is. */
static gboolean
insert (KomekOutboxStore *self, KomekDatabase *database, KomekOutboxCopy *copy, const KomekFilingFields *fields,
        gboolean *fresh, GError **error)
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
drop_late_copy (KomekOutboxStore *self, KomekDatabase *database, const KomekOutboxItem *item)
{
  g_autoptr (KomekOutboxItem) now = NULL;

  if (komek_outbox_table_get (database, item->sequence, &now, NULL) && now && now->state == KOMEK_OUTBOX_DELIVERED)
    komek_outbox_copy_remove (komek_outbox_file_get_copies (self->file), item->key);
}

static gboolean
keep (KomekOutboxStore *self, KomekDatabase *database, KomekOutboxCopy *copy, const KomekFilingFields *fields,
      GError **error)
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
    g_message ("Item %" G_GINT64_FORMAT " of the outbox has no copy: %s", copy->item->sequence, problem->message);
  komek_fault_point ("outbox.add.copied");
  drop_late_copy (self, database, copy->item);
  return TRUE;
}

static gpointer
add (KomekOutboxStore *self, Job *job, KomekDatabase *database, GError **error)
{
  const KomekFilingFields *fields = komek_filing_peek (job->filing);
  g_autoptr (GPtrArray) photos = lock_photos (self, fields->key, job->photos, error);
  g_autoptr (KomekOutboxCopy) copy = NULL;

  komek_fault_point ("outbox.add.locked");
  if (!photos)
    return NULL;
  copy = g_new0 (KomekOutboxCopy, 1);
  copy->item = g_new0 (KomekOutboxItem, 1);
  copy->photos = g_steal_pointer (&photos);
  return keep (self, database, copy, fields, error) ? g_steal_pointer (&copy->item) : NULL;
}

/**
 * komek_outbox_store_add_async:
 * @fields: its local number and device are given here
 * @photos: (element-type GBytes): in the clear
 *
 * Keeps a request. The same key again gives the item that is there.
 */
void
komek_outbox_store_add_async (KomekOutboxStore *self, const KomekFilingFields *fields, GPtrArray *photos,
                              GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  Job *job;

  g_return_if_fail (KOMEK_IS_OUTBOX_STORE (self));

  job = make_job (self, add, (GDestroyNotify) komek_outbox_item_free, cancellable, callback, data);
  job->adds = TRUE;
  job->filing = komek_filing_new (fields);
  job->photos = g_ptr_array_copy (photos, (GCopyFunc) (void (*) (void)) g_bytes_ref, NULL);
  g_ptr_array_set_free_func (job->photos, (GDestroyNotify) g_bytes_unref);
  push (self, job);
}

/**
 * komek_outbox_store_add_finish:
 *
 * Returns: (transfer full) (nullable): the item, durable
 */
KomekOutboxItem *
komek_outbox_store_add_finish (KomekOutboxStore *self, GAsyncResult *result, GError **error)
{
  return take_result (self, result, error);
}

static GPtrArray *
find_watched (KomekDatabase *database, char **keys, GError **error)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) komek_outbox_item_free);

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
survey (KomekOutboxStore *self, Job *job, KomekDatabase *database, GError **error)
{
  g_autoptr (KomekOutboxSurvey) answer = g_new0 (KomekOutboxSurvey, 1);

  answer->leads = komek_outbox_file_lead (self->file);
  if (!komek_outbox_table_count (database, &answer->waiting, &answer->parked, &answer->oldest, error))
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
komek_outbox_store_survey_async (KomekOutboxStore *self, const char *const *watched, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer data)
{
  Job *job;

  g_return_if_fail (KOMEK_IS_OUTBOX_STORE (self));

  job = make_job (self, survey, (GDestroyNotify) komek_outbox_survey_free, cancellable, callback, data);
  job->watched = g_strdupv ((char **) watched);
  push (self, job);
}

/**
 * komek_outbox_store_survey_finish:
 *
 * Returns: (transfer full) (nullable): how it stands
 */
KomekOutboxSurvey *
komek_outbox_store_survey_finish (KomekOutboxStore *self, GAsyncResult *result, GError **error)
{
  return take_result (self, result, error);
}

static gboolean
change_item (KomekDatabase *database, gint64 sequence, const KomekOutboxChange *change, GError **error)
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
open_copy (KomekOutboxStore *self, KomekDatabase *database, KomekOutboxItem **item)
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
open_payload (KomekOutboxStore *self, KomekDatabase *database, KomekOutboxItem **item, GError **error)
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
  g_set_error (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE, "The outbox has no item %" G_GINT64_FORMAT, sequence);
  return FALSE;
}

static gboolean
note_attempt (KomekDatabase *database, const KomekOutboxItem *item, gboolean must, GError **error)
{
  const KomekOutboxChange change = { .state = item->state, .attempted = TRUE };

  return item->attempted || change_item (database, item->sequence, &change, must ? error : NULL) || !must;
}

static gpointer
begin (KomekOutboxStore *self, Job *job, KomekDatabase *database, GError **error)
{
  g_autoptr (KomekOutboxItem) item = NULL;
  g_autoptr (GBytes) clear = NULL;
  g_autoptr (KomekFiling) filing = NULL;

  if (!get_item (database, job->sequence, &item, error))
    return NULL;
  clear = open_payload (self, database, &item, error);
  filing = clear ? komek_outbox_payload_read (clear, item, error) : NULL;
  komek_fault_point ("outbox.begin.opened");
  if (!filing || !note_attempt (database, item, job->must_note, error))
    return NULL;
  return g_steal_pointer (&filing);
}

/**
 * komek_outbox_store_begin_async:
 * @must_note: whether it may go only if that is durable: a city that knows keys tells a second time by itself
 *
 * Opens an item to be sent, and remembers first that it may have been sent from now on.
 */
void
komek_outbox_store_begin_async (KomekOutboxStore *self, gint64 sequence, gboolean must_note,
                                GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  Job *job;

  g_return_if_fail (KOMEK_IS_OUTBOX_STORE (self));

  job = make_job (self, begin, (GDestroyNotify) komek_filing_unref, cancellable, callback, data);
  job->sequence = sequence;
  job->must_note = must_note;
  push (self, job);
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
  return take_result (self, result, error);
}

static gpointer
change (KomekOutboxStore *self, Job *job, KomekDatabase *database, GError **error)
{
  g_autoptr (KomekOutboxItem) item = NULL;
  g_autoptr (GBytes) reason = NULL;

  if (!get_item (database, job->sequence, &item, error))
    return NULL;
  if (job->reason)
    reason = lock (self, job->reason, "reason", item->key, 0, error);
  if (job->reason && !reason)
    return NULL;
  job->change.reason = reason;
  if (!change_item (database, job->sequence, &job->change, error))
    return NULL;
  if (job->change.state == KOMEK_OUTBOX_DELIVERED)
    komek_outbox_copy_remove (komek_outbox_file_get_copies (self->file), item->key);
  komek_fault_point ("outbox.change.copy_removed");
  return done;
}

/**
 * komek_outbox_store_change_async:
 * @what: copied; its reason does not count
 * @reason: (nullable): why it is parked; it may hold what was sent
 *
 * Remembers what became of an item; komek_outbox_store_finish() tells when it is durable.
 */
void
komek_outbox_store_change_async (KomekOutboxStore *self, gint64 sequence, const KomekOutboxChange *what,
                                 const char *reason, GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer data)
{
  Job *job;

  g_return_if_fail (KOMEK_IS_OUTBOX_STORE (self));

  job = make_job (self, change, NULL, cancellable, callback, data);
  job->sequence = sequence;
  job->change = *what;
  job->change.number = g_strdup (what->number);
  job->change.token = g_strdup (what->token);
  job->reason = reason ? g_bytes_new (reason, strlen (reason)) : NULL;
  push (self, job);
}

static gpointer
next_photo (KomekOutboxStore *self, Job *job, KomekDatabase *database, GError **error)
{
  g_autoptr (KomekOutboxItem) item = NULL;
  g_autoptr (KomekOutboxPhoto) photo = NULL;
  GBytes *clear;

  if (!get_item (database, job->sequence, &item, error)
      || !komek_outbox_table_next_photo (database, job->sequence, &photo, error) || !photo)
    return NULL;
  clear = unlock (self, photo->bytes, "photo", item->key, photo->position, error);
  if (!clear)
    return NULL;
  g_bytes_unref (photo->bytes);
  photo->bytes = clear;
  photo->device = komek_outbox_file_dup_device (self->file, error);
  return photo->device ? g_steal_pointer (&photo) : NULL;
}

/**
 * komek_outbox_store_photo_async:
 *
 * Opens the next photo of an item that is still to be sent.
 */
void
komek_outbox_store_photo_async (KomekOutboxStore *self, gint64 sequence, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer data)
{
  Job *job;

  g_return_if_fail (KOMEK_IS_OUTBOX_STORE (self));

  job = make_job (self, next_photo, (GDestroyNotify) komek_outbox_photo_free, cancellable, callback, data);
  job->sequence = sequence;
  push (self, job);
}

/**
 * komek_outbox_store_photo_finish:
 *
 * Returns: (transfer full) (nullable): the photo, in the clear; %NULL without an
 *   error where none is left
 */
KomekOutboxPhoto *
komek_outbox_store_photo_finish (KomekOutboxStore *self, GAsyncResult *result, GError **error)
{
  return take_result (self, result, error);
}

static gpointer
end_photo (KomekOutboxStore *self, Job *job, KomekDatabase *database, GError **error)
{
  gboolean ended;

  if (!komek_database_begin (database, error))
    return NULL;
  ended = komek_outbox_table_end_photo (database, job->sequence, job->position, job->sent, error);
  komek_fault_point ("outbox.photo.before_commit");
  ended = komek_database_end (database, ended, error);
  komek_fault_point ("outbox.photo.after_commit");
  return ended ? done : NULL;
}

/**
 * komek_outbox_store_end_photo_async:
 * @sent: whether the city has it; %FALSE where it would never take it
 *
 * Remembers what became of a photo.
 */
void
komek_outbox_store_end_photo_async (KomekOutboxStore *self, gint64 sequence, guint position, gboolean sent,
                                    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  Job *job;

  g_return_if_fail (KOMEK_IS_OUTBOX_STORE (self));

  job = make_job (self, end_photo, NULL, cancellable, callback, data);
  job->sequence = sequence;
  job->position = position;
  job->sent = sent;
  push (self, job);
}

static gpointer
list_numbers (KomekOutboxStore *self, Job *job, KomekDatabase *database, GError **error)
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
  Job *job;

  g_return_if_fail (KOMEK_IS_OUTBOX_STORE (self));

  job = make_job (self, list_numbers, (GDestroyNotify) g_ptr_array_unref, cancellable, callback, data);
  job->time = since;
  push (self, job);
}

/**
 * komek_outbox_store_numbers_finish:
 *
 * Returns: (transfer full) (element-type utf8) (nullable): the numbers
 */
GPtrArray *
komek_outbox_store_numbers_finish (KomekOutboxStore *self, GAsyncResult *result, GError **error)
{
  return take_result (self, result, error);
}

static gpointer
release (KomekOutboxStore *self, Job *job, KomekDatabase *database, GError **error)
{
  gboolean released = komek_database_begin (database, error)
                      && komek_database_end (database, komek_outbox_table_release (database, error), error);

  return released ? done : NULL;
}

/**
 * komek_outbox_store_release_async:
 *
 * Puts all that is parked back into the queue.
 */
void
komek_outbox_store_release_async (KomekOutboxStore *self, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (KOMEK_IS_OUTBOX_STORE (self));

  push (self, make_job (self, release, NULL, cancellable, callback, data));
}

static gboolean
forget (KomekDatabase *database, GPtrArray *items, GError **error)
{
  gboolean forgotten = TRUE;

  if (!komek_database_begin (database, error))
    return FALSE;
  for (guint i = 0; forgotten && i < items->len; i++)
    forgotten = komek_outbox_table_forget (database, ((KomekOutboxItem *) items->pdata[i])->sequence, error);
  komek_fault_point ("outbox.forget.before_commit");
  forgotten = komek_database_end (database, forgotten, error);
  komek_fault_point ("outbox.forget.after_commit");
  /* The log still holds the old pages. */
  return forgotten && komek_database_execute (database, "PRAGMA wal_checkpoint (TRUNCATE)", error);
}

static gpointer
tidy (KomekOutboxStore *self, Job *job, KomekDatabase *database, GError **error)
{
  g_autoptr (GPtrArray) items = komek_outbox_table_list_over (database, job->time - self->keep, error);
  guint restored;

  if (!items || (items->len > 0 && !forget (database, items, error)))
    return NULL;
  return komek_outbox_file_reconcile (self->file, &restored, error) ? done : NULL;
}

/**
 * komek_outbox_store_tidy_async:
 * @now: seconds since 1970
 *
 * Removes what citizens wrote in requests that were delivered long enough ago,
 * and looks after the copies.
 */
void
komek_outbox_store_tidy_async (KomekOutboxStore *self, gint64 now, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer data)
{
  Job *job;

  g_return_if_fail (KOMEK_IS_OUTBOX_STORE (self));

  job = make_job (self, tidy, NULL, cancellable, callback, data);
  job->time = now;
  push (self, job);
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
  return take_result (self, result, error) != NULL;
}
