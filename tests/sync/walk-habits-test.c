/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "manners.h"

/* What a walk learns of a server, and how few questions it then asks. */

static KomekWalk *
walk_through (const Case *row, GPtrArray *requests, KomekHabits *habits, guint *questions)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Server server = { .manners = &row->manners, .requests = requests, .seen = seen };
  KomekWalkPlan plan = make_plan (row);
  KomekWalk *walk = komek_walk_new (&plan, habits);

  g_assert_true (run (walk, &server));
  *questions = server.questions;
  return walk;
}

static void
test_learns_where_answers_are_cut (void)
{
  const Case row = { "", { .cap = 50 }, KOMEK_WALK_WINDOWS };
  g_autoptr (GPtrArray) requests = make_requests (3000, 3600);
  KomekHabits habits = { 0 };
  guint first, second;
  g_autoptr (KomekWalk) walk = walk_through (&row, requests, &habits, &first);
  g_autoptr (KomekWalk) again = walk_through (&row, requests, &habits, &second);

  g_assert_cmpuint (habits.cap, ==, 50);
  g_assert_cmpuint (second, <=, first);
}

static void
test_learns_that_nothing_is_cut (void)
{
  const Case row = { "", { .cap = 0 }, KOMEK_WALK_WINDOWS };
  g_autoptr (GPtrArray) requests = make_requests (700, DAY);
  KomekHabits habits = { 0 };
  guint first, second;
  g_autoptr (KomekWalk) walk = walk_through (&row, requests, &habits, &first);
  g_autoptr (KomekWalk) again = walk_through (&row, requests, &habits, &second);

  g_assert_cmpuint (habits.cap, ==, 0);
  g_assert_cmpuint (habits.whole, >=, 89);
  g_assert_cmpuint (second, <, first);
}

/* As many as a server gives at once may be all there is, and one more later. */
static void
test_doubts_an_answer_as_long_as_the_longest (void)
{
  const Case row = { "", { .cap = 100 }, KOMEK_WALK_WINDOWS };
  g_autoptr (GPtrArray) few = make_requests (100, 60);
  g_autoptr (GPtrArray) many = make_requests (101, 60);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Server server = { .manners = &row.manners, .requests = many, .seen = seen };
  KomekWalkPlan plan = make_plan (&row);
  KomekHabits habits = { 0 };
  guint questions;
  g_autoptr (KomekWalk) first = walk_through (&row, few, &habits, &questions);
  g_autoptr (KomekWalk) second = komek_walk_new (&plan, &habits);

  g_assert_true (run (second, &server));
  g_assert_cmpuint (g_hash_table_size (seen), ==, 101);
}

/* All in one second: more than a server gives at once can never be seen. */
static void
test_leaves_a_second_that_is_too_full (void)
{
  const Case row = { "", { .cap = 1000 }, KOMEK_WALK_WINDOWS };
  g_autoptr (GPtrArray) requests = make_requests (1500, 0);
  KomekHabits habits = { 0 };
  guint questions;
  g_autoptr (KomekWalk) walk = walk_through (&row, requests, &habits, &questions);

  g_assert_cmpuint (komek_walk_get_gaps (walk), >, 0);
  g_assert_cmpuint (questions, <, 100);
}

/* Their dates alone do not part them; the numbers of pages do. */
static void
test_walks_through_a_second_page_by_page (void)
{
  const Case row = { "", { .pages = TRUE }, KOMEK_WALK_NEWEST_FIRST, 100, .most = 20 };
  g_autoptr (GPtrArray) requests = make_requests (1500, 0);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Server server = { .manners = &row.manners, .requests = requests, .seen = seen };
  KomekWalkPlan plan = make_plan (&row);
  KomekHabits habits = { 0 };
  g_autoptr (KomekWalk) walk = komek_walk_new (&plan, &habits);

  g_assert_true (run (walk, &server));
  g_assert_cmpuint (g_hash_table_size (seen), ==, 1500);
}

static void
test_leaves_who_sends_it_in_circles (void)
{
  const Case row = { "", { .pages = TRUE, .circles = TRUE }, KOMEK_WALK_NEWEST_FIRST, 100 };
  g_autoptr (GPtrArray) requests = make_requests (500, 60);
  KomekHabits habits = { 0 };
  guint questions;
  g_autoptr (KomekWalk) walk = walk_through (&row, requests, &habits, &questions);

  g_assert_cmpuint (questions, ==, 2);
}

/* What was walked before a stop is not walked again. */
static void
test_goes_on_from_where_it_was (void)
{
  const Case row = { "", { .cap = 1000 }, KOMEK_WALK_WINDOWS };
  g_autoptr (GPtrArray) requests = make_requests (3000, 3600);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  Server server = { .manners = &row.manners, .requests = requests, .seen = seen };
  KomekWalkPlan plan = make_plan (&row);
  KomekHabits habits = { 0 };
  g_autoptr (KomekWalk) walk = NULL;

  plan.until = NOW - 2000 * 3600;
  walk = komek_walk_new (&plan, &habits);
  g_assert_true (run (walk, &server));
  g_assert_cmpuint (g_hash_table_size (seen), ==, 1000);
}

/* Whoever is away does not thereby say what he does not like. */
static void
test_learns_nothing_from_silence (void)
{
  const KomekWalkPlan plan = { .kind = KOMEK_WALK_WINDOWS, .until = NOW, .lowest = NOW - DAY,
                               .span = DAY, .most_span = DAY, .cap = 1000 };
  g_autoptr (GError) away = g_error_new (KOMEK_ERROR, KOMEK_ERROR_UNREACHABLE, "Nobody");
  g_autoptr (GError) html = g_error_new (KOMEK_ERROR, KOMEK_ERROR_UNREADABLE, "A page");
  KomekHabits habits = { 0 };

  for (guint look = 0; look < 10; look++)
    {
      g_autoptr (KomekWalk) walk = komek_walk_new (&plan, &habits);

      g_assert_false (komek_walk_cope (walk, look % 2 ? away : html));
    }
  g_assert_false (habits.dates_useless);
  g_assert_false (habits.statuses_useless);
}

static GPtrArray *
make_changes (guint n_requests, gint64 first, gint64 apart)
{
  GPtrArray *requests = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n_requests; i++)
    {
      g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, first + i);

      g_ptr_array_add (requests, komek_request_new (&(KomekRequestFields) {
        .number = number, .requested = NOW - 9000, .updated = first + i * apart }));
    }
  return requests;
}

static void
test_nothing_new_is_one_question (void)
{
  const KomekWalkPlan plan = { .kind = KOMEK_WALK_CHANGES, .after = NOW, .page_size = 1000,
                               .cap = 1000, .trusted = TRUE };
  g_autoptr (GPtrArray) last = make_changes (1, NOW, 1);
  KomekHabits habits = { 0 };
  g_autoptr (KomekWalk) walk = komek_walk_new (&plan, &habits);
  KomekPage page;

  g_assert_true (komek_walk_ask (walk, &page));
  g_assert_cmpint (page.updated_after, ==, NOW);
  g_assert_cmpuint (page.page, ==, 1);
  komek_walk_take (walk, last, NULL);
  g_assert_false (komek_walk_ask (walk, &page));
}

/* In the order of their changes they are walked by time, in any other by page, and then nobody
 * says that all is here before it is. */
static void
test_changes_are_walked_by_time_only_in_order (void)
{
  const KomekWalkPlan plan = { .kind = KOMEK_WALK_CHANGES, .after = NOW, .page_size = 20,
                               .cap = 1000 };
  g_autoptr (GPtrArray) rising = make_changes (20, NOW, 1);
  g_autoptr (GPtrArray) falling = make_changes (20, NOW + 100, -1);
  KomekHabits habits = { 0 };
  g_autoptr (KomekWalk) walk = komek_walk_new (&plan, &habits);
  KomekPage page;

  g_assert_true (komek_walk_ask (walk, &page));
  komek_walk_take (walk, rising, NULL);
  g_assert_cmpint (komek_walk_get_after (walk), ==, NOW + 19);
  g_assert_true (komek_walk_ask (walk, &page));
  g_assert_cmpint (page.updated_after, ==, NOW + 19);
  g_assert_cmpuint (page.page, ==, 1);
  komek_walk_take (walk, falling, NULL);
  g_assert_cmpint (komek_walk_get_after (walk), ==, NOW + 19);
  g_assert_true (komek_walk_ask (walk, &page));
  g_assert_cmpint (page.updated_after, ==, NOW + 19);
  g_assert_cmpuint (page.page, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/walk/learns-where-answers-are-cut", test_learns_where_answers_are_cut);
  g_test_add_func ("/walk/learns-that-nothing-is-cut", test_learns_that_nothing_is_cut);
  g_test_add_func ("/walk/doubts-an-answer-as-long-as-the-longest",
                   test_doubts_an_answer_as_long_as_the_longest);
  g_test_add_func ("/walk/leaves-a-second-that-is-too-full", test_leaves_a_second_that_is_too_full);
  g_test_add_func ("/walk/walks-through-a-second-page-by-page",
                   test_walks_through_a_second_page_by_page);
  g_test_add_func ("/walk/leaves-who-sends-it-in-circles", test_leaves_who_sends_it_in_circles);
  g_test_add_func ("/walk/goes-on-from-where-it-was", test_goes_on_from_where_it_was);
  g_test_add_func ("/walk/learns-nothing-from-silence", test_learns_nothing_from_silence);
  g_test_add_func ("/walk/nothing-new-is-one-question", test_nothing_new_is_one_question);
  g_test_add_func ("/walk/changes-are-walked-by-time-only-in-order",
                   test_changes_are_walked_by_time_only_in_order);
  return g_test_run ();
}
