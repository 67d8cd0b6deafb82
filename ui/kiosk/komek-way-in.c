/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-way-in.h"

#include "komek-icon.h"

/**
 * KomekWayIn:
 *
 * One of the three big buttons of the first page: what it is called and what it is good for.
 *
 * Lying (icon, words, picture, arrow in a row) on an upright screen, standing
 * (words below icon and picture) on a wide one.
 */
struct _KomekWayIn
{
  GtkButton   parent;
  GtkWidget  *grid;
  GtkWidget  *well;
  GtkWidget  *texts;
  GtkWidget  *picture;
  GtkWidget  *arrow;
  GtkImage   *icon;
  GtkLabel   *name_label;
  GtkLabel   *use_label;
};

enum
{
  PROP_ICON = 1,
  PROP_NAME_TEXT,
  PROP_USE_TEXT,
  PROP_PICTURE,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (KomekWayIn, komek_way_in, GTK_TYPE_BUTTON)

static void
place_child (KomekWayIn *self, GtkWidget *child, int column, int row, int width)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (self->grid);
  GtkLayoutChild *position = gtk_layout_manager_get_layout_child (layout, child);

  g_object_set (position, "column", column, "row", row, "column-span", width, NULL);
}

static void
komek_way_in_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  KomekWayIn *self = KOMEK_WAY_IN (object);

  switch (prop_id)
    {
    case PROP_ICON:
      komek_icon_show (self->icon, g_value_get_string (value));
      break;
    case PROP_NAME_TEXT:
      gtk_label_set_label (self->name_label, g_value_get_string (value));
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      g_value_get_string (value), -1);
      break;
    case PROP_USE_TEXT:
      gtk_label_set_label (self->use_label, g_value_get_string (value));
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                      g_value_get_string (value), -1);
      break;
    case PROP_PICTURE:
      gtk_widget_add_css_class (self->picture, g_value_get_string (value));
      gtk_widget_set_visible (self->picture, TRUE);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
komek_way_in_class_init (KomekWayInClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;

  object_class->set_property = komek_way_in_set_property;

  props[PROP_ICON] = g_param_spec_string ("icon", NULL, NULL, NULL, flags);
  props[PROP_NAME_TEXT] = g_param_spec_string ("name-text", NULL, NULL, NULL, flags);
  props[PROP_USE_TEXT] = g_param_spec_string ("use-text", NULL, NULL, NULL, flags);
  props[PROP_PICTURE] = g_param_spec_string ("picture", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kz/komek/Komek/kiosk/komek-way-in.ui");
  gtk_widget_class_bind_template_child (widget_class, KomekWayIn, grid);
  gtk_widget_class_bind_template_child (widget_class, KomekWayIn, well);
  gtk_widget_class_bind_template_child (widget_class, KomekWayIn, texts);
  gtk_widget_class_bind_template_child (widget_class, KomekWayIn, picture);
  gtk_widget_class_bind_template_child (widget_class, KomekWayIn, arrow);
  gtk_widget_class_bind_template_child (widget_class, KomekWayIn, icon);
  gtk_widget_class_bind_template_child (widget_class, KomekWayIn, name_label);
  gtk_widget_class_bind_template_child (widget_class, KomekWayIn, use_label);
}

static void
komek_way_in_init (KomekWayIn *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (self), "way-in");
}

void
komek_way_in_set_upright (KomekWayIn *self, gboolean upright)
{
  g_return_if_fail (KOMEK_IS_WAY_IN (self));

  place_child (self, self->well, 0, 0, 1);
  place_child (self, self->texts, upright ? 1 : 0, upright ? 0 : 1, upright ? 1 : 2);
  place_child (self, self->picture, upright ? 2 : 1, 0, 1);
  place_child (self, self->arrow, upright ? 3 : 2, 0, 1);
  gtk_widget_set_visible (self->arrow, upright);
  gtk_widget_set_hexpand (self->picture, !upright);
  gtk_widget_set_valign (self->well, upright ? GTK_ALIGN_CENTER : GTK_ALIGN_START);
  gtk_widget_set_valign (self->texts, upright ? GTK_ALIGN_CENTER : GTK_ALIGN_END);
}
