/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-heat-ramp.h"

#include "komek-gettext.h"
#include "komek-heat-colors.h"

/**
 * KomekHeatRamp:
 *
 * The six colours of a map with where each of them begins.
 *
 * The colours are the style sheet's, so that the ramp and the map cannot differ.
 */
struct _KomekHeatRamp
{
  GtkWidget parent;
  GtkGrid  *grid;
  GtkLabel *labels[KOMEK_MAP_STEPS];
};

G_DEFINE_FINAL_TYPE (KomekHeatRamp, komek_heat_ramp, GTK_TYPE_WIDGET)

static void
komek_heat_ramp_dispose (GObject *object)
{
  KomekHeatRamp *self = KOMEK_HEAT_RAMP (object);

  if (self->grid)
    gtk_widget_unparent (GTK_WIDGET (self->grid));
  self->grid = NULL;
  G_OBJECT_CLASS (komek_heat_ramp_parent_class)->dispose (object);
}

static void
komek_heat_ramp_class_init (KomekHeatRampClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = komek_heat_ramp_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "heat-ramp");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_IMG);
}

static void
komek_heat_ramp_init (KomekHeatRamp *self)
{
  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_column_homogeneous (self->grid, TRUE);
  for (int i = 0; i < KOMEK_MAP_STEPS; i++)
    {
      GtkWidget *swatch = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
      GtkWidget *label = gtk_label_new (NULL);

      gtk_widget_add_css_class (swatch, komek_heat_colors_get_token ((guint) i + 1));
      gtk_widget_add_css_class (swatch, "swatch");
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_grid_attach (self->grid, swatch, i, 0, 1, 1);
      gtk_grid_attach (self->grid, label, i, 1, 1, 1);
      self->labels[i] = GTK_LABEL (label);
    }
  gtk_widget_set_parent (GTK_WIDGET (self->grid), GTK_WIDGET (self));
}

GtkWidget *
komek_heat_ramp_new (void)
{
  return g_object_new (KOMEK_TYPE_HEAT_RAMP, NULL);
}

/**
 * komek_heat_ramp_show:
 * @bounds: (array length=KOMEK_MAP_STEPS): where each colour begins, as it is to be read
 */
void
komek_heat_ramp_show (KomekHeatRamp *self, const char *const *bounds)
{
  g_autofree char *last = NULL;
  g_autofree char *sentence = NULL;

  g_return_if_fail (KOMEK_IS_HEAT_RAMP (self));

  for (int i = 0; i < KOMEK_MAP_STEPS - 1; i++)
    gtk_label_set_label (self->labels[i], bounds[i]);
  /* Translators: where the last colour of a map begins, such as 250 or 40%; one sign more. */
  last = g_strdup_printf (C_ ("bound", "%s+"), bounds[KOMEK_MAP_STEPS - 1]);
  gtk_label_set_label (self->labels[KOMEK_MAP_STEPS - 1], last);
  /* Translators: two numbers, such as 1 and 250. Says what the colours on the map stand for. */
  sentence = g_strdup_printf (_("The colours go from %s to %s and more"), bounds[0],
                              bounds[KOMEK_MAP_STEPS - 1]);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, sentence,
                                  -1);
}
