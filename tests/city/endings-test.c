/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "hold.h"
#include "raw.h"
#include "watched.h"

/* How calls and connections end, well or not, and what is left of them. */

/* A timer that outlives what it is for would fire after this, and end the server. */
static void
test_connections_without_a_byte_leave_nothing_behind (void)
{
  begin (GENEROUS);
  for (guint i = 0; i < 1000; i++)
    close (raw_connect (harness_get_port (city)));
  g_usleep ((3 * REQUEST_MS + 200) * 1000);
  await_leaving ();
  finish ();
}

/* The same in the midst of everything that a call goes through. */
static void
test_calls_that_break_off_leave_nothing_behind (void)
{
  static const char *const calls[] = {
    "G", "GET / HTTP/1.1\r\n", "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
    "GET /open311/v2/requests.json?page_size=1000 HTTP/1.1\r\nHost: a\r\n\r\n",
    "POST /open311/v2/requests.json HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc",
    "POST /open311/v2/requests.json HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5",
    "POST /open311/v2/requests.json HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
    "Content-Length: 100\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n",
  };

  begin (GENEROUS);
  for (guint i = 0; i < 50 * G_N_ELEMENTS (calls); i++)
    {
      int fd = raw_connect (harness_get_port (city));
      struct linger reset = { 1, 0 };

      raw_say (fd, calls[i % G_N_ELEMENTS (calls)]);
      if (i % 3 == 0)
        setsockopt (fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
      close (fd);
    }
  g_usleep ((3 * REQUEST_MS + 200) * 1000);
  await_leaving ();
  g_assert_cmpint (measure ("komek_city_held_bytes"), <, MEGABYTE);
  finish ();
}

static guint
count_descriptors (void)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/fd", harness_get_pid (city));
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir))
    n++;
  return n;
}

/* What is there when the first of it is there is all of it. */
static void
test_an_answer_comes_in_one_piece (void)
{
  static const char call[] =
    "GET /open311/v2/services/ROA.pothole.json HTTP/1.1\r\nHost: a\r\n\r\n";
  int fd;

  begin (GENEROUS);
  fd = raw_connect (harness_get_port (city));
  for (guint i = 0; i < 100; i++)
    {
      char heard[65536];
      gssize n;

      raw_say (fd, call);
      n = recv (fd, heard, sizeof heard - 1, 0);
      g_assert_cmpint (n, >, 0);
      heard[n] = '\0';
      g_assert_true (g_str_has_prefix (heard, "HTTP/1.1 200 "));
      g_assert_true (g_str_has_suffix (heard, "}"));
    }
  close (fd);
  finish ();
}

/* Libsoup 3.2 by itself keeps a connection that ends between two calls for ever. */
static void
test_a_connection_may_end_between_two_calls (void)
{
  const char *call = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";
  guint before;

  begin (GENEROUS);
  measure ("komek_city_connections");
  before = count_descriptors ();
  for (guint i = 0; i < 100; i++)
    {
      int fd = raw_connect (harness_get_port (city));
      char buffer[65536];

      for (guint j = 0; j < 3; j++)
        {
          raw_say (fd, call);
          g_assert_cmpint (recv (fd, buffer, sizeof buffer, 0), >, 0);
        }
      close (fd);
    }
  await_leaving ();
  g_assert_cmpuint (count_descriptors (), <=, before + 2);
  finish ();
}

static char *
write_call (const char *form, gsize length)
{
  return g_strdup_printf ("POST /open311/v2/requests.json HTTP/1.1\r\nHost: a\r\n"
                          "Content-Type: application/x-www-form-urlencoded\r\n"
                          "Content-Length: %zu\r\n\r\n%s",
                          length, form);
}

/* A body that lacks its last letter is no body, on a connection that was used before too. */
static void
test_a_body_that_breaks_off_is_not_filed (void)
{
  const char *form = "service_code=INF.idea&description=idea";
  g_autofree char *call = write_call (form, strlen (form) + 1);
  char buffer[65536];
  int fd;

  begin (GENEROUS);
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *heard = NULL;

      fd = raw_connect (harness_get_port (city));
      if (i == 1)
        {
          raw_say (fd, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
          g_assert_cmpint (recv (fd, buffer, sizeof buffer, 0), >, 0);
        }
      raw_say (fd, call);
      shutdown (fd, SHUT_WR);
      heard = raw_hear (fd, PATIENCE_MS);
      g_assert_nonnull (heard);
      g_assert_null (strstr (heard, "201"));
      close (fd);
    }
  g_assert_cmpint (measure ("komek_city_filings_total"), ==, 0);
  finish ();
}

/* Whoever has called is answered; nobody else is let in meanwhile. */
static void
test_the_end_waits_for_running_calls (void)
{
  const char *form = "service_code=INF.idea&description=idea";
  g_autofree char *call = write_call (form, strlen (form));
  g_autofree char *heard = NULL;
  Hold *hold;
  int fd;

  begin ("");
  hold = hold_take (folder);
  fd = raw_connect (harness_get_port (city));
  raw_say (fd, call);
  g_usleep (300000);
  kill (harness_get_pid (city), SIGTERM);
  g_usleep (200000);
  g_assert_cmpint (raw_try_to_connect (harness_get_port (city)), ==, -1);
  hold_let_go (hold);
  heard = raw_hear (fd, PATIENCE_MS);
  g_assert_nonnull (heard);
  g_assert_true (g_str_has_prefix (heard, "HTTP/1.1 201 "));
  g_assert_nonnull (strstr (heard, "Connection: close"));
  close (fd);
  g_assert_true (harness_wait (city));
  harness_free (g_steal_pointer (&city));
  harness_remove_folder (g_steal_pointer (&folder));
}

#define ADD(path, function) g_test_add_func ("/city/endings/" path, function)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("connections-without-a-byte-leave-nothing-behind",
       test_connections_without_a_byte_leave_nothing_behind);
  ADD ("calls-that-break-off-leave-nothing-behind",
       test_calls_that_break_off_leave_nothing_behind);
  ADD ("an-answer-comes-in-one-piece", test_an_answer_comes_in_one_piece);
  ADD ("a-connection-may-end-between-two-calls", test_a_connection_may_end_between_two_calls);
  ADD ("a-body-that-breaks-off-is-not-filed", test_a_body_that_breaks_off_is_not_filed);
  ADD ("the-end-waits-for-running-calls", test_the_end_waits_for_running_calls);
  return g_test_run ();
}
