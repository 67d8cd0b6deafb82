/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-state-icon.h"

#include "komek-state-art.h"

/**
 * KomekStateIcon:
 *
 * The shape and glyph of a state, as the map draws them, for lists, chips, legends and timelines.
 *
 * The word stands beside it, always; so it has no accessible name of its own.
 */
struct _KomekStateIcon
{
  GtkWidget      parent;
  KomekTheme    *theme;
  KomekStateMark mark;
  int            size;
  GdkTexture    *texture; /* of what it shows now, NULL while that has changed */
  int            scale;   /* of the texture */
};

enum
{
  PROP_THEME = 1,
  PROP_GROUP,
  PROP_STATUS,
  PROP_NUMBER,
  PROP_SIZE,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (KomekStateIcon, komek_state_icon, GTK_TYPE_WIDGET)

static void
redraw (KomekStateIcon *self)
{
  g_clear_object (&self->texture);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static GdkTexture *
paint (KomekStateIcon *self, int scale)
{
  cairo_surface_t *surface =
    cairo_image_surface_create (CAIRO_FORMAT_ARGB32, self->size * scale, self->size * scale);
  cairo_t *cr = cairo_create (surface);

  cairo_scale (cr, self->size * scale / KOMEK_STATE_BOX, self->size * scale / KOMEK_STATE_BOX);
  komek_state_art_draw (cr, komek_theme_get_palette (self->theme), &self->mark);
  cairo_destroy (cr);
  return komek_state_art_take_texture (surface);
}

static void
komek_state_icon_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  KomekStateIcon *self = KOMEK_STATE_ICON (widget);
  int scale = gtk_widget_get_scale_factor (widget);

  if (!self->theme || self->size == 0)
    return;
  if (!self->texture || self->scale != scale)
    {
      g_set_object (&self->texture, NULL);
      self->texture = paint (self, scale);
      self->scale = scale;
    }
  gtk_snapshot_append_texture (snapshot, self->texture,
                               &GRAPHENE_RECT_INIT ((gtk_widget_get_width (widget) - self->size)
                                                      / 2,
                                                    (gtk_widget_get_height (widget) - self->size)
                                                      / 2,
                                                    self->size, self->size));
}

static void
komek_state_icon_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                          int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = KOMEK_STATE_ICON (widget)->size;
}

static void
komek_state_icon_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  KomekStateIcon *self = KOMEK_STATE_ICON (object);

  switch (prop_id)
    {
    case PROP_THEME:
      g_value_set_object (value, self->theme);
      break;
    case PROP_GROUP:
      g_value_set_uint (value, self->mark.group);
      break;
    case PROP_STATUS:
      g_value_set_uint (value, self->mark.status);
      break;
    case PROP_NUMBER:
      g_value_set_uint (value, self->mark.number);
      break;
    case PROP_SIZE:
      g_value_set_int (value, self->size);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
set_theme (KomekStateIcon *self, KomekTheme *theme)
{
  if (self->theme)
    g_signal_handlers_disconnect_by_data (self->theme, self);
  if (!g_set_object (&self->theme, theme))
    return;

  if (theme)
    g_signal_connect_object (theme, "notify::palette", G_CALLBACK (redraw), self,
                             G_CONNECT_SWAPPED);
  redraw (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_THEME]);
}

static void
set_size (KomekStateIcon *self, int size)
{
  if (self->size == size)
    return;

  self->size = size;
  redraw (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SIZE]);
}

static void
komek_state_icon_set_property (GObject *object, guint prop_id, const GValue *value,
                               GParamSpec *pspec)
{
  KomekStateIcon *self = KOMEK_STATE_ICON (object);
  const KomekStateMark *mark = &self->mark;

  switch (prop_id)
    {
    case PROP_THEME:
      set_theme (self, g_value_get_object (value));
      break;
    case PROP_GROUP:
      komek_state_icon_set_state (self, g_value_get_uint (value), mark->status, mark->number);
      break;
    case PROP_STATUS:
      komek_state_icon_set_state (self, mark->group, g_value_get_uint (value), mark->number);
      break;
    case PROP_NUMBER:
      komek_state_icon_set_state (self, mark->group, mark->status, g_value_get_uint (value));
      break;
    case PROP_SIZE:
      set_size (self, g_value_get_int (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
komek_state_icon_dispose (GObject *object)
{
  KomekStateIcon *self = KOMEK_STATE_ICON (object);

  g_clear_object (&self->texture);
  g_clear_object (&self->theme);
  G_OBJECT_CLASS (komek_state_icon_parent_class)->dispose (object);
}

static void
komek_state_icon_class_init (KomekStateIconClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = komek_state_icon_get_property;
  object_class->set_property = komek_state_icon_set_property;
  object_class->dispose = komek_state_icon_dispose;
  widget_class->measure = komek_state_icon_measure;
  widget_class->snapshot = komek_state_icon_snapshot;

  props[PROP_THEME] = g_param_spec_object ("theme", NULL, NULL, KOMEK_TYPE_THEME, flags);
  props[PROP_GROUP] =
    g_param_spec_uint ("group", NULL, NULL, 0, KOMEK_N_GROUPS - 1, KOMEK_GROUP_NEW, flags);
  props[PROP_STATUS] =
    g_param_spec_uint ("status", NULL, NULL, 0, KOMEK_N_STATUSES - 1, KOMEK_STATUS_NEW, flags);
  props[PROP_NUMBER] = g_param_spec_uint ("number", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_SIZE] = g_param_spec_int ("size", NULL, NULL, 0, 256, 28, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_css_name (widget_class, "state");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
komek_state_icon_init (KomekStateIcon *self)
{
  self->size = 28;
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

/**
 * komek_state_icon_new:
 * @size: how wide and high it is, in pixels
 */
GtkWidget *
komek_state_icon_new (KomekTheme *theme, int size)
{
  return g_object_new (KOMEK_TYPE_STATE_ICON, "theme", theme, "size", size, NULL);
}

/**
 * komek_state_icon_set_state:
 * @number: stands in the place of the glyph; 0 for the glyph
 */
void
komek_state_icon_set_state (KomekStateIcon *self, KomekGroup group, KomekStatus status,
                            guint number)
{
  KomekStateMark old;

  g_return_if_fail (KOMEK_IS_STATE_ICON (self));
  g_return_if_fail ((guint) group < KOMEK_N_GROUPS && (guint) status < KOMEK_N_STATUSES);

  old = self->mark;
  self->mark = (KomekStateMark) { group, status, number };
  if (old.group == group && old.status == status && old.number == number)
    return;

  redraw (self);
  if (old.group != group)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_GROUP]);
  if (old.status != status)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATUS]);
  if (old.number != number)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_NUMBER]);
}
