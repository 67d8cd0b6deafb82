/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <arpa/inet.h>
#include <errno.h>
#include <glib.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

/* Calls an HTTP server on this machine over and over, on a few connections
 * that are kept, and prints one line of JSON: how many calls a second were
 * answered and how long they took, by hundredths. Not libsoup's client, which would cost more
 * than the server that is measured. */

#define ROOM (4 * 1024 * 1024)

typedef struct
{
  int     fd;
  char   *heard;
  gsize   n_heard;
  gsize   whole; /* bytes of the answer, 0 while its length is not known */
  gint64  asked;
} Line;

static char **targets;
static guint n_targets;
static const char *form;
static guint next_call;
static guint64 answers, refusals, bytes;
static GArray *durations;

static void
die (const char *what)
{
  fprintf (stderr, "load: %s: %s\n", what, g_strerror (errno));
  exit (EXIT_FAILURE);
}

static int
connect_to (guint port)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons (port),
                                 .sin_addr.s_addr = htonl (INADDR_LOOPBACK) };
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), yes = 1;

  if (fd < 0 || connect (fd, (struct sockaddr *) &address, sizeof address) != 0)
    die ("connect");
  setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  return fd;
}

/* Each filing has a key and a text of its own. */
static char *
make_call (void)
{
  guint call = next_call++;
  const char *target = targets[g_random_int_range (0, n_targets)];
  g_autofree char *body = NULL;

  if (!form)
    return g_strdup_printf ("GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", target);
  body = g_strdup_printf ("%s&client_request_id=%08x-%08x-%08x", form, g_random_int (),
                          g_random_int (), call);
  return g_strdup_printf ("POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                          "Content-Type: application/x-www-form-urlencoded\r\n"
                          "Content-Length: %zu\r\n\r\n%s",
                          target, strlen (body), body);
}

static void
ask (Line *line)
{
  g_autofree char *call = make_call ();
  gsize length = strlen (call);

  line->n_heard = line->whole = 0;
  line->asked = g_get_monotonic_time ();
  if (send (line->fd, call, length, MSG_NOSIGNAL) != (gssize) length)
    die ("send");
}

/* Once the head is there the length of the whole is known. */
static void
measure (Line *line)
{
  const char *end, *length;

  line->heard[line->n_heard] = '\0';
  end = strstr (line->heard, "\r\n\r\n");
  if (!end)
    return;
  length = strcasestr (line->heard, "\r\nContent-Length: ");
  if (!length || length > end)
    die ("an answer without a length");
  line->whole = end + 4 - line->heard + strtoul (length + 18, NULL, 10);
  if (line->whole >= ROOM)
    die ("an answer that is too long");
}

static void
hear (Line *line)
{
  gssize n = recv (line->fd, line->heard + line->n_heard, ROOM - 1 - line->n_heard, MSG_DONTWAIT);
  guint duration;

  if (n <= 0 && errno == EAGAIN)
    return;
  if (n <= 0)
    die ("the server hung up");
  line->n_heard += n;
  if (line->whole == 0)
    measure (line);
  if (line->whole == 0 || line->n_heard < line->whole)
    return;
  duration = g_get_monotonic_time () - line->asked;
  g_array_append_val (durations, duration);
  answers++;
  bytes += line->whole;
  refusals += !g_str_has_prefix (line->heard, "HTTP/1.1 20");
  ask (line);
}

static int
compare (gconstpointer a, gconstpointer b)
{
  guint first = *(const guint *) a, second = *(const guint *) b;

  return (first > second) - (first < second);
}

static guint
rank (double part)
{
  guint place = part * durations->len;

  return g_array_index (durations, guint, MIN (durations->len - 1, place));
}

static void
run (guint port, guint n_lines, double seconds)
{
  g_autofree Line *lines = g_new0 (Line, n_lines);
  int poll = epoll_create1 (EPOLL_CLOEXEC);
  gint64 start = g_get_monotonic_time (), end = start + seconds * G_USEC_PER_SEC, now;

  for (guint i = 0; i < n_lines; i++)
    {
      lines[i].fd = connect_to (port);
      lines[i].heard = g_malloc (ROOM);
      epoll_ctl (poll, EPOLL_CTL_ADD, lines[i].fd,
                 &(struct epoll_event) { .events = EPOLLIN, .data.ptr = &lines[i] });
      ask (&lines[i]);
    }
  while ((now = g_get_monotonic_time ()) < end)
    {
      struct epoll_event events[64];
      int n = epoll_wait (poll, events, G_N_ELEMENTS (events), 1000);

      for (int i = 0; i < n; i++)
        hear (events[i].data.ptr);
    }
  seconds = (now - start) / (double) G_USEC_PER_SEC;
  g_array_sort (durations, compare);
  printf ("{\"answers\": %" G_GUINT64_FORMAT ", \"refusals\": %" G_GUINT64_FORMAT
          ", \"seconds\": %.3f, \"rate\": %.1f, \"bytes\": %" G_GUINT64_FORMAT ", \"us\": [",
          answers, refusals, seconds, answers / seconds, bytes / MAX (answers, 1));
  for (guint i = 1; i <= 100; i++)
    printf ("%s%u", i > 1 ? ", " : "", rank (i / 100.0));
  printf ("]}\n");
}

/* load PORT CONNECTIONS SECONDS [FORM]: the targets come on standard input, one a line. */
int
main (int argc, char **argv)
{
  g_autoptr (GString) text = g_string_new (NULL);
  char buffer[65536];
  size_t n;

  if (argc < 4)
    return EXIT_FAILURE;
  while ((n = fread (buffer, 1, sizeof buffer, stdin)) > 0)
    g_string_append_len (text, buffer, n);
  targets = g_strsplit (g_strstrip (text->str), "\n", -1);
  n_targets = g_strv_length (targets);
  form = argc > 4 ? argv[4] : NULL;
  durations = g_array_new (FALSE, FALSE, sizeof (guint));
  run (atoi (argv[1]), atoi (argv[2]), atof (argv[3]));
  return EXIT_SUCCESS;
}
