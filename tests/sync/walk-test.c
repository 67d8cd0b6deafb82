/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-error.h"
#include "komek-walk.h"

#include <stdio.h>

#define DAY 86400
#define NOW 1790000000
#define MOST_QUESTIONS 5000

/* How a server gives what it has; all at once makes no server that was ever seen. */
typedef struct
{
  guint    cap;          /* it never gives more; 0 for no bound */
  guint    page_length;  /* of pages, whatever is asked for; 0 for as long as asked */
  gboolean pages;        /* it knows page and page_size */
  gboolean repeats;      /* its last page, for ever */
  gboolean refuses_end;  /* a page after the last one */
  gboolean breaks_end;   /* at a page after the last one */
  guint    shrinks_at;   /* the question from which on its pages are half as long */
  gboolean ignores_dates;
  gboolean mistakes_dates; /* and gives nothing */
  gboolean refuses_dates;
  gboolean breaks_dates;
  gboolean open_only;      /* where no status is named */
  gboolean mistakes_statuses;
  gboolean refuses_statuses;
  gboolean breaks_statuses;
  gboolean oldest_first;
  gboolean ends_before;  /* its end_date does not belong to the window */
  guint    blank;        /* every so many a request has no number yet; 0 for none */
  gboolean names_next;
  gboolean circles;      /* by naming the same next page for ever */
} Manners;

typedef struct
{
  const char   *name;
  Manners       manners;
  KomekWalkKind kind;
  guint         page_size;
  guint         looks;    /* that fail before one ends; 0 for none */
  guint         most;     /* questions, a rough bound against walks that wander about */
  gboolean      gaps;     /* something may be missing, and the walk says so */
} Case;

typedef struct
{
  const Manners *manners;
  GPtrArray     *requests; /* newest first */
  GHashTable    *seen;
  guint          questions;
  GError        *error;
} Server;

static GPtrArray *
make_requests (guint n_requests, gint64 apart)
{
  GPtrArray *requests = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < n_requests; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i);

      g_ptr_array_add (requests, komek_request_new (&(KomekRequestFields) {
        .number = number, .requested = NOW - i * apart, .updated = NOW - i * apart,
        .status = i % 2 ? KOMEK_STATUS_DONE : KOMEK_STATUS_NEW }));
    }
  return requests;
}

static gboolean
is_asked_for (const Manners *manners, const KomekPage *page, KomekRequest *request)
{
  gint64 requested = komek_request_peek (request)->requested;

  if (manners->mistakes_statuses && page->status)
    return FALSE;
  if (manners->open_only && !page->status
      && !komek_status_is_open (komek_request_get_status (request)))
    return FALSE;
  if (manners->ignores_dates)
    return TRUE;
  if (manners->mistakes_dates && (page->start || page->end))
    return FALSE;
  if (page->start && requested < page->start)
    return FALSE;
  return !page->end || requested < page->end || (requested == page->end && !manners->ends_before);
}

static GPtrArray *
find (Server *server, const KomekPage *page)
{
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; i < server->requests->len; i++)
    {
      guint at = server->manners->oldest_first ? server->requests->len - 1 - i : i;

      if (is_asked_for (server->manners, page, server->requests->pdata[at]))
        g_ptr_array_add (found, server->requests->pdata[at]);
    }
  return found;
}

static gboolean
refuse (Server *server, KomekError code)
{
  server->error = g_error_new (KOMEK_ERROR, code, "The server does not like that");
  return FALSE;
}

static gboolean
look_at_statuses (Server *server, const KomekPage *page)
{
  if (page->status && server->manners->refuses_statuses)
    return refuse (server, KOMEK_ERROR_REFUSED);
  return !page->status || !server->manners->breaks_statuses
         || refuse (server, KOMEK_ERROR_UNREADABLE);
}

static gboolean
look_at_dates (Server *server, const KomekPage *page)
{
  if (!page->start && !page->end)
    return TRUE;
  if (server->manners->refuses_dates)
    return refuse (server, KOMEK_ERROR_REFUSED);
  return !server->manners->breaks_dates || refuse (server, KOMEK_ERROR_UNREADABLE);
}

/* From which request to which. */
static gboolean
cut (Server *server, const KomekPage *page, guint n_found, guint *first, guint *length)
{
  const Manners *manners = server->manners;
  guint number = MAX (page->page, 1);

  *length = manners->cap ? manners->cap : G_MAXUINT32;
  *first = 0;
  if (!manners->pages)
    return TRUE;
  *length = manners->page_length ? manners->page_length : MAX (page->size, 20);
  if (manners->shrinks_at && server->questions >= manners->shrinks_at)
    *length = MAX (*length / 2, 20);
  *first = (number - 1) * *length;
  if (*first < n_found || number == 1)
    return TRUE;
  if (manners->refuses_end)
    return refuse (server, KOMEK_ERROR_REFUSED);
  if (manners->breaks_end)
    return refuse (server, KOMEK_ERROR_UNREADABLE);
  if (manners->repeats)
    *first = n_found ? (n_found - 1) / *length * *length : 0;
  return TRUE;
}

/* Where the next page is says all that was asked for, and the page. */
static KomekPage
unfold (const KomekPage *page)
{
  KomekPage whole = *page;
  char status = 'x';

  if (page->next)
    sscanf (page->next, "%u %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %u %c", &whole.page,
            &whole.start, &whole.end, &whole.size, &status);
  if (status == 's')
    whole.status = "open,closed";
  return whole;
}

static char *
fold (const KomekPage *page, guint number)
{
  return g_strdup_printf ("%u %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %u %c", number,
                          page->start, page->end, page->size, page->status ? 's' : '-');
}

static GPtrArray *
answer (Server *server, const KomekPage *asked, char **next)
{
  const KomekPage unfolded = unfold (asked);
  const KomekPage *page = &unfolded;
  g_autoptr (GPtrArray) found = find (server, page);
  g_autoptr (GPtrArray) given = g_ptr_array_new_with_free_func (g_object_unref);
  guint number = MAX (page->page, 1);
  guint first, length;

  server->questions++;
  if (!look_at_statuses (server, page) || !look_at_dates (server, page)
      || !cut (server, page, found->len, &first, &length))
    return NULL;
  for (guint i = first; i < MIN ((guint64) first + length, found->len); i++)
    if (!server->manners->blank || i % server->manners->blank != 3)
      g_ptr_array_add (given, g_object_ref (found->pdata[i]));
    else
      g_hash_table_add (server->seen, g_strdup (komek_request_get_number (found->pdata[i])));
  if (server->manners->circles)
    *next = g_strdup ("2 0 0 100 -");
  else if (server->manners->names_next && first + length < found->len)
    *next = fold (page, number + 1);
  return g_steal_pointer (&given);
}

/* Returns whether the walk came to its end. */
static gboolean
run (KomekWalk *walk, Server *server)
{
  KomekPage page;

  while (komek_walk_ask (walk, &page))
    {
      g_autofree char *next = NULL;
      g_autoptr (GPtrArray) given = answer (server, &page, &next);
      g_autoptr (GError) error = g_steal_pointer (&server->error);

      g_assert_cmpuint (server->questions, <, MOST_QUESTIONS);
      if (!given && !komek_walk_cope (walk, error))
        return FALSE;
      if (!given)
        continue;
      for (guint i = 0; i < given->len; i++)
        g_hash_table_add (server->seen, g_strdup (komek_request_get_number (given->pdata[i])));
      komek_walk_take (walk, given, next);
    }
  return TRUE;
}

static KomekWalkPlan
make_plan (const Case *row)
{
  return (KomekWalkPlan) {
    .kind = row->kind,
    .until = row->kind == KOMEK_WALK_WINDOWS ? NOW + DAY : 0,
    .span = 90 * DAY,
    .most_span = 90 * DAY,
    .most_empty = 8,
    .glanced = TRUE,
    .filled = TRUE,
    .cap = 1000,
    .page_size = row->page_size,
    .trusted = row->kind == KOMEK_WALK_NEWEST_FIRST,
  };
}

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
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/walk/meets-all/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_meets_all);
    }
  g_test_add_func ("/walk/never-believes-too-much", test_never_believes_too_much);
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
