/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "komek-random.h"

typedef struct _KomekSampleYear KomekSampleYear;

KomekSampleYear *komek_sample_year_new (GBytes *seasons, gint64 now, GTimeZone *zone, guint n,
                                        GError **error);
void komek_sample_year_free (KomekSampleYear *self);
gboolean komek_sample_year_next (KomekSampleYear *self, KomekRandom *random, gint64 *time,
                                 guint *subject);
const char *komek_sample_year_get_service (const KomekSampleYear *self, guint subject);
guint komek_sample_year_get_n_subjects (const KomekSampleYear *self);
double komek_sample_year_get_first_contact (const KomekSampleYear *self, guint subject);
double komek_sample_year_get_median_days (const KomekSampleYear *self, guint subject);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekSampleYear, komek_sample_year_free)
