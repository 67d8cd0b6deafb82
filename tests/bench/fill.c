/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <libsoup/soup.h>
#include <stdio.h>

#include "await.h"
#include "komek-line.h"
#include "komek-sync.h"
#include "stall.h"

#define LOOKS 20
#define ROWS 50

/* Follows a city from an empty mirror and prints what that took, a name and a figure a line. */
typedef struct
{
  SoupSession *session;
  KomekClock  *clock;
  KomekMirror *mirror;
  KomekSync   *sync;
  KomekLine   *line;       /* the same */
  guint        questions;
  gint64       first_byte; /* monotonic, like the next; 0 for not yet */
  gint64       first_rows;
  gboolean     reading;    /* the first rows */
} Fill;

static void
on_headers (SoupMessage *message, Fill *self)
{
  if (!self->first_byte)
    self->first_byte = g_get_monotonic_time ();
}

static void
on_question (SoupSession *session, SoupMessage *message, Fill *self)
{
  self->questions++;
  g_signal_connect (message, "got-headers", G_CALLBACK (on_headers), self);
}

static void
on_rows_read (GObject *source, GAsyncResult *result, gpointer data)
{
  Fill *self = data;
  g_autoptr (GPtrArray) rows = komek_feed_load_finish (KOMEK_FEED (source), result, NULL);

  if (rows)
    self->first_rows = g_get_monotonic_time ();
}

static void
on_points_read (GObject *source, GAsyncResult *result, gpointer data)
{
  Fill *self = data;
  g_autoptr (KomekPoints) points = komek_feed_points_finish (KOMEK_FEED (source), result, NULL);
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint n_points;
  const KomekPoint *all = komek_points_peek (points, &n_points);

  for (guint i = 0; i < MIN (n_points, ROWS); i++)
    g_array_append_val (keys, all[i].key);
  self->reading = n_points > 0;
  if (self->reading)
    komek_feed_load_async (KOMEK_FEED (source), keys, NULL, on_rows_read, self);
}

/* What the window does as soon as it hears of them. */
static void
on_requests_changed (KomekFeed *feed, Fill *self)
{
  if (self->reading)
    return;
  self->reading = TRUE;
  komek_feed_points_async (feed, NULL, on_points_read, self);
}

static void
wait_for_end_of_look (Fill *self)
{
  gint64 later = komek_line_get_as_of (self->line) + 1;

  komek_clock_advance (self->clock, 1);
  komek_line_retry (self->line);
  while (komek_line_get_as_of (self->line) < later)
    g_main_context_iteration (NULL, TRUE);
}

/* In kB. */
static long
read_memory (const char *name)
{
  g_autofree char *text = NULL;
  const char *line;

  g_file_get_contents ("/proc/self/status", &text, NULL, NULL);
  line = text ? strstr (text, name) : NULL;
  return line ? strtol (line + strlen (name), NULL, 10) : 0;
}

static guint
count (Fill *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (KomekPoints) points = NULL;
  guint n_points;

  komek_feed_points_async (KOMEK_FEED (self->mirror), NULL, on_awaited, &result);
  points = komek_feed_points_finish (KOMEK_FEED (self->mirror), await (&result), NULL);
  komek_points_peek (points, &n_points);
  return n_points;
}

static guint
count_matches (Fill *self, const char *text)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GArray) keys = NULL;

  komek_feed_match_async (KOMEK_FEED (self->mirror), text, NULL, on_awaited, &result);
  keys = komek_feed_match_finish (KOMEK_FEED (self->mirror), await (&result), NULL);
  return keys ? keys->len : 0;
}

static void
set_up (Fill *self, const char *path)
{
  /* It is asked to look, and looks at no other time. */
  const KomekSyncTimes times = { .poll = 3600000, .backoff_base = 3600000,
                                 .backoff_cap = 3600000 };

  self->session = soup_session_new_with_options ("timeout", 15, NULL);
  g_signal_connect (self->session, "request-queued", G_CALLBACK (on_question), self);
  self->clock = komek_clock_new_fixed (g_get_real_time () / G_USEC_PER_SEC);
  self->mirror = komek_mirror_new (path);
  g_signal_connect (self->mirror, "requests-changed", G_CALLBACK (on_requests_changed), self);
  self->sync = komek_sync_new (self->mirror, self->clock, &times);
  self->line = KOMEK_LINE (self->sync);
}

static void
fill (Fill *self, const char *url)
{
  g_autoptr (KomekGeoReport) client = komek_geo_report_new_full (url, self->session, NULL);
  long before = read_memory ("VmRSS:");
  gint64 begin;

  watch_for_stalls ();
  komek_sync_connect (self->sync, client);
  begin = g_get_monotonic_time ();
  while (komek_line_get_state (self->line) != KOMEK_LINE_CURRENT)
    {
      if (komek_line_get_state (self->line) == KOMEK_LINE_BROKEN)
        {
          g_autoptr (GError) problem = komek_line_dup_problem (self->line);

          g_error ("%s", problem->message);
        }
      g_main_context_iteration (NULL, TRUE);
    }
  printf ("fill-s %.3f\n", (g_get_monotonic_time () - begin) / 1e6);
  printf ("memory-mb %.1f\n", (read_memory ("VmHWM:") - before) / 1024.0);
  printf ("stall-ms %.1f\n", stall.worst / 1e3);
  printf ("stall-busy-ms %.1f\n", stall.worst_busy / 1e3);
  while (!self->first_rows)
    g_main_context_iteration (NULL, TRUE);
  printf ("first-rows-s %.3f\n", (self->first_rows - self->first_byte) / 1e6);
  printf ("questions %u\n", self->questions);
}

static void
look (Fill *self)
{
  wait_for_end_of_look (self);
  for (guint i = 0; i < LOOKS; i++)
    {
      guint asked = self->questions;
      gint64 begin = g_get_monotonic_time ();

      wait_for_end_of_look (self);
      printf ("look-ms %.2f\n", (g_get_monotonic_time () - begin) / 1e3);
      printf ("look-questions %u\n", self->questions - asked);
    }
}

int
main (int argc, char **argv)
{
  Fill self = { 0 };

  if (argc != 3)
    g_error ("Wants the address of a city and a file for the mirror");
  set_up (&self, argv[2]);
  fill (&self, argv[1]);
  printf ("requests %u\n", count (&self));
  printf ("matches %u\n", count_matches (&self, "шункыр"));
  look (&self);
  g_object_unref (self.sync);
  g_object_unref (self.mirror);
  g_object_unref (self.clock);
  g_object_unref (self.session);
  return 0;
}
