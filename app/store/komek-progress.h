/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * KomekProgress:
 * @page: the next page of the first fill, from 1; 0 before its first and after its last one
 * @mark: all that changed before it is here once the fill is over; 0 before the fill's first page
 * @as_of: when all that the city had was last here; 0 for never
 *
 * How far the mirror follows the city. Times in seconds since 1970, UTC.
 */
typedef struct
{
  gint64 page;
  gint64 mark;
  gint64 as_of;
} KomekProgress;
