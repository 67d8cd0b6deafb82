/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-map-options.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "komek-pack.h"
#include "komek-tile-server.h"

#define PLAN_RESOURCE "/kz/komek/Komek/plan/astana.geojson"

void
komek_map_options_add (GApplication *application)
{
  g_application_add_main_option (application, "plan", 0, 0, G_OPTION_ARG_FILENAME,
                                 _("GeoJSON file with the plan of the city and its districts"),
                                 /* Translators: the placeholder of an option’s value on the
                                  * command line. */
                                 C_ ("command line", "PATH"));
  g_application_add_main_option (
    application, "pack", 0, 0, G_OPTION_ARG_FILENAME_ARRAY,
    _("Map pack (MBTiles) to lay on the plan; may be given several times"),
    C_ ("command line", "PATH"));
  g_application_add_main_option (
    application, "tiles", 0, 0, G_OPTION_ARG_STRING,
    _("Address template of a raster tile server, drawn above the plan"),
    C_ ("command line", "URL"));
}

/* What was typed goes before what is set. */
void
komek_map_options_take (KomekMapOptions *self, GVariantDict *options)
{
  g_variant_dict_lookup (options, "plan", "^ay", &self->plan);
  g_variant_dict_lookup (options, "pack", "^aay", &self->packs);
  g_variant_dict_lookup (options, "tiles", "s", &self->tiles);
}

/* A schema that an older version has installed lacks what came later. */
static gboolean
has_key (GSettings *settings, const char *key)
{
  g_autoptr (GSettingsSchema) schema = NULL;

  g_object_get (settings, "settings-schema", &schema, NULL);
  return g_settings_schema_has_key (schema, key);
}

void
komek_map_options_fill (KomekMapOptions *self, GSettings *settings)
{
  if (!self->plan && has_key (settings, "plan"))
    self->plan = g_settings_get_string (settings, "plan");
  if (!self->packs && has_key (settings, "packs"))
    self->packs = g_settings_get_strv (settings, "packs");
  if (!self->tiles && has_key (settings, "tiles"))
    self->tiles = g_settings_get_string (settings, "tiles");
  if (!self->tiles_attribution && has_key (settings, "tiles-attribution"))
    self->tiles_attribution = g_settings_get_string (settings, "tiles-attribution");
  if (!self->tiles_contact && has_key (settings, "tiles-contact"))
    self->tiles_contact = g_settings_get_string (settings, "tiles-contact");
}

static gboolean
is_template (const char *tiles)
{
  g_autoptr (GUri) uri = g_uri_parse (tiles, G_URI_FLAGS_PARSE_RELAXED, NULL);

  return uri && g_uri_get_host (uri) && g_str_has_prefix (g_uri_get_scheme (uri), "http")
         && strstr (tiles, "{x}") && strstr (tiles, "{y}") && strstr (tiles, "{z}");
}

/* What cannot work is said in a line before any window opens. A file that is of no use is said on
 * the map, which goes on without it. */
gboolean
komek_map_options_check (const KomekMapOptions *self)
{
  if (!self->tiles || !*self->tiles || is_template (self->tiles))
    return TRUE;
  /* Translators: an error on a terminal; {z}, {x} and {y} stay so, %s is what was typed after
   * --tiles. */
  g_printerr (_("komek: the address of the tiles needs {z}, {x} and {y} in it: “%s”\n"),
              self->tiles);
  return FALSE;
}

static gboolean
is_plan_asked (const KomekMapOptions *self)
{
  return self->plan && *self->plan;
}

static void
say_trouble (const KomekPlan *plan, const char *path)
{
  guint n = komek_plan_get_n_skipped (plan);

  if (komek_plan_is_substitute (plan))
    /* Translators: on the terminal; %s is the path of a file. */
    g_printerr (_("komek: the plan “%s” cannot be used; the one that comes with the program is "
                  "shown.\n"), path);
  else if (komek_plan_get_trouble (plan) == KOMEK_MAP_TROUBLE_SWAPPED)
    /* Translators: on the terminal; %s is the path of a file. */
    g_printerr (_("komek: the plan “%s” gives latitude before longitude; it is read that way.\n"),
                path);
  if (n > 0 && !komek_plan_is_substitute (plan))
    /* Translators: on the terminal; %u is how many parts of a file make no sense, %s its path. */
    g_printerr (ngettext ("komek: %u part of the plan “%s” makes no sense and is left out.\n",
                          "komek: %u parts of the plan “%s” make no sense and are left out.\n", n),
                n, path);
}

/* What is asked for, or what comes with the program where that cannot be used. */
static gpointer
read_plan (gpointer data)
{
  const KomekMapOptions *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) usual = g_resources_lookup_data (PLAN_RESOURCE, 0, &error);
  KomekPlan *plan = NULL;

  if (usual && is_plan_asked (self))
    plan = komek_plan_load (self->plan, usual, &error);
  else if (usual)
    plan = komek_plan_new (usual, &error);

  /* That plan is part of the program; without it the build itself is broken. */
  if (!plan)
    g_error ("The plan of the city cannot be read: %s", error->message);
  return plan;
}

/* Begins to read the plan while others have to wait for the display; what is asked for stays as it
 * is from then on. */
void
komek_map_options_begin_plan (KomekMapOptions *self)
{
  g_return_if_fail (!self->reading);

  self->reading = g_thread_new ("plan", read_plan, self);
}

/**
 * komek_map_options_end_plan:
 *
 * Waits for the plan that komek_map_options_begin_plan() reads, and says what is wrong with it.
 *
 * Returns: (transfer full): the plan that is asked for; where it cannot be used, the one that comes
 *   with the program
 */
KomekPlan *
komek_map_options_end_plan (KomekMapOptions *self)
{
  KomekPlan *plan;

  g_return_val_if_fail (self->reading, NULL);

  plan = g_thread_join (g_steal_pointer (&self->reading));
  if (is_plan_asked (self))
    say_trouble (plan, self->plan);
  return plan;
}

static KomekTileServer *
make_server (const KomekMapOptions *self, KomekClock *clock)
{
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "komek", "tiles", NULL);

  return komek_tile_server_new (self->tiles, self->tiles_attribution, self->tiles_contact, folder,
                                clock, NULL);
}

/**
 * komek_map_options_list_tiles:
 *
 * Packs lie above what comes from the network: what is here need not be asked for.
 *
 * Returns: (transfer full) (element-type KomekTiles): what is to lie on the plan, from below
 */
GListModel *
komek_map_options_list_tiles (const KomekMapOptions *self, KomekClock *clock)
{
  GListStore *list = g_list_store_new (KOMEK_TYPE_TILES);

  if (self->tiles && *self->tiles)
    {
      g_autoptr (KomekTileServer) server = make_server (self, clock);

      g_list_store_append (list, server);
    }
  for (guint i = 0; self->packs && self->packs[i]; i++)
    {
      g_autoptr (KomekPack) pack = komek_pack_new (self->packs[i]);

      g_list_store_append (list, pack);
    }
  return G_LIST_MODEL (list);
}

void
komek_map_options_clear (KomekMapOptions *self)
{
  if (self->reading)
    komek_plan_unref (g_thread_join (g_steal_pointer (&self->reading)));
  g_clear_pointer (&self->plan, g_free);
  g_clear_pointer (&self->packs, g_strfreev);
  g_clear_pointer (&self->tiles, g_free);
  g_clear_pointer (&self->tiles_attribution, g_free);
  g_clear_pointer (&self->tiles_contact, g_free);
}
