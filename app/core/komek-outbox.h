/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "komek-draft.h"
#include "komek-pending.h"
#include "komek-receipt.h"

#define KOMEK_TYPE_OUTBOX (komek_outbox_get_type ())
G_DECLARE_INTERFACE (KomekOutbox, komek_outbox, KOMEK, OUTBOX, GObject)

/**
 * KomekOutbox:
 *
 * Keeps what a citizen has written and brings it to the city, now or in three days. A port.
 *
 * Properties: `waiting` (guint, how many have no number of the city yet), `parked` (guint, how
 * many staff have to look at), `held` (guint, of how many the city has all but the photos, which
 * it takes from nobody now), `strays` (guint, how many wait for a former address), `oldest`
 * (gint64, seconds since 1970 when the oldest waiting one was handed in, 0 for none), `overdue`
 * (gboolean, whether one has waited for longer than anybody should; an alarm for staff),
 * `problem` (#GError of KOMEK_ERROR, or %NULL: why nothing at all is sent).
 */
struct _KomekOutboxInterface
{
  GTypeInterface parent;

  void (*prepare_async) (KomekOutbox *self, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer data);
  gboolean (*prepare_finish) (KomekOutbox *self, GAsyncResult *result, GError **error);
  void (*submit_async) (KomekOutbox *self, KomekDraft *draft, GCancellable *cancellable,
                        GAsyncReadyCallback callback, gpointer data);
  KomekReceipt *(*submit_finish) (KomekOutbox *self, GAsyncResult *result, GError **error);
  KomekReceipt *(*look_up) (KomekOutbox *self, const char *name);
  void (*list_async) (KomekOutbox *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                      gpointer data);
  GPtrArray *(*list_finish) (KomekOutbox *self, GAsyncResult *result, GError **error);
  void (*release_async) (KomekOutbox *self, const char *key, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer data);
  gboolean (*release_finish) (KomekOutbox *self, GAsyncResult *result, GError **error);
  void (*adopt_async) (KomekOutbox *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                       gpointer data);
  gboolean (*adopt_finish) (KomekOutbox *self, GAsyncResult *result, GError **error);
  void (*support_async) (KomekOutbox *self, const char *number, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer data);
  gboolean (*support_finish) (KomekOutbox *self, GAsyncResult *result, guint *supporters,
                              GError **error);
};

void komek_outbox_prepare_async (KomekOutbox *self, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer data);
gboolean komek_outbox_prepare_finish (KomekOutbox *self, GAsyncResult *result, GError **error);
void komek_outbox_submit_async (KomekOutbox *self, KomekDraft *draft, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer data);
KomekReceipt *komek_outbox_submit_finish (KomekOutbox *self, GAsyncResult *result, GError **error);
KomekReceipt *komek_outbox_look_up (KomekOutbox *self, const char *name);

void komek_outbox_list_async (KomekOutbox *self, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer data);
GPtrArray *komek_outbox_list_finish (KomekOutbox *self, GAsyncResult *result, GError **error);
void komek_outbox_release_async (KomekOutbox *self, const char *key, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer data);
gboolean komek_outbox_release_finish (KomekOutbox *self, GAsyncResult *result, GError **error);
void komek_outbox_adopt_async (KomekOutbox *self, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer data);
gboolean komek_outbox_adopt_finish (KomekOutbox *self, GAsyncResult *result, GError **error);

void komek_outbox_support_async (KomekOutbox *self, const char *number, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer data);
gboolean komek_outbox_support_finish (KomekOutbox *self, GAsyncResult *result, guint *supporters,
                                      GError **error);

guint komek_outbox_get_waiting (KomekOutbox *self);
guint komek_outbox_get_parked (KomekOutbox *self);
guint komek_outbox_get_held (KomekOutbox *self);
guint komek_outbox_get_strays (KomekOutbox *self);
gint64 komek_outbox_get_oldest (KomekOutbox *self);
gboolean komek_outbox_is_overdue (KomekOutbox *self);
GError *komek_outbox_dup_problem (KomekOutbox *self);
