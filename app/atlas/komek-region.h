/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-bounds.h"

/* A corner, in degrees. */
typedef struct
{
  double latitude, longitude;
} KomekRegionCorner;

#define KOMEK_TYPE_REGION (komek_region_get_type ())
typedef struct _KomekRegion KomekRegion;
GType komek_region_get_type (void) G_GNUC_CONST;

KomekRegion *komek_region_new (GPtrArray *rings, GError **error);
KomekRegion *komek_region_ref (KomekRegion *self);
void komek_region_unref (KomekRegion *self);
KomekBounds *komek_region_get_bounds (const KomekRegion *self);
gboolean komek_region_contains (const KomekRegion *self, double latitude, double longitude);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekRegion, komek_region_unref)
