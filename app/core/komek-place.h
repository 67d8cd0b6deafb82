/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#define KOMEK_TYPE_PLACE (komek_place_get_type ())
typedef struct _KomekPlace KomekPlace;
GType komek_place_get_type (void) G_GNUC_CONST;

KomekPlace *komek_place_new (double latitude, double longitude, const char *address,
                             const char *district);
KomekPlace *komek_place_new_address (const char *address, const char *district);
KomekPlace *komek_place_ref (KomekPlace *self);
void komek_place_unref (KomekPlace *self);
gboolean komek_place_has_point (const KomekPlace *self);
double komek_place_get_latitude (const KomekPlace *self);
double komek_place_get_longitude (const KomekPlace *self);
const char *komek_place_get_address (const KomekPlace *self);
const char *komek_place_get_district (const KomekPlace *self);
double komek_place_metres_between (double latitude1, double longitude1, double latitude2,
                                   double longitude2);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekPlace, komek_place_unref)
