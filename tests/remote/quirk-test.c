/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "quirk.h"

/* The thirty habits by which real servers break clients, each over a socket
 * from a city that has it. The tests of the wire read more forms of each; what
 * is shown here is that the client gets along:
 *
 *      1  one element without its list       16  a bad date means nothing at all
 *      2  lists wrapped in a root            17  errors as single objects
 *      3  lists as objects                   18  almost JSON
 *      4  XML elements of other names        19  one format, another type, bad packing
 *      5  names with hyphens                 20  every answer to a filing but the right one
 *      6  points of all kinds                21  texts too short, keys in the address
 *      7  ids of all kinds                   22  lon and lng count for nothing
 *      8  flags as words                     23  statuses in other words, open ones only
 *      9  fields that are missing            24  pictures in all forms
 *     10  requests without an id             25  groups and keywords
 *     11  dates without their parts          26  definitions without a wrapper
 *     12  500 and a page for bad input       27  updates twice, late and of others
 *     13  200 and a page for no jurisdiction 28  addresses that lead elsewhere
 *     14  unknown ids in three ways          29  redirections that lose what is posted
 *     15  400 for an unknown argument        30  markup inside a text
 */

static const KomekPage all = { .page = 1, .size = 100 };

GPtrArray *
get_requests (Line *line)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *requests = line_requests (line, &all, &error);

  g_assert_no_error (error);
  return requests;
}

/* The list of requests in these words. */
GPtrArray *
get_requests_of (Line *line, const char *body)
{
  say_json (line, "GET requests.json", 200, body);
  return get_requests (line);
}

const KomekRequestFields *
peek (GPtrArray *requests, guint position)
{
  g_assert_cmpuint (requests->len, >, position);
  return komek_request_peek (requests->pdata[position]);
}

static const struct
{
  guint       number;
  const char *name;
  void      (*test) (Line *line);
} quirks[] = {
  { 1, "one-element-without-its-list", quirk_01 },
  { 2, "wrapped-in-a-root", quirk_02 },
  { 3, "lists-as-objects", quirk_03 },
  { 4, "elements-of-other-names", quirk_04 },
  { 5, "names-with-hyphens", quirk_05 },
  { 6, "points-of-all-kinds", quirk_06 },
  { 7, "ids-of-all-kinds", quirk_07 },
  { 8, "flags-as-words", quirk_08 },
  { 9, "fields-that-are-missing", quirk_09 },
  { 10, "requests-without-an-id", quirk_10 },
  { 11, "dates-without-their-parts", quirk_11 },
  { 12, "a-page-for-bad-input", quirk_12 },
  { 13, "a-page-for-no-jurisdiction", quirk_13 },
  { 14, "unknown-ids", quirk_14 },
  { 15, "unknown-arguments", quirk_15 },
  { 16, "a-bad-date-means-nothing", quirk_16 },
  { 17, "errors-as-single-objects", quirk_17 },
  { 18, "almost-json", quirk_18 },
  { 19, "one-format-and-bad-packing", quirk_19 },
  { 20, "answers-to-a-filing", quirk_20 },
  { 21, "short-texts-and-keys-in-the-address", quirk_21 },
  { 22, "lon-and-lng", quirk_22 },
  { 23, "statuses-in-other-words", quirk_23 },
  { 24, "pictures-in-all-forms", quirk_24 },
  { 25, "groups-and-keywords", quirk_25 },
  { 26, "definitions-without-a-wrapper", quirk_26 },
  { 27, "updates-twice-and-of-others", quirk_27 },
  { 28, "addresses-that-lead-elsewhere", quirk_28 },
  { 29, "redirections-that-lose-a-post", quirk_29 },
  { 30, "markup-inside-a-text", quirk_30 },
};

#define N_QUIRKS 30

static void
test_quirk (Line *line, gconstpointer position)
{
  quirks[GPOINTER_TO_SIZE (position)].test (line);
}

static void
test_none_is_missing (void)
{
  g_assert_cmpuint (G_N_ELEMENTS (quirks), ==, N_QUIRKS);
  for (guint i = 0; i < N_QUIRKS; i++)
    g_assert_cmpuint (quirks[i].number, ==, i + 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/remote/quirk/none-is-missing", test_none_is_missing);
  for (gsize i = 0; i < G_N_ELEMENTS (quirks); i++)
    {
      g_autofree char *path =
        g_strdup_printf ("/remote/quirk/%02u-%s", quirks[i].number, quirks[i].name);

      g_test_add (path, Line, GSIZE_TO_POINTER (i), line_set_up, test_quirk, line_tear_down);
    }
  return g_test_run ();
}
