/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "komek-store-file.h"

typedef struct _KomekStoreThread KomekStoreThread;

/**
 * KomekStoreJob:
 * @data: the data of the task
 *
 * What is done in the thread; the answer is what the task returns.
 */
typedef gpointer (*KomekStoreJob) (KomekDatabase *database, gpointer data, GError **error);

/**
 * KomekStoreUpkeep:
 * @idle: whether no job was given for a while; else it follows upon a job
 *
 * What the thread does for itself between its jobs, some hundredths of a second at a time.
 *
 * Returns: whether there may be more to do; it is asked again when nobody else asks
 */
typedef gboolean (*KomekStoreUpkeep) (gpointer data, KomekDatabase *database, gboolean idle,
                                      GError **error);

KomekStoreThread *komek_store_thread_new (KomekStoreFile *file, gboolean writes,
                                          KomekStoreUpkeep upkeep, gpointer data);
void komek_store_thread_free (KomekStoreThread *self);
void komek_store_thread_run (KomekStoreThread *self, GTask *task, KomekStoreJob job,
                             GDestroyNotify destroy);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekStoreThread, komek_store_thread_free)
