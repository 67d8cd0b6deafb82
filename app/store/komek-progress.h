/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * KomekProgress:
 * @after: the sweep on its way takes what changed after this; 0 for all there is
 * @page: the page that it takes next, counted from 1; 0 while none is on its way
 * @mark: what the next sweep takes begins here; 0 where it must take all
 * @as_of: when a sweep was last finished; 0 for never
 *
 * How far the mirror follows the city. Times in seconds since 1970, UTC.
 */
typedef struct
{
  gint64 after;
  gint64 page;
  gint64 mark;
  gint64 as_of;
} KomekProgress;
