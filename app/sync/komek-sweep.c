/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-sweep.h"

#include "komek-definitions.h"
#include "komek-error.h"
#include "komek-missing.h"
#include "komek-route.h"

/* The first second of 2026: a clock that says less was never set. */
#define PROGRAM_BORN 1767225600

/* A page that did not come in time is asked for in smaller ones, down to this. */
#define SHORTEST_PAGE 25

/**
 * KomekSweep:
 *
 * Brings the mirror to what the city has, once.
 *
 *     known ─► (card ─► (forget) ─► (services) ─► put card) ─► legs ─► (definitions) ─► done
 *
 *     leg:  fetch page ─► put page ─► done
 *             ▲     │
 *             └─────┘ while the walk goes on
 *
 * While a page is written the next one is on its way, but no more than that.
 *
 * Which legs there are and what they ask for is KomekRoute's and KomekWalk's
 * to say. Each write takes down how far the walk is, so that another sweep goes
 * on where this one is stopped. Nothing is dropped from the mirror but what the
 * city says it took back, and what a whole walk without gaps has not met and
 * the city, asked for it, does not know.
 */
struct _KomekSweep
{
  GObject          parent;
  KomekMirror     *mirror;
  KomekGeoReport  *client;
  KomekClock      *clock;
  KomekSweepLimits limits;
  KomekHabits     *habits;
  GCancellable    *cancellable;
  KomekProgress    progress;
  KomekCity       *known;     /* as the mirror has it */
  KomekCity       *card;      /* as the city says now; NULL where it was not asked */
  GPtrArray       *services;  /* (nullable): that were fetched, their definitions not yet */
  KomekRoute       route;
  KomekWalk       *walk;      /* of the leg */
  gint64           anchor;    /* when the newest request of the glance was registered */
  gint64           newest;    /* change, or request, that was met in the leg */
  gboolean         fetching;
  GPtrArray       *arrived;   /* a page that waits for its turn to be written */
  gboolean         writing;
  gboolean         over;
  gboolean         discover;
};

enum
{
  BEHIND,
  ENDED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KomekSweep, komek_sweep, G_TYPE_OBJECT)

static void fetch_page (KomekSweep *self);
static void go_on (KomekSweep *self);
static void begin_leg (KomekSweep *self);
static void end_leg (KomekSweep *self);
static void write_page (KomekSweep *self);

/* Whoever has stopped it wants to hear no more. A failure ends what else is on its way. */
static void
end (KomekSweep *self, const GError *error)
{
  if (self->over || g_cancellable_is_cancelled (self->cancellable))
    return;
  self->over = TRUE;
  g_signal_emit (self, signals[ENDED], 0, error);
  g_cancellable_cancel (self->cancellable);
}

static KomekAbility
get_abilities (KomekSweep *self)
{
  return komek_geo_report_get_abilities (self->client);
}

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
    .abilities = get_abilities (self),
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
  return self->route.legs[self->route.at];
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
  if (komek_route_is_filling (&self->progress))
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
on_defined (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KomekSweep) self = data;
  g_autoptr (GError) error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  end (self, error);
}

static void
on_progress_put (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KomekSweep) self = data;
  g_autoptr (GError) error = NULL;
  gboolean done = komek_mirror_write_finish (KOMEK_MIRROR (source), result, &error);

  if (done && self->services)
    komek_definitions_run (g_task_new (self, self->cancellable, on_defined, g_object_ref (self)),
                           self->mirror, self->client, self->card, self->services);
  else
    end (self, error);
}

static void
finish (KomekSweep *self)
{
  self->habits->looks++;
  self->habits->page_size = MIN (self->habits->page_size * 2, self->limits.page_size);
  self->progress.as_of = komek_clock_now (self->clock);
  komek_mirror_put_progress_async (self->mirror, &self->progress, self->cancellable,
                                   on_progress_put, g_object_ref (self));
}

static void
next_leg (KomekSweep *self)
{
  self->route.at++;
  g_clear_pointer (&self->walk, komek_walk_free);
  if (self->route.at < self->route.n_legs)
    begin_leg (self);
  else
    finish (self);
}

static void
on_missing_settled (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KomekSweep) self = data;
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    next_leg (self);
  else
    end (self, error);
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
    end (self, error);
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
    g_signal_emit (self, signals[BEHIND], 0);
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
      end (self, error);
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

/* As long as definitions are missing the changeset is kept back. */
static void
put_card (KomekSweep *self, GPtrArray *services, GAsyncReadyCallback callback)
{
  KomekCityFields fields = *komek_city_peek (self->card);
  g_autoptr (KomekCity) card = NULL;

  if (self->services)
    fields.changeset = NULL;
  card = komek_city_copy (self->card, &fields);
  komek_mirror_put_city_async (self->mirror, card, services, self->cancellable, callback,
                               g_object_ref (self));
}

static void
on_able_card_put (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KomekSweep) self = data;
  g_autoptr (GError) error = NULL;

  if (komek_mirror_write_finish (KOMEK_MIRROR (source), result, &error))
    next_leg (self);
  else
    end (self, error);
}

static void
take_abilities (KomekSweep *self, KomekAbility abilities)
{
  KomekCityFields fields = *komek_city_peek (self->card);
  g_autoptr (KomekCity) former = g_steal_pointer (&self->card);

  fields.abilities = abilities;
  self->card = komek_city_copy (former, &fields);
}

static void
on_probed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KomekSweep) self = data;
  g_autoptr (GError) error = NULL;
  KomekAbility abilities;

  if (!komek_geo_report_probe_finish (KOMEK_GEO_REPORT (source), result, &abilities, &error))
    {
      end (self, error);
      return;
    }
  take_abilities (self, abilities);
  put_card (self, NULL, on_able_card_put);
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
  self->walk = komek_route_make_walk (&terrain, get_leg (self));
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

static void
begin_route (KomekSweep *self)
{
  KomekTerrain terrain = survey (self);

  self->route = komek_route_make (&terrain);
  begin_leg (self);
}

static void
on_card_put (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KomekSweep) self = data;
  g_autoptr (GError) error = NULL;

  if (komek_mirror_write_finish (KOMEK_MIRROR (source), result, &error))
    begin_route (self);
  else
    end (self, error);
}

static void
on_services_fetched (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KomekSweep) self = data;
  g_autoptr (GError) error = NULL;

  self->services = komek_geo_report_services_finish (KOMEK_GEO_REPORT (source), result, &error);
  if (self->services)
    put_card (self, self->services, on_card_put);
  else
    end (self, error);
}

static gboolean
has_new_names (KomekSweep *self)
{
  const char *changeset = komek_city_peek (self->card)->changeset;

  return !self->known || *changeset == '\0'
         || !g_str_equal (changeset, komek_city_peek (self->known)->changeset);
}

static void
name_things (KomekSweep *self)
{
  if (komek_route_is_filling (&self->progress))
    g_signal_emit (self, signals[BEHIND], 0);
  if (has_new_names (self))
    komek_geo_report_services_async (self->client, self->cancellable, on_services_fetched,
                                     g_object_ref (self));
  else
    put_card (self, NULL, on_card_put);
}

static void
on_all_forgotten (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KomekSweep) self = data;
  g_autoptr (GError) error = NULL;

  if (!komek_mirror_write_finish (KOMEK_MIRROR (source), result, &error))
    {
      end (self, error);
      return;
    }
  g_clear_object (&self->known);
  self->progress = (KomekProgress) { 0 };
  *self->habits = (KomekHabits) { 0 };
  name_things (self);
}

static gboolean
is_another_city (KomekSweep *self)
{
  return self->known
         && !g_str_equal (komek_city_peek (self->known)->id, komek_city_peek (self->card)->id);
}

/* What was found out of a foreign city before its first walk stands in the mirror's card. */
static void
recall_abilities (KomekSweep *self)
{
  if (komek_geo_report_is_extended (self->client) || !self->known
      || (komek_route_is_filling (&self->progress) && self->progress.window_end == 0))
    return;
  komek_geo_report_believe (self->client, self->known);
  take_abilities (self, get_abilities (self));
}

static void
on_discovered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KomekSweep) self = data;
  g_autoptr (GError) error = NULL;

  self->card = komek_geo_report_discover_finish (KOMEK_GEO_REPORT (source), result, &error);
  if (!self->card)
    end (self, error);
  else if (is_another_city (self))
    komek_mirror_forget_all_async (self->mirror, self->cancellable, on_all_forgotten,
                                   g_object_ref (self));
  else
    {
      recall_abilities (self);
      name_things (self);
    }
}

static void
on_city_known (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KomekSweep) self = data;
  g_autoptr (GError) error = NULL;

  self->known = komek_feed_city_finish (KOMEK_FEED (source), result, &error);
  if (error)
    end (self, error);
  else
    komek_geo_report_discover_async (self->client, self->cancellable, on_discovered,
                                     g_object_ref (self));
}

static void
on_progress_known (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KomekSweep) self = data;
  g_autoptr (GError) error = NULL;

  if (!komek_mirror_read_progress_finish (KOMEK_MIRROR (source), result, &self->progress, &error))
    end (self, error);
  else if (self->discover || komek_route_is_filling (&self->progress))
    komek_feed_city_async (KOMEK_FEED (source), self->cancellable, on_city_known,
                           g_object_ref (self));
  else
    begin_route (self);
}

static void
komek_sweep_finalize (GObject *object)
{
  KomekSweep *self = KOMEK_SWEEP (object);

  g_clear_object (&self->mirror);
  g_clear_object (&self->client);
  g_clear_object (&self->clock);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->habits, g_rc_box_release);
  g_clear_object (&self->known);
  g_clear_object (&self->card);
  g_clear_pointer (&self->services, g_ptr_array_unref);
  g_clear_pointer (&self->walk, komek_walk_free);
  g_clear_pointer (&self->arrived, g_ptr_array_unref);
  G_OBJECT_CLASS (komek_sweep_parent_class)->finalize (object);
}

static void
komek_sweep_class_init (KomekSweepClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = komek_sweep_finalize;

  /**
   * KomekSweep::behind:
   *
   * The city answers, and it will take more than one page to follow it.
   */
  signals[BEHIND] = g_signal_new ("behind", KOMEK_TYPE_SWEEP, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  /**
   * KomekSweep::ended:
   * @error: (nullable): why it could not go on; %NULL where all is here
   *
   * It is over; never emitted once it was stopped.
   */
  signals[ENDED] = g_signal_new ("ended", KOMEK_TYPE_SWEEP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
komek_sweep_init (KomekSweep *self)
{
  self->cancellable = g_cancellable_new ();
}

/**
 * komek_sweep_new:
 * @habits: an rc box: of the city, and learned more of
 */
KomekSweep *
komek_sweep_new (KomekMirror *mirror, KomekGeoReport *client, KomekClock *clock,
                 const KomekSweepLimits *limits, KomekHabits *habits)
{
  KomekSweep *self = g_object_new (KOMEK_TYPE_SWEEP, NULL);

  self->mirror = g_object_ref (mirror);
  self->client = g_object_ref (client);
  self->clock = g_object_ref (clock);
  self->limits = *limits;
  self->habits = g_rc_box_acquire (habits);
  return self;
}

/**
 * komek_sweep_start:
 * @discover: ask first who the city is; a client that never asked must
 *
 * Begins, once; it keeps itself alive until it has ended.
 */
void
komek_sweep_start (KomekSweep *self, gboolean discover)
{
  g_return_if_fail (KOMEK_IS_SWEEP (self));

  self->discover = discover;
  komek_mirror_read_progress_async (self->mirror, self->cancellable, on_progress_known,
                                    g_object_ref (self));
}

/* Whether some of the city has never been here. */
gboolean
komek_sweep_is_filling (KomekSweep *self)
{
  g_return_val_if_fail (KOMEK_IS_SWEEP (self), FALSE);

  return komek_route_is_filling (&self->progress);
}

void
komek_sweep_stop (KomekSweep *self)
{
  g_return_if_fail (KOMEK_IS_SWEEP (self));

  g_cancellable_cancel (self->cancellable);
}
