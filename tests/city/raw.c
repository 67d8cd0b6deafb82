/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "raw.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int
try_to_connect (guint port, int room)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons (port),
                                 .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_assert_cmpint (fd, >=, 0);
  if (room > 0)
    setsockopt (fd, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
  if (connect (fd, (struct sockaddr *) &address, sizeof address) == 0)
    return fd;
  close (fd);
  return -1;
}

/* A connection to this machine, -1 where nobody listens. */
int
raw_try_to_connect (guint port)
{
  return try_to_connect (port, 0);
}

int
raw_connect (guint port)
{
  int fd = try_to_connect (port, 0);

  g_assert_cmpint (fd, >=, 0);
  return fd;
}

/* One that has hardly any room for what it hears. */
int
raw_connect_narrow (guint port)
{
  int fd = try_to_connect (port, 4096);

  g_assert_cmpint (fd, >=, 0);
  return fd;
}

/* Says all of it, however long that takes; FALSE where the other end does not listen any more. */
gboolean
raw_say_bytes (int fd, const void *bytes, gsize length)
{
  const char *p = bytes;

  while (length > 0)
    {
      gssize n = send (fd, p, length, MSG_NOSIGNAL);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return FALSE;
      p += n;
      length -= n;
    }
  return TRUE;
}

gboolean
raw_say (int fd, const char *text)
{
  return raw_say_bytes (fd, text, strlen (text));
}

/* Whether the other end has closed the connection and said nothing before. */
gboolean
raw_is_closed (int fd)
{
  char byte;
  gssize n = recv (fd, &byte, 1, MSG_DONTWAIT);

  return n == 0 || (n < 0 && errno != EAGAIN && errno != EWOULDBLOCK);
}

/* All that is said until the other end closes; NULL where it does not within that time. */
char *
raw_hear (int fd, guint ms)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gint64 end = g_get_monotonic_time () + ms * 1000;

  for (;;)
    {
      struct pollfd waiting = { fd, POLLIN, 0 };
      int left = (end - g_get_monotonic_time ()) / 1000;
      char buffer[4096];
      gssize n;

      if (left <= 0 || poll (&waiting, 1, left) == 0)
        return NULL;
      n = recv (fd, buffer, sizeof buffer, MSG_DONTWAIT);
      if (n > 0)
        g_string_append_len (text, buffer, n);
      else if (n == 0 || (errno != EAGAIN && errno != EINTR))
        return g_string_free (g_steal_pointer (&text), FALSE);
    }
}

/* The status of an answer after which the other end closes; 0 where there was
 * no answer; the test fails where it does not close within that time. */
guint
raw_hear_status (int fd, guint ms)
{
  g_autofree char *text = raw_hear (fd, ms);

  g_assert_nonnull (text);
  return g_str_has_prefix (text, "HTTP/1.1 ") ? strtoul (text + 9, NULL, 10) : 0;
}
