/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-walk-private.h"

#include "komek-error.h"

/* A list that keeps changing under the walk is begun anew so often. */
#define MOST_RESTARTS 3

/* A city that answers, but not to this, is believed after so many looks: it might have been the
 * line, or somebody else who answered. */
#define STUMBLES_UNREADABLE 2
#define STUMBLES_UNREACHABLE 3
#define FIRST_ANSWER G_MAXUINT

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
  komek_walk_set_start (self);
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
  page->page = komek_walk_has_pages (self) ? komek_pages_get_page (self->pages) : 0;
  page->size = komek_walk_has_pages (self) ? self->plan.page_size : 0;
  if (komek_walk_has_windows (self) || self->plan.kind == KOMEK_WALK_NEWEST_FIRST)
    page->end = self->until;
  if (komek_walk_has_windows (self))
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
  guint length = requests->len;
  gint64 last = length ? komek_request_peek (requests->pdata[length - 1])->updated : 0;

  if (last <= self->after || !are_in_order (requests, self->after))
    return FALSE;
  self->after = last;
  return TRUE;
}

/* Changes of which some are missed for now come with the next look. */
static gboolean
are_all_changes (KomekWalk *self, guint length)
{
  guint usual = self->plan.trusted ? self->plan.page_size : self->habits->page_length;

  return komek_walk_is_short (self, length) || length < usual;
}

static void
take_changes (KomekWalk *self, GPtrArray *requests)
{
  KomekPagesEnd end = komek_pages_take (self->pages, requests);

  if (end == KOMEK_PAGES_DONE || end == KOMEK_PAGES_SAME || are_all_changes (self, requests->len))
    self->over = TRUE;
  else if (advance (self, requests))
    komek_pages_restart (self->pages);
  else if (!komek_walk_has_pages (self))
    self->over = TRUE;
}

static void
take_list (KomekWalk *self, GPtrArray *requests)
{
  KomekPagesEnd end = komek_pages_take (self->pages, requests);

  self->over = !komek_walk_has_pages (self) || end == KOMEK_PAGES_DONE || end == KOMEK_PAGES_SAME
               || komek_walk_is_short (self, requests->len)
               || find_oldest (requests) < self->plan.lowest;
  if (end != KOMEK_PAGES_UNEVEN)
    return;
  if (++self->restarts <= MOST_RESTARTS)
    komek_pages_restart (self->pages);
  else
    self->over = TRUE;
}

/* What a server may stumble over. */
static guint
get_place (KomekWalk *self)
{
  return self->begun ? komek_pages_get_page (self->pages) : FIRST_ANSWER;
}

static void
follow (KomekWalk *self, GPtrArray *requests, const char *next)
{
  gint64 oldest = find_oldest (requests);

  self->habits->names_next = TRUE;
  advance (self, requests);
  if (self->plan.kind == KOMEK_WALK_NEWEST_FIRST && requests->len > 0 && oldest > 0)
    self->until = self->until ? MIN (self->until, oldest) : oldest;
  if (komek_walk_has_windows (self))
    komek_walk_note_length (self, requests);
  /* Whoever sends us in a circle is left. */
  if (g_strcmp0 (self->next, next) == 0)
    next = NULL;
  g_free (self->next);
  self->next = g_strdup (next);
  if (next)
    return;
  if (komek_walk_has_windows (self))
    komek_walk_leave_window (self);
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
  else if (komek_walk_has_windows (self))
    komek_walk_take_window (self, requests);
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
  gboolean dated = komek_walk_has_windows (self);

  if (self->habits->stumbled == get_place (self))
    self->habits->stumbles = 0;
  if (komek_walk_has_pages (self))
    self->habits->page_length = MAX (self->habits->page_length, requests->len);
  if (komek_walk_is_first_in_vain (self, requests) && !self->habits->statuses_useless)
    {
      self->habits->statuses_useless = TRUE;
      return;
    }
  if (dated && komek_walk_are_dates_useless (self, requests))
    komek_walk_leave_dates (self);
  /* The empty answer to a date is not the list without one. */
  if (dated == komek_walk_has_windows (self) || requests->len > 0)
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
  if (komek_walk_has_windows (self))
    komek_walk_leave_window (self);
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
  else if (komek_walk_has_windows (self) && self->plan.glanced)
    komek_walk_leave_dates (self);
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
