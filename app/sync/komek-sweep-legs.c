/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-sweep-private.h"

#include "komek-error.h"
#include "komek-missing.h"
#include "komek-naming.h"

/* The first second of 2026: a clock that says less was never set. */
#define PROGRAM_BORN 1767225600

/* A page that did not come in time is asked for in smaller ones, down to this. */
#define SHORTEST_PAGE 25

/* The legs of a sweep, one after the other:
 *
 *     fetch page ─► put page ─► next leg
 *       ▲     │
 *       └─────┘ while the walk goes on
 */

static void fetch_page (KomekSweep *self);
static void go_on (KomekSweep *self);
static void begin_leg (KomekSweep *self);
static void end_leg (KomekSweep *self);
static void write_page (KomekSweep *self);

static gboolean
tells_changes (KomekSweep *self)
{
  return komek_geo_report_can (self->client, KOMEK_ABILITY_CHANGES);
}

/* Pages grow again as long as they come. */
static KomekTerrain
survey (KomekSweep *self)
{
  guint most = self->limits.page_size;

  return (KomekTerrain) {
    .profile = komek_geo_report_is_extended (self->client),
    .abilities = komek_geo_report_get_abilities (self->client),
    .progress = &self->progress,
    .habits = self->habits,
    .now = komek_clock_now (self->clock),
    .anchor = self->anchor,
    .page_size = self->habits->page_size ? MIN (self->habits->page_size, most) : most,
    .glance = MIN (self->limits.glance, most),
    .window = self->limits.window,
    .most_empty = self->limits.most_empty,
    .cap = self->limits.cap,
  };
}

static KomekLeg
get_leg (KomekSweep *self)
{
  return self->itinerary.legs[self->itinerary.at];
}

/* A city that dates something into the future shall not have us wait for that time. */
static gint64
not_in_the_future (KomekSweep *self, gint64 time)
{
  gint64 now = komek_clock_now (self->clock);

  return now < PROGRAM_BORN ? time : MIN (time, now);
}

static void
note_times (KomekSweep *self, GPtrArray *requests)
{
  gboolean changes = tells_changes (self);

  for (guint i = 0; i < requests->len; i++)
    {
      const KomekRequestFields *fields = komek_request_peek (requests->pdata[i]);

      if (fields->withdrawn && !changes)
        continue;
      self->newest = MAX (self->newest, changes ? fields->updated : fields->requested);
      if (fields->requested > 0
          && (self->progress.floor == 0 || fields->requested < self->progress.floor))
        self->progress.floor = fields->requested;
    }
}

static void
note_glance (KomekSweep *self, GPtrArray *requests)
{
  for (guint i = 0; i < requests->len; i++)
    self->anchor = MAX (self->anchor, komek_request_peek (requests->pdata[i])->requested);
  if (komek_itinerary_is_filling (&self->progress))
    {
      self->progress.mark = not_in_the_future (self, self->newest);
      self->progress.generation = MAX (self->progress.generation, 1);
    }
}

/* What changes while the other pages come changes after what the first one shows. */
static void
note_walk (KomekSweep *self)
{
  gint64 until = komek_walk_get_until (self->walk);
  gint64 after = komek_walk_get_after (self->walk);

  switch ((guint) get_leg (self))
    {
    case KOMEK_LEG_ALL:
      if (self->progress.window_end == 0)
        self->progress.mark = MAX (self->progress.mark, not_in_the_future (self, self->newest));
      self->progress.window_end = until;
      self->progress.window_start = MAX (until - komek_walk_get_span (self->walk), 0);
      break;
    case KOMEK_LEG_CHANGES:
      self->progress.mark = MAX (self->progress.mark, not_in_the_future (self, after));
      break;
    default:
      break;
    }
}

static void
note_page (KomekSweep *self, GPtrArray *requests, const char *next)
{
  note_times (self, requests);
  if (get_leg (self) == KOMEK_LEG_GLANCE)
    {
      note_glance (self, requests);
      return;
    }
  komek_walk_take (self->walk, requests, next);
  note_walk (self);
}

/* A new round begins at the top when the last one is over. */
static void
note_round (KomekSweep *self)
{
  KomekProgress *progress = &self->progress;

  progress->gaps += komek_walk_get_gaps (self->walk);
  progress->window_end = komek_walk_get_until (self->walk);
  progress->window_start = MAX (progress->window_end - komek_walk_get_span (self->walk), 0);
  if (self->habits->dates_useless)
    *progress = (KomekProgress) { .mark = progress->mark, .as_of = progress->as_of,
                                  .generation = progress->generation, .floor = progress->floor };
}

static void
next_leg (KomekSweep *self)
{
  self->itinerary.at++;
  g_clear_pointer (&self->walk, komek_walk_free);
  if (self->itinerary.at < self->itinerary.n_legs)
    begin_leg (self);
  else
    komek_sweep_finish (self);
}

static void
on_missing_settled (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KomekSweep) self = data;
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    next_leg (self);
  else
    komek_sweep_end (self, error);
}

/* All windows of this round are behind us: what none of them showed may no longer be there. */
static void
end_round (KomekSweep *self)
{
  KomekProgress *progress = &self->progress;
  gboolean whole = progress->gaps == 0;

  if (!whole)
    g_message ("%" G_GINT64_FORMAT " windows could not be walked whole: all is kept",
               progress->gaps);
  progress->window_start = progress->window_end = progress->gaps = 0;
  if (whole)
    komek_missing_run (g_task_new (self, self->cancellable, on_missing_settled,
                                   g_object_ref (self)),
                       self->mirror, self->client, progress->generation, progress->floor,
                       progress->mark);
  else
    next_leg (self);
}

static void
end_leg (KomekSweep *self)
{
  KomekProgress *progress = &self->progress;
  KomekPage page;

  switch ((guint) get_leg (self))
    {
    case KOMEK_LEG_ALL:
      progress->window_start = progress->window_end = progress->page = 0;
      break;
    case KOMEK_LEG_CHANGES:
    case KOMEK_LEG_NEW:
      progress->mark = MAX (progress->mark, not_in_the_future (self, self->newest));
      break;
    case KOMEK_LEG_AGAIN:
      note_round (self);
      if (!komek_walk_ask (self->walk, &page) && progress->window_end > 0)
        {
          end_round (self);
          return;
        }
      break;
    default:
      break;
    }
  next_leg (self);
}

static void
on_page_put (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KomekSweep) self = data;
  g_autoptr (GError) error = NULL;

  self->writing = FALSE;
  if (!komek_mirror_write_finish (KOMEK_MIRROR (source), result, &error))
    komek_sweep_end (self, error);
  else if (self->failure)
    komek_sweep_end (self, self->failure);
  else if (self->arrived)
    write_page (self);
  else if (!self->fetching)
    end_leg (self);
}

static void
write_page (KomekSweep *self)
{
  g_autoptr (GPtrArray) requests = g_steal_pointer (&self->arrived);

  self->writing = TRUE;
  komek_mirror_put_requests_async (self->mirror, requests, &self->progress, self->cancellable,
                                   on_page_put, g_object_ref (self));
  go_on (self);
}

/* Whether the leg asks for more: one window is enough of those that are looked at again. */
static gboolean
is_leg_over (KomekSweep *self)
{
  KomekPage page;

  if (!self->walk || !komek_walk_ask (self->walk, &page))
    return TRUE;
  return get_leg (self) == KOMEK_LEG_AGAIN && komek_walk_is_between_windows (self->walk);
}

/* Fetches what comes next. */
static void
go_on (KomekSweep *self)
{
  if (is_leg_over (self))
    return;
  if (get_leg (self) != KOMEK_LEG_AGAIN)
    komek_sweep_say_behind (self);
  fetch_page (self);
}

/* A line so slow that a page does not come in time may have time for a smaller one. */
static void
ask_for_less (KomekSweep *self, const GError *error)
{
  guint size = survey (self).page_size;

  if (g_error_matches (error, KOMEK_ERROR, KOMEK_ERROR_UNREACHABLE))
    self->habits->page_size = MAX (size / 2, MIN (SHORTEST_PAGE, self->limits.page_size));
}

static void
fail_page (KomekSweep *self, const GError *error)
{
  if (!self->walk || !komek_walk_cope (self->walk, error))
    {
      ask_for_less (self, error);
      /* An end stops what is on its way; the page that came before it shall be kept. */
      if (self->writing)
        self->failure = g_error_copy (error);
      else
        komek_sweep_end (self, error);
      return;
    }
  if (!is_leg_over (self))
    fetch_page (self);
  else if (!self->writing)
    end_leg (self);
}

static void
on_page_fetched (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KomekSweep) self = data;
  g_autofree char *next = komek_geo_report_dup_next (result);
  g_autoptr (GError) error = NULL;

  self->fetching = FALSE;
  self->arrived = komek_geo_report_requests_finish (KOMEK_GEO_REPORT (source), result, &error);
  if (!self->arrived)
    {
      fail_page (self, error);
      return;
    }
  note_page (self, self->arrived, next);
  if (!self->writing)
    write_page (self);
}

static void
fetch (KomekSweep *self, const KomekPage *page)
{
  self->fetching = TRUE;
  komek_geo_report_requests_async (self->client, page, self->cancellable, on_page_fetched,
                                   g_object_ref (self));
}

static void
fetch_page (KomekSweep *self)
{
  KomekPage page;

  if (komek_walk_ask (self->walk, &page))
    fetch (self, &page);
}

static void
glance (KomekSweep *self)
{
  gboolean pages = komek_geo_report_can (self->client, KOMEK_ABILITY_PAGES);

  fetch (self, &(KomekPage) { .page = pages, .size = pages ? survey (self).glance : 0 });
}

static void
on_able_card_put (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KomekSweep) self = data;
  g_autoptr (GError) error = NULL;

  if (komek_mirror_write_finish (KOMEK_MIRROR (source), result, &error))
    next_leg (self);
  else
    komek_sweep_end (self, error);
}

static void
on_named (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KomekSweep) self = data;
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->services, g_ptr_array_unref);
  self->services = g_task_propagate_pointer (G_TASK (result), &error);
  if (self->services)
    komek_sweep_put_card (self, self->services, on_able_card_put);
  else
    komek_sweep_end (self, error);
}

/* A city that turns out to speak several languages is asked for its names in ours. */
static void
on_probed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KomekSweep) self = data;
  g_autoptr (GError) error = NULL;
  KomekAbility abilities;

  if (!komek_geo_report_probe_finish (KOMEK_GEO_REPORT (source), result, &abilities, &error))
    {
      komek_sweep_end (self, error);
      return;
    }
  komek_sweep_take_abilities (self, abilities);
  if (abilities & KOMEK_ABILITY_LANGUAGES)
    komek_naming_run (g_task_new (self->client, self->cancellable, on_named, g_object_ref (self)),
                      self->client);
  else
    komek_sweep_put_card (self, NULL, on_able_card_put);
}

static void
probe (KomekSweep *self)
{
  komek_geo_report_probe_async (self->client, G_MAXINT, self->cancellable, on_probed,
                                g_object_ref (self));
}

/* A round that begins has a generation of its own, so that what it meets can be told. */
static void
begin_walk (KomekSweep *self)
{
  KomekTerrain terrain = survey (self);

  if (get_leg (self) == KOMEK_LEG_AGAIN && self->progress.window_end == 0)
    {
      self->progress.generation++;
      self->progress.gaps = 0;
    }
  if (get_leg (self) == KOMEK_LEG_ALL)
    self->progress.page = 1;
  self->newest = 0;
  self->walk = komek_itinerary_make_walk (&terrain, get_leg (self));
  if (is_leg_over (self))
    end_leg (self);
  else
    fetch_page (self);
}

static void
begin_leg (KomekSweep *self)
{
  if (get_leg (self) == KOMEK_LEG_GLANCE)
    glance (self);
  else if (get_leg (self) == KOMEK_LEG_PROBE && self->card)
    probe (self);
  else if (get_leg (self) == KOMEK_LEG_PROBE)
    next_leg (self);
  else
    begin_walk (self);
}

void
komek_sweep_begin_itinerary (KomekSweep *self)
{
  KomekTerrain terrain = survey (self);

  self->itinerary = komek_itinerary_make (&terrain);
  begin_leg (self);
}
