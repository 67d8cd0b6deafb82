/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#define KOMEK_POINT_NOWHERE G_MININT32

/**
 * KomekPoint:
 * @key: the row of the request in the mirror, never 0
 * @latitude: in units of 1e-7 degrees, or %KOMEK_POINT_NOWHERE for both
 * @longitude: in units of 1e-7 degrees
 * @requested: when it was registered, seconds since 1970
 * @due: its deadline in the same unit, 0 for none
 * @service: its place in the list of service codes
 * @status: a #KomekStatus
 * @district: its place in the list of district codes
 * @answered: the hours that its answer took, begun ones counted; 0 where it has none
 * @spare: 0
 *
 * What the map must know of every request: 28 bytes.
 */
typedef struct
{
  guint32 key;
  gint32  latitude;
  gint32  longitude;
  guint32 requested;
  guint32 due;
  guint16 service;
  guint8  status;
  guint8  district;
  guint16 answered;
  guint16 spare;
} KomekPoint;

#define KOMEK_TYPE_POINTS (komek_points_get_type ())
typedef struct _KomekPoints KomekPoints;
GType komek_points_get_type (void) G_GNUC_CONST;

KomekPoints *komek_points_new (GArray *points, const char *const *services,
                               const char *const *districts);
KomekPoints *komek_points_new_from_bytes (GBytes *bytes, const KomekPoint *points, guint n,
                                          const char *const *services,
                                          const char *const *districts);
KomekPoints *komek_points_ref (KomekPoints *self);
void komek_points_unref (KomekPoints *self);
void komek_points_set_stamp (KomekPoints *self, const char *stamp);
const char *komek_points_get_stamp (const KomekPoints *self);
const KomekPoint *komek_points_peek (const KomekPoints *self, guint *n_points);
const char *const *komek_points_get_services (const KomekPoints *self);
const char *const *komek_points_get_districts (const KomekPoints *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekPoints, komek_points_unref)
