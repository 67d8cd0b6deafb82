/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-limits.h"
#include "komek-routes.h"

typedef struct _KomekGate KomekGate;

/**
 * KomekArrival:
 * @address: whom the call comes from, through which proxies whatever
 * @api_key: (nullable): the key that came with it
 * @near: whether it comes from this machine, and not through a proxy
 * @hurried: whether what was once known of the key must do: the storage is late, or is not to be
 *   asked by this thread
 * @answered: (nullable): an atomic flag, set once nobody waits for the answer any more
 *
 * How a call arrived.
 */
typedef struct
{
  char     *address;
  char     *api_key;
  gboolean  near;
  gboolean  hurried;
  gboolean *answered;
} KomekArrival;

KomekGate *komek_gate_new (KomekStorage *storage, const KomekSettings *settings,
                           const char *local_key);
void komek_gate_free (KomekGate *self);
gboolean komek_gate_knows (KomekGate *self, const KomekArrival *arrival);
gboolean komek_gate_recalls (KomekGate *self, const KomekArrival *arrival);
gboolean komek_gate_admit (KomekGate *self, KomekCall *call, const KomekRoute *route,
                           const KomekArrival *arrival, KomekAllowance *allowance, GError **error);
void komek_gate_leave (KomekGate *self, const KomekCall *call);
guint64 komek_gate_get_limited (KomekGate *self, KomekRole role);
guint64 komek_gate_get_noted (KomekGate *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekGate, komek_gate_free)
