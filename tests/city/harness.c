/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "harness.h"

#include <glib/gstdio.h>
#include <libsoup/soup.h>
#include <stdlib.h>
#include <string.h>

#include "komek-wire-error.h"
#include "komek-wire-filing.h"
#include "komek-wire-request.h"

#define INTERFACE "/open311/v2/"

/* On a database that servers can share there are as many, which answer by turns. */
#define MOST_SERVERS 2

struct _Harness
{
  GSubprocess        *processes[MOST_SERVERS];
  char               *bases[MOST_SERVERS];
  guint               n_servers;
  guint               turn;
  SoupSession        *session;
  SoupMessageHeaders *headers; /* of the last answer */
};

static const char *
program (void)
{
  const char *path = g_getenv ("KOMEK_CITY");

  g_assert_nonnull (path);
  return path;
}

static GStrv
make_command (const char *const *options)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_strv_builder_add (builder, program ());
  g_strv_builder_addv (builder, (const char **) options);
  return g_strv_builder_end (builder);
}

/* Whether the cities of a test are in a PostgreSQL and not in files. */
gboolean
harness_is_shared (void)
{
  return g_getenv ("KOMEK_TEST_DATABASE") != NULL;
}

/* Where the city of a test is: a file in @folder, or where KOMEK_TEST_DATABASE
 * names a PostgreSQL, a city of its own there. */
char *
harness_dup_database (const char *folder)
{
  const char *shared = g_getenv ("KOMEK_TEST_DATABASE");
  g_autofree char *name = g_path_get_basename (folder);

  return shared ? g_strdup_printf ("%s&komek_city=%s", shared, name)
                : g_build_filename (folder, "city.db", NULL);
}

/* Waits until the server says where it answers. */
static char *
read_base (GSubprocess *process)
{
  g_autoptr (GDataInputStream) lines =
    g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;

  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (lines), FALSE);
  line = g_data_input_stream_read_line (lines, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (line);
  g_assert_true (g_str_has_prefix (line, "http://127.0.0.1:"));
  g_assert_true (g_str_has_suffix (line, INTERFACE));
  return g_strndup (line, strlen (line) - strlen (INTERFACE));
}

static Harness *
start_servers (guint n_servers, const char *folder, const char *const *options)
{
  Harness *self = g_new0 (Harness, 1);
  g_autofree char *database = harness_dup_database (folder);
  g_autofree char *key = g_build_filename (folder, "city.db.key", NULL);
  const char *const given[] = { "--listen", "127.0.0.1:0", "--until-stdin-closes", "--database",
                                database, "--seal-file", key, NULL };
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;
  g_auto (GStrv) command = NULL;
  g_autoptr (GError) error = NULL;

  g_strv_builder_addv (builder, (const char **) given);
  if (options)
    g_strv_builder_addv (builder, (const char **) options);
  all = g_strv_builder_end (builder);
  command = make_command ((const char *const *) all);
  self->n_servers = n_servers;
  for (guint i = 0; i < self->n_servers; i++)
    {
      self->processes[i] = g_subprocess_newv (
          (const char *const *) command,
          G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
      g_assert_no_error (error);
    }
  for (guint i = 0; i < self->n_servers; i++)
    self->bases[i] = read_base (self->processes[i]);
  self->session = soup_session_new ();
  return self;
}

/* Starts a server on a free port, with its database in @folder, and waits until it answers;
 * where servers can share that, as many as can answer by turns. */
Harness *
harness_new (const char *folder, const char *const *options)
{
  return start_servers (harness_is_shared () ? MOST_SERVERS : 1, folder, options);
}

/* The same with one server, for what only that one knows. */
Harness *
harness_new_alone (const char *folder, const char *const *options)
{
  return start_servers (1, folder, options);
}

static void
end (GSubprocess *process)
{
  g_autoptr (GError) error = NULL;

  g_output_stream_close (g_subprocess_get_stdin_pipe (process), NULL, &error);
  g_assert_no_error (error);
  g_subprocess_wait_check (process, NULL, &error);
  g_assert_no_error (error);
  g_object_unref (process);
}

/* Closing its standard input ends the server; the test fails where it does not end well. */
void
harness_free (Harness *self)
{
  for (guint i = 0; i < self->n_servers; i++)
    {
      end (self->processes[i]);
      g_free (self->bases[i]);
    }
  g_clear_pointer (&self->headers, soup_message_headers_unref);
  g_object_unref (self->session);
  g_free (self);
}

const char *
harness_get_base (const Harness *self)
{
  return self->bases[0];
}

guint
harness_get_port (const Harness *self)
{
  return strtoul (strrchr (self->bases[0], ':') + 1, NULL, 10);
}

int
harness_get_pid (const Harness *self)
{
  return atoi (g_subprocess_get_identifier (self->processes[0]));
}

/* Whether the server ends by itself, and well. */
gboolean
harness_wait (Harness *self)
{
  return g_subprocess_wait_check (self->processes[0], NULL, NULL);
}

/* A path with a slash in front is one of the site, any other one of the interface;
 * at the server that answered last. */
char *
harness_dup_url (const Harness *self, const char *path)
{
  const char *base = self->bases[self->turn % self->n_servers];

  return g_strconcat (base, *path == '/' ? "" : INTERFACE, path, NULL);
}

GBytes *
harness_send (Harness *self, const char *method, const char *path, const char *form,
              const char *language, guint *status)
{
  g_autofree char *url = (self->turn++, harness_dup_url (self, path));
  g_autoptr (SoupMessage) message = soup_message_new (method, url);
  g_autoptr (GError) error = NULL;
  GBytes *body;

  g_assert_nonnull (message);
  /* The server may close a connection that rests, which is another test's business. */
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_NEW_CONNECTION);
  if (language)
    soup_message_headers_replace (soup_message_get_request_headers (message), "Accept-Language",
                                  language);
  if (form)
    {
      g_autoptr (GBytes) bytes = g_bytes_new (form, strlen (form));

      soup_message_set_request_body_from_bytes (message, "application/x-www-form-urlencoded",
                                                bytes);
    }
  body = soup_session_send_and_read (self->session, message, NULL, &error);
  g_assert_no_error (error);
  *status = soup_message_get_status (message);
  g_clear_pointer (&self->headers, soup_message_headers_unref);
  self->headers = soup_message_headers_ref (soup_message_get_response_headers (message));
  return body;
}

const char *
harness_get_header (const Harness *self, const char *name)
{
  return soup_message_headers_get_one (self->headers, name);
}

char *
harness_get_text (Harness *self, const char *path, guint *status)
{
  g_autoptr (GBytes) body = harness_send (self, "GET", path, NULL, NULL, status);

  return g_strndup (g_bytes_get_data (body, NULL), g_bytes_get_size (body));
}

/* The requests that @query finds; the test fails where the server refuses it. */
GPtrArray *
harness_get_requests (Harness *self, const char *query)
{
  g_autofree char *path = g_strconcat ("requests.json?", query, NULL);
  g_autoptr (GError) error = NULL;
  guint status;
  g_autoptr (GBytes) body = harness_send (self, "GET", path, NULL, NULL, &status);
  GPtrArray *requests = komek_wire_read_requests (body, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (status, ==, 200);
  return requests;
}

/* The number that a form gets. */
char *
harness_file (Harness *self, const char *form)
{
  g_autoptr (GError) error = NULL;
  guint status;
  g_autoptr (GBytes) body = harness_send (self, "POST", "requests.json", form, NULL, &status);
  g_autoptr (KomekWireFiling) filing = komek_wire_read_filing (body, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (status, ==, 201);
  return g_strdup (filing->number);
}

/* The sentence with which a form is refused. */
char *
harness_file_badly (Harness *self, const char *form, guint expected_status)
{
  g_autoptr (GError) error = NULL;
  guint status;
  g_autoptr (GBytes) body = harness_send (self, "POST", "requests.json", form, NULL, &status);
  char *words = komek_wire_read_errors (body, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (status, ==, expected_status);
  return words;
}

char *
harness_make_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("komek-city-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

guint
harness_count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir))
    n++;
  return n;
}

/* Removes a folder without folders in it, and the name. */
void
harness_remove_folder (char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_free (folder);
}

/* Runs the program to its end with nothing on its standard input; what it says on standard error.
 */
char *
harness_run (const char *const *options, int *exit_status)
{
  g_auto (GStrv) command = make_command (options);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process =
    g_subprocess_newv ((const char *const *) command,
                       G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error);
  char *complaint;

  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, &complaint, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_if_exited (process));
  *exit_status = g_subprocess_get_exit_status (process);
  return complaint;
}

/* Runs the program with @options that it cannot start with: it says why in one line with @words. */
void
harness_assert_complains (const char *const *options, const char *words)
{
  int exit_status;
  g_autofree char *complaint = harness_run (options, &exit_status);

  g_assert_cmpint (exit_status, ==, 1);
  g_assert_true (g_str_has_prefix (complaint, "komek-city: "));
  g_assert_nonnull (strstr (complaint, words));
  g_assert_true (strchr (complaint, '\n') == complaint + strlen (complaint) - 1);
}

/* Begins to found a city in @folder that takes a while, and kills whoever does it. */
void
harness_kill_founder (const char *folder)
{
  g_autofree char *database = harness_dup_database (folder);
  g_autofree char *key = g_build_filename (folder, "city.db.key", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process =
    g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, program (), "--listen",
                      "127.0.0.1:0", "--database", database, "--seal-file", key, "--sample",
                      "1000000", NULL);

  g_assert_no_error (error);
  g_usleep (G_USEC_PER_SEC / 2);
  g_subprocess_force_exit (process);
  g_subprocess_wait (process, NULL, NULL);
}
