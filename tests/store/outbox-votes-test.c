/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "await.h"
#include "outbox-device.h"

/* Votes that wait, and what becomes of them when their file is lost. */

static char *
dup_name (Device *device)
{
  g_autoptr (GAsyncResult) result = NULL;
  char *name;

  komek_outbox_store_device_async (device->store, NULL, on_awaited, &result);
  name = komek_outbox_store_device_finish (device->store, await (&result), NULL);
  g_assert_nonnull (name);
  return name;
}

static char *
name_copies (Device *device)
{
  return g_strconcat (device->path, ".votes", NULL);
}

/* Any one. */
static char *
find_copy (Device *device)
{
  g_autofree char *folder = name_copies (device);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name = dir ? g_dir_read_name (dir) : NULL;

  return name ? g_build_filename (folder, name, NULL) : NULL;
}

static void
test_a_lost_file_costs_no_vote (Device *device, gconstpointer unused)
{
  g_autofree char *before = dup_name (device);
  g_autofree char *after = NULL;

  device_keep_vote (device, "221126-000-005");
  device_keep_vote (device, "SR/1 \"é\"");
  device_keep_vote (device, "7");
  device_end_vote (device, "221126-000-005");
  device_lose (device);
  device_open (device);
  device_assert_votes (device, "SR/1 \"é\" 7 ");
  /* Or the city would count a vote again whose answer was lost. */
  after = dup_name (device);
  g_assert_cmpstr (after, ==, before);
  device_end_vote (device, "7");
  device_end_vote (device, "SR/1 \"é\"");
  g_assert_null (find_copy (device));
  device_lose (device);
  device_open (device);
  device_assert_votes (device, "");
}

static void
test_another_machine_keeps_its_own_name (Device *device, gconstpointer unused)
{
  g_autofree char *before = dup_name (device);
  g_autofree char *after = NULL;

  device_keep_vote (device, "7");
  g_assert_true (g_file_set_contents (device->machine, "another", -1, NULL));
  device_lose (device);
  device_open (device);
  device_assert_votes (device, "7 ");
  after = dup_name (device);
  g_assert_cmpstr (after, !=, before);
}

static void
test_a_spoilt_copy_is_not_believed (Device *device, gconstpointer unused)
{
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;

  device_keep_vote (device, "7");
  path = find_copy (device);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  *strchr (text, '7') = '8';
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_test_expect_message ("komek-store", G_LOG_LEVEL_MESSAGE, "*is broken*");
  g_test_expect_message ("komek-store", G_LOG_LEVEL_MESSAGE, "The copy of a vote cannot be read*");
  device_lose (device);
  device_open (device);
  device_assert_votes (device, "");
  g_test_assert_expected_messages ();
}

static void
test_a_copy_that_cannot_be_written_keeps_no_vote_away (Device *device, gconstpointer unused)
{
  g_autofree char *folder = name_copies (device);

  device_assert_votes (device, "");
  g_assert_true (g_file_set_contents (folder, "", 0, NULL));
  g_test_expect_message ("komek-store", G_LOG_LEVEL_MESSAGE, "A vote has no copy*");
  device_keep_vote (device, "7");
  device_assert_votes (device, "7 ");
  g_test_assert_expected_messages ();
  g_assert_cmpint (g_unlink (folder), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("a-lost-file-costs-no-vote", test_a_lost_file_costs_no_vote);
  ADD ("another-machine-keeps-its-own-name", test_another_machine_keeps_its_own_name);
  ADD ("a-spoilt-copy-is-not-believed", test_a_spoilt_copy_is_not_believed);
  ADD ("a-copy-that-cannot-be-written-keeps-no-vote-away",
       test_a_copy_that_cannot_be_written_keeps_no_vote_away);
  return g_test_run ();
}
