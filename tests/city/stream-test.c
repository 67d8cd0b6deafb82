/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <sys/socket.h>

#include "komek-ear.h"
#include "komek-mouth.h"

/* What libsoup is given of a connection: both its ends, in one process. */

typedef struct
{
  GSocket *near, *far;
} Line;

static GSocket *
take (int fd)
{
  g_autoptr (GError) error = NULL;
  GSocket *socket = g_socket_new_from_fd (fd, &error);

  g_assert_no_error (error);
  g_socket_set_blocking (socket, FALSE);
  return socket;
}

static void
set_up (Line *line, gconstpointer unused)
{
  int pair[2];

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair), ==, 0);
  line->near = take (pair[0]);
  line->far = take (pair[1]);
}

static void
tear_down (Line *line, gconstpointer unused)
{
  g_assert_finalize_object (line->near);
  g_assert_finalize_object (line->far);
}

/* What the other end hears at once; "" for nothing. */
static char *
hear (Line *line)
{
  char heard[4096];
  gssize n = g_socket_receive (line->far, heard, sizeof heard, NULL, NULL);

  return g_strndup (heard, MAX (n, 0));
}

static gssize
say (KomekMouth *mouth, const char *text, gsize length)
{
  g_autoptr (GError) error = NULL;
  gssize n = g_pollable_output_stream_write_nonblocking (G_POLLABLE_OUTPUT_STREAM (mouth), text,
                                                         length, NULL, &error);

  if (n < 0)
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK);
  return n;
}

static void
test_a_head_leaves_with_its_body (Line *line, gconstpointer unused)
{
  g_autoptr (KomekMouth) mouth = komek_mouth_new (line->near);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  komek_mouth_hold (mouth);
  g_assert_cmpint (say (mouth, "head ", 5), ==, 5);
  before = hear (line);
  g_assert_cmpstr (before, ==, "");
  g_assert_cmpint (say (mouth, "body", 4), ==, 4);
  after = hear (line);
  g_assert_cmpstr (after, ==, "head body");
}

static void
test_what_is_not_held_leaves_at_once (Line *line, gconstpointer unused)
{
  g_autoptr (KomekMouth) mouth = komek_mouth_new (line->near);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;

  g_assert_cmpint (say (mouth, "one", 3), ==, 3);
  first = hear (line);
  g_assert_cmpstr (first, ==, "one");
  g_assert_cmpint (say (mouth, "two", 3), ==, 3);
  second = hear (line);
  g_assert_cmpstr (second, ==, "two");
}

/* The line is full as often as possible: it has room for a few bytes whenever the other end has
 * heard some, less than for the head and for the body. */
static void
test_nothing_is_lost_on_a_full_line (Line *line, gconstpointer unused)
{
  g_autoptr (KomekMouth) mouth = komek_mouth_new (line->near);
  g_autoptr (GString) said = g_string_new (NULL);
  g_autoptr (GString) heard = g_string_new (NULL);
  gsize head = 300000, sent = 0;
  guint waits = 0;

  g_socket_set_option (line->near, SOL_SOCKET, SO_SNDBUF, 4096, NULL);
  for (guint i = 0; i < 100000; i++)
    g_string_append_printf (said, "%07u", i);
  komek_mouth_hold (mouth);
  g_assert_cmpint (say (mouth, said->str, head), ==, head);
  while (heard->len < said->len)
    {
      gssize n = head + sent < said->len ? say (mouth, said->str + head + sent,
                                                said->len - head - sent)
                                         : 0;
      g_autofree char *some = hear (line);

      waits += n < 0;
      sent += MAX (n, 0);
      g_string_append (heard, some);
    }
  g_assert_cmpuint (waits, >, 10);
  g_assert_true (g_string_equal (heard, said));
}

/* As libsoup does it: the ear's source only wakes its own. */
static gboolean
is_woken (KomekEar *ear, GCancellable *cancellable)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GSource) inner =
    g_pollable_input_stream_create_source (G_POLLABLE_INPUT_STREAM (ear), cancellable);
  g_autoptr (GSource) outer = g_pollable_source_new_full (ear, inner, NULL);
  gboolean woken;

  g_source_set_dummy_callback (outer);
  g_source_attach (outer, context);
  woken = g_main_context_iteration (context, FALSE);
  g_source_destroy (outer);
  return woken;
}

static void
test_an_ear_wakes_when_somebody_speaks (Line *line, gconstpointer unused)
{
  g_autoptr (KomekEar) ear = komek_ear_new (line->near);

  g_assert_false (is_woken (ear, NULL));
  g_assert_cmpint (g_socket_send (line->far, "a", 1, NULL, NULL), ==, 1);
  g_assert_true (is_woken (ear, NULL));
}

static void
test_an_ear_wakes_when_somebody_leaves (Line *line, gconstpointer unused)
{
  g_autoptr (KomekEar) ear = komek_ear_new (line->near);

  g_socket_close (line->far, NULL);
  g_assert_true (is_woken (ear, NULL));
}

static void
test_an_ear_wakes_when_nobody_wants_it (Line *line, gconstpointer unused)
{
  g_autoptr (KomekEar) ear = komek_ear_new (line->near);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_assert_false (is_woken (ear, cancellable));
  g_cancellable_cancel (cancellable);
  g_assert_true (is_woken (ear, cancellable));
}

static void
test_an_ear_without_a_line_wakes (Line *line, gconstpointer unused)
{
  g_autoptr (KomekEar) ear = komek_ear_new (line->near);

  g_socket_close (line->near, NULL);
  g_assert_true (is_woken (ear, NULL));
}

static gboolean
on_heard (GObject *stream, gpointer heard)
{
  g_assert_true (KOMEK_IS_EAR (stream));
  *(guint *) heard += 1;
  return G_SOURCE_CONTINUE;
}

static void
test_an_ear_calls_whoever_listens (Line *line, gconstpointer unused)
{
  g_autoptr (KomekEar) ear = komek_ear_new (line->near);
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (GSource) source =
    g_pollable_input_stream_create_source (G_POLLABLE_INPUT_STREAM (ear), NULL);
  guint heard = 0;

  g_source_set_callback (source, G_SOURCE_FUNC (on_heard), &heard, NULL);
  g_source_attach (source, context);
  g_main_context_iteration (context, FALSE);
  g_assert_cmpuint (heard, ==, 0);
  g_assert_cmpint (g_socket_send (line->far, "a", 1, NULL, NULL), ==, 1);
  g_main_context_iteration (context, FALSE);
  g_main_context_iteration (context, FALSE);
  g_assert_cmpuint (heard, ==, 2);
  g_source_destroy (source);
}

#define ADD(path, function) \
  g_test_add ("/city/stream/" path, Line, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("a-head-leaves-with-its-body", test_a_head_leaves_with_its_body);
  ADD ("what-is-not-held-leaves-at-once", test_what_is_not_held_leaves_at_once);
  ADD ("nothing-is-lost-on-a-full-line", test_nothing_is_lost_on_a_full_line);
  ADD ("an-ear-wakes-when-somebody-speaks", test_an_ear_wakes_when_somebody_speaks);
  ADD ("an-ear-wakes-when-somebody-leaves", test_an_ear_wakes_when_somebody_leaves);
  ADD ("an-ear-wakes-when-nobody-wants-it", test_an_ear_wakes_when_nobody_wants_it);
  ADD ("an-ear-without-a-line-wakes", test_an_ear_without_a_line_wakes);
  ADD ("an-ear-calls-whoever-listens", test_an_ear_calls_whoever_listens);
  return g_test_run ();
}
