/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-change-table.h"
#include "komek-database.h"
#include "komek-request.h"
#include "komek-search-batch.h"

/**
 * KomekRequestChanges:
 * @batch: what the text indexes have to be told
 * @indexed: the last key that they have
 * @marks: what whoever has read the points is told by
 * @services: (element-type utf8 gint64): rows of codes that were looked up already
 * @districts: (element-type utf8 gint64): likewise
 * @changed: whether the table is other than it was
 *
 * What comes of putting and removing requests, in one transaction.
 */
typedef struct
{
  KomekSearchBatch *batch;
  gint64            indexed;
  KomekChangeMarks  marks;
  GHashTable       *services;
  GHashTable       *districts;
  gboolean          changed;
} KomekRequestChanges;

gboolean komek_request_table_begin (KomekDatabase *database, KomekRequestChanges *changes,
                                    GError **error);
gboolean komek_request_table_end (KomekDatabase *database, KomekRequestChanges *changes,
                                  gboolean keep, GError **error);
gboolean komek_request_table_put (KomekDatabase *database, KomekRequest *request,
                                  KomekRequestChanges *changes, gint64 *key, GError **error);
gboolean komek_request_table_remove (KomekDatabase *database, const char *number,
                                     KomekRequestChanges *changes, GError **error);
gboolean komek_request_table_clear (KomekDatabase *database, gboolean *changed, GError **error);
KomekRequest *komek_request_table_load (KomekDatabase *database, guint32 key, GError **error);
KomekRequest *komek_request_table_find (KomekDatabase *database, const char *number,
                                        GError **error);
