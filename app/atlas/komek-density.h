/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-atlas.h"
#include "komek-mercator.h"

#define KOMEK_TYPE_DENSITY (komek_density_get_type ())
typedef struct _KomekDensity KomekDensity;
GType komek_density_get_type (void) G_GNUC_CONST;

KomekDensity *komek_density_new (const KomekAtlas *atlas, const KomekMercatorBox *box,
                                 guint columns, guint rows);
KomekDensity *komek_density_ref (KomekDensity *self);
void komek_density_unref (KomekDensity *self);
const KomekMercatorBox *komek_density_get_box (const KomekDensity *self);
const guint32 *komek_density_peek (const KomekDensity *self, guint *columns, guint *rows);
guint komek_density_get_total (const KomekDensity *self);
guint komek_density_get_most (const KomekDensity *self);
double komek_density_get_cell_metres (const KomekDensity *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekDensity, komek_density_unref)
