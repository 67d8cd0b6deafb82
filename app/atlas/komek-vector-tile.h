/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "komek-plan.h"
#include "komek-vector-geometry.h"

/**
 * KomekVectorLine:
 * @area: whether it is a ring; what an odd number of the rings of a kind hold is inside
 *
 * A line or a ring. It lives as long as its tile.
 */
typedef struct
{
  KomekPlanKind           kind;
  gboolean                area;
  const KomekVectorPoint *points;
  guint                   n_points;
} KomekVectorLine;

#define KOMEK_TYPE_VECTOR_TILE (komek_vector_tile_get_type ())
typedef struct _KomekVectorTile KomekVectorTile;
GType komek_vector_tile_get_type (void) G_GNUC_CONST;

KomekVectorTile *komek_vector_tile_new (GBytes *bytes, GError **error);
KomekVectorTile *komek_vector_tile_ref (KomekVectorTile *self);
void komek_vector_tile_unref (KomekVectorTile *self);
guint komek_vector_tile_get_n_lines (const KomekVectorTile *self);
KomekVectorLine komek_vector_tile_get_line (const KomekVectorTile *self, guint position);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekVectorTile, komek_vector_tile_unref)
