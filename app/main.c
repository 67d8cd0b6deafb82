/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "komek-config.h"
#include "komek-context.h"
#include "komek-delivery.h"
#include "komek-device-vault.h"
#include "komek-embedded-city.h"
#include "komek-error.h"
#include "komek-geo-report.h"
#include "komek-map-options.h"
#include "komek-mirror.h"
#include "komek-outbox-former.h"
#include "komek-secrecy.h"
#include "komek-sync.h"
#include "komek-window.h"

#define APPLICATION_ID "kz.komek.Komek"

/* The one place that knows a city, a store and a front end together. */
typedef struct
{
  AdwApplication    *application;
  KomekLocale       *locale;
  char              *city_url;
  char              *language;
  KomekMapOptions    map;
  char              *here;
  char              *page;
  char              *api_key_file;
  char              *jurisdiction;
  char              *api_key;
  gboolean           kiosk;
  KomekMirror       *mirror;
  KomekSync         *sync;
  KomekDelivery     *delivery;
  KomekEmbeddedCity *embedded;
  KomekContext      *context;
} Program;

/* Uninstalled, the settings' schema may not be there; the options still are. */
static GSettings *
open_settings (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema =
    source ? g_settings_schema_source_lookup (source, APPLICATION_ID, TRUE) : NULL;

  return schema ? g_settings_new_full (schema, NULL, NULL) : NULL;
}

/* A schema that an older version has installed lacks what came later. */
static gboolean
has_key (GSettings *settings, const char *key)
{
  g_autoptr (GSettingsSchema) schema = NULL;

  g_object_get (settings, "settings-schema", &schema, NULL);
  return g_settings_schema_has_key (schema, key);
}

static void
fill (GSettings *settings, const char *key, char **value)
{
  if (!*value && has_key (settings, key))
    *value = g_settings_get_string (settings, key);
}

static void
fill_from_settings (Program *self)
{
  g_autoptr (GSettings) settings = open_settings ();

  if (!settings)
    return;
  fill (settings, "city", &self->city_url);
  fill (settings, "language", &self->language);
  komek_map_options_fill (&self->map, settings);
  fill (settings, "here", &self->here);
  fill (settings, "api-key-file", &self->api_key_file);
  fill (settings, "jurisdiction", &self->jurisdiction);
}

/* A kiosk starts in Kazakh, a desktop in the system's language where it is one of ours. */
static KomekLanguage
choose_language (Program *self)
{
  KomekLanguage language = KOMEK_LANGUAGE_KAZAKH;

  if (komek_language_from_code (self->language, &language))
    return language;
  if (!self->kiosk)
    komek_locale_read_system (&language);
  return language;
}

/* Each city has files of its own: what one citizen's city is told is no other's. */
static char *
build_path (Program *self, const char *folder, const char *what, const char *kind)
{
  g_autofree char *sum = NULL;
  g_autofree char *name = NULL;

  if (!self->city_url || !*self->city_url)
    {
      name = g_strdup_printf ("%s-embedded.%s", what, kind);
      return g_build_filename (folder, "komek", name, NULL);
    }
  sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, self->city_url, -1);
  name = g_strdup_printf ("%s-%.16s.%s", what, sum, kind);
  return g_build_filename (folder, "komek", name, NULL);
}

/* Where the cache cannot be written to, nothing is kept. */
static char *
build_snapshot_path (Program *self)
{
  g_autofree char *path = build_path (self, g_get_user_cache_dir (), "map", "snapshot");
  g_autofree char *folder = g_path_get_dirname (path);

  return g_mkdir_with_parents (folder, 0700) == 0 ? g_steal_pointer (&path) : NULL;
}

/* The key to the outbox lies in another folder than the outbox, or comes from systemd. */
static KomekVault *
make_vault (void)
{
  const char *credentials = g_getenv ("CREDENTIALS_DIRECTORY");
  g_autofree char *path = g_build_filename (g_get_user_state_dir (), "komek", "outbox.key", NULL);
  g_autofree char *given =
    credentials ? g_build_filename (credentials, "komek-outbox-key", NULL) : NULL;
  gboolean there = given && g_file_test (given, G_FILE_TEST_EXISTS);

  return komek_device_vault_new (path, there ? given : NULL);
}

static KomekGeoReport *
make_client (Program *self, const char *url)
{
  const char *key = self->embedded ? komek_embedded_city_get_key (self->embedded) : self->api_key;
  KomekGeoReport *client = komek_geo_report_new (url);

  if (key)
    komek_geo_report_set_api_key (client, key);
  if (self->jurisdiction && *self->jurisdiction)
    komek_geo_report_set_jurisdiction (client, self->jurisdiction);
  return client;
}

/* What is sent is not held up by what is fetched: each has a client of its own. */
static void
connect_city (Program *self, const char *url)
{
  g_autoptr (KomekGeoReport) reader = make_client (self, url);
  g_autoptr (KomekGeoReport) writer = make_client (self, url);

  komek_sync_connect (self->sync, reader);
  komek_delivery_connect (self->delivery, writer);
}

/* A line that fetches can send. */
static void
on_line_changed (Program *self)
{
  if (komek_line_get_state (KOMEK_LINE (self->sync)) == KOMEK_LINE_CURRENT)
    komek_delivery_nudge (self->delivery);
}

/* A line that sends can fetch. */
static void
on_delivered (Program *self)
{
  if (komek_line_get_state (KOMEK_LINE (self->sync)) == KOMEK_LINE_BROKEN)
    komek_line_retry (KOMEK_LINE (self->sync));
}

static void
on_city_down (Program *self, const GError *error)
{
  komek_sync_give_up (self->sync, error);
}

static void
start_city (Program *self)
{
  const char *program = g_getenv ("KOMEK_CITY_PROGRAM");

  if (self->city_url && *self->city_url)
    {
      connect_city (self, self->city_url);
      return;
    }
  if (!self->embedded)
    {
      self->embedded = komek_embedded_city_new (program ? program : KOMEK_BIN_DIR "/komek-city");
      g_signal_connect_swapped (self->embedded, "up", G_CALLBACK (connect_city), self);
      g_signal_connect_swapped (self->embedded, "down", G_CALLBACK (on_city_down), self);
    }
  komek_embedded_city_start (self->embedded);
}

static void
on_mirror_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  Program *self = data;
  g_autoptr (GError) error = NULL;

  if (komek_mirror_open_finish (KOMEK_MIRROR (source), result, &error))
    {
      start_city (self);
      return;
    }
  g_printerr ("komek: %s\n", error->message);
  komek_sync_give_up (self->sync, error);
}

/* The mirror tries its file again with each call; it may have been freed meanwhile. */
static void
open_mirror (Program *self)
{
  komek_mirror_open_async (self->mirror, NULL, on_mirror_opened, self);
}

/* As people know it; whoever put a password into it does not read it again on a page. */
static char *
dup_address (Program *self)
{
  g_autoptr (GUri) uri =
    self->city_url ? g_uri_parse (self->city_url, G_URI_FLAGS_NONE, NULL) : NULL;

  return uri ? g_uri_to_string_partial (uri, G_URI_HIDE_USERINFO | G_URI_HIDE_QUERY) : NULL;
}

static void
open_outbox (Program *self, KomekClock *clock)
{
  g_autofree char *path = build_path (self, g_get_user_data_dir (), "outbox", "db");
  g_autofree char *address = dup_address (self);
  g_auto (GStrv) former = komek_outbox_former_find (path);
  const KomekOutboxLimits limits = { .address = address,
                                     .former = (const char *const *) former };
  g_autoptr (KomekVault) vault = make_vault ();
  g_autoptr (KomekOutboxStore) store = komek_outbox_store_new (path, vault, &limits);

  self->delivery = komek_delivery_new (store, vault, self->mirror, clock, NULL);
  g_signal_connect_swapped (self->delivery, "delivered", G_CALLBACK (on_delivered), self);
  g_signal_connect_swapped (self->sync, "notify::state", G_CALLBACK (on_line_changed), self);
}

/* "LAT,LON", in degrees; NULL where it is nothing of the kind. */
static KomekPlace *
read_here (const char *text)
{
  double latitude, longitude;
  char *end, *last;

  latitude = g_ascii_strtod (text, &end);
  if (end == text || *end != ',')
    return NULL;
  longitude = g_ascii_strtod (end + 1, &last);
  /* Written so that NaN fails each comparison. */
  if (last == end + 1 || *last != '\0' || !(ABS (latitude) <= 90 && ABS (longitude) <= 180))
    return NULL;
  return komek_place_new (latitude, longitude, "", "");
}

static void
on_startup (Program *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  g_autoptr (KomekTheme) theme = komek_theme_new (gdk_display_get_default (), manager);
  g_autoptr (KomekClock) clock = komek_clock_new ();
  g_autoptr (KomekPlan) plan = komek_map_options_end_plan (&self->map);
  g_autoptr (GListModel) tiles = komek_map_options_list_tiles (&self->map, clock);
  g_autoptr (KomekPlace) here = self->here ? read_here (self->here) : NULL;
  g_autofree char *path = build_path (self, g_get_user_data_dir (), "mirror", "db");
  g_autofree char *snapshot = build_snapshot_path (self);
  g_autoptr (GSettings) settings = open_settings ();
  KomekContextFields fields;

  /* Compositors find the desktop entry by this name; the terminal has seen the short one. */
  g_set_prgname (APPLICATION_ID);
  gtk_window_set_default_icon_name (APPLICATION_ID);
  self->mirror = komek_mirror_new (path);
  self->sync = komek_sync_new (self->mirror, clock, NULL);
  open_outbox (self, clock);
  fields = (KomekContextFields) {
    .feed = KOMEK_FEED (self->mirror),
    .outbox = KOMEK_OUTBOX (self->delivery),
    .line = KOMEK_LINE (self->sync),
    .clock = clock,
    .locale = self->locale,
    .theme = theme,
    .plan = plan,
    .tiles = tiles,
    .here = here,
    .snapshot = snapshot,
    .settings = settings && has_key (settings, "legend-folded") ? settings : NULL,
    .kiosk = self->kiosk,
  };
  g_signal_connect_swapped (self->sync, "city-wanted", G_CALLBACK (open_mirror), self);
  open_mirror (self);
  self->context = komek_context_new (&fields);
}

static void
on_activate (Program *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self->application));

  if (!window)
    {
      g_autoptr (KomekRoute) first = komek_route_from_name (self->page ? self->page : "home", NULL);

      window = GTK_WINDOW (komek_window_new (self->application, self->context, first));
    }
  gtk_window_present (window);
}

/* Of a komek that runs already, from one that was started with --page. */
static void
on_page_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Program *self = data;
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self->application));
  g_autoptr (KomekRoute) route =
    komek_route_from_name (g_variant_get_string (parameter, NULL), NULL);

  if (window && route)
    komek_window_go (KOMEK_WINDOW (window), route);
}

static void
on_shutdown (Program *self)
{
  g_clear_object (&self->context);
  g_signal_handlers_disconnect_by_data (self->sync, self);
  g_signal_handlers_disconnect_by_data (self->delivery, self);
  g_object_run_dispose (G_OBJECT (self->delivery));
  g_clear_object (&self->delivery);
  g_clear_object (&self->sync);
  g_clear_object (&self->mirror);
  g_clear_object (&self->embedded);
}

/* Pages that somebody can begin with; the others need what comes before them. */
static gboolean
is_first_page (const char *name)
{
  static const char *const pages[] = { "home", "explore", "check", "category", NULL };

  return g_strv_contains (pages, name);
}

static gboolean
is_place (const char *text)
{
  g_autoptr (KomekPlace) place = read_here (text);

  return place != NULL;
}

/* The key is in a file, for a command line can be read by every user of the machine. */
static gboolean
read_api_key (Program *self)
{
  g_autoptr (GError) error = NULL;

  if (!self->api_key_file || !*self->api_key_file)
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

/* What cannot work is said in a line before any window opens. */
static int
check_options (Program *self)
{
  g_autoptr (GUri) uri = NULL;

  if (self->language && *self->language && !komek_language_from_code (self->language, NULL))
    {
      /* Translators: an error on a terminal; %s is what was typed after --language. "kk, ru and en"
       * stay so. */
      g_printerr (_("komek: there is no language “%s”; there are kk, ru and en.\n"),
                  self->language);
      return EXIT_FAILURE;
    }
  if (self->city_url && *self->city_url)
    uri = g_uri_parse (self->city_url, G_URI_FLAGS_NONE, NULL);
  if (self->city_url && *self->city_url
      && (!uri || !g_uri_get_host (uri) || !g_str_has_prefix (g_uri_get_scheme (uri), "http")))
    {
      g_printerr (
        /* Translators: an error on a terminal; %s is what was typed after --city. */
        _("komek: “%s” is not the address of a city; it begins with https:// or http://.\n"),
        self->city_url);
      return EXIT_FAILURE;
    }
  if (!komek_map_options_check (&self->map))
    return EXIT_FAILURE;
  if (self->here && *self->here && !is_place (self->here))
    {
      /* Translators: an error on a terminal; %s is what was typed after --here. */
      g_printerr (_("komek: “%s” is no place; write latitude and longitude in degrees, as in 51.1283,71.4305.\n"),
                  self->here);
      return EXIT_FAILURE;
    }
  if (self->page && !is_first_page (self->page))
    {
      g_printerr (
        /* Translators: an error on a terminal; %s is what was typed after --page. "home, explore,
         * check and category" stay so. */
        _("komek: nobody can begin with the page “%s”; there are home, explore, check and "
          "category.\n"),
        self->page);
      return EXIT_FAILURE;
    }
  return read_api_key (self) ? -1 : EXIT_FAILURE;
}

static int
on_handle_local_options (Program *self, GVariantDict *options)
{
  g_autofree const char **strays = NULL;
  int status;

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("komek %s\n", KOMEK_VERSION);
      return EXIT_SUCCESS;
    }
  if (g_variant_dict_lookup (options, G_OPTION_REMAINING, "^a&s", &strays))
    {
      /* Translators: on the terminal; %s is a word that was given and means nothing. */
      g_printerr (_("komek: “%s” is no option; komek --help lists them.\n"), strays[0]);
      return EXIT_FAILURE;
    }
  g_variant_dict_lookup (options, "city", "s", &self->city_url);
  g_variant_dict_lookup (options, "language", "s", &self->language);
  komek_map_options_take (&self->map, options);
  g_variant_dict_lookup (options, "here", "s", &self->here);
  g_variant_dict_lookup (options, "page", "s", &self->page);
  g_variant_dict_lookup (options, "api-key-file", "s", &self->api_key_file);
  g_variant_dict_lookup (options, "jurisdiction", "s", &self->jurisdiction);
  self->kiosk = g_variant_dict_contains (options, "kiosk");
  /* A desk's own user may look into it, and portals have to. */
  if (self->kiosk)
    komek_secrecy_forbid_cores ();
  fill_from_settings (self);
  status = check_options (self);
  if (status >= 0)
    return status;
  komek_locale_set_language (self->locale, choose_language (self));

  komek_map_options_begin_plan (&self->map);
  if (!g_application_register (G_APPLICATION (self->application), NULL, NULL))
    return -1;
  if (!g_application_get_is_remote (G_APPLICATION (self->application)))
    return -1;
  if (self->page)
    g_action_group_activate_action (G_ACTION_GROUP (self->application), "page",
                                    g_variant_new_string (self->page));
  else
    g_printerr (_("komek: it is running already; its window comes to the front.\n"));
  return -1;
}

static void
add_options (GApplication *application)
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

int
main (int argc, char **argv)
{
  static const GActionEntry actions[] = { { "page", on_page_activated, "s" } };
  const char *locale_dir = g_getenv ("KOMEK_LOCALE_DIR");
  KomekLanguage language = KOMEK_LANGUAGE_KAZAKH;
  Program self = { 0 };
  int status;

  komek_locale_read_system (&language);
  self.locale = komek_locale_new (locale_dir ? locale_dir : KOMEK_LOCALE_DIR, language);
  gtk_disable_setlocale ();
  g_set_prgname ("komek");
  g_set_application_name ("Komek 109");

  self.application = adw_application_new (APPLICATION_ID, G_APPLICATION_DEFAULT_FLAGS);
  add_options (G_APPLICATION (self.application));
  g_action_map_add_action_entries (G_ACTION_MAP (self.application), actions, G_N_ELEMENTS (actions),
                                   &self);
  g_signal_connect_swapped (self.application, "handle-local-options",
                            G_CALLBACK (on_handle_local_options), &self);
  g_signal_connect_swapped (self.application, "startup", G_CALLBACK (on_startup), &self);
  g_signal_connect_swapped (self.application, "activate", G_CALLBACK (on_activate), &self);
  g_signal_connect_swapped (self.application, "shutdown", G_CALLBACK (on_shutdown), &self);
  status = g_application_run (G_APPLICATION (self.application), argc, argv);

  g_object_unref (self.application);
  g_object_unref (self.locale);
  g_free (self.city_url);
  g_free (self.language);
  komek_map_options_clear (&self.map);
  g_free (self.here);
  g_free (self.page);
  g_free (self.api_key_file);
  g_free (self.jurisdiction);
  g_free (self.api_key);
  return status;
}
