/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-icon.h"

#include <math.h>

#include "komek-path.h"
#include "komek-state-art.h"

#define FOLDER "/kz/komek/Komek/icons/"

/* Drawn with a thicker pen: at these sizes the usual one would be a grey hair. */
#define SMALLEST 14 /* pixels */
#define LARGEST 18

/**
 * KomekIcon:
 *
 * One of our symbolic icons, in the colour of the widget that shows it.
 *
 * An icon theme would draw the same files with librsvg: six megabytes that
 * nothing else needs, and threads of their own. Ours are outlines to be filled
 * and nothing else, so that a few lines do.
 */
struct _KomekIcon
{
  GObject     parent;
  char       *name;
  GdkTexture *texture; /* what was shown last, NULL while there is none */
  GdkRGBA     color;   /* of the texture */
};

enum
{
  PROP_NAME = 1,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

static void komek_icon_paintable_init (GdkPaintableInterface *iface);
static void komek_icon_symbolic_init (GtkSymbolicPaintableInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (KomekIcon, komek_icon, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GDK_TYPE_PAINTABLE,
                                                      komek_icon_paintable_init)
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SYMBOLIC_PAINTABLE,
                                                      komek_icon_symbolic_init))

static char *
build_path (const char *name, const char *folder)
{
  return g_strdup_printf (FOLDER "%s/actions/%s.svg", folder, name);
}

/* The box that a file is drawn in comes to fill that of the picture. */
static void
fit_box (cairo_t *cr, const char *box)
{
  double side = 0;

  if (!box || sscanf (box, "0 0 %lf", &side) != 1 || side <= 0)
    return;
  cairo_scale (cr, 1 / side, 1 / side);
}

static void
on_element (GMarkupParseContext *context, const char *element, const char **names,
            const char **values, gpointer data, GError **error)
{
  cairo_t *cr = data;
  const char *box = NULL, *path = NULL, *rule = NULL;

  for (guint i = 0; names[i]; i++)
    if (g_str_equal (names[i], "viewBox"))
      box = values[i];
    else if (g_str_equal (names[i], "d"))
      path = values[i];
    else if (g_str_equal (names[i], "fill-rule"))
      rule = values[i];

  if (g_str_equal (element, "svg"))
    fit_box (cr, box);
  if (!g_str_equal (element, "path") || !path)
    return;
  cairo_set_fill_rule (cr, g_strcmp0 (rule, "evenodd") == 0 ? CAIRO_FILL_RULE_EVEN_ODD
                                                            : CAIRO_FILL_RULE_WINDING);
  cairo_new_path (cr);
  komek_path_trace (cr, path);
  cairo_fill (cr);
}

/* Fills the square from (0, 0) to (1, 1) of the user space, in the colour that is set. */
static void
draw (KomekIcon *self, cairo_t *cr, gboolean small)
{
  static const GMarkupParser parser = { .start_element = on_element };
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, 0, cr, NULL);
  g_autofree char *path = build_path (self->name, small ? "16x16" : "scalable");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = g_resources_lookup_data (path, 0, &error);

  if (!file
      || !g_markup_parse_context_parse (context, g_bytes_get_data (file, NULL),
                                        g_bytes_get_size (file), &error))
    g_warning ("An icon cannot be drawn: %s", error->message);
}

/* A paintable is not told for which screen it is painted: the finest one decides. */
static int
find_scale (void)
{
  GListModel *monitors = gdk_display_get_monitors (gdk_display_get_default ());
  int scale = 1;

  for (guint i = 0; i < g_list_model_get_n_items (monitors); i++)
    {
      g_autoptr (GdkMonitor) monitor = g_list_model_get_item (monitors, i);

      scale = MAX (scale, gdk_monitor_get_scale_factor (monitor));
    }
  return scale;
}

static GdkTexture *
paint (KomekIcon *self, int side, const GdkRGBA *color)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, side, side);
  cairo_t *cr = cairo_create (surface);

  cairo_scale (cr, side, side);
  gdk_cairo_set_source_rgba (cr, color);
  draw (self, cr, side >= SMALLEST && side <= LARGEST);
  cairo_destroy (cr);
  return komek_state_art_take_texture (surface);
}

/* Without a graphics card a frame that fills outlines anew is slow; one that copies them is not. */
static void
komek_icon_snapshot_symbolic (GtkSymbolicPaintable *paintable, GdkSnapshot *snapshot, double width,
                              double height, const GdkRGBA *colors, gsize n_colors)
{
  KomekIcon *self = KOMEK_ICON (paintable);
  const GdkRGBA *color = &colors[GTK_SYMBOLIC_COLOR_FOREGROUND];
  double shown = MIN (width, height);
  int side = ceil (shown * find_scale ());

  if (!self->name || side <= 0)
    return;
  if (!self->texture || gdk_texture_get_width (self->texture) != side
      || !gdk_rgba_equal (&self->color, color))
    {
      g_set_object (&self->texture, NULL);
      self->texture = paint (self, side, color);
      self->color = *color;
    }
  gtk_snapshot_append_texture (snapshot, self->texture,
                               &GRAPHENE_RECT_INIT ((width - shown) / 2, (height - shown) / 2,
                                                    shown, shown));
}

static void
komek_icon_symbolic_init (GtkSymbolicPaintableInterface *iface)
{
  iface->snapshot_symbolic = komek_icon_snapshot_symbolic;
}

/* Of whoever does not know of symbolic ones. */
static void
komek_icon_snapshot (GdkPaintable *paintable, GdkSnapshot *snapshot, double width, double height)
{
  const GdkRGBA black = { 0, 0, 0, 1 };

  komek_icon_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (paintable), snapshot, width, height, &black,
                                1);
}

static GdkPaintableFlags
komek_icon_get_flags (GdkPaintable *paintable)
{
  return GDK_PAINTABLE_STATIC_SIZE;
}

static double
komek_icon_get_intrinsic_aspect_ratio (GdkPaintable *paintable)
{
  return 1;
}

static void
komek_icon_paintable_init (GdkPaintableInterface *iface)
{
  iface->snapshot = komek_icon_snapshot;
  iface->get_flags = komek_icon_get_flags;
  iface->get_intrinsic_aspect_ratio = komek_icon_get_intrinsic_aspect_ratio;
}

static void
komek_icon_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_NAME:
      g_value_set_string (value, KOMEK_ICON (object)->name);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
komek_icon_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_NAME:
      KOMEK_ICON (object)->name = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
komek_icon_finalize (GObject *object)
{
  KomekIcon *self = KOMEK_ICON (object);

  g_clear_object (&self->texture);
  g_free (self->name);
  G_OBJECT_CLASS (komek_icon_parent_class)->finalize (object);
}

static void
komek_icon_class_init (KomekIconClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = komek_icon_get_property;
  object_class->set_property = komek_icon_set_property;
  object_class->finalize = komek_icon_finalize;

  /**
   * KomekIcon:name:
   *
   * As its file is called, without the ending.
   */
  props[PROP_NAME] =
    g_param_spec_string ("name", NULL, NULL, NULL,
                         G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
komek_icon_init (KomekIcon *self)
{
}

/* Whether there is a drawing of that name. */
gboolean
komek_icon_exists (const char *name)
{
  g_autofree char *path = build_path (name, "scalable");

  return g_resources_get_info (path, 0, NULL, NULL, NULL);
}

/**
 * komek_icon_new:
 * @name: as its file is called, without the ending
 *
 * Returns: (transfer full): an icon for images and entries
 */
GdkPaintable *
komek_icon_new (const char *name)
{
  return g_object_new (KOMEK_TYPE_ICON, "name", name, NULL);
}

/* An image that says nothing to whoever does not see it. It must not be stretched: an image draws
 * what is given to it as large as it is itself, and not as large as its icons shall be. */
GtkWidget *
komek_icon_new_image (const char *name)
{
  g_autoptr (GdkPaintable) icon = komek_icon_new (name);

  return g_object_new (GTK_TYPE_IMAGE, "paintable", icon, "halign", GTK_ALIGN_CENTER, "valign",
                       GTK_ALIGN_CENTER, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
}

/* As gtk_button_new_from_icon_name() makes one. */
GtkWidget *
komek_icon_new_button (const char *name)
{
  GtkWidget *button = g_object_new (GTK_TYPE_BUTTON, "child", komek_icon_new_image (name), NULL);

  gtk_widget_add_css_class (button, "image-button");
  return button;
}

/* Shows another icon in an image, unless it is the one that is shown. */
void
komek_icon_show (GtkImage *image, const char *name)
{
  GdkPaintable *shown = gtk_image_get_paintable (image);
  g_autoptr (GdkPaintable) icon = NULL;

  if (KOMEK_IS_ICON (shown) && g_strcmp0 (KOMEK_ICON (shown)->name, name) == 0)
    return;
  icon = komek_icon_new (name);
  gtk_image_set_from_paintable (image, icon);
}
