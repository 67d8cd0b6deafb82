/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-explore-split.h"

#define LIST_SHARE 0.36 /* of the width, beside the map */
#define MAP_SHARE 0.45  /* of the height, above the list */

/**
 * KomekExploreSplit:
 *
 * Map and list in fixed shares: side by side, or one above the other on an upright screen.
 *
 * No paned: on a kiosk nobody may be left with a map of ten pixels.
 */
struct _KomekExploreSplit
{
  GtkWidget  parent;
  GtkWidget *map;
  GtkWidget *panel;
  gboolean   upright;
};

enum
{
  PROP_MAP = 1,
  PROP_PANEL,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (KomekExploreSplit, komek_explore_split, GTK_TYPE_WIDGET)

static GtkSizeRequestMode
komek_explore_split_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

/* How much the whole must be for a part to get what it needs of its share. */
static int
stretch (int size, double share)
{
  return (int) (size / share + 0.999);
}

static void
komek_explore_split_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                             int *minimum, int *natural,
                             int *minimum_baseline, int *natural_baseline)
{
  KomekExploreSplit *self = KOMEK_EXPLORE_SPLIT (widget);
  gboolean along = (orientation == GTK_ORIENTATION_VERTICAL) == self->upright;
  double map_share = self->upright ? MAP_SHARE : 1 - LIST_SHARE;
  int map_minimum, map_natural, panel_minimum, panel_natural;

  gtk_widget_measure (self->map, orientation, -1, &map_minimum, &map_natural, NULL, NULL);
  gtk_widget_measure (self->panel, orientation, -1, &panel_minimum, &panel_natural, NULL, NULL);
  if (along)
    {
      map_minimum = stretch (map_minimum, map_share);
      map_natural = stretch (map_natural, map_share);
      panel_minimum = stretch (panel_minimum, 1 - map_share);
      panel_natural = stretch (panel_natural, 1 - map_share);
    }
  *minimum = MAX (map_minimum, panel_minimum);
  *natural = MAX (map_natural, panel_natural);
}

static void
komek_explore_split_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  KomekExploreSplit *self = KOMEK_EXPLORE_SPLIT (widget);
  gboolean backwards = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int map_height = (int) (height * MAP_SHARE), panel_width = (int) (width * LIST_SHARE);
  GtkAllocation map = { backwards ? 0 : panel_width, 0, width - panel_width, height };
  GtkAllocation panel = { backwards ? width - panel_width : 0, 0, panel_width, height };

  if (self->upright)
    {
      map = (GtkAllocation) { 0, 0, width, map_height };
      panel = (GtkAllocation) { 0, map_height, width, height - map_height };
    }
  gtk_widget_size_allocate (self->map, &map, -1);
  gtk_widget_size_allocate (self->panel, &panel, -1);
}

static void
komek_explore_split_set_property (GObject *object, guint prop_id, const GValue *value,
                                  GParamSpec *pspec)
{
  KomekExploreSplit *self = KOMEK_EXPLORE_SPLIT (object);
  GtkWidget *child = g_value_get_object (value);

  switch (prop_id)
    {
    case PROP_MAP:
      self->map = child;
      break;
    case PROP_PANEL:
      self->panel = child;
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      return;
    }
  gtk_widget_set_parent (child, GTK_WIDGET (self));
}

static void
komek_explore_split_dispose (GObject *object)
{
  KomekExploreSplit *self = KOMEK_EXPLORE_SPLIT (object);

  g_clear_pointer (&self->map, gtk_widget_unparent);
  g_clear_pointer (&self->panel, gtk_widget_unparent);
  G_OBJECT_CLASS (komek_explore_split_parent_class)->dispose (object);
}

static void
komek_explore_split_class_init (KomekExploreSplitClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->set_property = komek_explore_split_set_property;
  object_class->dispose = komek_explore_split_dispose;
  widget_class->get_request_mode = komek_explore_split_get_request_mode;
  widget_class->measure = komek_explore_split_measure;
  widget_class->size_allocate = komek_explore_split_size_allocate;

  props[PROP_MAP] = g_param_spec_object ("map", NULL, NULL, GTK_TYPE_WIDGET, flags);
  props[PROP_PANEL] = g_param_spec_object ("panel", NULL, NULL, GTK_TYPE_WIDGET, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_css_name (widget_class, "explore-split");
}

static void
komek_explore_split_init (KomekExploreSplit *self)
{
}

void
komek_explore_split_set_upright (KomekExploreSplit *self, gboolean upright)
{
  g_return_if_fail (KOMEK_IS_EXPLORE_SPLIT (self));

  if (self->upright == !!upright)
    return;
  self->upright = !!upright;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
