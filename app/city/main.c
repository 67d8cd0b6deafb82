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
#include "komek-keyring.h"
#include "komek-options.h"
#include "komek-picture.h"
#include "komek-server.h"
#include "komek-settler.h"
#include "komek-storage-sqlite.h"

/* The program from when it listens. */
typedef struct
{
  GMainLoop   *loop;
  KomekServer *server;
  gboolean     ending;
} Service;

static void
on_server_ended (GObject *source, GAsyncResult *result, gpointer data)
{
  Service *service = data;

  komek_server_end_finish (service->server, result, NULL);
  g_main_loop_quit (service->loop);
}

/* Whoever asks twice means now. */
static void
end (Service *service)
{
  if (service->ending)
    g_main_loop_quit (service->loop);
  else
    komek_server_end_async (service->server, on_server_ended, service);
  service->ending = TRUE;
}

static gboolean
on_signal (gpointer data)
{
  end (data);
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
  end (data);
  return G_SOURCE_REMOVE;
}

static gboolean
is_about_keys (const KomekOptions *options)
{
  return options->add_key || options->list_keys || options->remove_key;
}

/* Whoever makes a key before the first start is about to open a city of their own: a sample
 * would stay in it for good. */
static gboolean
open_office (KomekOffice *office, GResource *data, const KomekOptions *options, GError **error)
{
  int sample = options->sample < 0 && is_about_keys (options) ? 0 : options->sample;
  g_autoptr (KomekStorage) storage =
    komek_foundation_open (office, data, options->database, sample, error);

  return storage && komek_office_open (office, storage, &options->terms, error);
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

/* A city behind a proxy trusts nobody without a key. */
static void
warn_of_missing_keys (KomekOffice *office, const KomekOptions *options)
{
  g_autoptr (KomekKeyring) keyring = komek_keyring_new (office->storage, 0);
  gboolean any = TRUE;

  if (options->behind_proxy && komek_keyring_has_any (keyring, &any, NULL) && !any)
    g_message ("Nobody has an api key yet, so nobody can file; --add-key makes one");
}

static gboolean
serve (KomekOffice *office, const KomekOptions *options, GError **error)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (KomekServer) server = komek_server_new (&(KomekServerOptions) {
    .office = office,
    .settings = options->settings,
    .proxies = options->proxies,
    .behind_proxy = options->behind_proxy,
    .local_key = g_getenv ("KOMEK_CITY_KEY"),
    .peeks_at_once = KOMEK_IS_STORAGE_SQLITE (office->storage),
  });
  g_autoptr (KomekSettler) settler = NULL;
  Service service = { loop, server, FALSE };

  office->late_us = options->settings->health_ms * (gint64) 1000;
  if (!komek_server_listen (server, options->address, error))
    return FALSE;

  warn_of_missing_keys (office, options);
  settler = komek_settler_new (office);
  g_unix_signal_add (SIGINT, on_signal, &service);
  g_unix_signal_add (SIGTERM, on_signal, &service);
  if (options->until_stdin_closes)
    g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP | G_IO_ERR, on_stdin_ready, &service);
  announce (server, office, options);
  g_main_loop_run (loop);
  komek_settler_stop (settler);
  komek_server_close (server);
  return TRUE;
}

static void
print_key (const KomekClient *client, gpointer data)
{
  g_print ("%s\t%s\t%s\n", client->id, client->role, client->name);
}

static gboolean
add_key (KomekStorage *storage, const KomekOptions *options, GError **error)
{
  g_autofree char *key =
    komek_keyring_add (storage, options->add_key_role, options->add_key, error);

  if (key)
    g_print ("%s\n", key);
  return key != NULL;
}

static gboolean
remove_key (KomekStorage *storage, const char *id, GError **error)
{
  gboolean removed;

  if (!komek_storage_remove_client (storage, id, &removed, error))
    return FALSE;
  if (!removed)
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "There is no key %s", id);
  return removed;
}

/* Beside a server that runs, or before there is one. */
static gboolean
manage_keys (KomekStorage *storage, const KomekOptions *options, GError **error)
{
  if (options->add_key)
    return add_key (storage, options, error);
  if (options->remove_key)
    return remove_key (storage, options->remove_key, error);
  return komek_storage_list_clients (storage, NULL, print_key, NULL, error);
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
  if (!office || !open_office (office, data, options, error))
    return FALSE;
  return is_about_keys (options) ? manage_keys (office->storage, options, error)
                                 : serve (office, options, error);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;

  /* No option: it is for this program's own children, and they need nothing
   * else of it; nor may they do much any more when they end. */
  if (argc == 2 && g_str_equal (argv[1], KOMEK_DARKROOM_ARGUMENT))
    _exit (komek_picture_rewrite (STDIN_FILENO, STDOUT_FILENO));

  /* Texts on the command line may be in any encoding; numbers stay as C writes them. */
  setlocale (LC_CTYPE, "");
  g_set_prgname ("komek-city");
  if (run (argc, argv, &error))
    return EXIT_SUCCESS;
  g_printerr ("komek-city: %s\n", error->message);
  return EXIT_FAILURE;
}
