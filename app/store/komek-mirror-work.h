/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-database.h"
#include "komek-mirror.h"

/* Of a stream, how many requests are held and written together. */
#define KOMEK_MIRROR_STREAMED 1000

/**
 * KomekMirrorWork:
 * @source: for a stream
 * @name: a number or a service
 * @written: requests so far
 * @requests_changed: whether any request or history is other than before
 * @city_changed: likewise
 *
 * What is to be written, each job's own part of it, and what became of it.
 */
typedef struct
{
  GPtrArray         *requests;
  KomekRequestSource source;
  gpointer           source_data;
  GDestroyNotify     destroy_source;
  KomekProgress      progress;
  gboolean           has_progress;
  char             **numbers;
  char              *name;
  char              *local;
  GPtrArray         *updates;
  GPtrArray         *attributes;
  KomekCity         *city;
  GPtrArray         *services;
  guint              written;
  gboolean           requests_changed;
  gboolean           city_changed;
} KomekMirrorWork;

void komek_mirror_work_free (KomekMirrorWork *self);

gpointer komek_mirror_work_put_requests (KomekDatabase *database, gpointer data, GError **error);
gpointer komek_mirror_work_put_stream (KomekDatabase *database, gpointer data, GError **error);
gpointer komek_mirror_work_put_progress (KomekDatabase *database, gpointer data, GError **error);
gpointer komek_mirror_work_forget_requests (KomekDatabase *database, gpointer data, GError **error);
gpointer komek_mirror_work_put_history (KomekDatabase *database, gpointer data, GError **error);
gpointer komek_mirror_work_put_local (KomekDatabase *database, gpointer data, GError **error);
gpointer komek_mirror_work_put_definition (KomekDatabase *database, gpointer data, GError **error);
gpointer komek_mirror_work_put_city (KomekDatabase *database, gpointer data, GError **error);
gpointer komek_mirror_work_forget_all (KomekDatabase *database, gpointer data, GError **error);
