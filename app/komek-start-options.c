/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-start-options.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>

#include "komek-config.h"
#include "komek-locale.h"

void
komek_start_options_add (GApplication *application)
{
  static const GOptionEntry strays[] = {
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, NULL, NULL, NULL },
    { NULL },
  };

  g_application_add_main_option_entries (application, strays);
  g_application_add_main_option (
    application, "city", 0, 0, G_OPTION_ARG_STRING,
    _("Address of the city’s GeoReport service or of its discovery document"),
    /* Translators: the placeholder of an option’s value on the command line. */
    C_ ("command line", "URL"));
  g_application_add_main_option (application, "api-key-file", 0, 0, G_OPTION_ARG_STRING,
                                 _("File with the key that the city has given this device"),
                                 /* Translators: the placeholder of an option’s value on the command
                                    line. */
                                 C_ ("command line", "PATH"));
  g_application_add_main_option (
    application, "jurisdiction", 0, 0, G_OPTION_ARG_STRING,
    _("Jurisdiction to ask for, where one service stands for several cities"),
    /* Translators: the placeholder of an option’s value on the command line. */
    C_ ("command line", "ID"));
  g_application_add_main_option (application, "kiosk", 0, 0, G_OPTION_ARG_NONE,
                                 _("Fill the screen and let nobody leave"), NULL);
  g_application_add_main_option (application, "language", 0, 0, G_OPTION_ARG_STRING,
                                 _("Language to start in"), "kk|ru|en");
  komek_map_options_add (application);
  g_application_add_main_option (application, "here", 0, 0, G_OPTION_ARG_STRING,
                                 _("Where this device stands: the map shows it and tells distances from it"),
                                 /* Translators: the placeholder of an option’s value on the command line: latitude and longitude. */
                                 C_ ("command line", "LAT,LON"));
  g_application_add_main_option (application, "page", 0, 0, G_OPTION_ARG_STRING,
                                 _("Page to begin with"), "home|explore|check|category");
  g_application_add_main_option (application, "version", 0, 0, G_OPTION_ARG_NONE,
                                 _("Print the version and exit"), NULL);
}

/**
 * komek_start_options_take:
 *
 * Takes what was typed, and answers what needs no window.
 *
 * Returns: with which status to end; below 0 to go on
 */
int
komek_start_options_take (KomekStartOptions *self, GVariantDict *given)
{
  g_autofree const char **strays = NULL;

  if (g_variant_dict_contains (given, "version"))
    {
      g_print ("komek %s\n", KOMEK_VERSION);
      return EXIT_SUCCESS;
    }
  if (g_variant_dict_lookup (given, G_OPTION_REMAINING, "^a&s", &strays))
    {
      /* Translators: on the terminal; %s is a word that was given and means nothing. */
      g_printerr (_("komek: “%s” is not an option; komek --help lists them.\n"), strays[0]);
      return EXIT_FAILURE;
    }
  g_variant_dict_lookup (given, "city", "s", &self->city);
  g_variant_dict_lookup (given, "language", "s", &self->language);
  komek_map_options_take (&self->map, given);
  g_variant_dict_lookup (given, "here", "s", &self->here);
  g_variant_dict_lookup (given, "page", "s", &self->page);
  g_variant_dict_lookup (given, "api-key-file", "s", &self->api_key_file);
  g_variant_dict_lookup (given, "jurisdiction", "s", &self->jurisdiction);
  self->kiosk = g_variant_dict_contains (given, "kiosk");
  return -1;
}

/* A schema that an older version has installed lacks what came later. */
static void
fill (GSettings *settings, const char *key, char **value)
{
  g_autoptr (GSettingsSchema) schema = NULL;

  g_object_get (settings, "settings-schema", &schema, NULL);
  if (!*value && g_settings_schema_has_key (schema, key))
    *value = g_settings_get_string (settings, key);
}

/* What was typed goes before what is set. */
void
komek_start_options_fill (KomekStartOptions *self, GSettings *settings)
{
  fill (settings, "city", &self->city);
  fill (settings, "language", &self->language);
  komek_map_options_fill (&self->map, settings);
  fill (settings, "here", &self->here);
  fill (settings, "api-key-file", &self->api_key_file);
  fill (settings, "jurisdiction", &self->jurisdiction);
}

static gboolean
is_given (const char *value)
{
  return value && *value;
}

static gboolean
check_language (const KomekStartOptions *self)
{
  if (!is_given (self->language) || komek_language_from_code (self->language, NULL))
    return TRUE;
  /* Translators: an error on a terminal; %s is what was typed after --language. "kk, ru and en"
   * stay so. */
  g_printerr (_("komek: there is no language “%s”; there are kk, ru and en.\n"), self->language);
  return FALSE;
}

static gboolean
check_city (const KomekStartOptions *self)
{
  g_autoptr (GUri) uri =
    is_given (self->city) ? g_uri_parse (self->city, G_URI_FLAGS_NONE, NULL) : NULL;

  if (!is_given (self->city)
      || (uri && g_uri_get_host (uri) && g_str_has_prefix (g_uri_get_scheme (uri), "http")))
    return TRUE;
  g_printerr (
    /* Translators: an error on a terminal; %s is what was typed after --city. */
    _("komek: “%s” is not the address of a city; it begins with https:// or http://.\n"),
    self->city);
  return FALSE;
}

static gboolean
check_here (const KomekStartOptions *self)
{
  g_autoptr (KomekPlace) place = komek_start_options_read_here (self);

  if (!is_given (self->here) || place)
    return TRUE;
  /* Translators: an error on a terminal; %s is what was typed after --here. */
  g_printerr (_("komek: “%s” is not a place; write latitude and longitude in degrees, as in "
                "51.1283,71.4305.\n"),
              self->here);
  return FALSE;
}

/* Others need what comes before them. */
static gboolean
check_page (const KomekStartOptions *self)
{
  static const char *const first[] = { "home", "explore", "check", "category", NULL };

  if (!self->page || g_strv_contains (first, self->page))
    return TRUE;
  g_printerr (
    /* Translators: an error on a terminal; %s is what was typed after --page. "home, explore,
     * check and category" stay so. */
    _("komek: cannot begin with the page “%s”; there are home, explore, check and "
      "category.\n"),
    self->page);
  return FALSE;
}

/* The key is in a file, for a command line can be read by every user of the machine. */
static gboolean
read_api_key (KomekStartOptions *self)
{
  g_autoptr (GError) error = NULL;

  if (!is_given (self->api_key_file))
    return TRUE;
  if (g_file_get_contents (self->api_key_file, &self->api_key, NULL, &error))
    {
      g_strstrip (self->api_key);
      return TRUE;
    }
  /* Translators: an error on a terminal; %s is what the system says of a file that was given with
   * --api-key-file. */
  g_printerr (_("komek: the city’s key cannot be read: %s\n"), error->message);
  return FALSE;
}

/* What cannot work is said in a line before any window opens; reads the key. */
gboolean
komek_start_options_check (KomekStartOptions *self)
{
  return check_language (self) && check_city (self) && komek_map_options_check (&self->map)
         && check_here (self) && check_page (self) && read_api_key (self);
}

/* A kiosk starts in Kazakh, a desktop in the system's language where it is one of ours. */
KomekLanguage
komek_start_options_choose_language (const KomekStartOptions *self)
{
  KomekLanguage language = KOMEK_LANGUAGE_KAZAKH;

  if (komek_language_from_code (self->language, &language))
    return language;
  if (!self->kiosk)
    komek_locale_read_system (&language);
  return language;
}

/**
 * komek_start_options_read_here:
 *
 * Returns: (transfer full) (nullable): where this device stands, where that is said
 */
KomekPlace *
komek_start_options_read_here (const KomekStartOptions *self)
{
  double latitude, longitude;
  char *end, *last;

  if (!is_given (self->here))
    return NULL;
  latitude = g_ascii_strtod (self->here, &end);
  if (end == self->here || *end != ',')
    return NULL;
  longitude = g_ascii_strtod (end + 1, &last);
  /* Written so that NaN fails each comparison. */
  if (last == end + 1 || *last != '\0' || !(ABS (latitude) <= 90 && ABS (longitude) <= 180))
    return NULL;
  return komek_place_new (latitude, longitude, "", "");
}

/**
 * komek_start_options_dup_address:
 *
 * Returns: (transfer full) (nullable): the city's address as people know it; whoever put a password
 *   into it does not read it again on a page
 */
char *
komek_start_options_dup_address (const KomekStartOptions *self)
{
  g_autoptr (GUri) uri = self->city ? g_uri_parse (self->city, G_URI_FLAGS_NONE, NULL) : NULL;

  return uri ? g_uri_to_string_partial (uri, G_URI_HIDE_USERINFO | G_URI_HIDE_QUERY) : NULL;
}

void
komek_start_options_clear (KomekStartOptions *self)
{
  komek_map_options_clear (&self->map);
  g_clear_pointer (&self->city, g_free);
  g_clear_pointer (&self->language, g_free);
  g_clear_pointer (&self->here, g_free);
  g_clear_pointer (&self->page, g_free);
  g_clear_pointer (&self->api_key_file, g_free);
  g_clear_pointer (&self->jurisdiction, g_free);
  g_clear_pointer (&self->api_key, g_free);
}
