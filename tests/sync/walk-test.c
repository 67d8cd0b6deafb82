/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "manners.h"

/* A walk sees all that a server has, whatever its manners, or says that something may be missing. */

static const Case cases[] = {
  { "profile", { .pages = TRUE }, KOMEK_WALK_NEWEST_FIRST, 100, .most = 40 },
  { "profile-with-shorter-pages", { .pages = TRUE, .page_length = 40 },
    KOMEK_WALK_NEWEST_FIRST, 100, .most = 90 },
  { "profile-names-the-next", { .pages = TRUE, .page_length = 100, .names_next = TRUE },
    KOMEK_WALK_NEWEST_FIRST, 100,
    .most = 31 },
  { "profile-in-one-page", { .pages = TRUE }, KOMEK_WALK_NEWEST_FIRST, 5000, .most = 2 },
  { "standard", { .cap = 1000 }, KOMEK_WALK_WINDOWS, 0, .most = 100 },
  { "standard-oldest-first", { .cap = 1000, .oldest_first = TRUE }, KOMEK_WALK_WINDOWS, 0,
    .most = 100 },
  { "standard-ends-before-the-end", { .cap = 1000, .ends_before = TRUE }, KOMEK_WALK_WINDOWS, 0,
    .most = 100 },
  { "cut-at-50", { .cap = 50 }, KOMEK_WALK_WINDOWS, 0, .most = 400 },
  { "cut-at-20-oldest-first", { .cap = 20, .oldest_first = TRUE }, KOMEK_WALK_WINDOWS, 0,
    .most = 1000 },
  { "cut-at-500-with-blanks", { .cap = 500, .blank = 30 }, KOMEK_WALK_WINDOWS, 0, .most = 200 },
  { "never-cut", { .cap = 0 }, KOMEK_WALK_WINDOWS, 0, .most = 200 },
  { "pages", { .pages = TRUE }, KOMEK_WALK_WINDOWS, 100, .most = 120 },
  { "pages-of-their-own-length", { .pages = TRUE, .page_length = 20 }, KOMEK_WALK_WINDOWS, 100,
    .most = 250 },
  { "pages-refused-after-the-last", { .pages = TRUE, .refuses_end = TRUE }, KOMEK_WALK_WINDOWS,
    100, .most = 120 },
  { "pages-repeat-the-last", { .pages = TRUE, .repeats = TRUE }, KOMEK_WALK_WINDOWS, 100,
    .most = 120 },
  { "pages-ignored", { .cap = 200 }, KOMEK_WALK_WINDOWS, 100, .most = 400 },
  { "pages-that-shrink", { .pages = TRUE, .shrinks_at = 5 }, KOMEK_WALK_WINDOWS, 100,
    .most = 300 },
  { "pages-name-the-next", { .pages = TRUE, .page_length = 100, .names_next = TRUE },
    KOMEK_WALK_WINDOWS, 100,
    .most = 100 },
  { "open-only", { .cap = 1000, .open_only = TRUE }, KOMEK_WALK_WINDOWS, 0, .most = 100 },
  { "statuses-mistaken", { .mistakes_statuses = TRUE, .pages = TRUE }, KOMEK_WALK_WINDOWS, 100,
    .most = 120 },
  { "statuses-refused", { .refuses_statuses = TRUE, .pages = TRUE }, KOMEK_WALK_WINDOWS, 100,
    .most = 120 },
  { "statuses-break-it", { .breaks_statuses = TRUE, .pages = TRUE }, KOMEK_WALK_WINDOWS, 100,
    .looks = 1, .most = 120 },
  { "neither-statuses-nor-dates", { .refuses_statuses = TRUE, .refuses_dates = TRUE,
    .pages = TRUE }, KOMEK_WALK_WINDOWS, 100, .most = 60, .gaps = TRUE },
  { "list-refuses-statuses", { .refuses_statuses = TRUE, .pages = TRUE }, KOMEK_WALK_LIST, 100,
    .most = 40 },
  { "dates-ignored", { .ignores_dates = TRUE, .pages = TRUE }, KOMEK_WALK_WINDOWS, 100, .most = 70,
    .gaps = TRUE },
  { "dates-mistaken", { .mistakes_dates = TRUE, .pages = TRUE }, KOMEK_WALK_WINDOWS, 100,
    .most = 40, .gaps = TRUE },
  { "dates-refused", { .refuses_dates = TRUE, .pages = TRUE }, KOMEK_WALK_WINDOWS, 100, .most = 40,
    .gaps = TRUE },
  { "dates-break-it", { .breaks_dates = TRUE, .pages = TRUE }, KOMEK_WALK_WINDOWS, 100,
    .looks = 2, .most = 40, .gaps = TRUE },
  { "list", { .pages = TRUE }, KOMEK_WALK_LIST, 100, .most = 40 },
  { "list-repeats-the-last", { .pages = TRUE, .repeats = TRUE }, KOMEK_WALK_LIST, 100,
    .most = 40 },
  { "list-breaks-after-the-last", { .pages = TRUE, .breaks_end = TRUE }, KOMEK_WALK_LIST, 100,
    .looks = 1, .most = 80, .gaps = TRUE },
  { "list-shrinks", { .pages = TRUE, .shrinks_at = 5 }, KOMEK_WALK_LIST, 100, .most = 80 },
};

/* Some have a request each few hours, some many in each second. */
static void
test_meets_all (gconstpointer data)
{
  const Case *row = data;
  const gint64 apart[] = { 3600, 7 * DAY, 30 };
  const guint numbers[] = { 3000, 200, 3000 };

  for (guint i = 0; i < G_N_ELEMENTS (apart); i++)
    {
      g_autoptr (GPtrArray) requests = make_requests (numbers[i], apart[i]);
      g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      Server server = { .manners = &row->manners, .requests = requests, .seen = seen };
      KomekWalkPlan plan = make_plan (row);
      KomekHabits habits = { 0 };
      guint failed = 0, gaps = 0;

      for (gboolean done = FALSE; !done;)
        {
          g_autoptr (KomekWalk) walk = komek_walk_new (&plan, &habits);

          done = run (walk, &server);
          failed += !done;
          gaps = komek_walk_get_gaps (walk);
        }
      g_test_message ("%u requests in %u questions", numbers[i], server.questions);
      g_assert_cmpuint (g_hash_table_size (seen), ==, requests->len);
      g_assert_cmpuint (server.questions, <=, row->most);
      g_assert_cmpuint (failed, <=, row->looks);
      g_assert_cmpint (gaps > 0, ==, row->gaps && (!row->manners.breaks_end || failed > 0));
    }
}

static gboolean
toss (GRand *dice, guint sides)
{
  return g_rand_int_range (dice, 0, sides) == 0;
}

/* Bursts, gaps of months, and many in one second, but never more than any server gives at once. */
static GPtrArray *
make_any_requests (GRand *dice)
{
  GPtrArray *requests = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_requests = g_rand_int_range (dice, 0, 400);
  gint64 time = NOW;
  guint in_second = 0;

  for (guint i = 0; i < n_requests; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i);
      gint64 step = toss (dice, 40)  ? g_rand_int_range (dice, 0, 200) * DAY
                    : toss (dice, 3) ? 0
                                     : g_rand_int_range (dice, 0, 20000);

      in_second = step ? 0 : in_second + 1;
      time -= in_second < 8 ? step : 1;
      g_ptr_array_add (requests, komek_request_new (&(KomekRequestFields) {
        .number = number, .requested = time, .updated = time,
        .status = toss (dice, 2) ? KOMEK_STATUS_DONE : KOMEK_STATUS_NEW }));
    }
  return requests;
}

/* Pages may become shorter on the way; what a server gives at once without them does not change. */
static Manners
make_any_manners (GRand *dice, guint page_size)
{
  const guint lengths[] = { 20, 25, 50, 100, 200 };
  gboolean pages = toss (dice, 2);
  guint length = lengths[g_rand_int_range (dice, 0, G_N_ELEMENTS (lengths))];

  return (Manners) {
    .pages = pages,
    .cap = pages || toss (dice, 4) ? 0 : length,
    .page_length = pages && toss (dice, 2) ? length : 0,
    .repeats = toss (dice, 3),
    .refuses_end = toss (dice, 4),
    .shrinks_at = page_size && toss (dice, 4) ? g_rand_int_range (dice, 1, 20) : 0,
    .ignores_dates = toss (dice, 8),
    .mistakes_dates = toss (dice, 10),
    .refuses_dates = toss (dice, 10),
    .breaks_dates = toss (dice, 10),
    .open_only = toss (dice, 5),
    .refuses_statuses = FALSE,
    .oldest_first = toss (dice, 3),
    .ends_before = toss (dice, 4),
    .names_next = pages && toss (dice, 5),
  };
}

/* Whatever a server does: all is met, or the walk knows that it is not. */
static void
test_never_believes_too_much (void)
{
  for (guint32 seed = 0; seed < 3000; seed++)
    {
      g_autoptr (GRand) dice = g_rand_new_with_seed (seed);
      guint page_size = toss (dice, 2) ? 0 : 40;
      const Case row = { "", make_any_manners (dice, page_size), KOMEK_WALK_WINDOWS, page_size };
      g_autoptr (GPtrArray) requests = make_any_requests (dice);
      g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      Server server = { .manners = &row.manners, .requests = requests, .seen = seen };
      KomekWalkPlan plan = make_plan (&row);
      KomekHabits habits = { 0 };
      guint gaps = 0;

      plan.filled = requests->len > 0;
      for (gboolean done = FALSE; !done;)
        {
          g_autoptr (KomekWalk) walk = komek_walk_new (&plan, &habits);

          done = run (walk, &server);
          gaps = komek_walk_get_gaps (walk);
        }
      if (g_hash_table_size (seen) < requests->len && gaps == 0)
        g_error ("Seed %u: %u of %u", seed, g_hash_table_size (seen), requests->len);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/walk/meets-all/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_meets_all);
    }
  g_test_add_func ("/walk/never-believes-too-much", test_never_believes_too_much);
  return g_test_run ();
}
