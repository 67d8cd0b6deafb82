/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-sweep.h"

/* What was written to the city at the same time as our last look may be seen
 * only after it: each look begins a little earlier than the last one ended. */
#define OVERLAP 5

/* The first second of 2026: a clock that says less was never set. */
#define PROGRAM_BORN 1767225600

/**
 * KomekSweep:
 *
 * Brings the mirror to what the city has, once.
 *
 *     known ─► card ─► (forget) ─► (services) ─► put card ─► fetch page ─► put page ─► done
 *                                                              ▲     │
 *                                                              └─────┘ while pages are full
 *
 * While a page is written the next one is on its way, but no more than that.
 *
 * The first fill takes everything, the newest request first, so that a list is
 * of use after one page; it goes on where it was interrupted, for new requests
 * only push others to later pages. From then on what changed is taken, the
 * oldest change first, each page from where the last one ended. A city without
 * our profile gives one page and always the same.
 */
struct _KomekSweep
{
  GObject         parent;
  KomekMirror    *mirror;
  KomekGeoReport *client;
  KomekClock     *clock;
  guint           page_size;
  GCancellable   *cancellable;
  KomekProgress   progress;
  KomekCity      *known;    /* as the mirror has it */
  KomekCity      *card;     /* as the city says now */
  gint64          after;    /* 0 while filling */
  guint           page;
  gboolean        more;     /* a further page is on its way */
  GPtrArray      *arrived;  /* a page that waits for its turn to be written */
  gboolean        writing;
  gboolean        over;
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

static gint64
find_newest (GPtrArray *requests)
{
  gint64 newest = 0;

  for (guint i = 0; i < requests->len; i++)
    newest = MAX (newest, komek_request_peek (requests->pdata[i])->updated);
  return newest;
}

/* A city that dates a change into the future shall not have us wait for that time. */
static gint64
find_mark (KomekSweep *self, GPtrArray *requests)
{
  gint64 now = komek_clock_now (self->clock);
  gint64 newest = find_newest (requests);

  return now < PROGRAM_BORN ? newest : MIN (newest, now);
}

/* The mark of a whole fill is that of its first page: what changes while the other pages come
 * changes after it. */
static void
note_page_of_fill (KomekSweep *self, GPtrArray *requests, gboolean more)
{
  if (self->page == 1 && komek_geo_report_is_extended (self->client))
    self->progress.mark = find_mark (self, requests);
  self->page++;
  self->progress.page = more ? self->page : 0;
}

/* A page number counts only where more changed in one second than a page holds. */
static void
note_page_of_changes (KomekSweep *self, GPtrArray *requests)
{
  gint64 mark = find_mark (self, requests);

  self->page = mark > self->after ? 1 : self->page + 1;
  self->after = MAX (self->after, mark);
  self->progress.mark = MAX (self->progress.mark, mark);
}

/* Whether there is more. */
static gboolean
note_page (KomekSweep *self, GPtrArray *requests)
{
  gboolean more = komek_geo_report_is_extended (self->client) && requests->len >= self->page_size;

  if (self->after == 0)
    note_page_of_fill (self, requests, more);
  else
    note_page_of_changes (self, requests);
  if (!more)
    self->progress.as_of = komek_clock_now (self->clock);
  return more;
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
  else if (!self->more)
    end (self, NULL);
}

static void
write_page (KomekSweep *self)
{
  g_autoptr (GPtrArray) requests = g_steal_pointer (&self->arrived);

  self->writing = TRUE;
  komek_mirror_put_requests_async (self->mirror, requests, &self->progress, self->cancellable,
                                   on_page_put, g_object_ref (self));
  if (self->more)
    fetch_page (self);
}

static void
on_page_fetched (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KomekSweep) self = data;
  g_autoptr (GError) error = NULL;

  self->arrived = komek_geo_report_requests_finish (KOMEK_GEO_REPORT (source), result, &error);
  if (!self->arrived)
    {
      end (self, error);
      return;
    }
  self->more = note_page (self, self->arrived);
  if (self->more)
    g_signal_emit (self, signals[BEHIND], 0);
  if (!self->writing)
    write_page (self);
}

static void
fetch_page (KomekSweep *self)
{
  KomekPage page = { .updated_after = self->after, .page = self->page, .size = self->page_size };

  komek_geo_report_requests_async (self->client, &page, self->cancellable, on_page_fetched,
                                   g_object_ref (self));
}

static void
on_card_put (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KomekSweep) self = data;
  g_autoptr (GError) error = NULL;

  if (!komek_mirror_write_finish (KOMEK_MIRROR (source), result, &error))
    {
      end (self, error);
      return;
    }
  self->after = komek_sweep_is_filling (self) ? 0 : MAX (self->progress.mark - OVERLAP, 1);
  self->page = MAX (self->progress.page, 1);
  fetch_page (self);
}

static void
put_card (KomekSweep *self, GPtrArray *services)
{
  komek_mirror_put_city_async (self->mirror, self->card, services, self->cancellable, on_card_put,
                               g_object_ref (self));
}

static void
on_services_fetched (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KomekSweep) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) services =
    komek_geo_report_services_finish (KOMEK_GEO_REPORT (source), result, &error);

  if (services)
    put_card (self, services);
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
  if (self->progress.as_of == 0 || self->progress.page > 0)
    g_signal_emit (self, signals[BEHIND], 0);
  if (has_new_names (self))
    komek_geo_report_services_async (self->client, self->cancellable, on_services_fetched,
                                     g_object_ref (self));
  else
    put_card (self, NULL);
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
  name_things (self);
}

static gboolean
is_another_city (KomekSweep *self)
{
  return self->known
         && !g_str_equal (komek_city_peek (self->known)->id, komek_city_peek (self->card)->id);
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
    name_things (self);
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

  if (komek_mirror_read_progress_finish (KOMEK_MIRROR (source), result, &self->progress, &error))
    komek_feed_city_async (KOMEK_FEED (source), self->cancellable, on_city_known,
                           g_object_ref (self));
  else
    end (self, error);
}

static void
komek_sweep_finalize (GObject *object)
{
  KomekSweep *self = KOMEK_SWEEP (object);

  g_clear_object (&self->mirror);
  g_clear_object (&self->client);
  g_clear_object (&self->clock);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->known);
  g_clear_object (&self->card);
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

KomekSweep *
komek_sweep_new (KomekMirror *mirror, KomekGeoReport *client, KomekClock *clock, guint page_size)
{
  KomekSweep *self = g_object_new (KOMEK_TYPE_SWEEP, NULL);

  self->mirror = g_object_ref (mirror);
  self->client = g_object_ref (client);
  self->clock = g_object_ref (clock);
  self->page_size = page_size;
  return self;
}

/* Once; it keeps itself alive until it has ended. */
void
komek_sweep_start (KomekSweep *self)
{
  g_return_if_fail (KOMEK_IS_SWEEP (self));

  komek_mirror_read_progress_async (self->mirror, self->cancellable, on_progress_known,
                                    g_object_ref (self));
}

/* Whether some of the city has never been here. */
gboolean
komek_sweep_is_filling (KomekSweep *self)
{
  g_return_val_if_fail (KOMEK_IS_SWEEP (self), FALSE);

  return self->progress.mark == 0 || self->progress.page > 0;
}

void
komek_sweep_stop (KomekSweep *self)
{
  g_return_if_fail (KOMEK_IS_SWEEP (self));

  g_cancellable_cancel (self->cancellable);
}
