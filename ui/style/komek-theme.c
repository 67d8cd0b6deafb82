/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-theme.h"

#include "komek-ui-resources.h"

#define PREFIX "/kz/komek/Komek/style/"

/**
 * KomekTheme:
 *
 * Dresses the display: our rules, and the colours of light, dark or high contrast.
 *
 * It follows the system; a citizen may ask for high contrast on top. High
 * contrast replaces light and dark alike.
 */
struct _KomekTheme
{
  GObject          parent;
  GdkDisplay      *display;
  AdwStyleManager *manager;
  GtkCssProvider  *rules;
  GtkCssProvider  *tokens;
  GtkCssProvider  *contrast; /* more rules, in high contrast only */
  KomekPalette    *palette;
  gboolean         high_contrast;
};

enum
{
  PROP_PALETTE = 1,
  PROP_HIGH_CONTRAST,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (KomekTheme, komek_theme, G_TYPE_OBJECT)

static gboolean
wants_contrast (KomekTheme *self)
{
  return self->high_contrast || adw_style_manager_get_high_contrast (self->manager);
}

static const char *
choose_sheet (KomekTheme *self)
{
  if (wants_contrast (self))
    return PREFIX "tokens-high-contrast.css";
  if (adw_style_manager_get_dark (self->manager))
    return PREFIX "tokens-dark.css";
  return PREFIX "tokens.css";
}

static void
apply (KomekTheme *self)
{
  const char *sheet = choose_sheet (self);
  g_autoptr (GBytes) css = g_resources_lookup_data (sheet, 0, NULL);

  g_return_if_fail (css);

  gtk_css_provider_load_from_resource (self->tokens, sheet);
  gtk_style_context_remove_provider_for_display (self->display,
                                                 GTK_STYLE_PROVIDER (self->contrast));
  if (wants_contrast (self))
    gtk_style_context_add_provider_for_display (self->display, GTK_STYLE_PROVIDER (self->contrast),
                                                GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 2);
  g_clear_pointer (&self->palette, komek_palette_unref);
  self->palette = komek_palette_new_from_css (g_bytes_get_data (css, NULL));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PALETTE]);
}

static void
komek_theme_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  KomekTheme *self = KOMEK_THEME (object);

  switch (prop_id)
    {
    case PROP_PALETTE:
      g_value_set_boxed (value, self->palette);
      break;
    case PROP_HIGH_CONTRAST:
      g_value_set_boolean (value, self->high_contrast);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
komek_theme_set_property (GObject *object, guint prop_id, const GValue *value, GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_HIGH_CONTRAST:
      komek_theme_set_high_contrast (KOMEK_THEME (object), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
komek_theme_dispose (GObject *object)
{
  KomekTheme *self = KOMEK_THEME (object);

  if (self->display)
    {
      gtk_style_context_remove_provider_for_display (self->display,
                                                     GTK_STYLE_PROVIDER (self->rules));
      gtk_style_context_remove_provider_for_display (self->display,
                                                     GTK_STYLE_PROVIDER (self->tokens));
      gtk_style_context_remove_provider_for_display (self->display,
                                                     GTK_STYLE_PROVIDER (self->contrast));
    }
  g_clear_object (&self->display);
  g_clear_object (&self->manager);
  g_clear_object (&self->rules);
  g_clear_object (&self->tokens);
  g_clear_object (&self->contrast);
  G_OBJECT_CLASS (komek_theme_parent_class)->dispose (object);
}

static void
komek_theme_finalize (GObject *object)
{
  g_clear_pointer (&KOMEK_THEME (object)->palette, komek_palette_unref);
  G_OBJECT_CLASS (komek_theme_parent_class)->finalize (object);
}

static void
komek_theme_class_init (KomekThemeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = komek_theme_get_property;
  object_class->set_property = komek_theme_set_property;
  object_class->dispose = komek_theme_dispose;
  object_class->finalize = komek_theme_finalize;

  props[PROP_PALETTE] = g_param_spec_boxed ("palette", NULL, NULL, KOMEK_TYPE_PALETTE,
                                            G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_HIGH_CONTRAST] = g_param_spec_boolean (
    "high-contrast", NULL, NULL, FALSE,
    G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
komek_theme_init (KomekTheme *self)
{
  /* The templates of every page live in the same bundle; without this reference
   * the linker would leave it out of a static library. */
  g_resources_register (komek_ui_get_resource ());
  self->rules = gtk_css_provider_new ();
  self->tokens = gtk_css_provider_new ();
  self->contrast = gtk_css_provider_new ();
}

/**
 * komek_theme_new:
 *
 * Returns: (transfer full): a theme that dresses @display until it is disposed of
 */
KomekTheme *
komek_theme_new (GdkDisplay *display, AdwStyleManager *manager)
{
  KomekTheme *self = g_object_new (KOMEK_TYPE_THEME, NULL);

  self->display = g_object_ref (display);
  self->manager = g_object_ref (manager);
  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (apply), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::high-contrast", G_CALLBACK (apply), self,
                           G_CONNECT_SWAPPED);

  gtk_css_provider_load_from_resource (self->rules, PREFIX "komek.css");
  gtk_css_provider_load_from_resource (self->contrast, PREFIX "high-contrast.css");
  apply (self);
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (self->tokens),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (self->rules),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 1);
  return self;
}

/**
 * komek_theme_get_palette:
 *
 * Returns: (transfer none): the colours of now; notifies when they change
 */
KomekPalette *
komek_theme_get_palette (KomekTheme *self)
{
  g_return_val_if_fail (KOMEK_IS_THEME (self), NULL);

  return self->palette;
}

/* Whether the citizen asked for it here; the system may ask too. */
gboolean
komek_theme_get_high_contrast (KomekTheme *self)
{
  g_return_val_if_fail (KOMEK_IS_THEME (self), FALSE);

  return self->high_contrast;
}

void
komek_theme_set_high_contrast (KomekTheme *self, gboolean high_contrast)
{
  g_return_if_fail (KOMEK_IS_THEME (self));

  if (self->high_contrast == !!high_contrast)
    return;
  self->high_contrast = !!high_contrast;
  apply (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_HIGH_CONTRAST]);
}
