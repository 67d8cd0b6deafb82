/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-options.h"

#include <string.h>

#include "komek-sample.h"

#define USUAL_ADDRESS "127.0.0.1:0"

/* "ADDRESS:PORT", the address of the sixth version in brackets. */
static GSocketAddress *
parse_address (const char *text)
{
  const char *colon = strrchr (text, ':');
  g_autofree char *host = colon ? g_strndup (text, colon - text) : NULL;
  gsize length = host ? strlen (host) : 0;
  guint64 port;

  if (length == 0 || !g_ascii_string_to_unsigned (colon + 1, 10, 0, G_MAXUINT16, &port, NULL))
    return NULL;
  if (host[0] == '[' && host[length - 1] == ']')
    {
      host[length - 1] = '\0';
      return g_inet_socket_address_new_from_string (host + 1, port);
    }
  if (strcmp (host, "localhost") == 0)
    return g_inet_socket_address_new_from_string ("127.0.0.1", port);
  return strchr (host, ':') ? NULL : g_inet_socket_address_new_from_string (host, port);
}

/* The HTTP server of libsoup is not made for strangers: a proxy in front of it
 * reads what they send first. */
static gboolean
read_address (KomekOptions *self, const char *text, GError **error)
{
  GInetAddress *address;

  self->address = parse_address (text);
  if (!self->address)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   "--listen wants ADDRESS:PORT, as in 127.0.0.1:8109, not \"%s\"", text);
      return FALSE;
    }
  address = g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (self->address));
  if (g_inet_address_get_is_loopback (address) || self->behind_proxy)
    return TRUE;

  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               "--listen takes addresses of this machine alone, such as 127.0.0.1, not \"%s\";"
               " with --behind-proxy it takes any",
               text);
  return FALSE;
}

static gboolean
read_public_url (KomekOptions *self, const char *text, GError **error)
{
  g_autoptr (GUri) uri = text ? g_uri_parse (text, G_URI_FLAGS_NONE, NULL) : NULL;
  const char *scheme = uri ? g_uri_get_scheme (uri) : NULL;

  if (!text)
    return TRUE;
  if (!uri || !(strcmp (scheme, "http") == 0 || strcmp (scheme, "https") == 0)
      || !g_uri_get_host (uri) || *g_uri_get_host (uri) == '\0' || g_uri_get_query (uri)
      || g_uri_get_fragment (uri))
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   "--public-url wants an address such as https://109.example.kz, not \"%s\"",
                   text);
      return FALSE;
    }
  self->public_url = g_strdup (text);
  while (g_str_has_suffix (self->public_url, "/"))
    self->public_url[strlen (self->public_url) - 1] = '\0';
  return TRUE;
}

static gboolean
check_sample (int sample, GError **error)
{
  if (sample >= -1 && sample <= KOMEK_SAMPLE_MOST)
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
               "--sample wants a number from 0 to %d, not %d", KOMEK_SAMPLE_MOST, sample);
  return FALSE;
}

/* A proxy on this machine is one where nobody says more. */
static gboolean
read_proxies (KomekOptions *self, const char *const *networks, GError **error)
{
  static const char *const usual[] = { "127.0.0.0/8", "::1", NULL };

  if (networks && !self->behind_proxy)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   "--proxy says whom to believe, and only --behind-proxy makes anybody ask");
      return FALSE;
    }
  if (self->behind_proxy && !networks)
    networks = usual;
  self->proxies = komek_proxies_new (networks, error);
  g_prefix_error (error, "--proxy: ");
  return self->proxies != NULL;
}

static gboolean
read_settings (KomekOptions *self, const char *path, GError **error)
{
  self->settings = path ? komek_settings_new_from_file (path, error) : komek_settings_new ();
  return self->settings != NULL;
}

/* --add-key takes two words, which GOption does not know: the second is left over. */
static gboolean
read_key (KomekOptions *self, const char *role, int *argc, char **argv, GError **error)
{
  if (!role)
    return TRUE;
  if (!komek_role_from_code (role, &self->add_key_role)
      || self->add_key_role == KOMEK_ROLE_ANONYMOUS || self->add_key_role == KOMEK_ROLE_LOCAL)
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   "--add-key wants a role: phone, kiosk, mirror or staff, not \"%s\"", role);
      return FALSE;
    }
  if (*argc < 2 || *argv[1] == '\0')
    {
      g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                   "--add-key wants a name behind the role");
      return FALSE;
    }
  self->add_key = g_strdup (argv[1]);
  argv[1] = argv[--*argc];
  return TRUE;
}

static gboolean
check_rest (int argc, char **argv, GError **error)
{
  if (argc <= 1)
    return TRUE;
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION, "Unknown argument %s",
               argv[1]);
  return FALSE;
}

/* What has to be read once more. */
typedef struct
{
  char  *listen;
  char  *public_url;
  char  *settings;
  char  *role;
  char **proxies;
} Words;

static void
words_clear (Words *self)
{
  g_free (self->listen);
  g_free (self->public_url);
  g_free (self->settings);
  g_free (self->role);
  g_strfreev (self->proxies);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Words, words_clear)

static void
add_main_options (KomekOptions *self, Words *words, GOptionContext *context)
{
  const GOptionEntry entries[] = {
    { "listen", 0, 0, G_OPTION_ARG_STRING, &words->listen,
      "Where to listen; port 0 takes a free one (" USUAL_ADDRESS ")", "ADDRESS:PORT" },
    { "database", 0, 0, G_OPTION_ARG_FILENAME, &self->database,
      "The SQLite file, made on first use, or a PostgreSQL as postgresql://…", "PATH" },
    { "sample", 0, 0, G_OPTION_ARG_INT, &self->sample,
      "Fill an empty database with N made-up requests; 0 for none (20000)", "N" },
    { "public-url", 0, 0, G_OPTION_ARG_STRING, &words->public_url,
      "Where citizens find the web pages", "URL" },
    { "until-stdin-closes", 0, 0, G_OPTION_ARG_NONE, &self->until_stdin_closes,
      "End when standard input does", NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, &self->version, "Print the version", NULL },
    { NULL }
  };

  g_option_context_add_main_entries (context, entries, NULL);
}

static void
add_options_of_strangers (KomekOptions *self, Words *words, GOptionContext *context)
{
  const GOptionEntry entries[] = {
    { "behind-proxy", 0, 0, G_OPTION_ARG_NONE, &self->behind_proxy,
      "Strangers call through a proxy, such as nginx", NULL },
    { "proxy", 0, 0, G_OPTION_ARG_STRING_ARRAY, &words->proxies,
      "A proxy to believe where a call comes from (this machine)", "NETWORK" },
    { "settings", 0, 0, G_OPTION_ARG_FILENAME, &words->settings,
      "Limits and deadlines, where they are not the usual ones", "PATH" },
    { "add-key", 0, 0, G_OPTION_ARG_STRING, &words->role,
      "Only make an api key and print it, once: of a phone, kiosk, mirror or staff", "ROLE NAME" },
    { "list-keys", 0, 0, G_OPTION_ARG_NONE, &self->list_keys, "Only list who has a key", NULL },
    { "remove-key", 0, 0, G_OPTION_ARG_STRING, &self->remove_key, "Only take a key away", "ID" },
    { NULL }
  };

  g_option_context_add_main_entries (context, entries, NULL);
}

static gboolean
read_words (KomekOptions *self, const Words *words, GError **error)
{
  return read_proxies (self, (const char *const *) words->proxies, error)
         && read_settings (self, words->settings, error)
         && read_address (self, words->listen ? words->listen : USUAL_ADDRESS, error)
         && read_public_url (self, words->public_url, error) && check_sample (self->sample, error);
}

/**
 * komek_options_new:
 *
 * Reads the command line. --help prints and ends the program.
 *
 * Returns: (transfer full): what it says
 */
KomekOptions *
komek_options_new (int *argc, char ***argv, GError **error)
{
  g_autoptr (KomekOptions) self = g_new0 (KomekOptions, 1);
  g_auto (Words) words = { 0 };
  g_autoptr (GOptionContext) context = g_option_context_new ("— the city server of Komek");

  self->sample = -1;
  add_main_options (self, &words, context);
  add_options_of_strangers (self, &words, context);
  komek_terms_add_options (&self->terms, context);
  if (!g_option_context_parse (context, argc, argv, error)
      || !read_key (self, words.role, argc, *argv, error) || !check_rest (*argc, *argv, error)
      || !read_words (self, &words, error))
    return NULL;
  if (!self->database)
    self->database = g_build_filename (g_get_user_data_dir (), "komek", "city.db", NULL);
  if (!komek_terms_complete (&self->terms, self->database, self->public_url, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
komek_options_free (KomekOptions *self)
{
  g_clear_object (&self->address);
  g_free (self->database);
  g_free (self->public_url);
  komek_terms_clear (&self->terms);
  g_clear_pointer (&self->proxies, komek_proxies_free);
  g_clear_pointer (&self->settings, komek_settings_free);
  g_free (self->add_key);
  g_free (self->remove_key);
  g_free (self);
}
