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
 * @numbers: (nullable): of these requests; %NULL for all
 * @start: at this time or later, 0 for no limit
 * @end: at this time or earlier, 0 for no limit
 *
 * Shows the steps of requests, the oldest first, at most as many as a page has.
 */
gboolean
komek_storage_history (KomekStorage *self, const char *const *numbers, gint64 start, gint64 end,
                       KomekStepVisitor visit, gpointer data, GError **error)
{
  g_return_val_if_fail (KOMEK_IS_STORAGE (self), FALSE);

  return KOMEK_STORAGE_GET_IFACE (self)->history (self, numbers, start, end, visit, data, error);
}

/**
 * komek_storage_file:
 * @record: a new request with its first step
 * @zone: the city's zone, whose days the numbers count
 *
 * Keeps a request durably and gives it a number, both at once or neither. A
 * request whose key is known is not kept again.
 *
 * Fails with %KOMEK_REFUSAL_KEY_REUSED where the known one says something else.
 *
 * Returns: (transfer full): the number, of the known one where the key is known
 */
char *
komek_storage_file (KomekStorage *self, const KomekRecord *record, GTimeZone *zone, GError **error)
{
  g_return_val_if_fail (KOMEK_IS_STORAGE (self), NULL);

  return KOMEK_STORAGE_GET_IFACE (self)->file (self, record, zone, error);
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
