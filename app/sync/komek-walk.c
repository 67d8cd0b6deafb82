/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-walk.h"

#include "komek-error.h"
#include "komek-pages.h"

#define DAY 86400

/* Zones that a server mixes up move a date by a day at most. */
#define SLACK (2 * DAY)

/* Nobody cuts answers shorter than this. */
#define SHORTEST_CAP 18

/* A list that keeps changing under the walk is begun anew so often. */
#define MOST_RESTARTS 3

/* A city that answers, but not to this, is believed after so many looks: it might have been the
 * line, or somebody else who answered. */
#define STUMBLES_UNREADABLE 2
#define STUMBLES_UNREACHABLE 3
#define FIRST_ANSWER G_MAXUINT

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
 * Decides what to ask a city next so that in the end everything was asked for, and knows when that is.
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

static void
set_start (KomekWalk *self)
{
  gboolean doubted = self->doubts->len > 0;

  if (doubted)
    self->start = g_array_index (self->doubts, Doubt, self->doubts->len - 1).start;
  else
    self->start = MAX (self->plan.lowest, self->until - self->span);
}

/**
 * komek_walk_new:
 * @habits: what is known of the city's, and learned more of; must outlive the walk
 */
KomekWalk *
komek_walk_new (const KomekWalkPlan *plan, KomekHabits *habits)
{
  KomekWalk *self = g_new0 (KomekWalk, 1);

  self->plan = *plan;
  self->habits = habits;
  self->pages = komek_pages_new ();
  self->after = plan->after;
  self->until = plan->until;
  self->span = CLAMP (plan->span, 1, MAX (plan->most_span, 1));
  self->doubts = g_array_new (FALSE, FALSE, sizeof (Doubt));
  self->numbers = g_ptr_array_new_with_free_func (g_free);
  self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->stuck = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (plan->kind == KOMEK_WALK_WINDOWS && habits->dates_useless)
    self->plan.kind = KOMEK_WALK_LIST;
  set_start (self);
  return self;
}

void
komek_walk_free (KomekWalk *self)
{
  komek_pages_free (self->pages);
  g_array_unref (self->doubts);
  g_ptr_array_unref (self->numbers);
  g_hash_table_unref (self->seen);
  g_hash_table_unref (self->stuck);
  g_free (self->next);
  g_free (self);
}

static gboolean
has_windows (KomekWalk *self)
{
  return self->plan.kind == KOMEK_WALK_WINDOWS;
}

static gboolean
has_pages (KomekWalk *self)
{
  return self->plan.page_size > 0;
}

/**
 * komek_walk_ask:
 * @page: (out): what to ask for; it belongs to the walk until the next call
 *
 * Returns: %FALSE where there is nothing left to ask for
 */
gboolean
komek_walk_ask (KomekWalk *self, KomekPage *page)
{
  if (self->over)
    return FALSE;
  *page = (KomekPage) { .next = self->next };
  if (self->next)
    return TRUE;
  page->updated_after = self->after;
  if (!self->plan.trusted && !self->habits->statuses_useless)
    page->status = "open,closed";
  page->page = has_pages (self) ? komek_pages_get_page (self->pages) : 0;
  page->size = has_pages (self) ? self->plan.page_size : 0;
  if (has_windows (self) || self->plan.kind == KOMEK_WALK_NEWEST_FIRST)
    page->end = self->until;
  if (has_windows (self))
    page->start = self->start;
  return TRUE;
}

static gint64
find_oldest (GPtrArray *requests)
{
  gint64 oldest = G_MAXINT64;

  for (guint i = 0; i < requests->len; i++)
    oldest = MIN (oldest, komek_request_peek (requests->pdata[i])->requested);
  return oldest;
}

static gint64
find_newest (GPtrArray *requests)
{
  gint64 newest = 0;

  for (guint i = 0; i < requests->len; i++)
    newest = MAX (newest, komek_request_peek (requests->pdata[i])->requested);
  return newest;
}

/* What follows is asked for by the date of the last one, which no new request can move; by the
 * page's number only while all of a page is of one second. The end is where nothing new comes. */
static void
take_newest_first (KomekWalk *self, GPtrArray *requests)
{
  gboolean repeats = komek_pages_repeats (self->pages, requests);
  gint64 oldest = find_oldest (requests);

  komek_pages_take (self->pages, requests);
  if (requests->len == 0 || repeats)
    self->over = TRUE;
  else if (oldest > 0 && oldest < find_newest (requests)
           && (self->until == 0 || oldest < self->until))
    {
      self->until = oldest;
      komek_pages_turn_back (self->pages);
    }
}

/* Whether each change is as late as the one before it. */
static gboolean
are_in_order (GPtrArray *requests, gint64 after)
{
  for (guint i = 0; i < requests->len; i++)
    {
      gint64 updated = komek_request_peek (requests->pdata[i])->updated;

      if (updated < after)
        return FALSE;
      after = updated;
    }
  return TRUE;
}

/* Where the oldest change comes first nothing before the last one is missing, and what follows
 * can be asked for by its time. */
static gboolean
advance (KomekWalk *self, GPtrArray *requests)
{
  gint64 last = requests->len ? komek_request_peek (requests->pdata[requests->len - 1])->updated : 0;

  if (last <= self->after || !are_in_order (requests, self->after))
    return FALSE;
  self->after = last;
  return TRUE;
}

/* An answer so short was not cut, whatever the server's habits are. */
static gboolean
is_short (KomekWalk *self, guint length)
{
  return length < (has_pages (self) ? MIN (self->plan.page_size, SHORTEST_CAP) : SHORTEST_CAP);
}

/* Changes of which some are missed for now come with the next look. */
static gboolean
are_all_changes (KomekWalk *self, guint length)
{
  guint usual = self->plan.trusted ? self->plan.page_size : self->habits->page_length;

  return is_short (self, length) || length < usual;
}

static void
take_changes (KomekWalk *self, GPtrArray *requests)
{
  KomekPagesEnd end = komek_pages_take (self->pages, requests);

  if (end == KOMEK_PAGES_DONE || end == KOMEK_PAGES_SAME || are_all_changes (self, requests->len))
    self->over = TRUE;
  else if (advance (self, requests))
    komek_pages_restart (self->pages);
  else if (!has_pages (self))
    self->over = TRUE;
}

static void
take_list (KomekWalk *self, GPtrArray *requests)
{
  KomekPagesEnd end = komek_pages_take (self->pages, requests);

  self->over = !has_pages (self) || end == KOMEK_PAGES_DONE || end == KOMEK_PAGES_SAME
               || is_short (self, requests->len)
               || find_oldest (requests) < self->plan.lowest;
  if (end != KOMEK_PAGES_UNEVEN)
    return;
  if (++self->restarts <= MOST_RESTARTS)
    komek_pages_restart (self->pages);
  else
    self->over = TRUE;
}

/* From here on dates are left out; what a city has not shown by then it may still have. */
static void
leave_dates (KomekWalk *self)
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

static void
note_length (KomekWalk *self, GPtrArray *requests)
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
static void
leave_window (KomekWalk *self)
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
  set_start (self);
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
  leave_window (self);
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
      leave_dates (self);
      begin_window (self);
      return;
    }
  self->jumped = TRUE;
  self->until = MAX (self->plan.lowest, self->until - DAY);
  self->over = self->until <= self->plan.lowest;
  g_array_set_size (self->doubts, 0);
  set_start (self);
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

  if (self->length < self->habits->whole || is_short (self, self->length))
    leave_window (self);
  else if (is_stuck (self))
    get_unstuck (self);
  else if (self->length >= cap - cap / 10)
    halve (self);
  else if (self->habits->cap)
    leave_window (self);
  else
    doubt (self);
}

/* The first page again is what a server gives that repeats its last one, or that knows no pages: then
 * it may have been cut. */
static void
take_window (KomekWalk *self, GPtrArray *requests)
{
  KomekPagesEnd end = komek_pages_take (self->pages, requests);

  if (end != KOMEK_PAGES_SAME)
    note_length (self, requests);
  if (!has_pages (self) || end == KOMEK_PAGES_SAME)
    judge_length (self);
  else if (end == KOMEK_PAGES_UNEVEN)
    halve (self);
  else if (end == KOMEK_PAGES_DONE || is_short (self, requests->len))
    leave_window (self);
}

/* What a server may stumble over. */
static guint
get_place (KomekWalk *self)
{
  return self->begun ? komek_pages_get_page (self->pages) : FIRST_ANSWER;
}

/* There must be something in the first window, and is not. */
static gboolean
is_first_in_vain (KomekWalk *self, GPtrArray *requests)
{
  return has_windows (self) && !self->begun && self->plan.filled && requests->len == 0;
}

static gboolean
are_dates_useless (KomekWalk *self, GPtrArray *requests)
{
  if (komek_pages_get_page (self->pages) > 1 || self->next)
    return FALSE;
  return is_astray (self, requests) || is_first_in_vain (self, requests);
}

static void
follow (KomekWalk *self, GPtrArray *requests, const char *next)
{
  gint64 oldest = find_oldest (requests);

  self->habits->names_next = TRUE;
  advance (self, requests);
  if (self->plan.kind == KOMEK_WALK_NEWEST_FIRST && requests->len > 0 && oldest > 0)
    self->until = self->until ? MIN (self->until, oldest) : oldest;
  if (has_windows (self))
    note_length (self, requests);
  /* Whoever sends us in a circle is left. */
  if (g_strcmp0 (self->next, next) == 0)
    next = NULL;
  g_free (self->next);
  self->next = g_strdup (next);
  if (next)
    return;
  if (has_windows (self))
    leave_window (self);
  else
    self->over = TRUE;
}

static void
take (KomekWalk *self, GPtrArray *requests, const char *next)
{
  if (next || self->next)
    follow (self, requests, next);
  else if (self->plan.kind == KOMEK_WALK_NEWEST_FIRST && self->habits->names_next)
    self->over = TRUE;
  else if (self->plan.kind == KOMEK_WALK_NEWEST_FIRST)
    take_newest_first (self, requests);
  else if (self->plan.kind == KOMEK_WALK_CHANGES)
    take_changes (self, requests);
  else if (has_windows (self))
    take_window (self, requests);
  else
    take_list (self, requests);
}

/**
 * komek_walk_take:
 * @requests: (element-type KomekRequest): the answer to what was asked
 * @next: (nullable): where it says that the next page is
 *
 * Notes an answer.
 */
void
komek_walk_take (KomekWalk *self, GPtrArray *requests, const char *next)
{
  gboolean dated = has_windows (self);

  if (self->habits->stumbled == get_place (self))
    self->habits->stumbles = 0;
  if (has_pages (self))
    self->habits->page_length = MAX (self->habits->page_length, requests->len);
  if (is_first_in_vain (self, requests) && !self->habits->statuses_useless)
    {
      self->habits->statuses_useless = TRUE;
      return;
    }
  if (dated && are_dates_useless (self, requests))
    leave_dates (self);
  /* The empty answer to a date is not the list without one. */
  if (dated == has_windows (self) || requests->len > 0)
    take (self, requests, next);
  self->begun = TRUE;
}

/* Whether a place that cannot be passed has been met at enough looks. */
static gboolean
is_stumbled_over (KomekWalk *self, guint enough)
{
  guint place = get_place (self);

  if (self->habits->stumbled != place)
    self->habits->stumbles = 0;
  self->habits->stumbled = place;
  return ++self->habits->stumbles >= enough;
}

/* Some servers refuse a page after the last one, some break over it. */
static gboolean
end_pages (KomekWalk *self, const GError *error)
{
  if (!g_error_matches (error, KOMEK_ERROR, KOMEK_ERROR_REFUSED))
    {
      if (!g_error_matches (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE)
          || !is_stumbled_over (self, STUMBLES_UNREADABLE))
        return FALSE;
      self->gaps++;
    }
  if (has_windows (self))
    leave_window (self);
  else
    self->over = TRUE;
  return TRUE;
}

/* A city that was just seen to answer, but not to this. */
static gboolean
is_breaking (KomekWalk *self, const GError *error)
{
  guint enough = g_error_matches (error, KOMEK_ERROR, KOMEK_ERROR_UNREADABLE)
                   ? STUMBLES_UNREADABLE
                   : STUMBLES_UNREACHABLE;

  return self->plan.glanced && is_stumbled_over (self, enough);
}

/* Some servers refuse a list of statuses, or dates, and some break over them; the list without
 * either came a moment ago. */
static gboolean
ask_for_less (KomekWalk *self, const GError *error)
{
  if (!g_error_matches (error, KOMEK_ERROR, KOMEK_ERROR_REFUSED) && !is_breaking (self, error))
    return FALSE;
  self->habits->stumbles = 0;
  if (!self->plan.trusted && !self->habits->statuses_useless)
    self->habits->statuses_useless = TRUE;
  else if (has_windows (self) && self->plan.glanced)
    leave_dates (self);
  else
    return FALSE;
  return TRUE;
}

/**
 * komek_walk_cope:
 * @error: why there was no answer to what was asked
 *
 * Returns: whether the walk can go on all the same
 */
gboolean
komek_walk_cope (KomekWalk *self, const GError *error)
{
  /* Where the next page is may be forgotten by a city that was started anew; dates are not. */
  if (self->next && self->plan.kind == KOMEK_WALK_NEWEST_FIRST
      && g_error_matches (error, KOMEK_ERROR, KOMEK_ERROR_REFUSED))
    {
      g_clear_pointer (&self->next, g_free);
      self->habits->names_next = FALSE;
      komek_pages_restart (self->pages);
      return TRUE;
    }
  if (komek_pages_get_page (self->pages) > 1)
    return end_pages (self, error);
  return !self->begun && ask_for_less (self, error);
}

/* How far back all is here; 0 for nothing yet. */
gint64
komek_walk_get_until (KomekWalk *self)
{
  return self->until;
}

/* Of changes: all that changed before it is here. */
gint64
komek_walk_get_after (KomekWalk *self)
{
  return self->after;
}

/* How long the next window would best be. */
gint64
komek_walk_get_span (KomekWalk *self)
{
  return self->span;
}

/* Of how many windows, or lists, something may be missing. */
guint
komek_walk_get_gaps (KomekWalk *self)
{
  return self->gaps;
}

/* Whether a window lies behind it, and nothing is in doubt that the next one would clear up. */
gboolean
komek_walk_is_between_windows (KomekWalk *self)
{
  return self->windows > 0 && self->length == 0 && self->doubts->len == 0 && !self->next;
}
