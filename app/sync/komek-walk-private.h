/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-pages.h"
#include "komek-walk.h"

/* What the files of KomekWalk share. */

/* A window that was halved to see whether it had been cut: if its parts give more, it was. */
typedef struct
{
  gint64 start;
  guint  length; /* of its answer */
  guint  found;  /* in its parts so far */
} Doubt;

/**
 * KomekWalk:
 *
 * Decides what to ask a city next so that in the end all was asked for, and knows when that is.
 *
 * It neither asks nor keeps what comes. Both statuses are named, for some cities
 * give only what is open where none is. Windows go back in time; one whose
 * answer may have been cut is halved. How long an answer a server gives is
 * found out: the two halves together tell whether the whole was whole.
 */
struct _KomekWalk
{
  KomekWalkPlan plan;
  KomekHabits  *habits;
  KomekPages   *pages;
  gboolean      begun;    /* an answer was taken */
  gboolean      over;
  char         *next;     /* what the last page named as the next */
  gint64        after;    /* of changes */
  gint64        start;    /* of the window */
  gint64        until;    /* the latest date of what is asked for */
  gint64        span;     /* of windows while all goes well */
  guint         empty;    /* windows in a row */
  guint         windows;  /* walked */
  guint         gaps;     /* of which something may be missing */
  guint         restarts;
  guint         length;   /* of the window so far, over its pages */
  GPtrArray    *numbers;  /* (element-type utf8): of the window so far */
  GArray       *doubts;   /* of Doubt, the widest first */
  GHashTable   *seen;     /* (element-type utf8): numbers in the parts of what is in doubt */
  GHashTable   *stuck;    /* (element-type utf8): numbers of the last second that was too full */
  gboolean      jumped;   /* over a day that gave the same again */
};

/* komek-walk-windows.c */
gboolean komek_walk_has_windows (KomekWalk *self);
gboolean komek_walk_has_pages (KomekWalk *self);
gboolean komek_walk_is_short (KomekWalk *self, guint length);
void komek_walk_set_start (KomekWalk *self);
void komek_walk_note_length (KomekWalk *self, GPtrArray *requests);
void komek_walk_leave_window (KomekWalk *self);
void komek_walk_leave_dates (KomekWalk *self);
void komek_walk_take_window (KomekWalk *self, GPtrArray *requests);
gboolean komek_walk_is_first_in_vain (KomekWalk *self, GPtrArray *requests);
gboolean komek_walk_are_dates_useless (KomekWalk *self, GPtrArray *requests);
