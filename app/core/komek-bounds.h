/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#define KOMEK_TYPE_BOUNDS (komek_bounds_get_type ())
typedef struct _KomekBounds KomekBounds;
GType komek_bounds_get_type (void) G_GNUC_CONST;

KomekBounds *komek_bounds_new (double south, double west, double north, double east,
                               GError **error);
KomekBounds *komek_bounds_ref (KomekBounds *self);
void komek_bounds_unref (KomekBounds *self);
gboolean komek_bounds_equal (const KomekBounds *a, const KomekBounds *b);
gboolean komek_bounds_contains (const KomekBounds *self, double latitude, double longitude);
double komek_bounds_get_south (const KomekBounds *self);
double komek_bounds_get_west (const KomekBounds *self);
double komek_bounds_get_north (const KomekBounds *self);
double komek_bounds_get_east (const KomekBounds *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekBounds, komek_bounds_unref)
