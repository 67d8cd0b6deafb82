/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>
#include <glib/gi18n-lib.h>
#include <malloc.h>
#include <stdlib.h>

#include "komek-config.h"
#include "komek-context.h"
#include "komek-delivery.h"
#include "komek-device-vault.h"
#include "komek-embedded-city.h"
#include "komek-error.h"
#include "komek-geo-report.h"
#include "komek-graphics.h"
#include "komek-mirror.h"
#include "komek-outbox-former.h"
#include "komek-secrecy.h"
#include "komek-start-options.h"
#include "komek-sync.h"
#include "komek-window.h"

#define APPLICATION_ID "kz.komek.Komek"

#define WINDOW_ICON "/kz/komek/Komek/art/emblem.png"

#define LARGE_BLOCK (128 * 1024) /* bytes: glibc's own measure to begin with */

/* The one place that knows a city, a store and a front end together. */
typedef struct
{
  AdwApplication    *application;
  KomekLocale       *locale;
  KomekStartOptions  options;
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

/* Each city has files of its own: what one citizen's city is told is no other's. */
static char *
build_path (Program *self, const char *folder, const char *what, const char *kind)
{
  g_autofree char *sum = NULL;
  g_autofree char *name = NULL;

  if (!self->options.city || !*self->options.city)
    {
      name = g_strdup_printf ("%s-embedded.%s", what, kind);
      return g_build_filename (folder, "komek", name, NULL);
    }
  sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, self->options.city, -1);
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
  const char *key = self->embedded ? komek_embedded_city_get_key (self->embedded)
                                   : self->options.api_key;
  KomekGeoReport *client = komek_geo_report_new (url);

  if (key)
    komek_geo_report_set_api_key (client, key);
  if (self->options.jurisdiction && *self->options.jurisdiction)
    komek_geo_report_set_jurisdiction (client, self->options.jurisdiction);
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

  if (self->options.city && *self->options.city)
    {
      connect_city (self, self->options.city);
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

static void
open_outbox (Program *self, KomekClock *clock)
{
  g_autofree char *path = build_path (self, g_get_user_data_dir (), "outbox", "db");
  g_autofree char *address = komek_start_options_dup_address (&self->options);
  g_auto (GStrv) former = komek_outbox_former_find (path);
  const KomekOutboxLimits limits = { .address = address,
                                     .former = (const char *const *) former };
  g_autoptr (KomekVault) vault = make_vault ();
  g_autoptr (KomekOutboxStore) store = komek_outbox_store_new (path, vault, &limits);

  self->delivery = komek_delivery_new (store, vault, self->mirror, clock, NULL);
  g_signal_connect_swapped (self->delivery, "delivered", G_CALLBACK (on_delivered), self);
  g_signal_connect_swapped (self->sync, "notify::state", G_CALLBACK (on_line_changed), self);
}

static void
on_startup (Program *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  g_autoptr (KomekTheme) theme = komek_theme_new (gdk_display_get_default (), manager);
  g_autoptr (KomekClock) clock = komek_clock_new ();
  g_autoptr (KomekPlan) plan = komek_map_options_end_plan (&self->options.map);
  g_autoptr (GListModel) tiles = komek_map_options_list_tiles (&self->options.map, clock);
  g_autoptr (KomekPlace) here = komek_start_options_read_here (&self->options);
  g_autofree char *path = build_path (self, g_get_user_data_dir (), "mirror", "db");
  g_autofree char *snapshot = build_snapshot_path (self);
  g_autoptr (GSettings) settings = open_settings ();
  KomekContextFields fields;

  /* Compositors find the desktop entry by this name; the terminal has seen the short one. */
  g_set_prgname (APPLICATION_ID);
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
    .kiosk = self->options.kiosk,
  };
  g_signal_connect_swapped (self->sync, "city-wanted", G_CALLBACK (open_mirror), self);
  open_mirror (self);
  self->context = komek_context_new (&fields);
}

/* For whoever does not look into the desktop entry. By a name GTK would look for a drawing, and
 * librsvg would stay in memory. */
static void
on_window_realized (GtkWidget *window)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (window));
  g_autoptr (GdkTexture) icon = gdk_texture_new_from_resource (WINDOW_ICON);
  GList icons = { .data = icon };

  gdk_toplevel_set_icon_list (GDK_TOPLEVEL (surface), &icons);
}

static void
on_activate (Program *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self->application));

  if (!window)
    {
      const char *page = self->options.page ? self->options.page : "home";
      g_autoptr (KomekRoute) first = komek_route_from_name (page, NULL);

      window = GTK_WINDOW (komek_window_new (self->application, self->context, first));
      g_signal_connect (window, "realize", G_CALLBACK (on_window_realized), NULL);
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

/* Of a program that runs already the page is shown, or its window. */
static void
hand_over (Program *self)
{
  if (self->options.page)
    g_action_group_activate_action (G_ACTION_GROUP (self->application), "page",
                                    g_variant_new_string (self->options.page));
  else
    g_printerr (_("komek: it is running already; its window comes to the front.\n"));
}

static int
on_handle_local_options (Program *self, GVariantDict *given)
{
  KomekStartOptions *options = &self->options;
  g_autoptr (GSettings) settings = NULL;
  int status = komek_start_options_take (options, given);

  if (status >= 0)
    return status;
  /* A desk's own user may look into it, and portals have to. */
  if (options->kiosk)
    komek_secrecy_forbid_cores ();
  settings = open_settings ();
  if (settings)
    komek_start_options_fill (options, settings);
  if (!komek_start_options_check (options))
    return EXIT_FAILURE;
  komek_locale_set_language (self->locale, komek_start_options_choose_language (options));

  komek_map_options_begin_plan (&options->map);
  if (g_application_register (G_APPLICATION (self->application), NULL, NULL)
      && g_application_get_is_remote (G_APPLICATION (self->application)))
    hand_over (self);
  return -1;
}

/* Left alone, glibc raises its measure of a large block with each one that is given back: tiles and
 * lists come to lie between small things in the heap, and what they leave there stays ours. */
static void
keep_large_blocks_apart (void)
{
  mallopt (M_MMAP_THRESHOLD, LARGE_BLOCK);
  mallopt (M_TRIM_THRESHOLD, LARGE_BLOCK);
}

int
main (int argc, char **argv)
{
  static const GActionEntry actions[] = { { "page", on_page_activated, "s" } };
  const char *locale_dir = g_getenv ("KOMEK_LOCALE_DIR");
  KomekLanguage language = KOMEK_LANGUAGE_KAZAKH;
  Program self = { 0 };
  int status;

  keep_large_blocks_apart ();
  komek_graphics_settle ("/");
  komek_locale_read_system (&language);
  self.locale = komek_locale_new (locale_dir ? locale_dir : KOMEK_LOCALE_DIR, language);
  gtk_disable_setlocale ();
  g_set_prgname ("komek");
  g_set_application_name ("Komek 109");

  self.application = adw_application_new (APPLICATION_ID, G_APPLICATION_DEFAULT_FLAGS);
  komek_start_options_add (G_APPLICATION (self.application));
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
  komek_start_options_clear (&self.options);
  return status;
}
