/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <libsoup/soup.h>
#include <string.h>

#include "await.h"
#include "folder.h"
#include "komek-tile-cache.h"
#include "komek-tile-server.h"
#include "listen-here.h"

#define PNG "\x89PNG\r\n\x1a\n"
#define DAY 86400
#define NOW 1760000000

/* What the server does with the next questions. */
typedef enum
{
  GIVES,
  FORBIDS,
  WELCOMES,  /* with a page, as the network of a hotel does */
  IS_EMPTY,
  SAYS_NOTHING,
  HAS_NONE,
  BREAKS,
} Manner;

typedef struct
{
  SoupServer      *server;
  char            *url;
  char            *folder;
  Manner           manner;
  GPtrArray       *log;
  char            *agent;
  guint            n_unchanged;
  GPtrArray       *held;
  KomekClock      *clock;
  KomekTileServer *tiles;
  guint            n_changed;
} Fixture;

static const KomekTileServerLimits quick = {
  .connect = 1000, .total = 300, .first_pause = 40, .longest_pause = 80, .fresh = 7 * DAY,
  .cache_bytes = 100000,
};

static void
on_asked (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query,
          gpointer data)
{
  Fixture *fixture = data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  g_autofree char *body = g_strconcat (PNG, path, NULL);

  g_ptr_array_add (fixture->log, g_strdup (path));
  g_free (fixture->agent);
  fixture->agent = g_strdup (soup_message_headers_get_one (headers, "User-Agent"));
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  switch (fixture->manner)
    {
    case GIVES:
      soup_message_headers_append (soup_server_message_get_response_headers (message), "ETag",
                                   "\"1\"");
      if (g_strcmp0 (soup_message_headers_get_one (headers, "If-None-Match"), "\"1\"") == 0)
        {
          fixture->n_unchanged++;
          soup_server_message_set_status (message, SOUP_STATUS_NOT_MODIFIED, NULL);
        }
      else
        soup_server_message_set_response (message, "image/png", SOUP_MEMORY_COPY, body,
                                          strlen (body));
      break;
    case FORBIDS:
      soup_server_message_set_status (message, SOUP_STATUS_FORBIDDEN, NULL);
      break;
    case WELCOMES:
      soup_server_message_set_response (message, "image/png", SOUP_MEMORY_STATIC, "<html>Welcome",
                                        13);
      break;
    case IS_EMPTY:
      break;
    case SAYS_NOTHING:
      soup_server_message_pause (message);
      g_ptr_array_add (fixture->held, g_object_ref (message));
      break;
    case HAS_NONE:
      soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
      break;
    case BREAKS:
      soup_server_message_set_status (message, SOUP_STATUS_INTERNAL_SERVER_ERROR, NULL);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
on_changed (Fixture *fixture)
{
  fixture->n_changed++;
}

static void
start (Fixture *fixture)
{
  fixture->tiles = komek_tile_server_new (fixture->url, "© Somebody", "https://example.org/komek",
                                          fixture->folder, fixture->clock, &quick);
  g_signal_connect_swapped (fixture->tiles, "changed", G_CALLBACK (on_changed), fixture);
}

static void
stop (Fixture *fixture)
{
  gpointer left = fixture->tiles;

  komek_tile_server_drain (fixture->tiles);
  /* What it asks by itself, to see whether the server is back, may be on its way and holds it. */
  g_object_add_weak_pointer (left, &left);
  g_clear_object (&fixture->tiles);
  while (left)
    g_main_context_iteration (NULL, TRUE);
}

static void
open_door (Fixture *fixture, guint port)
{
  fixture->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (fixture->server, "/", on_asked, fixture, NULL);
  listen_here (fixture->server, port);
}

static guint
get_port (Fixture *fixture)
{
  GSList *uris = soup_server_get_uris (fixture->server);
  guint port = (guint) g_uri_get_port (uris->data);

  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return port;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  open_door (fixture, 0);
  fixture->url = g_strdup_printf ("http://127.0.0.1:%u/{z}/{x}/{y}.png?key=secret",
                                  get_port (fixture));
  fixture->folder = g_dir_make_tmp ("komek-tiles-XXXXXX", NULL);
  fixture->log = g_ptr_array_new_with_free_func (g_free);
  fixture->held = g_ptr_array_new_with_free_func (g_object_unref);
  fixture->clock = komek_clock_new_fixed (NOW);
  start (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  stop (fixture);
  g_clear_object (&fixture->server);
  g_ptr_array_unref (fixture->held);
  g_ptr_array_unref (fixture->log);
  g_clear_object (&fixture->clock);
  folder_remove (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->agent);
  g_free (fixture->url);
}

static char *
load (Fixture *fixture, guint zoom, guint column, guint row, guint *found)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;
  const char *data;

  komek_tiles_load_async (KOMEK_TILES (fixture->tiles), zoom, column, row, NULL, on_awaited,
                          &result);
  bytes = komek_tiles_load_finish (KOMEK_TILES (fixture->tiles), await (&result), found, &error);
  g_assert_no_error (error);
  if (!bytes)
    return NULL;
  data = g_bytes_get_data (bytes, &size);
  g_assert_cmpuint (size, >, 8);
  return g_strndup (data + 8, size - 8);
}

static void
assert_loads (Fixture *fixture, guint zoom, guint column, guint row, const char *expected)
{
  guint found = 0;
  g_autofree char *tile = load (fixture, zoom, column, row, &found);

  g_assert_cmpstr (tile, ==, expected);
  if (expected)
    g_assert_cmpuint (found, ==, zoom);
}

static KomekMapTrouble
get_trouble (Fixture *fixture)
{
  return komek_tiles_get_trouble (KOMEK_TILES (fixture->tiles));
}

static void
test_asks_politely (Fixture *fixture, gconstpointer data)
{
  g_autofree char *name = komek_tiles_dup_name (KOMEK_TILES (fixture->tiles));
  g_autofree char *attribution = komek_tiles_dup_attribution (KOMEK_TILES (fixture->tiles));

  assert_loads (fixture, 12, 2860, 1364, "/12/2860/1364.png");
  g_assert_true (g_str_has_prefix (fixture->agent, "komek/"));
  g_assert_nonnull (strstr (fixture->agent, " (+https://example.org/komek)"));
  g_assert_cmpstr (name, ==, "127.0.0.1");
  g_assert_cmpstr (attribution, ==, "© Somebody");
  g_assert_true (komek_tiles_is_remote (KOMEK_TILES (fixture->tiles)));
}

static void
test_what_is_kept_outlives_the_program (Fixture *fixture, gconstpointer data)
{
  assert_loads (fixture, 12, 1, 2, "/12/1/2.png");
  stop (fixture);
  start (fixture);
  assert_loads (fixture, 12, 1, 2, "/12/1/2.png");
  g_assert_cmpuint (fixture->log->len, ==, 1);
}

static void
test_what_is_old_is_asked_for_again (Fixture *fixture, gconstpointer data)
{
  assert_loads (fixture, 12, 1, 2, "/12/1/2.png");
  komek_tile_server_drain (fixture->tiles);
  komek_clock_advance (fixture->clock, 8 * DAY);
  assert_loads (fixture, 12, 1, 2, "/12/1/2.png");
  g_assert_cmpuint (fixture->n_unchanged, ==, 1);
  /* It counts as fresh from then on. */
  komek_tile_server_drain (fixture->tiles);
  komek_clock_advance (fixture->clock, 6 * DAY);
  assert_loads (fixture, 12, 1, 2, "/12/1/2.png");
  g_assert_cmpuint (fixture->log->len, ==, 2);
}

static void
test_what_is_kept_shows_without_a_network (Fixture *fixture, gconstpointer data)
{
  guint found;
  g_autofree char *around = NULL;

  assert_loads (fixture, 12, 40, 80, "/12/40/80.png");
  stop (fixture);
  g_clear_object (&fixture->server);
  start (fixture);
  komek_clock_advance (fixture->clock, 30 * DAY);
  assert_loads (fixture, 12, 40, 80, "/12/40/80.png");
  g_assert_cmpint (get_trouble (fixture), ==, KOMEK_MAP_TROUBLE_UNREACHABLE);
  /* The picture of a square around shows the square, too. */
  around = load (fixture, 14, 163, 321, &found);
  g_assert_cmpstr (around, ==, "/12/40/80.png");
  g_assert_cmpuint (found, ==, 12);
  assert_loads (fixture, 12, 41, 80, NULL);
}

static const struct
{
  const char      *name;
  Manner           manner;
  KomekMapTrouble  trouble;
} refusals[] = {
  { "403", FORBIDS, KOMEK_MAP_TROUBLE_REFUSED },
  { "500", BREAKS, KOMEK_MAP_TROUBLE_REFUSED },
  { "a-page", WELCOMES, KOMEK_MAP_TROUBLE_NO_PICTURES },
  { "an-empty-answer", IS_EMPTY, KOMEK_MAP_TROUBLE_NO_PICTURES },
  { "silence", SAYS_NOTHING, KOMEK_MAP_TROUBLE_SLOW },
};

static void
test_says_what_is_wrong (Fixture *fixture, gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  gint64 begin = g_get_monotonic_time ();

  fixture->manner = refusals[i].manner;
  for (guint row = 0; row < 3; row++)
    assert_loads (fixture, 12, 1, row, NULL);
  g_assert_cmpint (get_trouble (fixture), ==, refusals[i].trouble);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 5 * G_USEC_PER_SEC);
}

static void
test_a_server_without_a_tile_is_well (Fixture *fixture, gconstpointer data)
{
  fixture->manner = HAS_NONE;
  assert_loads (fixture, 12, 1, 2, NULL);
  g_assert_cmpint (get_trouble (fixture), ==, KOMEK_MAP_TROUBLE_NONE);
}

static void
test_a_server_that_fails_is_left_alone_and_found_again (Fixture *fixture, gconstpointer data)
{
  guint n_asked, n_pauses;
  gint64 begun;

  fixture->manner = FORBIDS;
  for (guint row = 0; row < 3; row++)
    assert_loads (fixture, 12, 1, row, NULL);
  g_assert_cmpint (get_trouble (fixture), ==, KOMEK_MAP_TROUBLE_REFUSED);
  n_asked = fixture->log->len;
  begun = g_get_monotonic_time ();
  for (guint i = 0; i < 50; i++)
    assert_loads (fixture, 12, i, 3, NULL);
  /* After each pause it may be asked for the one that it refused, and for one behind it. */
  n_pauses = (guint) ((g_get_monotonic_time () - begun) / 1000 / quick.first_pause) + 1;
  g_assert_cmpuint (fixture->log->len - n_asked, <=, 2 * n_pauses);

  fixture->manner = GIVES;
  for (guint i = 0; i < 100 && fixture->n_changed == 0; i++)
    let_pass (10);
  g_assert_cmpuint (fixture->n_changed, ==, 1);
  g_assert_cmpint (get_trouble (fixture), ==, KOMEK_MAP_TROUBLE_NONE);
  assert_loads (fixture, 12, 1, 3, "/12/1/3.png");
}

/* Or the map would be laid anew for ever: each time the others come, and it does not. */
static void
test_two_bad_tiles_are_no_trouble (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 20; i++)
    {
      fixture->manner = BREAKS;
      assert_loads (fixture, 12, 1, 1, NULL);
      assert_loads (fixture, 12, 1, 2, NULL);
      fixture->manner = HAS_NONE;
      assert_loads (fixture, 12, 1, 3, NULL);
    }
  g_assert_cmpint (get_trouble (fixture), ==, KOMEK_MAP_TROUBLE_NONE);
  g_assert_cmpuint (fixture->n_changed, ==, 0);
}

static void
test_a_server_that_comes_and_goes_is_tried_less_and_less (Fixture *fixture, gconstpointer data)
{
  gint64 end = g_get_monotonic_time () + G_USEC_PER_SEC;

  while (g_get_monotonic_time () < end)
    {
      for (guint row = 0; row < 3; row++)
        {
          guint found;

          fixture->manner = get_trouble (fixture) == KOMEK_MAP_TROUBLE_NONE ? FORBIDS : GIVES;
          g_free (load (fixture, 12, 500, row, &found));
          let_pass (5);
        }
      komek_clock_advance (fixture->clock, 30 * DAY);
    }
  /* Pauses of 40, 80, 80… milliseconds. */
  g_assert_cmpuint (fixture->n_changed, >, 2);
  g_assert_cmpuint (fixture->n_changed, <=, 14);
}

static void
test_a_tile_that_nobody_wants_any_more_is_not_asked_for (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GAsyncResult *results[20] = { NULL };
  guint found;

  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    komek_tiles_load_async (KOMEK_TILES (fixture->tiles), 12, i, 7, cancellable, on_awaited,
                            &results[i]);
  g_cancellable_cancel (cancellable);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autoptr (GBytes) bytes =
        komek_tiles_load_finish (KOMEK_TILES (fixture->tiles), await (&results[i]), &found, &error);

      g_assert_null (bytes);
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_error (&error);
      g_object_unref (results[i]);
    }
  g_assert_cmpuint (fixture->log->len, <=, 2);
  g_assert_cmpint (get_trouble (fixture), ==, KOMEK_MAP_TROUBLE_NONE);
}

static void
test_what_is_damaged_on_disk_is_fetched_again (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDir) dir = NULL;
  g_autofree char *path = NULL;
  GStatBuf info;

  assert_loads (fixture, 12, 1, 2, "/12/1/2.png");
  komek_tile_server_drain (fixture->tiles);
  dir = g_dir_open (fixture->folder, 0, NULL);
  path = g_build_filename (fixture->folder, g_dir_read_name (dir), "12", "1", "2", NULL);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  /* Nobody else may see where somebody has looked. */
  g_assert_cmphex (info.st_mode & 0077, ==, 0);
  g_assert_true (g_file_set_contents (path, "komek-tile 1 99999999999 \"1\"\n<html>", -1, NULL));
  assert_loads (fixture, 12, 1, 2, "/12/1/2.png");
  g_assert_cmpuint (fixture->log->len, ==, 2);
}

static guint64
measure (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  GStatBuf info;
  guint64 size = 0;

  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      size += measure (child);
    }
  if (!dir && g_stat (path, &info) == 0)
    size = (guint64) info.st_size;
  return size;
}

static void
test_the_cache_keeps_within_its_size (void)
{
  g_autofree char *folder = g_dir_make_tmp ("komek-cache-XXXXXX", NULL);
  KomekTileCache *cache = komek_tile_cache_new (folder, 50000);
  g_autofree char *data = g_strnfill (1000, 'x');
  g_autoptr (GBytes) tile = NULL;

  memcpy (data, PNG, 8);
  tile = g_bytes_new (data, 1000);
  for (guint i = 0; i < 200; i++)
    {
      komek_tile_cache_write (cache, 12, i, i, tile, "e", NOW);
      komek_tile_cache_drain (cache);
      g_assert_cmpuint (measure (folder), <=, 51100);
    }
  g_assert_cmpuint (measure (folder), >, 35000);
  let_go (G_OBJECT (cache));
  folder_remove (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)
  ADD ("/tile-server/asks-politely", test_asks_politely);
  ADD ("/tile-server/what-is-kept-outlives-the-program", test_what_is_kept_outlives_the_program);
  ADD ("/tile-server/what-is-old-is-asked-for-again", test_what_is_old_is_asked_for_again);
  ADD ("/tile-server/what-is-kept-shows-without-a-network",
       test_what_is_kept_shows_without_a_network);
  ADD ("/tile-server/a-server-without-a-tile-is-well", test_a_server_without_a_tile_is_well);
  ADD ("/tile-server/a-server-that-fails-is-left-alone-and-found-again",
       test_a_server_that_fails_is_left_alone_and_found_again);
  ADD ("/tile-server/two-bad-tiles-are-no-trouble", test_two_bad_tiles_are_no_trouble);
  ADD ("/tile-server/a-server-that-comes-and-goes-is-tried-less-and-less",
       test_a_server_that_comes_and_goes_is_tried_less_and_less);
  ADD ("/tile-server/a-tile-that-nobody-wants-any-more-is-not-asked-for",
       test_a_tile_that_nobody_wants_any_more_is_not_asked_for);
  ADD ("/tile-server/what-is-damaged-on-disk-is-fetched-again",
       test_what_is_damaged_on_disk_is_fetched_again);
#undef ADD
  for (gsize i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *path = g_strconcat ("/tile-server/says-what-is-wrong/", refusals[i].name,
                                           NULL);

      g_test_add (path, Fixture, GSIZE_TO_POINTER (i), set_up, test_says_what_is_wrong, tear_down);
    }
  g_test_add_func ("/tile-server/the-cache-keeps-within-its-size",
                   test_the_cache_keeps_within_its_size);
  return g_test_run ();
}
