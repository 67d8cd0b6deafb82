/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <libsoup/soup.h>
#include <string.h>

#include "await.h"
#include "folder.h"
#include "komek-tile-question.h"
#include "komek-tile-server.h"
#include "listen-here.h"

#define PNG "\x89PNG\r\n\x1a\n"

/* How much those who give tiles away are asked for. */

typedef struct
{
  SoupServer      *server;
  char            *folder;
  KomekClock      *clock;
  KomekTileServer *tiles;
  gboolean         broken, silent, large;
  char            *kept; /* what the last one who asked has kept; it has not changed since */
  char            *url;
  guint            n_asked;
  GPtrArray       *paths; /* in the order in which they were asked for */
  GPtrArray       *held;
} Fixture;

static void
answer (Fixture *fixture, SoupServerMessage *message)
{
  g_autoptr (GString) picture = g_string_new (PNG);

  if (fixture->large)
    g_string_set_size (picture, 3 << 20);
  if (fixture->kept)
    {
      soup_server_message_set_status (message, SOUP_STATUS_NOT_MODIFIED, NULL);
      return;
    }
  soup_server_message_set_status (
    message, fixture->broken ? SOUP_STATUS_INTERNAL_SERVER_ERROR : SOUP_STATUS_OK, NULL);
  soup_message_headers_append (soup_server_message_get_response_headers (message), "ETag", "\"1\"");
  soup_server_message_set_response (message, "image/png", SOUP_MEMORY_COPY, picture->str,
                                    picture->len);
}

static void
on_asked (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query,
          gpointer data)
{
  Fixture *fixture = data;

  fixture->n_asked++;
  g_ptr_array_add (fixture->paths, g_strdup (path));
  g_free (fixture->kept);
  fixture->kept = g_strdup (soup_message_headers_get_one (
    soup_server_message_get_request_headers (message), "If-None-Match"));
  answer (fixture, message);
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
  GSList *uris;

  fixture->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (fixture->server, "/", on_asked, fixture, NULL);
  listen_here (fixture->server, 0);
  uris = soup_server_get_uris (fixture->server);
  fixture->url = g_strdup_printf ("http://127.0.0.1:%d/{z}/{x}/{y}.png", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  fixture->paths = g_ptr_array_new_with_free_func (g_free);
  fixture->held = g_ptr_array_new_with_free_func (g_object_unref);
  fixture->folder = g_dir_make_tmp ("komek-manners-XXXXXX", NULL);
  fixture->clock = komek_clock_new_fixed (1760000000);
  fixture->tiles =
    komek_tile_server_new (fixture->url, NULL, NULL, fixture->folder, fixture->clock, &limits);
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
  g_ptr_array_unref (fixture->paths);
  g_free (fixture->kept);
  g_free (fixture->url);
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

static guint
find_path (Fixture *fixture, const char *path)
{
  guint position;

  g_assert_true (g_ptr_array_find_with_equal_func (fixture->paths, path, g_str_equal, &position));
  return position;
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
  /* What is waited for last is in view now, and comes first; two that go together may overtake each
   * other. */
  g_assert_cmpuint (find_path (fixture, "/12/11/7.png"), <=, 3);
  g_assert_cmpuint (find_path (fixture, "/12/2/7.png"), >=, 10);
}

static gboolean
comes (Fixture *fixture, guint row)
{
  GAsyncResult *result = NULL;
  g_autoptr (GBytes) bytes = NULL;
  guint zoom;

  ask (fixture, 12, 1, row, &result);
  bytes = take (fixture, &result, &zoom);
  komek_tile_server_drain (fixture->tiles);
  return bytes != NULL;
}

static KomekMapTrouble
get_trouble (Fixture *fixture)
{
  return komek_tiles_get_trouble (KOMEK_TILES (fixture->tiles));
}

/* Seven days, as the policy of OpenStreetMap has it, and not at all where the clock was put back. */
static void
test_a_tile_is_fresh_for_a_week (Fixture *fixture, gconstpointer data)
{
  g_assert_true (comes (fixture, 7));
  komek_clock_advance (fixture->clock, 7 * 86400 - 1);
  g_assert_true (comes (fixture, 7));
  g_assert_cmpuint (fixture->n_asked, ==, 1);
  komek_clock_advance (fixture->clock, 1);
  g_assert_true (comes (fixture, 7));
  g_assert_cmpuint (fixture->n_asked, ==, 2);
  komek_clock_advance (fixture->clock, -10);
  g_assert_true (comes (fixture, 7));
  g_assert_cmpuint (fixture->n_asked, ==, 3);
}

/* Nobody has to say again what a tile is called that has not changed. */
static void
test_an_unchanged_tile_keeps_its_name (Fixture *fixture, gconstpointer data)
{
  g_assert_true (comes (fixture, 7));
  g_assert_null (fixture->kept);
  for (guint week = 0; week < 3; week++)
    {
      komek_clock_advance (fixture->clock, 8 * 86400);
      g_assert_true (comes (fixture, 7));
      g_assert_cmpstr (fixture->kept, ==, "\"1\"");
    }
}

/* Two maps of one host, or with two keys, are two. */
static void
test_each_address_has_its_own_tiles (Fixture *fixture, gconstpointer data)
{
  g_autofree char *url = g_strconcat (fixture->url, "?style=night", NULL);
  KomekTileServer *day = fixture->tiles, *night;

  g_assert_true (comes (fixture, 7));
  night = komek_tile_server_new (url, NULL, NULL, fixture->folder, fixture->clock, NULL);
  fixture->tiles = night;
  g_assert_true (comes (fixture, 7));
  fixture->tiles = day;
  g_assert_cmpuint (fixture->n_asked, ==, 2);
  let_go (G_OBJECT (night));
}

static void
test_a_huge_tile_is_no_picture (Fixture *fixture, gconstpointer data)
{
  fixture->large = TRUE;
  for (guint row = 0; row < 3; row++)
    g_assert_false (comes (fixture, row));
  g_assert_cmpint (get_trouble (fixture), ==, KOMEK_MAP_TROUBLE_NO_PICTURES);
}

static void
on_changed (guint *n)
{
  ++*n;
}

/* One that was on its way before the others failed says nothing about the server. */
static void
test_what_comes_late_is_no_recovery (Fixture *fixture, gconstpointer data)
{
  const KomekTileServerLimits limits = { .first_pause = 20000, .longest_pause = 20000 };
  GAsyncResult *late = NULL;
  g_autoptr (GBytes) bytes = NULL;
  guint zoom, n_changed = 0;

  let_go (G_OBJECT (fixture->tiles));
  fixture->tiles =
    komek_tile_server_new (fixture->url, NULL, NULL, fixture->folder, fixture->clock, &limits);
  g_signal_connect_swapped (fixture->tiles, "changed", G_CALLBACK (on_changed), &n_changed);
  fixture->silent = TRUE;
  ask (fixture, 12, 1, 1, &late);
  while (fixture->held->len == 0)
    g_main_context_iteration (NULL, TRUE);
  fixture->silent = FALSE;
  fixture->broken = TRUE;
  for (guint row = 2; row < 5; row++)
    g_assert_false (comes (fixture, row));
  g_assert_cmpint (get_trouble (fixture), ==, KOMEK_MAP_TROUBLE_REFUSED);
  speak (fixture);
  bytes = take (fixture, &late, &zoom);
  g_assert_nonnull (bytes);
  g_assert_cmpint (get_trouble (fixture), ==, KOMEK_MAP_TROUBLE_REFUSED);
  g_assert_cmpuint (n_changed, ==, 0);
}

/* Pauses of 20, 40, … 600 milliseconds; after twice the longest without a failure they begin anew. */
static void
test_one_that_was_well_for_long_is_tried_soon (Fixture *fixture, gconstpointer data)
{
  const KomekTileServerLimits limits = { .first_pause = 20, .longest_pause = 600 };
  gint64 since;
  guint n_asked;

  let_go (G_OBJECT (fixture->tiles));
  fixture->tiles =
    komek_tile_server_new (fixture->url, NULL, NULL, fixture->folder, fixture->clock, &limits);
  fixture->broken = TRUE;
  for (guint row = 1; row < 4; row++)
    g_assert_false (comes (fixture, row));
  let_pass (700);
  fixture->broken = FALSE;
  for (guint i = 0; i < 200 && get_trouble (fixture) != KOMEK_MAP_TROUBLE_NONE; i++)
    let_pass (10);
  g_assert_cmpint (get_trouble (fixture), ==, KOMEK_MAP_TROUBLE_NONE);
  let_pass (1300);

  fixture->broken = TRUE;
  for (guint row = 4; row < 7; row++)
    g_assert_false (comes (fixture, row));
  n_asked = fixture->n_asked;
  since = g_get_monotonic_time ();
  while (fixture->n_asked == n_asked)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (g_get_monotonic_time () - since, <, 400 * 1000);
  fixture->broken = FALSE;
}

static void
test_what_is_no_address_is_said (Fixture *fixture, gconstpointer data)
{
  KomekTileServer *good = fixture->tiles, *bad;
  g_autofree char *name = NULL;

  bad = komek_tile_server_new ("tiles/{z}/{x}/{y}?key=secret", NULL, "", fixture->folder,
                               fixture->clock, NULL);
  fixture->tiles = bad;
  g_assert_false (comes (fixture, 1));
  g_assert_cmpint (get_trouble (fixture), ==, KOMEK_MAP_TROUBLE_UNREACHABLE);
  name = komek_tiles_dup_name (KOMEK_TILES (bad));
  g_assert_cmpstr (name, ==, "tiles/{z}/{x}/{y}");
  fixture->tiles = good;
  let_go (G_OBJECT (bad));
}

/* Who has no address to be reached at, or no tile yet, does not make one up. */
static void
test_says_nothing_that_is_not_so (void)
{
  g_autoptr (SoupMessage) first = komek_tile_question_new ("http://a/{z}/{x}/{y}", 1, 0, 1, "");
  g_autoptr (SoupMessage) again = komek_tile_question_new ("http://a/{z}/{x}/{y}", 1, 0, 1, "\"1\"");
  g_autoptr (SoupSession) none = komek_tile_question_new_session (NULL, 2);
  g_autoptr (SoupSession) empty = komek_tile_question_new_session ("", 2);
  const char *agent = soup_session_get_user_agent (none);

  g_assert_null (soup_message_headers_get_one (soup_message_get_request_headers (first),
                                               "If-None-Match"));
  g_assert_cmpstr (soup_message_headers_get_one (soup_message_get_request_headers (again),
                                                 "If-None-Match"), ==, "\"1\"");
  g_assert_true (g_str_has_prefix (agent, "komek/"));
  g_assert_null (strpbrk (agent, "(+"));
  g_assert_cmpstr (soup_session_get_user_agent (empty), ==, agent);
}

/* There may be no tile of a square, which is nobody's fault. */
static void
test_a_tile_that_is_not_there_is_no_trouble (void)
{
  static const struct
  {
    guint           status;
    KomekMapTrouble trouble;
  } rows[] = {
    { 204, KOMEK_MAP_TROUBLE_NONE },    { 304, KOMEK_MAP_TROUBLE_NONE },
    { 404, KOMEK_MAP_TROUBLE_NONE },    { 410, KOMEK_MAP_TROUBLE_NONE },
    { 200, KOMEK_MAP_TROUBLE_NO_PICTURES }, { 401, KOMEK_MAP_TROUBLE_REFUSED },
    { 429, KOMEK_MAP_TROUBLE_REFUSED }, { 503, KOMEK_MAP_TROUBLE_REFUSED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      KomekAnswer answer = { .transport = KOMEK_TRANSPORT_WHOLE, .status = rows[i].status };

      g_test_message ("%u", rows[i].status);
      g_assert_cmpint (komek_tile_question_judge (&answer), ==, rows[i].trouble);
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
  g_assert_cmpstr (fixture->paths->pdata[0], ==, "/19/366080/174592.png");
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
  ADD ("a-tile-is-fresh-for-a-week", test_a_tile_is_fresh_for_a_week);
  ADD ("an-unchanged-tile-keeps-its-name", test_an_unchanged_tile_keeps_its_name);
  ADD ("each-address-has-its-own-tiles", test_each_address_has_its_own_tiles);
  ADD ("a-huge-tile-is-no-picture", test_a_huge_tile_is_no_picture);
  ADD ("what-comes-late-is-no-recovery", test_what_comes_late_is_no_recovery);
  ADD ("one-that-was-well-for-long-is-tried-soon", test_one_that_was_well_for_long_is_tried_soon);
  ADD ("what-is-no-address-is-said", test_what_is_no_address_is_said);
  g_test_add_func ("/tile-manners/says-nothing-that-is-not-so", test_says_nothing_that_is_not_so);
  g_test_add_func ("/tile-manners/a-tile-that-is-not-there-is-no-trouble",
                   test_a_tile_that_is_not_there_is_no_trouble);
  return g_test_run ();
}
