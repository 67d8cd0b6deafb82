/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-protobuf.h"

/**
 * KomekVectorPoint:
 * @x: 0 at the western edge of the tile to 1 at its eastern one; shapes reach a little beyond
 * @y: 0 at the northern edge to 1 at the southern one
 */
typedef struct
{
  float x, y;
} KomekVectorPoint;

/**
 * KomekVectorSpan:
 *
 * Which of the points are those of one line.
 */
typedef struct
{
  guint first, n;
} KomekVectorSpan;

gboolean komek_vector_geometry_read (KomekProtobuf geometry, guint extent, guint fewest,
                                     GArray *points, GArray *spans);
