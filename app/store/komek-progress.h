/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* The longest position in a list that a city may hand out. */
#define KOMEK_PROGRESS_AFTER 256

/**
 * KomekProgress:
 * @mark: all that changed before it is here once no walk is on its way; 0 before the first walk
 * @as_of: when all that the city had was last here; 0 for never
 * @generation: the walk that is on its way, or the last one; 0 before the first. Requests that
 *   are put with it are met by that walk, see komek_mirror_list_unseen_async()
 * @page: the next page of the window, from 1; 0 while no walk is on its way
 * @window_start: the window of time that is being walked, its first second
 * @window_end: and the second after its last one; both 0 where the walk knows no windows
 * @floor: no request is older, as far as the walk knows; 0 where it does not
 * @gaps: windows that the walk could not see whole: what it has not met may be there yet
 * @after: the city's own position after the last page, "" for none
 *
 * How far the mirror follows the city, so that what was stopped goes on where it was. Times in
 * seconds since 1970, UTC.
 */
typedef struct
{
  gint64 mark;
  gint64 as_of;
  gint64 generation;
  gint64 page;
  gint64 window_start;
  gint64 window_end;
  gint64 floor;
  gint64 gaps;
  char   after[KOMEK_PROGRESS_AFTER];
} KomekProgress;
