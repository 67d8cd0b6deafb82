/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-place-find.h"

/* Without a house. */
KomekPlaceFind *
komek_place_find_new (KomekLabel *name, KomekAddressKind kind, const char *district,
                      double latitude, double longitude)
{
  KomekPlaceFind *self = g_new0 (KomekPlaceFind, 1);

  self->name = name ? komek_label_ref (name) : NULL;
  self->kind = kind;
  self->district = g_strdup (district ? district : "");
  self->latitude = latitude;
  self->longitude = longitude;
  return self;
}

void
komek_place_find_free (KomekPlaceFind *self)
{
  g_clear_pointer (&self->name, komek_label_unref);
  g_free (self->house);
  g_free (self->district);
  g_free (self);
}
