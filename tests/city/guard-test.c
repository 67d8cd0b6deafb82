/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "raw.h"
#include "watched.h"

/* What strangers may do to the server, and what they may not. */

static gint64
get_peak_memory (void)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/status", harness_get_pid (city));
  g_autofree char *status = NULL;
  const char *peak;

  g_assert_true (g_file_get_contents (path, &status, NULL, NULL));
  peak = strstr (status, "VmHWM:");
  g_assert_nonnull (peak);
  return g_ascii_strtoll (peak + 6, NULL, 10) * 1024;
}

/* With a sanitizer a program needs several times as much. */
static void
assert_little_memory (void)
{
  gint64 peak = get_peak_memory ();

  g_test_message ("at most %" G_GINT64_FORMAT " kB", peak / 1024);
  if (!g_getenv ("ASAN_OPTIONS"))
    g_assert_cmpint (peak, <, 64 * MEGABYTE);
}

static guint
count_closed (const int *fds, guint n)
{
  guint closed = 0;

  for (guint i = 0; i < n; i++)
    closed += raw_is_closed (fds[i]);
  return closed;
}

static void
close_all (const int *fds, guint n)
{
  for (guint i = 0; i < n; i++)
    close (fds[i]);
}

/* 500 that send a letter of a header now and then, 200 that send nothing. */
static void
test_slow_and_silent_sockets_are_closed (void)
{
  int slow[500], silent[200];
  gint64 start;

  begin (GENEROUS);
  start = g_get_monotonic_time ();
  for (guint i = 0; i < G_N_ELEMENTS (slow); i++)
    {
      slow[i] = raw_connect (harness_get_port (city));
      raw_say (slow[i], "GET /open311/v2/requests.json HTTP/1.1\r\nHost: a\r\n");
    }
  for (guint i = 0; i < G_N_ELEMENTS (silent); i++)
    silent[i] = raw_connect (harness_get_port (city));
  while (count_closed (slow, G_N_ELEMENTS (slow)) < G_N_ELEMENTS (slow)
         || count_closed (silent, G_N_ELEMENTS (silent)) < G_N_ELEMENTS (silent))
    {
      guint status;
      g_autofree char *served = harness_get_text (city, "discovery.json", &status);

      g_assert_cmpuint (status, ==, 200);
      g_assert_cmpint (g_get_monotonic_time () - start, <, PATIENCE_MS * 1000);
      for (guint i = 0; i < G_N_ELEMENTS (slow); i++)
        raw_say (slow[i], "X");
      g_usleep (20000);
    }
  close_all (slow, G_N_ELEMENTS (slow));
  close_all (silent, G_N_ELEMENTS (silent));
  g_assert_cmpint (measure ("komek_city_turned_away_total{reason=\"silent\"}"), >=, 700);
  await_leaving ();
  finish ();
}

/* One who has had an answer may ask again, but not rest for ever. */
static void
test_whoever_rests_after_a_call_is_let_go (void)
{
  g_autofree char *heard = NULL;
  gint64 start = g_get_monotonic_time ();
  int fd;

  begin (GENEROUS);
  fd = raw_connect (harness_get_port (city));
  raw_say (fd, "GET /open311/v2/discovery.json HTTP/1.1\r\nHost: a\r\n\r\n");
  heard = raw_hear (fd, PATIENCE_MS);
  g_assert_nonnull (heard);
  g_assert_true (g_str_has_prefix (heard, "HTTP/1.1 200 "));
  g_assert_cmpint (g_get_monotonic_time () - start, >=, REQUEST_MS * 1000);
  g_assert_cmpint (measure ("komek_city_turned_away_total{reason=\"silent\"}"), ==, 1);
  close (fd);
  finish ();
}

/* How many milliseconds the server waits for a body that comes a letter at a time. */
static guint
feed_slowly (const char *head)
{
  int fd = raw_connect (harness_get_port (city));
  gint64 start = g_get_monotonic_time ();
  guint waited;

  raw_say (fd, head);
  while (measure ("komek_city_turned_away_total{reason=\"slow\"}") == 0)
    {
      g_assert_cmpint (g_get_monotonic_time () - start, <, PATIENCE_MS * 1000);
      raw_say (fd, "a");
      g_usleep (20000);
    }
  waited = (g_get_monotonic_time () - start) / 1000;
  g_assert_cmpuint (raw_hear_status (fd, PATIENCE_MS), ==, 408);
  close (fd);
  return waited;
}

static void
test_a_slow_body_is_not_waited_for (void)
{
  begin (GENEROUS);
  g_assert_cmpuint (feed_slowly ("POST /open311/v2/requests.json HTTP/1.1\r\nHost: a\r\n"
                                 "Content-Length: 1000\r\n\r\n"), >=, REQUEST_MS);
  finish ();
}

/* A photo is long, and the line of a telephone is not. */
static void
test_a_slow_photo_is_waited_for_longer (void)
{
  begin (GENEROUS);
  g_assert_cmpuint (feed_slowly ("POST /open311/v2/requests/1/media.json HTTP/1.1\r\nHost: a\r\n"
                                 "Content-Length: 1000\r\n\r\n"), >=, PHOTO_MS);
  finish ();
}

/* Twenty who ask for a long list and never listen. */
static void
test_an_answer_that_nobody_takes_is_not_kept (void)
{
  int fds[20];
  gint64 start;

  begin (GENEROUS);
  for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
    {
      fds[i] = raw_connect_narrow (harness_get_port (city));
      raw_say (fds[i], "GET /open311/v2/requests.json?extensions=true&page_size=1000&page=1 "
                       "HTTP/1.1\r\nHost: a\r\n\r\n");
    }
  start = g_get_monotonic_time ();
  while (measure ("komek_city_turned_away_total{reason=\"untaken\"}") < 20)
    {
      g_assert_cmpint (g_get_monotonic_time () - start, <, PATIENCE_MS * 1000);
      g_usleep (50000);
    }
  close_all (fds, G_N_ELEMENTS (fds));
  g_assert_cmpint (measure ("komek_city_held_bytes"), <, MEGABYTE);
  assert_little_memory ();
  finish ();
}

static const struct
{
  const char *name, *text;
  guint       status;
} odd[] = {
  { "two-hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", 400 },
  { "no-host", "GET / HTTP/1.1\r\nAccept: a\r\n\r\n", 400 },
  { "both-lengths",
    "POST /open311/v2/requests.json HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n"
    "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400 },
  { "two-lengths",
    "POST /open311/v2/requests.json HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n"
    "Content-Length: 5\r\n\r\nabcde", 400 },
  { "two-encodings",
    "POST /open311/v2/requests.json HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"
    "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400 },
  { "no-length",
    "POST /open311/v2/requests.json HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
    "5\r\nabcde\r\n0\r\n\r\n", 411 },
  { "a-method-of-nobody", "BREW / HTTP/1.1\r\nHost: a\r\n\r\n", 501 },
  { "trace", "TRACE / HTTP/1.1\r\nHost: a\r\n\r\n", 501 },
  { "a-body-where-none-belongs",
    "GET /open311/v2/requests.json HTTP/1.1\r\nHost: a\r\nContent-Length: 65537\r\n\r\na", 413 },
  { "a-body-for-nobody",
    "POST /nowhere HTTP/1.1\r\nHost: a\r\nContent-Length: 65537\r\n\r\nabcde", 413 },
  { "a-long-form",
    "POST /open311/v2/requests.json HTTP/1.1\r\nHost: a\r\nContent-Length: 1048577\r\n\r\n", 413 },
};

static void
test_what_is_no_http_is_refused (void)
{
  begin (GENEROUS);
  for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      int fd = raw_connect (harness_get_port (city));

      g_test_message ("%s", odd[i].name);
      raw_say (fd, odd[i].text);
      g_assert_cmpuint (raw_hear_status (fd, PATIENCE_MS), ==, odd[i].status);
      close (fd);
    }
  finish ();
}

/* What is refused hides nothing behind it: a second call in the same breath is not answered. */
static void
test_nothing_is_smuggled_in (void)
{
  int fd;
  g_autofree char *heard = NULL;

  begin (GENEROUS);
  fd = raw_connect (harness_get_port (city));
  raw_say (fd, "POST /open311/v2/requests.json HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n"
               "Transfer-Encoding: chunked\r\n\r\n"
               "0\r\n\r\nGET /open311/v2/discovery.json HTTP/1.1\r\nHost: a\r\n\r\n");
  heard = raw_hear (fd, PATIENCE_MS);
  g_assert_nonnull (heard);
  g_assert_true (g_str_has_prefix (heard, "HTTP/1.1 400 "));
  g_assert_null (strstr (heard + 1, "HTTP/1.1"));
  close (fd);
  finish ();
}

static guint
ask_with (const char *path, const char *header, gsize padding)
{
  g_autofree char *filler = g_strnfill (padding, 'a');
  g_autofree char *text = g_strdup_printf ("GET /%s%s HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                                           "X: %s\r\n\r\n",
                                           path, *header == '\0' ? filler : "",
                                           *header == '\0' ? "" : filler);
  int fd = raw_connect (harness_get_port (city));
  guint status;

  raw_say (fd, text);
  status = raw_hear_status (fd, PATIENCE_MS);
  close (fd);
  return status;
}

static void
test_addresses_and_headers_have_an_end (void)
{
  begin (GENEROUS);
  g_assert_cmpuint (ask_with ("r/", "", 8000), ==, 404);
  g_assert_cmpuint (ask_with ("r/", "", 8200), ==, 414);
  g_assert_cmpuint (ask_with ("?", "", 8200), ==, 414);
  g_assert_cmpuint (ask_with ("", "X", 32000), ==, 200);
  g_assert_cmpuint (ask_with ("", "X", 33000), ==, 431);
  g_assert_cmpuint (ask_with ("", "X", 1000000), !=, 200);
  finish ();
}

/* How much of 300 MB the server took before it hung up. */
static gsize
upload (const char *head, gboolean chunked)
{
  g_autofree char *block = g_malloc0 (65536);
  int fd = raw_connect (harness_get_port (city));
  gsize sent = 0;
  gboolean more = raw_say (fd, head);

  while (more && sent < 300 * MEGABYTE)
    {
      more = (!chunked || raw_say (fd, "10000\r\n")) && raw_say_bytes (fd, block, 65536)
             && (!chunked || raw_say (fd, "\r\n"));
      sent += 65536;
    }
  close (fd);
  return sent;
}

static void
test_long_bodies_are_cut (void)
{
  const char *by_length = "POST /open311/v2/requests.json HTTP/1.1\r\nHost: a\r\n"
                          "Content-Length: 314572800\r\n\r\n";
  const char *by_chunks = "POST /open311/v2/requests.json HTTP/1.1\r\nHost: a\r\n"
                          "Transfer-Encoding: chunked\r\n\r\n";

  begin (GENEROUS);
  for (guint i = 0; i < 4; i++)
    {
      /* Some of it is on its way before the server can say anything. */
      g_assert_cmpuint (upload (by_length, FALSE), <, 12 * MEGABYTE);
      g_assert_cmpuint (upload (by_chunks, TRUE), <, 12 * MEGABYTE);
    }
  g_assert_cmpint (measure ("komek_city_turned_away_total{reason=\"body\"}"), ==, 4);
  g_assert_cmpint (measure ("komek_city_turned_away_total{reason=\"chunked\"}"), ==, 4);
  g_assert_cmpint (measure ("komek_city_held_bytes"), <, MEGABYTE);
  assert_little_memory ();
  finish ();
}

/* However many come at once, only so much is held in memory. On a busy machine it takes its time
 * until all have come. */
static void
test_many_bodies_do_not_fill_the_memory (void)
{
  g_autofree char *block = g_malloc0 (1000000);
  int fds[60];
  guint refused = 0;

  begin ("[guard]\nrequest-ms = 3000\nconnections-per-address = 2000\nheld-bytes = 10000000\n");
  for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
    {
      fds[i] = raw_connect (harness_get_port (city));
      raw_say (fds[i], "POST /open311/v2/requests.json HTTP/1.1\r\nHost: a\r\n"
                       "Content-Length: 1000001\r\n\r\n");
      raw_say_bytes (fds[i], block, 1000000);
    }
  for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
    refused += raw_hear_status (fds[i], PATIENCE_MS) != 408;
  close_all (fds, G_N_ELEMENTS (fds));
  g_assert_cmpuint (refused, >=, 50);
  g_assert_cmpint (measure ("komek_city_turned_away_total{reason=\"held\"}"), >=, 50);
  assert_little_memory ();
  finish ();
}

static void
test_a_crowd_waits_outside (void)
{
  int fds[30];
  guint refused = 0;

  begin ("[guard]\nrequest-ms = 2000\nconnections = 20\nconnections-per-address = 2000\n");
  for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
    fds[i] = raw_connect (harness_get_port (city));
  for (guint i = 20; i < G_N_ELEMENTS (fds); i++)
    {
      g_autofree char *heard = raw_hear (fds[i], PATIENCE_MS);

      refused += heard && g_str_has_prefix (heard, "HTTP/1.1 503 ")
                 && strstr (heard, "\r\nRetry-After: 5\r\n");
    }
  g_assert_cmpuint (refused, ==, 10);
  g_assert_cmpuint (count_closed (fds, 20), ==, 0);
  close_all (fds, G_N_ELEMENTS (fds));
  g_usleep (200000);
  g_assert_cmpint (measure ("komek_city_turned_away_total{reason=\"full\"}"), ==, 10);
  finish ();
}

static void
test_one_address_is_no_crowd (void)
{
  int fds[25];

  begin ("[guard]\nrequest-ms = 2000\n");
  for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
    fds[i] = raw_connect (harness_get_port (city));
  for (guint i = 20; i < G_N_ELEMENTS (fds); i++)
    g_assert_cmpuint (raw_hear_status (fds[i], PATIENCE_MS), ==, 503);
  close_all (fds, G_N_ELEMENTS (fds));
  g_usleep (200000);
  g_assert_cmpint (measure ("komek_city_turned_away_total{reason=\"address\"}"), ==, 5);
  finish ();
}

#define ADD(path, function) g_test_add_func ("/city/guard/" path, function)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  /* It would touch what the server only reserves, and be measured with it. */
  g_unsetenv ("MALLOC_PERTURB_");
  ADD ("slow-and-silent-sockets-are-closed", test_slow_and_silent_sockets_are_closed);
  ADD ("whoever-rests-after-a-call-is-let-go", test_whoever_rests_after_a_call_is_let_go);
  ADD ("a-slow-body-is-not-waited-for", test_a_slow_body_is_not_waited_for);
  ADD ("a-slow-photo-is-waited-for-longer", test_a_slow_photo_is_waited_for_longer);
  ADD ("an-answer-that-nobody-takes-is-not-kept", test_an_answer_that_nobody_takes_is_not_kept);
  ADD ("what-is-no-http-is-refused", test_what_is_no_http_is_refused);
  ADD ("nothing-is-smuggled-in", test_nothing_is_smuggled_in);
  ADD ("addresses-and-headers-have-an-end", test_addresses_and_headers_have_an_end);
  ADD ("long-bodies-are-cut", test_long_bodies_are_cut);
  ADD ("many-bodies-do-not-fill-the-memory", test_many_bodies_do_not_fill_the_memory);
  ADD ("a-crowd-waits-outside", test_a_crowd_waits_outside);
  ADD ("one-address-is-no-crowd", test_one_address_is_no_crowd);
  return g_test_run ();
}
