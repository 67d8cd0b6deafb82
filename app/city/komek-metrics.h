/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-routes.h"

typedef struct _KomekMetrics KomekMetrics;

KomekMetrics *komek_metrics_new (void);
void komek_metrics_free (KomekMetrics *self);
void komek_metrics_count (KomekMetrics *self, const KomekRoute *route, guint status,
                          gint64 duration_us);
void komek_metrics_count_failure (KomekMetrics *self);
void komek_metrics_write (KomekMetrics *self, GString *text);

void komek_metrics_describe (GString *text, const char *name, const char *type, const char *help);
void komek_metrics_add (GString *text, const char *name, const char *label, const char *value,
                        guint64 number);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekMetrics, komek_metrics_free)
