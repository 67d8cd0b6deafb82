/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

#include "komek-palette.h"
#include "komek-plan-names.h"

#define KOMEK_TYPE_PLAN_WRITER (komek_plan_writer_get_type ())
typedef struct _KomekPlanWriter KomekPlanWriter;
GType komek_plan_writer_get_type (void) G_GNUC_CONST;

KomekPlanWriter *komek_plan_writer_new (KomekPlan *plan, const KomekPalette *palette,
                                        KomekLanguage language, double emphasis);
KomekPlanWriter *komek_plan_writer_ref (KomekPlanWriter *self);
void komek_plan_writer_unref (KomekPlanWriter *self);
KomekPlan *komek_plan_writer_get_plan (KomekPlanWriter *self);
GArray *komek_plan_writer_place (KomekPlanWriter *self, const KomekPlanRoom *room);
cairo_surface_t *komek_plan_writer_write (KomekPlanWriter *self, const KomekPlanName *name,
                                          guint scale);
gboolean komek_plan_writer_find (KomekPlanWriter *self, guint feature, guint zoom,
                                 KomekMercatorBox *box);
void komek_plan_writer_close (KomekPlanWriter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekPlanWriter, komek_plan_writer_unref)
