/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "komek-outbox-work.h"

typedef struct _KomekOutboxThread KomekOutboxThread;
typedef struct _KomekOutboxJob KomekOutboxJob;

/**
 * KomekOutboxWork:
 *
 * Runs in the thread of the outbox, with what its job holds.
 *
 * Returns: (transfer full) (nullable): what the job's task returns; %NULL with an error
 */
typedef gpointer (*KomekOutboxWork) (const KomekOutboxKit *kit, KomekOutboxJob *job,
                                     KomekDatabase *database, GError **error);

/**
 * KomekOutboxJob:
 * @task: gets the result in the context where it was made
 * @work: what is to be done
 * @destroy: (nullable): frees a result that nobody took
 * @adds: whether it brings something new, to which no reserve is given
 * @reason: in the clear
 *
 * What is to be done and with what; each work uses what it needs of it.
 */
struct _KomekOutboxJob
{
  GTask            *task;
  KomekOutboxWork   work;
  GDestroyNotify    destroy;
  gpointer          result;
  GError           *error;

  gint64            sequence;
  gint64            time;
  guint             position;
  gboolean          sent;
  gboolean          must_note;
  gboolean          adds;
  char             *key;
  KomekFiling      *filing;
  GPtrArray        *photos;
  char            **watched;
  KomekOutboxChange change;
  GBytes           *reason;
};

KomekOutboxThread *komek_outbox_thread_new (const KomekOutboxKit *kit);
void komek_outbox_thread_free (KomekOutboxThread *self);
void komek_outbox_thread_push (KomekOutboxThread *self, KomekOutboxJob *job);
KomekOutboxJob *komek_outbox_job_new (GTask *task, KomekOutboxWork work, GDestroyNotify destroy);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekOutboxThread, komek_outbox_thread_free)
