/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

/**
 * KomekTimeUnit:
 *
 * How much time one bar of a histogram stands for.
 */
typedef enum
{
  KOMEK_TIME_DAY,
  KOMEK_TIME_WEEK,
  KOMEK_TIME_MONTH,
} KomekTimeUnit;

#define KOMEK_TYPE_TIME_SCALE (komek_time_scale_get_type ())
typedef struct _KomekTimeScale KomekTimeScale;
GType komek_time_scale_get_type (void) G_GNUC_CONST;

KomekTimeScale *komek_time_scale_new (GTimeZone *zone, const gint64 *starts, guint n_days);
KomekTimeScale *komek_time_scale_ref (KomekTimeScale *self);
void komek_time_scale_unref (KomekTimeScale *self);
guint komek_time_scale_get_n_days (const KomekTimeScale *self);
gint64 komek_time_scale_get_time (const KomekTimeScale *self, guint day);
guint komek_time_scale_find_day (const KomekTimeScale *self, gint64 time);
gboolean komek_time_scale_has_same_days (const KomekTimeScale *self, const gint64 *starts,
                                         guint n_days);
guint komek_time_scale_get_month (const KomekTimeScale *self, guint day);
KomekTimeUnit komek_time_scale_choose_unit (const KomekTimeScale *self, int width, int least);
GArray *komek_time_scale_list_bars (const KomekTimeScale *self, KomekTimeUnit unit);
guint komek_time_scale_step (const KomekTimeScale *self, KomekTimeUnit unit, guint day, int steps);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekTimeScale, komek_time_scale_unref)
