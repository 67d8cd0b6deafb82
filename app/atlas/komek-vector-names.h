/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "komek-address.h"
#include "komek-label.h"
#include "komek-vector-geometry.h"

/**
 * KomekVectorName:
 * @label: (nullable): the name in the languages that the tile has it in; %NULL where it is a house
 * @house: (nullable): the number of a house, where it is one
 * @kind: what a thing of its sort is, where its name does not say
 * @rank: how much it matters, see #KomekGazetteerName
 * @is_street: whether houses stand along it
 * @points: its longest line, or the one point where it is
 *
 * What a vector tile knows by name. It lives as long as the visit.
 */
typedef struct
{
  KomekLabel             *label;
  const char             *house;
  KomekAddressKind        kind;
  guint                   rank;
  gboolean                is_street;
  const KomekVectorPoint *points;
  guint                   n_points;
  gboolean                area;
} KomekVectorName;

typedef void (*KomekVectorNameFunc) (const KomekVectorName *name, gpointer data);

gboolean komek_vector_names_visit (GBytes *tile, KomekVectorNameFunc visit, gpointer data,
                                   GError **error);
