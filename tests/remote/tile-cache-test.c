/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>
#include <utime.h>

#include "await.h"
#include "folder.h"
#include "komek-tile-cache.h"

#define PNG "\x89PNG\r\n\x1a\n"
#define NOW 1760000000
#define SIZE 1000

typedef struct
{
  char           *folder;
  KomekTileCache *cache;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("komek-cache-XXXXXX", NULL);
  fixture->cache = komek_tile_cache_new (fixture->folder, 50000);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  let_go (G_OBJECT (fixture->cache));
  folder_remove (fixture->folder);
  g_free (fixture->folder);
}

static void
write_tile (Fixture *fixture, guint zoom, guint column, guint row, const char *etag)
{
  g_autofree char *data = g_strnfill (SIZE, 'x');
  g_autoptr (GBytes) tile = NULL;

  memcpy (data, PNG, 8);
  tile = g_bytes_new (data, SIZE);
  komek_tile_cache_write (fixture->cache, zoom, column, row, tile, etag, NOW);
  komek_tile_cache_drain (fixture->cache);
}

static KomekCachedTile *
read_tile (Fixture *fixture, guint zoom, guint column, guint row, gboolean around)
{
  g_autoptr (GAsyncResult) result = NULL;

  komek_tile_cache_read_async (fixture->cache, zoom, column, row, around, on_awaited, &result);
  return komek_tile_cache_read_finish (fixture->cache, await (&result));
}

static char *
build_path (Fixture *fixture, const char *leaf)
{
  return g_build_filename (fixture->folder, "12", "1", leaf, NULL);
}

static void
assert_is_there (Fixture *fixture, const char *leaf, gboolean expected)
{
  g_autofree char *path = build_path (fixture, leaf);

  g_test_message ("%s", leaf);
  g_assert_cmpint (g_file_test (path, G_FILE_TEST_EXISTS), ==, expected);
}

static void
set_age (Fixture *fixture, const char *leaf, gint64 seconds)
{
  g_autofree char *path = build_path (fixture, leaf);
  time_t then = (time_t) (g_get_real_time () / G_USEC_PER_SEC - seconds);
  struct utimbuf times = { then, then };

  g_assert_cmpint (g_utime (path, &times), ==, 0);
}

/* What was looked at a moment ago is kept, however old it is, and what is nobody's tile is left
 * alone. */
static void
test_what_was_longest_not_used_goes_first (Fixture *fixture, gconstpointer data)
{
  g_autofree char *note = NULL;

  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *leaf = g_strdup_printf ("%u", i);

      write_tile (fixture, 12, 1, i, "e");
      set_age (fixture, leaf, 10000 - i);
    }
  note = build_path (fixture, "note");
  g_assert_true (g_file_set_contents (note, "mine", -1, NULL));
  set_age (fixture, "note", 20000);
  komek_cached_tile_free (read_tile (fixture, 12, 1, 0, FALSE));
  for (guint i = 100; i < 112; i++)
    write_tile (fixture, 12, 1, i, "e");

  assert_is_there (fixture, "0", TRUE);
  assert_is_there (fixture, "1", FALSE);
  assert_is_there (fixture, "2", FALSE);
  assert_is_there (fixture, "39", TRUE);
  assert_is_there (fixture, "111", TRUE);
  assert_is_there (fixture, "note", TRUE);
  g_assert_cmpint (g_unlink (note), ==, 0);
}

static void
test_names_that_would_break_a_line_are_not_kept (Fixture *fixture, gconstpointer data)
{
  g_autofree char *long_one = g_strnfill (400, 'e');
  const struct
  {
    const char *etag, *kept;
  } rows[] = {
    { "\"1\"", "\"1\"" }, { "W/\"a b\"", "W/\"a b\"" }, { "a\nb", "" }, { "a\rb", "" },
    { long_one, "" },     { NULL, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      KomekCachedTile *tile;

      write_tile (fixture, 12, 1, i, rows[i].etag);
      tile = read_tile (fixture, 12, 1, i, FALSE);
      g_assert_nonnull (tile);
      g_assert_cmpstr (tile->etag, ==, rows[i].kept);
      g_assert_cmpuint (g_bytes_get_size (tile->bytes), ==, SIZE);
      g_assert_cmpint (tile->checked, ==, NOW);
      komek_cached_tile_free (tile);
    }
}

static const struct
{
  const char *name, *content;
} strangers[] = {
  { "nothing", "" },
  { "no-head", PNG },
  { "no-end", "komek-tile 1 1760000000 e" },
  { "no-name", "komek-tile 1 1760000000\n" PNG "tile" },
  { "before-all-time", "komek-tile 1 -9223372036854775808 e\n" PNG "tile" },
  { "another-version", "komek-tile 2 1760000000 e\n" PNG "tile" },
  { "a-page", "komek-tile 1 1760000000 e\n<html>" },
};

/* Nor does it stay, or each look at it would be in vain. */
static void
test_what_is_nothing_of_ours_is_not_given (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (strangers); i++)
    {
      g_autofree char *path = build_path (fixture, "7");

      g_test_message ("%s", strangers[i].name);
      write_tile (fixture, 12, 1, 7, "e");
      g_assert_true (g_file_set_contents (path, strangers[i].content, -1, NULL));
      g_assert_null (read_tile (fixture, 12, 1, 7, FALSE));
      assert_is_there (fixture, "7", FALSE);
    }
}

static void
test_what_is_too_large_is_not_read (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = build_path (fixture, "7");
  g_autoptr (GString) content = g_string_new ("komek-tile 1 1760000000 e\n" PNG);

  g_string_set_size (content, 5 << 20);
  write_tile (fixture, 12, 1, 7, "e");
  g_assert_true (g_file_set_contents (path, content->str, (gssize) content->len, NULL));
  g_assert_null (read_tile (fixture, 12, 1, 7, FALSE));
}

/* A square eight times as wide is the last that says anything. */
static void
test_squares_around_are_given_up_to_three_zooms_away (Fixture *fixture, gconstpointer data)
{
  KomekCachedTile *tile;

  write_tile (fixture, 12, 5, 6, "e");
  tile = read_tile (fixture, 15, (5 << 3) + 7, 6 << 3, TRUE);
  g_assert_nonnull (tile);
  g_assert_cmpuint (tile->zoom, ==, 12);
  komek_cached_tile_free (tile);
  g_assert_null (read_tile (fixture, 16, 5 << 4, 6 << 4, TRUE));
  g_assert_null (read_tile (fixture, 13, 5 << 1, 6 << 1, FALSE));
  g_assert_null (read_tile (fixture, 13, 6 << 1, 6 << 1, TRUE));
}

#define ADD(path, test) g_test_add ("/tile-cache/" path, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("what-was-longest-not-used-goes-first", test_what_was_longest_not_used_goes_first);
  ADD ("names-that-would-break-a-line-are-not-kept", test_names_that_would_break_a_line_are_not_kept);
  ADD ("what-is-nothing-of-ours-is-not-given", test_what_is_nothing_of_ours_is_not_given);
  ADD ("what-is-too-large-is-not-read", test_what_is_too_large_is_not_read);
  ADD ("squares-around-are-given-up-to-three-zooms-away",
       test_squares_around_are_given_up_to_three_zooms_away);
  return g_test_run ();
}
