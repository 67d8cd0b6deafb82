/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-gazetteer.h"
#include "komek-pack-names.h"
#include "komek-place.h"

typedef struct _KomekHouses KomekHouses;

KomekHouses *komek_houses_new (KomekGazetteer *gazetteer);
void komek_houses_free (KomekHouses *self);
void komek_houses_add (KomekHouses *self, KomekPlace *place);
void komek_houses_add_known (KomekHouses *self, const KomekGazetteerName *street,
                             const KomekPackHouse *known);
gboolean komek_houses_find (const KomekHouses *self, const KomekGazetteerName *street,
                            const char *number, double *latitude, double *longitude);
const KomekGazetteerName *komek_houses_find_nearest (const KomekHouses *self, double latitude,
                                                     double longitude, double *metres,
                                                     const char **house);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekHouses, komek_houses_free)
