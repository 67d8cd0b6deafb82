/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "explore-crowd.h"

#include "await.h"
#include "komek-listing.h"

typedef struct
{
  TestCrowd    *crowd;
  KomekListing *listing;
} Fixture;

static GArray *
list_keys (guint32 from, guint32 to)
{
  GArray *keys = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint32 key = from; key <= to; key++)
    g_array_append_val (keys, key);
  return keys;
}

static void
show_keys (Fixture *fixture, guint32 from, guint32 to)
{
  g_autoptr (GArray) keys = list_keys (from, to);

  komek_listing_set_keys (fixture->listing, keys);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->crowd = test_crowd_new (20000);
  fixture->listing = komek_listing_new (KOMEK_FEED (fixture->crowd));
  show_keys (fixture, 1, 20000);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->listing);
  g_assert_finalize_object (fixture->crowd);
}

static KomekEntry *
get_entry (Fixture *fixture, guint position)
{
  return g_list_model_get_item (G_LIST_MODEL (fixture->listing), position);
}

static void
want_all (Fixture *fixture, guint from, guint to)
{
  for (guint i = from; i <= to; i++)
    komek_listing_want (fixture->listing, i);
}

static void
on_items_changed (GListModel *model, guint position, guint removed, guint added, gpointer data)
{
  guint *change = data;

  change[0] = position;
  change[1] = removed;
  change[2] = added;
}

static void
count_call (guint *count)
{
  (*count)++;
}

static void
test_asking_for_an_item_reads_nothing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KomekEntry) entry = get_entry (fixture, 19999);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->listing)), ==, 20000);
  g_assert_cmpuint (komek_entry_get_key (entry), ==, 20000);
  let_pass (20);
  g_assert_cmpuint (test_crowd_get_n_loads (fixture->crowd), ==, 0);
  g_assert_null (komek_entry_get_request (entry));
}

static void
test_the_same_place_is_the_same_entry_while_somebody_holds_it (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KomekEntry) one = get_entry (fixture, 7);
  g_autoptr (KomekEntry) other = get_entry (fixture, 7);

  g_assert_true (one == other);
}

static void
test_what_rows_want_comes_in_batches (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) held = g_ptr_array_new_with_free_func (g_object_unref);
  guint loaded = 0;

  for (guint i = 0; i < 200; i++)
    {
      g_ptr_array_add (held, get_entry (fixture, i));
      g_signal_connect_swapped (held->pdata[i], "notify::request", G_CALLBACK (count_call),
                                &loaded);
    }
  want_all (fixture, 0, 199);
  while (loaded < 200)
    g_main_context_iteration (NULL, TRUE);

  g_assert_cmpuint (test_crowd_get_n_loaded (fixture->crowd), ==, 200);
  g_assert_cmpuint (test_crowd_get_largest_load (fixture->crowd), <=, 50);
  g_assert_cmpuint (test_crowd_get_n_loads (fixture->crowd), <=, 20);
}

static void
test_what_is_nearest_to_the_eye_comes_first (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) held = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < 200; i++)
    g_ptr_array_add (held, get_entry (fixture, 1000 + i));
  komek_listing_look_at (fixture->listing, 1100);
  want_all (fixture, 1000, 1199);
  while (!komek_entry_get_request (held->pdata[100]))
    g_main_context_iteration (NULL, TRUE);

  g_assert_nonnull (komek_entry_get_request (held->pdata[105]));
  g_assert_null (komek_entry_get_request (held->pdata[0]));
  g_assert_cmpuint (test_crowd_get_n_loads (fixture->crowd), ==, 1);
}

static void
test_rows_that_are_gone_are_not_loaded (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 500; i++)
    {
      g_autoptr (KomekEntry) entry = get_entry (fixture, i);

      komek_listing_want (fixture->listing, i);
    }
  let_pass (20);
  g_assert_cmpuint (test_crowd_get_n_loads (fixture->crowd), ==, 0);
}

static void
test_a_slow_feed_says_so_and_then_no_more (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KomekEntry) entry = get_entry (fixture, 0);

  test_crowd_hold (fixture->crowd);
  komek_listing_want (fixture->listing, 0);
  let_pass (50);
  g_assert_false (komek_listing_is_slow (fixture->listing));
  while (!komek_listing_is_slow (fixture->listing))
    g_main_context_iteration (NULL, TRUE);
  test_crowd_release (fixture->crowd);
  while (komek_listing_is_slow (fixture->listing))
    g_main_context_iteration (NULL, TRUE);
  g_assert_nonnull (komek_entry_get_request (entry));
}

static void
test_a_change_moves_only_what_differs (Fixture *fixture, gconstpointer data)
{
  guint change[3] = { 0 };

  g_signal_connect (fixture->listing, "items-changed", G_CALLBACK (on_items_changed), change);
  show_keys (fixture, 3, 20000);
  g_assert_cmpuint (change[0], ==, 0);
  g_assert_cmpuint (change[1], ==, 2);
  g_assert_cmpuint (change[2], ==, 0);
  show_keys (fixture, 3, 19990);
  g_assert_cmpuint (change[0], ==, 19988);
  g_assert_cmpuint (change[1], ==, 10);
  g_assert_cmpuint (change[2], ==, 0);
}

static void
on_items_changed_check (GListModel *model, guint position, guint removed, guint added,
                        gpointer data)
{
  guint *n_items = data;

  *n_items = *n_items - removed + added;
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, *n_items);
}

/* It is told in two steps, each of which must be true when it is told. */
static void
test_a_huge_change_is_true_at_every_step (Fixture *fixture, gconstpointer data)
{
  guint n_items = 20000;

  g_signal_connect (fixture->listing, "items-changed", G_CALLBACK (on_items_changed_check),
                    &n_items);
  show_keys (fixture, 19000, 200000);
  g_assert_cmpuint (komek_listing_get_key (fixture->listing, 0), ==, 19000);
  show_keys (fixture, 1, 300000);
  g_assert_cmpuint (komek_listing_get_key (fixture->listing, 299999), ==, 300000);
  g_assert_cmpuint (n_items, ==, 300000);
}

static void
test_an_entry_that_stays_knows_its_new_place (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KomekEntry) entry = get_entry (fixture, 10);
  guint moved = 0;

  g_signal_connect_swapped (entry, "notify::position", G_CALLBACK (count_call), &moved);
  show_keys (fixture, 6, 20000);
  g_assert_cmpuint (komek_entry_get_position (entry), ==, 5);
  g_assert_cmpuint (moved, ==, 1);
}

/* More than the sieve tells apart, in a list that is turned over. */
static void
test_every_entry_of_many_knows_its_new_place (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) held = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) turned = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint i = 0; i < 3000; i++)
    g_ptr_array_add (held, get_entry (fixture, i * 6));
  for (guint32 key = 20000; key > 0; key--)
    g_array_append_val (turned, key);
  komek_listing_set_keys (fixture->listing, turned);
  for (guint i = 0; i < held->len; i++)
    g_assert_cmpuint (komek_entry_get_position (held->pdata[i]), ==, 19999 - i * 6);
}

static void
test_the_chosen_one_stays_chosen (Fixture *fixture, gconstpointer data)
{
  GtkSelectionModel *model = GTK_SELECTION_MODEL (fixture->listing);
  guint told = 0;

  g_signal_connect_swapped (fixture->listing, "notify::selected", G_CALLBACK (count_call), &told);
  g_assert_true (gtk_selection_model_select_item (model, 41, TRUE));
  g_assert_cmpuint (komek_listing_get_selected (fixture->listing), ==, 42);

  show_keys (fixture, 40, 90);
  g_assert_true (gtk_selection_model_is_selected (model, 2));
  show_keys (fixture, 100, 200);
  g_assert_cmpuint (komek_listing_find (fixture->listing, 42), ==, GTK_INVALID_LIST_POSITION);
  g_assert_cmpuint (komek_listing_get_selected (fixture->listing), ==, 42);
  g_assert_cmpuint (told, ==, 1);
}

static void
on_selection_changed (GtkSelectionModel *model, guint position, guint n_items, gpointer data)
{
  guint *change = data;

  change[0] = position;
  change[1] = n_items;
}

static void
test_both_rows_hear_of_a_new_choice (Fixture *fixture, gconstpointer data)
{
  guint change[2] = { 0 };

  g_signal_connect (fixture->listing, "selection-changed", G_CALLBACK (on_selection_changed),
                    change);
  komek_listing_set_selected (fixture->listing, 8);
  g_assert_cmpuint (change[0], ==, 7);
  g_assert_cmpuint (change[1], ==, 1);
  komek_listing_set_selected (fixture->listing, 3);
  g_assert_cmpuint (change[0], ==, 2);
  g_assert_cmpuint (change[1], ==, 6);
  komek_listing_set_selected (fixture->listing, 0);
  g_assert_cmpuint (change[0], ==, 2);
  g_assert_cmpuint (change[1], ==, 1);
}

static void
test_a_reload_brings_what_changed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (KomekEntry) entry = get_entry (fixture, 4);
  KomekRequest *before;

  komek_listing_want (fixture->listing, 4);
  while (!(before = komek_entry_get_request (entry)))
    g_main_context_iteration (NULL, TRUE);
  komek_listing_reload (fixture->listing);
  g_assert_true (komek_entry_get_request (entry) == before);
  while (komek_entry_get_request (entry) == before)
    g_main_context_iteration (NULL, TRUE);
}

#define ADD(name, func) g_test_add ("/listing/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("asking-for-an-item-reads-nothing", test_asking_for_an_item_reads_nothing);
  ADD ("the-same-place-is-the-same-entry-while-somebody-holds-it",
       test_the_same_place_is_the_same_entry_while_somebody_holds_it);
  ADD ("what-rows-want-comes-in-batches", test_what_rows_want_comes_in_batches);
  ADD ("what-is-nearest-to-the-eye-comes-first", test_what_is_nearest_to_the_eye_comes_first);
  ADD ("rows-that-are-gone-are-not-loaded", test_rows_that_are_gone_are_not_loaded);
  ADD ("a-slow-feed-says-so-and-then-no-more", test_a_slow_feed_says_so_and_then_no_more);
  ADD ("a-change-moves-only-what-differs", test_a_change_moves_only_what_differs);
  ADD ("a-huge-change-is-true-at-every-step", test_a_huge_change_is_true_at_every_step);
  ADD ("an-entry-that-stays-knows-its-new-place", test_an_entry_that_stays_knows_its_new_place);
  ADD ("every-entry-of-many-knows-its-new-place", test_every_entry_of_many_knows_its_new_place);
  ADD ("the-chosen-one-stays-chosen", test_the_chosen_one_stays_chosen);
  ADD ("both-rows-hear-of-a-new-choice", test_both_rows_hear_of_a_new_choice);
  ADD ("a-reload-brings-what-changed", test_a_reload_brings_what_changed);
  return g_test_run ();
}
