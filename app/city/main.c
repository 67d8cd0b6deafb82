/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <glib-unix.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "komek-city-data.h"
#include "komek-config.h"
#include "komek-darkroom.h"
#include "komek-foundation.h"
#include "komek-options.h"
#include "komek-picture.h"
#include "komek-server.h"

static gboolean
on_signal (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_CONTINUE;
}

/* Whoever started us holds the other end of the pipe; what they write is of no interest. */
static gboolean
on_stdin_ready (int fd, GIOCondition condition, gpointer data)
{
  char ignored[256];
  gssize n = read (fd, ignored, sizeof ignored);

  if (n > 0 || (n < 0 && errno == EINTR))
    return G_SOURCE_CONTINUE;
  g_main_loop_quit (data);
  return G_SOURCE_REMOVE;
}

static gboolean
open_office (KomekOffice *office, GResource *data, const KomekOptions *options, GError **error)
{
  g_autoptr (KomekStorage) storage =
    komek_foundation_open (office, data, options->database, options->sample, error);

  return storage && komek_office_open (office, storage, options->public_url, error);
}

/* The only line on standard output: whoever started us waits for it. */
static void
announce (KomekServer *server, KomekOffice *office, const KomekOptions *options)
{
  g_autofree char *address = komek_server_dup_address (server);

  office->base_url = options->public_url
                       ? g_strconcat (options->public_url, KOMEK_SERVER_BASE, NULL)
                       : g_strdup (address);
  g_print ("%s\n", address);
  fflush (stdout);
}

static gboolean
serve (KomekOffice *office, const KomekOptions *options, GError **error)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (KomekServer) server = komek_server_new (office);

  if (!komek_server_listen (server, options->address, error))
    return FALSE;

  g_unix_signal_add (SIGINT, on_signal, loop);
  g_unix_signal_add (SIGTERM, on_signal, loop);
  if (options->until_stdin_closes)
    g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP | G_IO_ERR, on_stdin_ready, loop);
  announce (server, office, options);
  g_main_loop_run (loop);
  komek_server_close (server);
  return TRUE;
}

static gboolean
run (int argc, char **argv, GError **error)
{
  g_autoptr (KomekOptions) options = komek_options_new (&argc, &argv, error);
  g_autoptr (KomekClock) clock = komek_clock_new ();
  GResource *data = komek_city_data_get_resource ();
  g_autoptr (KomekOffice) office = NULL;

  if (!options)
    return FALSE;
  if (options->version)
    {
      g_print ("komek-city " KOMEK_VERSION "\n");
      return TRUE;
    }
  office = komek_office_new (data, clock, error);
  return office && open_office (office, data, options, error) && serve (office, options, error);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  /* No option: it is for this program's own children, and they need nothing else of it. */
  if (argc == 2 && g_str_equal (argv[1], KOMEK_DARKROOM_ARGUMENT))
    return komek_picture_rewrite (STDIN_FILENO, STDOUT_FILENO);

  /* Texts on the command line may be in any encoding; numbers stay as C writes them. */
  setlocale (LC_CTYPE, "");
  g_set_prgname ("komek-city");
  if (run (argc, argv, &error))
    return EXIT_SUCCESS;
  g_printerr ("komek-city: %s\n", error->message);
  return EXIT_FAILURE;
}
