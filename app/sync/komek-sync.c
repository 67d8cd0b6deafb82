/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-sync.h"

#include "komek-backoff.h"
#include "komek-error.h"
#include "komek-line.h"
#include "komek-number.h"
#include "komek-refresh.h"
#include "komek-sweep.h"

#define USUAL_POLL 30000
#define USUAL_BACKOFF_BASE 2000
#define USUAL_BACKOFF_CAP 300000
#define USUAL_DISCOVERY 300000
#define USUAL_PAGE_SIZE 1000
#define USUAL_GLANCE 100

/* What the standard lets a city give at once. */
#define USUAL_WINDOW (90 * 86400)
#define USUAL_CAP 1000

/* About five years in which nobody asked for anything. */
#define USUAL_MOST_EMPTY 20

/* A clock that moved by more than this beside the time that passed was set. */
#define STEP 30

/**
 * KomekSync:
 *
 * Keeps the mirror current: sweeps it again and again, and tells how the line to the city stands.
 *
 * It can be made before the address of the city is known. Until then, and
 * where no city can be had, whoever wants to refresh something hears that nobody
 * is there. Refreshing holds it until it is over; sweeps do not.
 */
struct _KomekSync
{
  GObject         parent;
  KomekMirror    *mirror;
  KomekClock     *clock;
  KomekSyncTimes  times;
  KomekBackoff    backoff;
  KomekHabits    *habits;      /* of the city, an rc box */
  KomekGeoReport *client;
  GCancellable   *cancellable; /* of the first look at the mirror */
  KomekSweep     *sweep;       /* while one is on its way */
  guint           next;        /* source: the next one */
  KomekLineState  state;
  gint64          as_of;
  gboolean        as_of_is_ours; /* and not a former run's */
  gint64          as_of_uptime;
  gboolean        discover;    /* at the next sweep, whatever the time */
  gint64          discovered;  /* monotonic, microseconds */
  GError         *problem;
};

enum
{
  PROP_STATE = 1,
  PROP_AS_OF,
  PROP_PROBLEM,
};

static void komek_sync_line_init (KomekLineInterface *iface);

enum
{
  CITY_WANTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE_WITH_CODE (KomekSync, komek_sync, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (KOMEK_TYPE_LINE, komek_sync_line_init))

static void
set_state (KomekSync *self, KomekLineState state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify (G_OBJECT (self), "state");
}

static void
set_as_of (KomekSync *self, gint64 as_of)
{
  if (self->as_of == as_of)
    return;
  self->as_of = as_of;
  g_object_notify (G_OBJECT (self), "as-of");
}

static void
set_problem (KomekSync *self, const GError *problem)
{
  if (!problem && !self->problem)
    return;
  g_clear_error (&self->problem);
  self->problem = problem ? g_error_copy (problem) : NULL;
  g_object_notify (G_OBJECT (self), "problem");
}

/* Whoever hears of the new state finds the problem in its place already. */
static void
set_line (KomekSync *self, KomekLineState state, const GError *problem)
{
  g_object_freeze_notify (G_OBJECT (self));
  set_problem (self, problem);
  set_state (self, state);
  g_object_thaw_notify (G_OBJECT (self));
}

static void start_sweep (KomekSync *self);

static gboolean
on_next (gpointer data)
{
  KomekSync *self = data;

  self->next = 0;
  start_sweep (self);
  return G_SOURCE_REMOVE;
}

static void
schedule (KomekSync *self, guint milliseconds)
{
  g_clear_handle_id (&self->next, g_source_remove);
  self->next = g_timeout_add (milliseconds, on_next, self);
}

/* As it would read had the clock always been right as it is now: so its age stays true when
 * somebody sets the clock. */
static void
correct_as_of (KomekSync *self)
{
  gint64 passed = komek_clock_get_uptime (self->clock) - self->as_of_uptime;
  gint64 true_as_of = komek_clock_now (self->clock) - passed;

  if (self->as_of_is_ours && ABS (true_as_of - self->as_of) > STEP)
    set_as_of (self, true_as_of);
}

static void
note_contact (KomekSync *self)
{
  self->as_of_is_ours = TRUE;
  self->as_of_uptime = komek_clock_get_uptime (self->clock);
  set_as_of (self, komek_clock_now (self->clock));
}

/* A city in which much changes at once is no news to who follows it. */
static void
on_sweep_behind (KomekSweep *sweep, KomekSync *self)
{
  if (self->state != KOMEK_LINE_CURRENT || komek_sweep_is_filling (sweep))
    set_line (self, KOMEK_LINE_FILLING, NULL);
}

/* A city that says when it can be asked again is not asked before, nor is it long after. */
static guint
get_pause (KomekSync *self, const GError *error)
{
  guint wait = komek_backoff_next (&self->backoff);
  guint asked = g_error_matches (error, KOMEK_ERROR, KOMEK_ERROR_UNREACHABLE)
                  ? komek_geo_report_get_delay (self->client)
                  : 0;

  return asked ? asked + g_random_int_range (0, self->backoff.base / 2 + 1) : wait;
}

static void
on_sweep_ended (KomekSweep *sweep, const GError *error, KomekSync *self)
{
  g_clear_object (&self->sweep);
  self->discover = error != NULL;
  if (error)
    {
      correct_as_of (self);
      schedule (self, get_pause (self, error));
      set_line (self, KOMEK_LINE_BROKEN, error);
      return;
    }
  komek_backoff_reset (&self->backoff);
  schedule (self, self->times.poll);
  note_contact (self);
  set_line (self, KOMEK_LINE_CURRENT, NULL);
}

static void
stop_sweep (KomekSync *self)
{
  g_clear_handle_id (&self->next, g_source_remove);
  if (self->sweep)
    komek_sweep_stop (self->sweep);
  g_clear_object (&self->sweep);
}

/* Who the city is changes hardly ever while the line holds: to ask for changes alone is half of the
 * work, for both. */
static gboolean
has_to_discover (KomekSync *self)
{
  gint64 now = g_get_monotonic_time ();

  if (!self->discover && now - self->discovered < self->times.discovery * G_GINT64_CONSTANT (1000))
    return FALSE;
  self->discovered = now;
  return TRUE;
}

static void
start_sweep (KomekSync *self)
{
  const KomekSweepLimits limits = {
    .page_size = self->times.page_size,
    .glance = self->times.glance,
    .window = self->times.window,
    .most_empty = self->times.most_empty,
    .cap = self->times.cap,
  };

  stop_sweep (self);
  self->sweep = komek_sweep_new (self->mirror, self->client, self->clock, &limits, self->habits);
  g_signal_connect_object (self->sweep, "behind", G_CALLBACK (on_sweep_behind), self, 0);
  g_signal_connect_object (self->sweep, "ended", G_CALLBACK (on_sweep_ended), self, 0);
  komek_sweep_start (self->sweep, has_to_discover (self));
}

/* As the last run of the program left it; a sweep that has ended meanwhile knows better. */
static void
on_progress_known (GObject *source, GAsyncResult *result, gpointer data)
{
  KomekProgress progress;
  KomekSync *self;

  if (!komek_mirror_read_progress_finish (KOMEK_MIRROR (source), result, &progress, NULL))
    return;
  self = data;
  if (self->as_of == 0)
    set_as_of (self, progress.as_of);
}

static void
komek_sync_retry (KomekLine *line)
{
  KomekSync *self = KOMEK_SYNC (line);

  komek_backoff_reset (&self->backoff);
  if (!self->client)
    g_signal_emit (self, signals[CITY_WANTED], 0);
  else if (!self->sweep)
    start_sweep (self);
}

/* A line over which something else went well is worth a look before its turn. */
static void
note_success (KomekSync *self)
{
  if (self->state == KOMEK_LINE_BROKEN)
    komek_sync_retry (KOMEK_LINE (self));
}

static gboolean
is_connected (KomekSync *self, GTask *task)
{
  if (self->client)
    return TRUE;
  g_task_return_new_error (task, KOMEK_ERROR, KOMEK_ERROR_UNREACHABLE, "No city is known yet");
  return FALSE;
}

static void
komek_sync_refresh_async (KomekLine *line, const char *number, KomekLanguage language,
                          GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  KomekSync *self = KOMEK_SYNC (line);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  g_autofree char *written = komek_number_normalise (number);

  g_task_set_source_tag (task, komek_sync_refresh_async);
  if (is_connected (self, task))
    komek_refresh_run (g_steal_pointer (&task), self->mirror, self->client,
                       written ? written : number, language);
}

static gboolean
komek_sync_refresh_finish (KomekLine *line, GAsyncResult *result, GError **error)
{
  gboolean done;

  g_return_val_if_fail (g_task_is_valid (result, line), FALSE);

  done = g_task_propagate_boolean (G_TASK (result), error);
  if (done)
    note_success (KOMEK_SYNC (line));
  return done;
}

static void
komek_sync_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  KomekSync *self = KOMEK_SYNC (object);

  switch (prop_id)
    {
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_AS_OF:
      g_value_set_int64 (value, self->as_of);
      break;
    case PROP_PROBLEM:
      g_value_set_boxed (value, self->problem);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
komek_sync_dispose (GObject *object)
{
  KomekSync *self = KOMEK_SYNC (object);

  stop_sweep (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (komek_sync_parent_class)->dispose (object);
}

static void
komek_sync_finalize (GObject *object)
{
  KomekSync *self = KOMEK_SYNC (object);

  g_clear_pointer (&self->habits, g_rc_box_release);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->mirror);
  g_clear_object (&self->clock);
  g_clear_error (&self->problem);
  G_OBJECT_CLASS (komek_sync_parent_class)->finalize (object);
}

static void
komek_sync_line_init (KomekLineInterface *iface)
{
  iface->retry = komek_sync_retry;
  iface->refresh_async = komek_sync_refresh_async;
  iface->refresh_finish = komek_sync_refresh_finish;
}

static void
komek_sync_class_init (KomekSyncClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = komek_sync_get_property;
  object_class->dispose = komek_sync_dispose;
  object_class->finalize = komek_sync_finalize;

  /**
   * KomekSync::city-wanted:
   *
   * Somebody asks to try again while no city is connected: whoever can find one should.
   */
  signals[CITY_WANTED] = g_signal_new ("city-wanted", KOMEK_TYPE_SYNC, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 0);

  g_object_class_override_property (object_class, PROP_STATE, "state");
  g_object_class_override_property (object_class, PROP_AS_OF, "as-of");
  g_object_class_override_property (object_class, PROP_PROBLEM, "problem");
}

static void
komek_sync_init (KomekSync *self)
{
  self->cancellable = g_cancellable_new ();
  self->habits = g_rc_box_new0 (KomekHabits);
}

static guint
choose (guint given, guint usual)
{
  return given ? given : usual;
}

static void
read_times (KomekSync *self, const KomekSyncTimes *times)
{
  KomekSyncTimes given = times ? *times : (KomekSyncTimes) { 0 };

  self->times = (KomekSyncTimes) {
    .poll = choose (given.poll, USUAL_POLL),
    .discovery = choose (given.discovery, USUAL_DISCOVERY),
    .page_size = choose (given.page_size, USUAL_PAGE_SIZE),
    .glance = choose (given.glance, USUAL_GLANCE),
    .window = given.window ? given.window : USUAL_WINDOW,
    .most_empty = choose (given.most_empty, USUAL_MOST_EMPTY),
    .cap = choose (given.cap, USUAL_CAP),
  };
  self->backoff.base = choose (given.backoff_base, USUAL_BACKOFF_BASE);
  self->backoff.cap = choose (given.backoff_cap, USUAL_BACKOFF_CAP);
}

/**
 * komek_sync_new:
 * @times: (nullable): how often it looks
 *
 * Returns: (transfer full): a line that connects to no city yet
 */
KomekSync *
komek_sync_new (KomekMirror *mirror, KomekClock *clock, const KomekSyncTimes *times)
{
  KomekSync *self = g_object_new (KOMEK_TYPE_SYNC, NULL);

  self->mirror = g_object_ref (mirror);
  self->clock = g_object_ref (clock);
  read_times (self, times);
  komek_mirror_read_progress_async (mirror, self->cancellable, on_progress_known, self);
  return self;
}

/**
 * komek_sync_connect:
 * @client: the city from now on, in the place of any former one
 *
 * Begins to follow a city.
 */
void
komek_sync_connect (KomekSync *self, KomekGeoReport *client)
{
  g_return_if_fail (KOMEK_IS_SYNC (self));
  g_return_if_fail (KOMEK_IS_GEO_REPORT (client));

  g_set_object (&self->client, client);
  g_rc_box_release (self->habits);
  self->habits = g_rc_box_new0 (KomekHabits);
  self->discover = TRUE;
  komek_backoff_reset (&self->backoff);
  start_sweep (self);
}

/**
 * komek_sync_give_up:
 * @problem: why no city can be had
 *
 * Stops following any city.
 */
void
komek_sync_give_up (KomekSync *self, const GError *problem)
{
  g_return_if_fail (KOMEK_IS_SYNC (self));
  g_return_if_fail (problem);

  stop_sweep (self);
  g_clear_object (&self->client);
  set_line (self, KOMEK_LINE_BROKEN, problem);
}
