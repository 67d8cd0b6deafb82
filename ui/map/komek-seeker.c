/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-seeker.h"

#include <string.h>

#define FIRST 50 /* hits that the list shows at once */

/**
 * KomekSeeker:
 *
 * The text that somebody searches for among all requests, and where it was found.
 *
 * The first hits are told before all of them: among a million requests a survey
 * of all takes a blink too long for somebody who types. What is found for a
 * former text is never told.
 */
struct _KomekSeeker
{
  GObject       parent;
  KomekFeed    *feed;
  GCancellable *cancellable;
  char         *text;
  GArray       *matches; /* keys; NULL without a search, those of before during one */
  gboolean      seeking;
  GError       *problem;
};

enum
{
  FIRST_FOUND,
  MATCHED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KomekSeeker, komek_seeker, G_TYPE_OBJECT)

static void
on_matched (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KomekSeeker) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) matches = komek_feed_match_finish (KOMEK_FEED (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_error (&self->problem);
  self->problem = g_steal_pointer (&error);
  self->seeking = FALSE;
  if (matches)
    {
      g_clear_pointer (&self->matches, g_array_unref);
      self->matches = g_steal_pointer (&matches);
    }
  g_signal_emit (self, signals[MATCHED], 0);
}

static void
on_first_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (KomekSeeker) self = data;
  g_autoptr (KomekHits) hits = komek_feed_search_finish (KOMEK_FEED (source), result, NULL);

  if (hits && self->seeking)
    g_signal_emit (self, signals[FIRST_FOUND], 0, komek_hits_get_keys (hits));
}

static void
match (KomekSeeker *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (*self->text == '\0')
    {
      g_clear_pointer (&self->matches, g_array_unref);
      self->seeking = FALSE;
      g_signal_emit (self, signals[MATCHED], 0);
      return;
    }
  self->cancellable = g_cancellable_new ();
  if (self->seeking)
    komek_feed_search_async (self->feed, self->text, KOMEK_SEARCH_NEWEST, FIRST, self->cancellable,
                             on_first_found, g_object_ref (self));
  komek_feed_match_async (self->feed, self->text, self->cancellable, on_matched,
                          g_object_ref (self));
}

static void
on_requests_changed (KomekSeeker *self)
{
  if (*self->text)
    match (self);
}

static void
komek_seeker_dispose (GObject *object)
{
  KomekSeeker *self = KOMEK_SEEKER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->feed);
  G_OBJECT_CLASS (komek_seeker_parent_class)->dispose (object);
}

static void
komek_seeker_finalize (GObject *object)
{
  KomekSeeker *self = KOMEK_SEEKER (object);

  g_free (self->text);
  g_clear_pointer (&self->matches, g_array_unref);
  g_clear_error (&self->problem);
  G_OBJECT_CLASS (komek_seeker_parent_class)->finalize (object);
}

static void
komek_seeker_class_init (KomekSeekerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = komek_seeker_dispose;
  object_class->finalize = komek_seeker_finalize;

  /**
   * KomekSeeker::first-found:
   * @keys: (element-type guint32): the newest requests with the text of now, some dozens
   *
   * All of them are told later.
   */
  signals[FIRST_FOUND] = g_signal_new ("first-found", KOMEK_TYPE_SEEKER, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ARRAY);
  /**
   * KomekSeeker::matched:
   *
   * All requests with the text of now are found, or it could not be searched for.
   */
  signals[MATCHED] = g_signal_new ("matched", KOMEK_TYPE_SEEKER, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
komek_seeker_init (KomekSeeker *self)
{
  self->text = g_strdup ("");
}

/**
 * komek_seeker_new:
 *
 * Returns: (transfer full): a seeker that searches for nothing yet, and searches again whenever
 *   the requests change
 */
KomekSeeker *
komek_seeker_new (KomekFeed *feed)
{
  KomekSeeker *self = g_object_new (KOMEK_TYPE_SEEKER, NULL);

  self->feed = g_object_ref (feed);
  g_signal_connect_object (feed, "requests-changed", G_CALLBACK (on_requests_changed), self,
                           G_CONNECT_SWAPPED);
  return self;
}

const char *
komek_seeker_get_text (KomekSeeker *self)
{
  return self->text;
}

/**
 * komek_seeker_set_text:
 * @text: words, an address or a number; "" for no search
 *
 * Begins to search.
 *
 * Returns: whether it is another text than before
 */
gboolean
komek_seeker_set_text (KomekSeeker *self, const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));

  g_return_val_if_fail (KOMEK_IS_SEEKER (self), FALSE);

  if (strcmp (stripped, self->text) == 0)
    return FALSE;
  g_free (self->text);
  self->text = g_steal_pointer (&stripped);
  self->seeking = TRUE;
  match (self);
  return TRUE;
}

/* Whether not all requests with the text of now are found yet. */
gboolean
komek_seeker_is_seeking (KomekSeeker *self)
{
  return self->seeking;
}

/**
 * komek_seeker_get_matches:
 *
 * Returns: (transfer none) (nullable) (element-type guint32): the keys of the requests that were
 *   found last, rising; %NULL where nothing is searched for
 */
GArray *
komek_seeker_get_matches (KomekSeeker *self)
{
  return self->matches;
}

/**
 * komek_seeker_get_problem:
 *
 * Returns: (transfer none) (nullable): why the last search found nothing out
 */
const GError *
komek_seeker_get_problem (KomekSeeker *self)
{
  return self->problem;
}
