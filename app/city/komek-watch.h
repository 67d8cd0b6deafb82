/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-crowd.h"
#include "komek-gate.h"
#include "komek-metrics.h"
#include "komek-reply.h"

KomekReply *komek_watch_health (const KomekCall *call, GError **error);
KomekReply *komek_watch_metrics (const KomekCall *call, GError **error);

KomekReply *komek_watch_new_late (void);
GBytes *komek_watch_write (GBytes *counted, KomekMetrics *metrics, KomekCrowd *crowd,
                           KomekGate *gate);
