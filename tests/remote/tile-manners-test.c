/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <libsoup/soup.h>

#include "await.h"
#include "folder.h"
#include "komek-tile-server.h"

#define PNG "\x89PNG\r\n\x1a\n"

/* How much those who give tiles away are asked for. */

typedef struct
{
  SoupServer      *server;
  char            *folder;
  KomekClock      *clock;
  KomekTileServer *tiles;
  gboolean         broken, silent;
  guint            n_asked;
  char            *path; /* that was asked for last */
  GPtrArray       *held;
} Fixture;

static void
on_asked (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query,
          gpointer data)
{
  Fixture *fixture = data;

  fixture->n_asked++;
  g_free (fixture->path);
  fixture->path = g_strdup (path);
  soup_server_message_set_status (
    message, fixture->broken ? SOUP_STATUS_INTERNAL_SERVER_ERROR : SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, "image/png", SOUP_MEMORY_STATIC, PNG, 8);
  if (!fixture->silent)
    return;
  soup_server_message_pause (message);
  g_ptr_array_add (fixture->held, g_object_ref (message));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const KomekTileServerLimits limits = { .connect = 20000, .total = 20000, .first_pause = 20,
                                         .longest_pause = 10000 };
  g_autofree char *url = NULL;
  g_autoptr (GError) error = NULL;
  GSList *uris;

  fixture->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (fixture->server, "/", on_asked, fixture, NULL);
  soup_server_listen_local (fixture->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (fixture->server);
  url = g_strdup_printf ("http://127.0.0.1:%d/{z}/{x}/{y}.png", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  fixture->held = g_ptr_array_new_with_free_func (g_object_unref);
  fixture->folder = g_dir_make_tmp ("komek-manners-XXXXXX", NULL);
  fixture->clock = komek_clock_new_fixed (1760000000);
  fixture->tiles =
    komek_tile_server_new (url, NULL, NULL, fixture->folder, fixture->clock, &limits);
}

/* A tile that is asked for again by itself keeps the tiles until it has come. */
static void
tear_down (Fixture *fixture, gconstpointer data)
{
  komek_tile_server_drain (fixture->tiles);
  g_object_add_weak_pointer (G_OBJECT (fixture->tiles), (gpointer *) &fixture->tiles);
  g_object_unref (fixture->tiles);
  while (fixture->tiles)
    g_main_context_iteration (NULL, TRUE);
  g_clear_object (&fixture->server);
  g_clear_object (&fixture->clock);
  g_ptr_array_unref (fixture->held);
  folder_remove (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->path);
}

static void
ask (Fixture *fixture, guint zoom, guint column, guint row, GAsyncResult **result)
{
  komek_tiles_load_async (KOMEK_TILES (fixture->tiles), zoom, column, row, NULL, on_awaited,
                          result);
}

static void
speak (Fixture *fixture)
{
  fixture->silent = FALSE;
  for (guint i = 0; i < fixture->held->len; i++)
    soup_server_message_unpause (fixture->held->pdata[i]);
}

static GBytes *
take (Fixture *fixture, GAsyncResult **result, guint *zoom)
{
  GBytes *bytes =
    komek_tiles_load_finish (KOMEK_TILES (fixture->tiles), await (result), zoom, NULL);

  g_clear_object (result);
  return bytes;
}

/* And for no other while none of them has answered, as the policy of many servers wants it. */
static void
test_asks_for_two_at_once (Fixture *fixture, gconstpointer data)
{
  GAsyncResult *results[12] = { NULL };
  guint zoom;

  fixture->silent = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    ask (fixture, 12, i, 7, &results[i]);
  while (fixture->n_asked < 2)
    g_main_context_iteration (NULL, TRUE);
  let_pass (100);
  g_assert_cmpuint (fixture->n_asked, ==, 2);
  speak (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autoptr (GBytes) bytes = take (fixture, &results[i], &zoom);

      g_assert_nonnull (bytes);
    }
}

/* No server has pictures of a world that is so large. */
static void
test_beyond_the_last_zoom_a_larger_tile_is_given (Fixture *fixture, gconstpointer data)
{
  GAsyncResult *result = NULL;
  g_autoptr (GBytes) bytes = NULL;
  guint zoom;

  ask (fixture, 21, 4 * 366080 + 3, 4 * 174592 + 1, &result);
  bytes = take (fixture, &result, &zoom);
  g_assert_nonnull (bytes);
  g_assert_cmpuint (zoom, ==, 19);
  g_assert_cmpstr (fixture->path, ==, "/19/366080/174592.png");
}

/* After 20 milliseconds, 40, 80, …: some six times in a second and a quarter, and not sixty. */
static void
test_one_that_goes_on_failing_is_asked_seldom (Fixture *fixture, gconstpointer data)
{
  guint zoom;

  fixture->broken = TRUE;
  for (guint i = 0; i < 3; i++)
    {
      GAsyncResult *result = NULL;

      ask (fixture, 12, i, 7, &result);
      g_assert_null (take (fixture, &result, &zoom));
    }
  g_assert_cmpint (komek_tiles_get_trouble (KOMEK_TILES (fixture->tiles)), ==,
                   KOMEK_MAP_TROUBLE_REFUSED);
  let_pass (1250);
  g_assert_cmpuint (fixture->n_asked, >, 3);
  g_assert_cmpuint (fixture->n_asked, <=, 3 + 7);
}

#define ADD(path, test) g_test_add ("/tile-manners/" path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("asks-for-two-at-once", test_asks_for_two_at_once);
  ADD ("beyond-the-last-zoom-a-larger-tile-is-given",
       test_beyond_the_last_zoom_a_larger_tile_is_given);
  ADD ("one-that-goes-on-failing-is-asked-seldom", test_one_that_goes_on_failing_is_asked_seldom);
  return g_test_run ();
}
