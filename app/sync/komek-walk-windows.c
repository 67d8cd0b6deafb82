/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-walk-private.h"

#define DAY 86400

/* Zones that a server mixes up move a date by a day at most. */
#define SLACK (2 * DAY)

/* Nobody cuts answers shorter than this. */
#define SHORTEST_CAP 18

/* How a walk goes by windows of time:
 *
 *     ask ─► whole: leave it, the next one may be longer
 *         ─► cut, or in doubt: its newer half, then the rest
 */

gboolean
komek_walk_has_windows (KomekWalk *self)
{
  return self->plan.kind == KOMEK_WALK_WINDOWS;
}

gboolean
komek_walk_has_pages (KomekWalk *self)
{
  return self->plan.page_size > 0;
}

/* An answer so short was not cut, whatever the server's habits are. */
gboolean
komek_walk_is_short (KomekWalk *self, guint length)
{
  guint asked = komek_walk_has_pages (self) ? self->plan.page_size : SHORTEST_CAP;

  return length < MIN (asked, SHORTEST_CAP);
}

void
komek_walk_set_start (KomekWalk *self)
{
  gboolean doubted = self->doubts->len > 0;

  if (doubted)
    self->start = g_array_index (self->doubts, Doubt, self->doubts->len - 1).start;
  else
    self->start = MAX (self->plan.lowest, self->until - self->span);
}

/* From here on dates are left out; what a city has not shown by then it may still have. */
void
komek_walk_leave_dates (KomekWalk *self)
{
  self->habits->dates_useless = TRUE;
  self->plan.kind = KOMEK_WALK_LIST;
  self->plan.lowest = 0;
  self->gaps++;
  g_array_set_size (self->doubts, 0);
}

static gboolean
is_astray (KomekWalk *self, GPtrArray *requests)
{
  guint astray = 0;

  for (guint i = 0; i < requests->len; i++)
    {
      gint64 requested = komek_request_peek (requests->pdata[i])->requested;

      if (requested != 0
          && (requested < self->start - SLACK || requested > self->until + SLACK))
        astray++;
    }
  return astray * 2 > requests->len;
}

void
komek_walk_note_length (KomekWalk *self, GPtrArray *requests)
{
  self->length += requests->len;
  for (guint i = 0; i < requests->len; i++)
    g_ptr_array_add (self->numbers, g_strdup (komek_request_get_number (requests->pdata[i])));
}

static void
begin_window (KomekWalk *self)
{
  self->length = 0;
  g_ptr_array_set_size (self->numbers, 0);
  komek_pages_restart (self->pages);
}

/* Parts share a second, so that none falls between them: what is in both counts once. */
static guint
count_new (KomekWalk *self)
{
  guint n_new = 0;

  for (guint i = 0; self->doubts->len > 0 && i < self->numbers->len; i++)
    n_new += g_hash_table_add (self->seen, g_strdup (self->numbers->pdata[i]));
  return n_new;
}

/* Where answers are cut at is known then, and nothing is in doubt any more. */
static void
learn_cap (KomekWalk *self, guint length)
{
  self->habits->cap = length;
  g_array_set_size (self->doubts, 0);
}

static void
settle_doubts (KomekWalk *self)
{
  guint n_new = count_new (self);

  for (guint i = 0; i < self->doubts->len; i++)
    g_array_index (self->doubts, Doubt, i).found += n_new;
  while (self->doubts->len > 0)
    {
      const Doubt last = g_array_index (self->doubts, Doubt, self->doubts->len - 1);

      if (last.start < self->until)
        return;
      g_array_set_size (self->doubts, self->doubts->len - 1);
      if (last.found > last.length)
        learn_cap (self, last.length);
      else
        self->habits->whole = MAX (self->habits->whole, last.length);
    }
  g_hash_table_remove_all (self->seen);
}

static guint
get_cap (KomekWalk *self)
{
  return self->habits->cap ? self->habits->cap : self->plan.cap;
}

/* The same as the last second that was too full, though it is of another time. */
static gboolean
is_stuck (KomekWalk *self)
{
  if (g_hash_table_size (self->stuck) == 0)
    return FALSE;
  for (guint i = 0; i < self->numbers->len; i++)
    if (!g_hash_table_contains (self->stuck, self->numbers->pdata[i]))
      return FALSE;
  return TRUE;
}

/* All of the window is here. */
void
komek_walk_leave_window (KomekWalk *self)
{
  gboolean longest = self->until - self->start >= self->plan.most_span;

  self->span = MIN (self->until - self->start, self->plan.most_span);
  self->jumped &= is_stuck (self);
  self->windows++;
  self->until = self->start;
  settle_doubts (self);
  self->empty = self->length > 0 ? 0 : self->empty + longest;
  if (self->length < get_cap (self) / 4)
    self->span = MIN (self->span * 2, self->plan.most_span);
  self->over = self->until <= self->plan.lowest
               || (self->plan.most_empty > 0 && self->empty >= self->plan.most_empty);
  komek_walk_set_start (self);
  begin_window (self);
}

/* A second that cannot be halved is left as it came. */
static void
leave_second (KomekWalk *self)
{
  g_hash_table_remove_all (self->stuck);
  for (guint i = 0; i < self->numbers->len; i++)
    g_hash_table_add (self->stuck, g_strdup (self->numbers->pdata[i]));
  self->gaps++;
  komek_walk_leave_window (self);
}

static void
halve (KomekWalk *self)
{
  gint64 middle = self->start + (self->until - self->start) / 2;

  if (middle <= self->start)
    {
      leave_second (self);
      return;
    }
  self->start = middle;
  begin_window (self);
}

/* Some servers know days but no hours: what a day has beyond their cap nobody can see. Where the
 * day before is the same as well, dates are not looked at at all. */
static void
get_unstuck (KomekWalk *self)
{
  if (self->jumped)
    {
      komek_walk_leave_dates (self);
      begin_window (self);
      return;
    }
  self->jumped = TRUE;
  self->until = MAX (self->plan.lowest, self->until - DAY);
  self->over = self->until <= self->plan.lowest;
  g_array_set_size (self->doubts, 0);
  komek_walk_set_start (self);
  begin_window (self);
}

static void
doubt (KomekWalk *self)
{
  Doubt added = { .start = self->start, .length = self->length };

  g_array_append_val (self->doubts, added);
  halve (self);
}

/* Without pages an answer may have been cut. A few requests that the city still works on are in
 * no answer and yet count for the cap: so it is met a little below it. */
static void
judge_length (KomekWalk *self)
{
  guint cap = get_cap (self);

  if (self->length < self->habits->whole || komek_walk_is_short (self, self->length))
    komek_walk_leave_window (self);
  else if (is_stuck (self))
    get_unstuck (self);
  else if (self->length >= cap - cap / 10)
    halve (self);
  else if (self->habits->cap)
    komek_walk_leave_window (self);
  else
    doubt (self);
}

/* The first page again is what a server gives that repeats its last one, or that knows no pages:
 * then it may have been cut. */
void
komek_walk_take_window (KomekWalk *self, GPtrArray *requests)
{
  KomekPagesEnd end = komek_pages_take (self->pages, requests);

  if (end != KOMEK_PAGES_SAME)
    komek_walk_note_length (self, requests);
  if (!komek_walk_has_pages (self) || end == KOMEK_PAGES_SAME)
    judge_length (self);
  else if (end == KOMEK_PAGES_UNEVEN)
    halve (self);
  else if (end == KOMEK_PAGES_DONE || komek_walk_is_short (self, requests->len))
    komek_walk_leave_window (self);
}

/* There must be something in the first window, and is not. */
gboolean
komek_walk_is_first_in_vain (KomekWalk *self, GPtrArray *requests)
{
  return komek_walk_has_windows (self) && !self->begun && self->plan.filled && requests->len == 0;
}

gboolean
komek_walk_are_dates_useless (KomekWalk *self, GPtrArray *requests)
{
  if (komek_pages_get_page (self->pages) > 1 || self->next)
    return FALSE;
  return is_astray (self, requests) || komek_walk_is_first_in_vain (self, requests);
}
