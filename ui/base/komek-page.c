/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-page.h"

/**
 * KomekPage:
 *
 * One thing at a time on the screen: the parent of all pages.
 *
 * A page is made for the language of the moment and thrown away when that
 * changes; whatever must live longer belongs to the context or to a model that
 * the page is given. It has one child, which its template names.
 */
typedef struct
{
  KomekContext *context;
  char         *title;
} KomekPagePrivate;

enum
{
  PROP_CONTEXT = 1,
  PROP_TITLE,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (KomekPage, komek_page, GTK_TYPE_WIDGET)

static void
komek_page_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  KomekPage *self = KOMEK_PAGE (object);

  switch (prop_id)
    {
    case PROP_CONTEXT:
      g_value_set_object (value, komek_page_get_context (self));
      break;
    case PROP_TITLE:
      g_value_set_string (value, komek_page_get_title (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
komek_page_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  KomekPage *self = KOMEK_PAGE (object);
  KomekPagePrivate *priv = komek_page_get_instance_private (self);

  switch (prop_id)
    {
    case PROP_CONTEXT:
      priv->context = g_value_dup_object (value);
      break;
    case PROP_TITLE:
      komek_page_set_title (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
komek_page_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))))
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (komek_page_parent_class)->dispose (object);
}

static void
komek_page_finalize (GObject *object)
{
  KomekPagePrivate *priv = komek_page_get_instance_private (KOMEK_PAGE (object));

  g_clear_object (&priv->context);
  g_free (priv->title);
  G_OBJECT_CLASS (komek_page_parent_class)->finalize (object);
}

static void
komek_page_class_init (KomekPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = komek_page_get_property;
  object_class->set_property = komek_page_set_property;
  object_class->dispose = komek_page_dispose;
  object_class->finalize = komek_page_finalize;

  props[PROP_CONTEXT] = g_param_spec_object ("context", NULL, NULL, KOMEK_TYPE_CONTEXT,
                                             flags | G_PARAM_CONSTRUCT_ONLY);
  props[PROP_TITLE] =
    g_param_spec_string ("title", NULL, NULL, "", flags | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "page");
}

static void
komek_page_init (KomekPage *self)
{
}

/**
 * komek_page_get_context:
 *
 * Returns: (transfer none): what the page was made with; not there yet while
 *   the instance is initialised, so templates are filled in constructed()
 */
KomekContext *
komek_page_get_context (KomekPage *self)
{
  KomekPagePrivate *priv = komek_page_get_instance_private (self);

  return priv->context;
}

const char *
komek_page_get_title (KomekPage *self)
{
  KomekPagePrivate *priv = komek_page_get_instance_private (self);

  return priv->title ? priv->title : "";
}

/* The title is what the page is called in the window's name and to those who hear it. */
void
komek_page_set_title (KomekPage *self, const char *title)
{
  KomekPagePrivate *priv = komek_page_get_instance_private (self);

  if (g_strcmp0 (priv->title, title) == 0)
    return;
  g_free (priv->title);
  priv->title = g_strdup (title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  komek_page_get_title (self), -1);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TITLE]);
}
