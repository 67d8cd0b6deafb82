/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-map-imprint.h"

#include "komek-gettext.h"

#define OPENSTREETMAP "© OpenStreetMap contributors"

/**
 * KomekMapImprint:
 *
 * What is to be read on a map besides its names: who made it, and what of it does not show and why.
 */
struct _KomekMapImprint
{
  GObject     parent;
  KomekPlan  *plan;
  GListModel *tiles;
  char       *attribution;
  char       *trouble;
};

enum
{
  PROP_ATTRIBUTION = 1,
  PROP_TROUBLE,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (KomekMapImprint, komek_map_imprint, G_TYPE_OBJECT)

/* The one that most maps have is known in every language. */
static void
add_attribution (GPtrArray *lines, const char *attribution)
{
  const char *line = g_strcmp0 (attribution, OPENSTREETMAP) == 0
                       /* Translators: who made the map's data; always visible, must name
                        * OpenStreetMap. */
                       ? _("© OpenStreetMap contributors")
                       : attribution;

  if (line && *line && !g_ptr_array_find_with_equal_func (lines, line, g_str_equal, NULL))
    g_ptr_array_add (lines, g_strdup (line));
}

static char *
join (GPtrArray *lines, const char *between)
{
  g_ptr_array_add (lines, NULL);
  return g_strjoinv (between, (char **) lines->pdata);
}

static char *
write_attribution (KomekMapImprint *self)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  add_attribution (lines, komek_plan_get_attribution (self->plan));
  for (guint i = 0; self->tiles && i < g_list_model_get_n_items (self->tiles); i++)
    {
      g_autoptr (KomekTiles) tiles = g_list_model_get_item (self->tiles, i);
      g_autofree char *attribution = komek_tiles_dup_attribution (tiles);

      add_attribution (lines, attribution);
    }
  return join (lines, " · ");
}

/* The sentences with a placeholder, in one place for those who translate them. */
static const char *
choose_sentence (KomekMapTrouble trouble)
{
  switch (trouble)
    {
    case KOMEK_MAP_TROUBLE_NO_FILE:
      /* Translators: on the map; %s is the name of a file. */
      return _("The map file “%s” is not there or may not be read.");
    case KOMEK_MAP_TROUBLE_NO_PACK:
      /* Translators: on the map; %s is the name of a file. A map pack is a file with the
       * pictures of a map. */
      return _("“%s” is not a map pack.");
    case KOMEK_MAP_TROUBLE_DAMAGED:
      /* Translators: on the map; %s is the name of a file. */
      return _("The map file “%s” is damaged.");
    case KOMEK_MAP_TROUBLE_EMPTY:
      /* Translators: on the map; %s is the name of a file. */
      return _("There is nothing to draw in the map file “%s”.");
    case KOMEK_MAP_TROUBLE_FORMAT:
      /* Translators: on the map; %s is the name of a file. */
      return _("The tiles in the map pack “%s” cannot be read here.");
    case KOMEK_MAP_TROUBLE_PROJECTION:
      /* Translators: on the map; %s is the name of a file. */
      return _("The coordinates of the map file “%s” are of another system.");
    case KOMEK_MAP_TROUBLE_TOO_LARGE:
      /* Translators: on the map; %s is the name of a file. */
      return _("The map file “%s” is too large.");
    case KOMEK_MAP_TROUBLE_ELSEWHERE:
      /* Translators: on the map; %s is the name of a file or of a host. */
      return _("The map “%s” is of another place than this city.");
    case KOMEK_MAP_TROUBLE_UNREACHABLE:
      /* Translators: on the map; %s is the name of a host, as tiles.example.org. */
      return _("No map from %s: it cannot be reached.");
    case KOMEK_MAP_TROUBLE_SLOW:
      /* Translators: on the map; %s is the name of a host. */
      return _("No map from %s: it answers too slowly.");
    case KOMEK_MAP_TROUBLE_REFUSED:
      /* Translators: on the map; %s is the name of a host. */
      return _("No map from %s: it refuses to give one.");
    case KOMEK_MAP_TROUBLE_NO_PICTURES:
      /* Translators: on the map; %s is the name of a host. */
      return _("No map from %s: what it sends is no map.");
    case KOMEK_MAP_TROUBLE_NONE:
    case KOMEK_MAP_TROUBLE_SWAPPED:
    case KOMEK_MAP_TROUBLE_PARTS:
    default:
      return NULL;
    }
}

static void
add_trouble (GPtrArray *lines, KomekMapTrouble trouble, const char *name)
{
  const char *sentence = choose_sentence (trouble);

  if (!sentence)
    return;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_ptr_array_add (lines, g_strdup_printf (sentence, name));
#pragma GCC diagnostic pop
}

static gboolean
bounds_meet (KomekBounds *a, KomekBounds *b)
{
  return komek_bounds_get_west (a) <= komek_bounds_get_east (b)
         && komek_bounds_get_east (a) >= komek_bounds_get_west (b)
         && komek_bounds_get_south (a) <= komek_bounds_get_north (b)
         && komek_bounds_get_north (a) >= komek_bounds_get_south (b);
}

static KomekMapTrouble
judge (KomekMapImprint *self, KomekTiles *tiles)
{
  KomekMapTrouble trouble = komek_tiles_get_trouble (tiles);
  g_autoptr (KomekBounds) bounds = komek_tiles_dup_bounds (tiles);

  if (trouble == KOMEK_MAP_TROUBLE_NONE && bounds
      && !bounds_meet (bounds, komek_plan_get_bounds (self->plan)))
    return KOMEK_MAP_TROUBLE_ELSEWHERE;
  return trouble;
}

static char *
write_trouble (KomekMapImprint *self)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  gboolean pictures = FALSE;

  if (komek_plan_is_substitute (self->plan))
    add_trouble (lines, komek_plan_get_trouble (self->plan), komek_plan_get_name (self->plan));
  for (guint i = 0; self->tiles && i < g_list_model_get_n_items (self->tiles); i++)
    {
      g_autoptr (KomekTiles) tiles = g_list_model_get_item (self->tiles, i);
      g_autofree char *name = komek_tiles_dup_name (tiles);
      guint before = lines->len;

      add_trouble (lines, judge (self, tiles), name);
      pictures |= lines->len == before;
    }
  if (komek_plan_is_substitute (self->plan))
    g_ptr_array_add (lines, g_strdup (_("The plan that comes with the program is shown.")));
  else if (lines->len > 0 && !pictures)
    g_ptr_array_add (lines, g_strdup (_("The plan is shown.")));
  return join (lines, " ");
}

static void
take (KomekMapImprint *self, char **held, char *text, guint prop)
{
  if (g_strcmp0 (*held, text) == 0)
    {
      g_free (text);
      return;
    }
  g_free (*held);
  *held = text;
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

static void
on_tiles_changed (KomekMapImprint *self, guint position, guint n_removed, guint n_added)
{
  for (guint i = position; i < position + n_added; i++)
    {
      g_autoptr (KomekTiles) tiles = g_list_model_get_item (self->tiles, i);

      g_signal_connect_object (tiles, "notify", G_CALLBACK (komek_map_imprint_write), self,
                               G_CONNECT_SWAPPED);
    }
  komek_map_imprint_write (self);
}

static void
komek_map_imprint_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  KomekMapImprint *self = KOMEK_MAP_IMPRINT (object);

  switch (prop_id)
    {
    case PROP_ATTRIBUTION:
      g_value_set_string (value, self->attribution);
      break;
    case PROP_TROUBLE:
      g_value_set_string (value, self->trouble);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
komek_map_imprint_finalize (GObject *object)
{
  KomekMapImprint *self = KOMEK_MAP_IMPRINT (object);

  g_free (self->attribution);
  g_free (self->trouble);
  g_clear_object (&self->tiles);
  g_clear_pointer (&self->plan, komek_plan_unref);
  G_OBJECT_CLASS (komek_map_imprint_parent_class)->finalize (object);
}

static void
komek_map_imprint_class_init (KomekMapImprintClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = komek_map_imprint_get_property;
  object_class->finalize = komek_map_imprint_finalize;

  /**
   * KomekMapImprint:attribution:
   *
   * Who made all that the map is of, "" where nobody has said it.
   */
  props[PROP_ATTRIBUTION] = g_param_spec_string ("attribution", NULL, NULL, "", flags);
  /**
   * KomekMapImprint:trouble:
   *
   * What does not show and why, in sentences; "" where everything does.
   */
  props[PROP_TROUBLE] = g_param_spec_string ("trouble", NULL, NULL, "", flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
komek_map_imprint_init (KomekMapImprint *self)
{
}

/**
 * komek_map_imprint_new:
 * @tiles: (nullable) (element-type KomekTiles): what lies on the plan, from below
 *
 * Returns: (transfer full): an imprint in the language of now
 */
KomekMapImprint *
komek_map_imprint_new (KomekPlan *plan, GListModel *tiles)
{
  KomekMapImprint *self = g_object_new (KOMEK_TYPE_MAP_IMPRINT, NULL);

  self->plan = komek_plan_ref (plan);
  if (tiles)
    {
      self->tiles = g_object_ref (tiles);
      g_signal_connect_object (tiles, "items-changed", G_CALLBACK (on_tiles_changed), self,
                               G_CONNECT_SWAPPED);
      on_tiles_changed (self, 0, 0, g_list_model_get_n_items (tiles));
    }
  else
    komek_map_imprint_write (self);
  return self;
}

const char *
komek_map_imprint_get_attribution (KomekMapImprint *self)
{
  g_return_val_if_fail (KOMEK_IS_MAP_IMPRINT (self), NULL);

  return self->attribution;
}

const char *
komek_map_imprint_get_trouble (KomekMapImprint *self)
{
  g_return_val_if_fail (KOMEK_IS_MAP_IMPRINT (self), NULL);

  return self->trouble;
}

/* Writes it anew; after the language has changed somebody has to say so. */
void
komek_map_imprint_write (KomekMapImprint *self)
{
  g_return_if_fail (KOMEK_IS_MAP_IMPRINT (self));

  take (self, &self->attribution, write_attribution (self), PROP_ATTRIBUTION);
  take (self, &self->trouble, write_trouble (self), PROP_TROUBLE);
}
