/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-settings.h"

typedef struct _KomekLimits KomekLimits;

/**
 * KomekAllowance:
 * @limit: calls in one window, 0 where there is no limit
 * @window: how long it is, in seconds
 * @remaining: calls that may be made at once
 * @reset: seconds until nothing of it is used up
 * @retry_after: seconds until the next call may be made, 0 where this one may
 *
 * What is left to a caller.
 */
typedef struct
{
  guint limit, window, remaining, reset, retry_after;
} KomekAllowance;

KomekLimits *komek_limits_new (gsize most_names);
void komek_limits_free (KomekLimits *self);
gboolean komek_limits_take (KomekLimits *self, const char *name, const KomekRate *rate, gint64 now,
                            KomekAllowance *allowance);
gboolean komek_limits_enter (KomekLimits *self, const char *name, guint at_once);
void komek_limits_leave (KomekLimits *self, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekLimits, komek_limits_free)
