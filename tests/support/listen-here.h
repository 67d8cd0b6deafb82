/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>
#endif

/* Has a server of a test listen on this machine. Libsoup 3.2 forgets the address at which it begins to
 * listen, and the socket of each connection that it accepts by itself: the leak checker shall not look
 * at these, and at nothing else. komek-city accepts its own. */

#ifdef __SANITIZE_ADDRESS__
static inline void
on_request_begun (SoupServer *server, SoupServerMessage *message, gpointer data)
{
  __lsan_ignore_object (soup_server_message_get_socket (message));
}
#endif

/* 0 takes a free port. */
static inline void
listen_here (SoupServer *server, guint port)
{
  g_autoptr (GError) error = NULL;

#ifdef __SANITIZE_ADDRESS__
  g_signal_connect (server, "request-started", G_CALLBACK (on_request_begun), NULL);
  __lsan_disable ();
#endif
  soup_server_listen_local (server, port, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
#ifdef __SANITIZE_ADDRESS__
  __lsan_enable ();
#endif
  g_assert_no_error (error);
}
