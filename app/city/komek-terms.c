/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-terms.h"

#include <string.h>

#include "komek-wire-endpoint.h"

#define USUAL_BATCH 5
#define LONGEST_BATCH 86400

static gboolean
refuse (GError **error, const char *what, const char *value)
{
  g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "%s, not \"%s\"", what, value);
  return FALSE;
}

static gboolean
read_batch (const char *option, const char *value, gpointer data, GError **error)
{
  KomekTerms *self = data;
  guint64 seconds = USUAL_BATCH;

  if (value && !g_ascii_string_to_unsigned (value, 10, 1, LONGEST_BATCH, &seconds, NULL))
    return refuse (error, "--batch wants a number of seconds from 1 to 86400", value);
  self->batch = seconds;
  return TRUE;
}

/**
 * komek_terms_add_options:
 * @self: all zero; filled when @context reads the command line
 */
void
komek_terms_add_options (KomekTerms *self, GOptionContext *context)
{
  const GOptionEntry entries[] = {
    { "jurisdiction", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->jurisdictions,
      "A jurisdiction_id that this city goes by; with several of them a caller must say which",
      "CODE" },
    { "endpoint", 0, 0, G_OPTION_ARG_STRING_ARRAY, &self->endpoints,
      "A further address of the interface to announce", "production=URL|test=URL" },
    { "batch", 0, G_OPTION_FLAG_OPTIONAL_ARG, G_OPTION_ARG_CALLBACK, read_batch,
      "Answer a filing with a token and give numbers every so many seconds (5)", "SECONDS" },
    { "publish-comments", 0, 0, G_OPTION_ARG_NONE, &self->publishes_comments,
      "Show what citizens add to their requests before anybody has read it", NULL },
    { "seal-file", 0, 0, G_OPTION_ARG_FILENAME, &self->seal_file,
      "The secret key for contacts, made on first use (beside the database)", "PATH" },
    { NULL }
  };
  GOptionGroup *group =
    g_option_group_new ("city", "The city:", "Show how the city takes requests", self, NULL);

  g_option_group_add_entries (group, entries);
  g_option_context_add_group (context, group);
}

static gboolean
is_address (const char *text)
{
  g_autoptr (GUri) uri = g_uri_parse (text, G_URI_FLAGS_NONE, NULL);
  const char *scheme = uri ? g_uri_get_scheme (uri) : "";

  return uri && (strcmp (scheme, "http") == 0 || strcmp (scheme, "https") == 0)
         && g_uri_get_host (uri) && *g_uri_get_host (uri) != '\0';
}

static gboolean
check_endpoint (const char *text, GError **error)
{
  gboolean typed = g_str_has_prefix (text, "production=") || g_str_has_prefix (text, "test=");

  return (typed && is_address (strchr (text, '=') + 1))
         || refuse (error, "--endpoint wants production=URL or test=URL", text);
}

/* A city in a file has its key beside it; one elsewhere, where this program
 * keeps its data: as a service of systemd that is a folder of its own. */
static char *
find_seal_file (const char *database)
{
  const char *state = g_getenv ("STATE_DIRECTORY");

  if (!strstr (database, "://"))
    return g_strconcat (database, ".key", NULL);
  if (state && *state == '/' && !strchr (state, ':'))
    return g_build_filename (state, "city.key", NULL);
  return g_build_filename (g_get_user_data_dir (), "komek", "city.key", NULL);
}

/**
 * komek_terms_complete:
 * @database: where it is
 * @public_url: (nullable): where citizens find the web pages
 *
 * Checks what the command line said and adds what it left out.
 */
gboolean
komek_terms_complete (KomekTerms *self, const char *database, const char *public_url,
                      GError **error)
{
  for (guint i = 0; self->endpoints && self->endpoints[i]; i++)
    if (!check_endpoint (self->endpoints[i], error))
      return FALSE;
  for (guint i = 0; self->jurisdictions && self->jurisdictions[i]; i++)
    if (*self->jurisdictions[i] == '\0')
      return refuse (error, "--jurisdiction wants a code", "");
  self->public_url = g_strdup (public_url);
  if (!self->seal_file)
    self->seal_file = find_seal_file (database);
  return TRUE;
}

static KomekWireEndpoint *
make_endpoint (const char *text)
{
  KomekWireEndpoint *endpoint = g_new0 (KomekWireEndpoint, 1);
  const char *url = strchr (text, '=') + 1;

  endpoint->url = g_strconcat (url, g_str_has_suffix (url, "/") ? "" : "/", NULL);
  endpoint->test = g_str_has_prefix (text, "test=");
  endpoint->json = endpoint->xml = TRUE;
  return endpoint;
}

/**
 * komek_terms_make_endpoints:
 *
 * Returns: (transfer full) (element-type KomekWireEndpoint): the further addresses
 */
GPtrArray *
komek_terms_make_endpoints (const KomekTerms *self)
{
  GPtrArray *endpoints =
    g_ptr_array_new_with_free_func ((GDestroyNotify) komek_wire_endpoint_free);

  for (guint i = 0; self->endpoints && self->endpoints[i]; i++)
    g_ptr_array_add (endpoints, make_endpoint (self->endpoints[i]));
  return endpoints;
}

void
komek_terms_clear (KomekTerms *self)
{
  g_clear_pointer (&self->public_url, g_free);
  g_clear_pointer (&self->seal_file, g_free);
  g_clear_pointer (&self->jurisdictions, g_strfreev);
  g_clear_pointer (&self->endpoints, g_strfreev);
}
