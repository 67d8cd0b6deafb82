/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "komek-query.h"
#include "komek-record.h"

typedef void (*KomekRecordVisitor) (const KomekRecord *record, gpointer data);
typedef void (*KomekStepVisitor) (const KomekStep *step, gpointer data);

#define KOMEK_TYPE_STORAGE (komek_storage_get_type ())
G_DECLARE_INTERFACE (KomekStorage, komek_storage, KOMEK, STORAGE, GObject)

/**
 * KomekStorage:
 *
 * Keeps the requests of the city and their histories.
 *
 * Every call blocks and may be made in any thread; what a visitor is shown
 * lives until it returns. What goes wrong in the engine is %KOMEK_ERROR_UNSAVED.
 */
struct _KomekStorageInterface
{
  GTypeInterface parent;

  gboolean (*list) (KomekStorage *self, const KomekQuery *query, KomekRecordVisitor visit,
                    gpointer data, GError **error);
  gboolean (*history) (KomekStorage *self, const char *const *numbers, gint64 start, gint64 end,
                       KomekStepVisitor visit, gpointer data, GError **error);
  char *(*file) (KomekStorage *self, const KomekRecord *record, GTimeZone *zone, GError **error);
  char *(*dup_note) (KomekStorage *self, const char *name, GError **error);
  gboolean (*set_note) (KomekStorage *self, const char *name, const char *value, GError **error);
  gboolean (*is_empty) (KomekStorage *self, gboolean *empty, GError **error);
  gboolean (*begin_load) (KomekStorage *self, GError **error);
  gboolean (*load) (KomekStorage *self, const KomekRecord *record, GError **error);
  gboolean (*end_load) (KomekStorage *self, GError **error);
};

gboolean komek_storage_list (KomekStorage *self, const KomekQuery *query, KomekRecordVisitor visit,
                             gpointer data, GError **error);
gboolean komek_storage_history (KomekStorage *self, const char *const *numbers, gint64 start,
                                gint64 end, KomekStepVisitor visit, gpointer data, GError **error);
char *komek_storage_file (KomekStorage *self, const KomekRecord *record, GTimeZone *zone,
                          GError **error);
char *komek_storage_dup_note (KomekStorage *self, const char *name, GError **error);
gboolean komek_storage_set_note (KomekStorage *self, const char *name, const char *value,
                                 GError **error);
gboolean komek_storage_is_empty (KomekStorage *self, gboolean *empty, GError **error);
gboolean komek_storage_begin_load (KomekStorage *self, GError **error);
gboolean komek_storage_load (KomekStorage *self, const KomekRecord *record, GError **error);
gboolean komek_storage_end_load (KomekStorage *self, GError **error);
