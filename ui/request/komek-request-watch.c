/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-request-watch.h"

#include "komek-error.h"
#include "komek-unread.h"

/**
 * KomekRequestWatch:
 *
 * Follows one request: finds it on this device, asks the city for news of it, and says when
 * anything changed.
 *
 * What is known here is given at once; the city's answer goes into the feed
 * and is read from there. A line that was broken and is whole again is asked
 * a second time.
 */
struct _KomekRequestWatch
{
  GObject       parent;
  KomekFeed    *feed;
  KomekLine    *line;
  KomekLanguage language; /* of those who watch */
  char         *number;
  GCancellable *cancellable;
  KomekRequest *request;
  GPtrArray    *history; /* newest first */
  GError       *problem; /* of the last asking */
  gboolean      finding;
  gboolean      find_again; /* something changed while finding */
  gboolean      asking;
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KomekRequestWatch, komek_request_watch, G_TYPE_OBJECT)

static gboolean
was_cancelled (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
on_history_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) history = komek_feed_history_finish (KOMEK_FEED (source), result, &error);
  KomekRequestWatch *self = data;

  if (was_cancelled (error))
    return;
  if (!history)
    {
      komek_unread_report ("The history of a request", error);
      return;
    }
  g_ptr_array_unref (self->history);
  self->history = g_steal_pointer (&history);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void find (KomekRequestWatch *self);

static void
on_found_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KomekRequest) request = komek_feed_find_finish (KOMEK_FEED (source), result, &error);
  g_autoptr (KomekRequestWatch) self = NULL;

  if (was_cancelled (error))
    return;
  if (error)
    komek_unread_report ("A request", error);

  /* Whoever hears of the change may let go of the watch. */
  self = g_object_ref (data);
  self->finding = FALSE;
  if (request)
    {
      g_set_object (&self->request, request);
      komek_feed_history_async (self->feed, self->number, self->cancellable, on_history_ready,
                                self);
    }
  g_signal_emit (self, signals[CHANGED], 0);
  if (self->find_again && !g_cancellable_is_cancelled (self->cancellable))
    find (self);
}

/* While the mirror fills it changes many times a second; one search at a time is enough. */
static void
find (KomekRequestWatch *self)
{
  self->find_again = self->finding;
  if (self->finding)
    return;
  self->finding = TRUE;
  komek_feed_find_async (self->feed, self->number, self->cancellable, on_found_ready, self);
}

static void
on_asked_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  KomekRequestWatch *self = data;

  if (komek_line_refresh_finish (KOMEK_LINE (source), result, &error))
    find (self);
  else if (was_cancelled (error))
    return;

  self->asking = FALSE;
  self->problem = g_steal_pointer (&error);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_line_changed (KomekRequestWatch *self)
{
  KomekLineState state = komek_line_get_state (self->line);

  if (komek_request_watch_is_stale (self)
      && (state == KOMEK_LINE_CURRENT || state == KOMEK_LINE_FILLING))
    komek_request_watch_ask (self);
}

static void
komek_request_watch_dispose (GObject *object)
{
  KomekRequestWatch *self = KOMEK_REQUEST_WATCH (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->feed);
  g_clear_object (&self->line);
  g_clear_object (&self->request);
  G_OBJECT_CLASS (komek_request_watch_parent_class)->dispose (object);
}

static void
komek_request_watch_finalize (GObject *object)
{
  KomekRequestWatch *self = KOMEK_REQUEST_WATCH (object);

  g_object_unref (self->cancellable);
  g_ptr_array_unref (self->history);
  g_clear_error (&self->problem);
  g_free (self->number);
  G_OBJECT_CLASS (komek_request_watch_parent_class)->finalize (object);
}

static void
komek_request_watch_class_init (KomekRequestWatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = komek_request_watch_dispose;
  object_class->finalize = komek_request_watch_finalize;

  /**
   * KomekRequestWatch::changed:
   *
   * Something else is known than before.
   */
  signals[CHANGED] = g_signal_new ("changed", KOMEK_TYPE_REQUEST_WATCH, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
komek_request_watch_init (KomekRequestWatch *self)
{
  self->cancellable = g_cancellable_new ();
  self->history = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * komek_request_watch_new:
 * @number: as the city writes it
 *
 * Returns: (transfer full): a watch that has begun to look
 */
KomekRequestWatch *
komek_request_watch_new (KomekContext *context, const char *number)
{
  KomekRequestWatch *self = g_object_new (KOMEK_TYPE_REQUEST_WATCH, NULL);

  self->feed = g_object_ref (komek_context_get_feed (context));
  self->line = g_object_ref (komek_context_get_line (context));
  self->language = komek_locale_get_language (komek_context_get_locale (context));
  self->number = g_strdup (number);
  g_signal_connect_object (self->feed, "requests-changed", G_CALLBACK (find), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->line, "notify::state", G_CALLBACK (on_line_changed), self,
                           G_CONNECT_SWAPPED);
  find (self);
  komek_request_watch_ask (self);
  return self;
}

KomekWatchState
komek_request_watch_get_state (KomekRequestWatch *self)
{
  g_return_val_if_fail (KOMEK_IS_REQUEST_WATCH (self), KOMEK_WATCH_LOOKING);

  if (self->request)
    return KOMEK_WATCH_KNOWN;
  if (self->finding || self->asking)
    return KOMEK_WATCH_LOOKING;
  if (!self->problem || g_error_matches (self->problem, KOMEK_ERROR, KOMEK_ERROR_REFUSED))
    return KOMEK_WATCH_MISSING;
  return KOMEK_WATCH_UNREACHABLE;
}

const char *
komek_request_watch_get_number (KomekRequestWatch *self)
{
  return self->number;
}

/**
 * komek_request_watch_get_request:
 *
 * Returns: (transfer none) (nullable): the request as it is known here
 */
KomekRequest *
komek_request_watch_get_request (KomekRequestWatch *self)
{
  g_return_val_if_fail (KOMEK_IS_REQUEST_WATCH (self), NULL);

  return self->request;
}

/**
 * komek_request_watch_get_history:
 *
 * Returns: (transfer none) (element-type KomekUpdate): its steps, newest first; empty at first
 */
GPtrArray *
komek_request_watch_get_history (KomekRequestWatch *self)
{
  g_return_val_if_fail (KOMEK_IS_REQUEST_WATCH (self), NULL);

  return self->history;
}

/**
 * komek_request_watch_get_problem:
 *
 * Returns: (transfer none) (nullable): why the city had no news the last time
 */
const GError *
komek_request_watch_get_problem (KomekRequestWatch *self)
{
  g_return_val_if_fail (KOMEK_IS_REQUEST_WATCH (self), NULL);

  return self->problem;
}

/* Whether the last try to hear from the city failed, so that what is known may be old. */
gboolean
komek_request_watch_is_stale (KomekRequestWatch *self)
{
  g_return_val_if_fail (KOMEK_IS_REQUEST_WATCH (self), FALSE);

  return !self->asking && self->problem
         && !g_error_matches (self->problem, KOMEK_ERROR, KOMEK_ERROR_REFUSED);
}

/* Asks the city once more; nothing happens while it is being asked. */
void
komek_request_watch_ask (KomekRequestWatch *self)
{
  g_return_if_fail (KOMEK_IS_REQUEST_WATCH (self));

  if (self->asking)
    return;
  self->asking = TRUE;
  g_clear_error (&self->problem);
  komek_line_refresh_async (self->line, self->number, self->language, self->cancellable,
                            on_asked_ready, self);
  g_signal_emit (self, signals[CHANGED], 0);
}
