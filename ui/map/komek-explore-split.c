/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-explore-split.h"

#define LIST_SHARE 0.36 /* of the width, beside the map */
#define MOST_SHARE 0.5  /* where the text is large */
#define LIST_CHARS 44   /* of which a line of the list should have room */
#define MAP_SHARE 0.40  /* of the height, above the list */

/**
 * KomekExploreSplit:
 *
 * Map and list in fixed shares: side by side, or one above the other on an upright screen; what
 * is to be seen of the time lies under the map.
 *
 * No paned: on a kiosk nobody may be left with a map of ten pixels.
 */
struct _KomekExploreSplit
{
  GtkWidget  parent;
  GtkWidget *map;
  GtkWidget *time;
  GtkWidget *panel;
  gboolean   upright;
};

enum
{
  PROP_MAP = 1,
  PROP_TIME,
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

typedef struct
{
  int minimum, natural;
} Size;

static Size
measure (GtkWidget *widget, GtkOrientation orientation)
{
  Size size;

  gtk_widget_measure (widget, orientation, -1, &size.minimum, &size.natural, NULL, NULL);
  return size;
}

static Size
get_larger (Size a, Size b)
{
  return (Size) { MAX (a.minimum, b.minimum), MAX (a.natural, b.natural) };
}

static Size
add (Size a, Size b)
{
  return (Size) { a.minimum + b.minimum, a.natural + b.natural };
}

/* How much the whole must be for a part to get all that it wants of its share. */
static int
stretch (int natural, double share)
{
  return (int) (natural / share + 0.999);
}

/* The shares are for those who have room; on a small screen each gets what it needs. */
static Size
measure_abreast (Size map, Size panel)
{
  return (Size) { map.minimum + panel.minimum, MAX (stretch (map.natural, 1 - LIST_SHARE),
                                                    stretch (panel.natural, LIST_SHARE)) };
}

static void
komek_explore_split_measure (GtkWidget *widget, GtkOrientation orientation, int for_size,
                             int *minimum, int *natural,
                             int *minimum_baseline, int *natural_baseline)
{
  KomekExploreSplit *self = KOMEK_EXPLORE_SPLIT (widget);
  gboolean upward = orientation == GTK_ORIENTATION_VERTICAL;
  Size map = measure (self->map, orientation);
  Size time = measure (self->time, orientation);
  Size panel = measure (self->panel, orientation);
  Size whole;

  if (self->upright && upward)
    whole = add (map, add (time, panel));
  else if (self->upright)
    whole = get_larger (get_larger (map, time), panel);
  else if (upward)
    whole = get_larger (add (map, time), panel);
  else
    whole = measure_abreast (get_larger (map, time), panel);
  *minimum = whole.minimum;
  *natural = whole.natural;
}

static int
measure_line (GtkWidget *widget)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int width = PANGO_PIXELS (LIST_CHARS * pango_font_metrics_get_approximate_char_width (metrics));

  pango_font_metrics_unref (metrics);
  return width;
}

/* Of the list beside the map: its share, and more where that is too little or text is so large that
 * its lines would be cut; but the map keeps what it needs. */
static int
choose_panel_width (KomekExploreSplit *self, int width)
{
  int least = measure (self->panel, GTK_ORIENTATION_HORIZONTAL).minimum;
  int needed = get_larger (measure (self->map, GTK_ORIENTATION_HORIZONTAL),
                           measure (self->time, GTK_ORIENTATION_HORIZONTAL)).minimum;
  int usual = MAX (least, MIN ((int) (width * LIST_SHARE), width - needed));
  int most = (int) (width * MOST_SHARE);

  return CLAMP (measure_line (GTK_WIDGET (self)), usual, MAX (usual, MIN (most, width - needed)));
}

static void
allocate (GtkWidget *widget, int x, int y, int width, int height)
{
  GtkAllocation allocation = { x, y, width, height };

  gtk_widget_size_allocate (widget, &allocation, -1);
}

static void
komek_explore_split_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  KomekExploreSplit *self = KOMEK_EXPLORE_SPLIT (widget);
  gboolean backwards = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int panel_width = choose_panel_width (self, width);
  int map_width = width - panel_width, map_x = backwards ? 0 : panel_width;
  int time_height = measure (self->time, GTK_ORIENTATION_VERTICAL).natural;
  int time_y = height - time_height;

  if (self->upright)
    {
      /* On a small screen the list comes first. */
      int room = height - time_height - measure (self->panel, GTK_ORIENTATION_VERTICAL).minimum;
      int map_height = MIN ((int) (height * MAP_SHARE), room);

      allocate (self->map, 0, 0, width, map_height);
      allocate (self->time, 0, map_height, width, time_height);
      allocate (self->panel, 0, map_height + time_height, width, height - map_height - time_height);
      return;
    }
  allocate (self->map, map_x, 0, map_width, time_y);
  allocate (self->time, map_x, time_y, map_width, time_height);
  allocate (self->panel, backwards ? map_width : 0, 0, panel_width, height);
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
    case PROP_TIME:
      self->time = child;
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
  g_clear_pointer (&self->time, gtk_widget_unparent);
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
  props[PROP_TIME] = g_param_spec_object ("time", NULL, NULL, GTK_TYPE_WIDGET, flags);
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
