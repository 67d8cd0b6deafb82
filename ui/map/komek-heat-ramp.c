/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-heat-ramp.h"

#include "komek-gettext.h"
#include "komek-heat-colors.h"

/**
 * KomekHeatRamp:
 *
 * The six colours of a map with where each of them begins.
 *
 * In a row, and where there is no room for that in two or three of them. The
 * colours are the style sheet's, so that the ramp and the map cannot differ.
 */
struct _KomekHeatRamp
{
  GtkWidget  parent;
  GtkWidget *steps[KOMEK_MAP_STEPS];
  GtkLabel  *labels[KOMEK_MAP_STEPS];
};

G_DEFINE_FINAL_TYPE (KomekHeatRamp, komek_heat_ramp, GTK_TYPE_WIDGET)

/* How many steps a row may have, so that all rows have as many. */
static const int columns[] = { KOMEK_MAP_STEPS, KOMEK_MAP_STEPS / 2, KOMEK_MAP_STEPS / 3 };

/* Of the largest step: all of them are as large. */
static int
measure_step (KomekHeatRamp *self, GtkOrientation orientation)
{
  int most = 0;

  for (guint i = 0; i < KOMEK_MAP_STEPS; i++)
    {
      int size;

      gtk_widget_measure (self->steps[i], orientation, -1, NULL, &size, NULL, NULL);
      most = MAX (most, size);
    }
  return most;
}

/* Into a row of a width, -1 where there is room for all. */
static int
count_columns (KomekHeatRamp *self, int width)
{
  int step = width < 0 ? 0 : measure_step (self, GTK_ORIENTATION_HORIZONTAL);
  guint last = G_N_ELEMENTS (columns) - 1;

  for (guint i = 0; i < last; i++)
    if (columns[i] * step <= MAX (0, width))
      return columns[i];
  return columns[last];
}

static GtkSizeRequestMode
komek_heat_ramp_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
komek_heat_ramp_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                         int *natural, int *minimum_baseline, int *natural_baseline)
{
  KomekHeatRamp *self = KOMEK_HEAT_RAMP (widget);
  int step = measure_step (self, orientation);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = step * columns[G_N_ELEMENTS (columns) - 1];
      *natural = step * KOMEK_MAP_STEPS;
    }
  else
    *minimum = *natural = step * KOMEK_MAP_STEPS / count_columns (self, for_size);
}

static void
komek_heat_ramp_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  KomekHeatRamp *self = KOMEK_HEAT_RAMP (widget);
  int n = count_columns (self, width), step = measure_step (self, GTK_ORIENTATION_VERTICAL);
  gboolean backwards = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

  for (int i = 0; i < KOMEK_MAP_STEPS; i++)
    {
      int column = backwards ? n - 1 - i % n : i % n, x = width * column / n;
      GtkAllocation place = { x, step * (i / n), width * (column + 1) / n - x, step };

      gtk_widget_size_allocate (self->steps[i], &place, -1);
    }
}

static void
komek_heat_ramp_dispose (GObject *object)
{
  KomekHeatRamp *self = KOMEK_HEAT_RAMP (object);

  for (guint i = 0; i < KOMEK_MAP_STEPS; i++)
    g_clear_pointer (&self->steps[i], gtk_widget_unparent);
  G_OBJECT_CLASS (komek_heat_ramp_parent_class)->dispose (object);
}

static void
komek_heat_ramp_class_init (KomekHeatRampClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = komek_heat_ramp_dispose;
  widget_class->get_request_mode = komek_heat_ramp_get_request_mode;
  widget_class->measure = komek_heat_ramp_measure;
  widget_class->size_allocate = komek_heat_ramp_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "heat-ramp");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
komek_heat_ramp_init (KomekHeatRamp *self)
{
  for (guint i = 0; i < KOMEK_MAP_STEPS; i++)
    {
      GtkWidget *step = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
      GtkWidget *swatch = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
      GtkWidget *label = gtk_label_new (NULL);

      gtk_widget_add_css_class (swatch, komek_heat_colors_get_token (i + 1));
      gtk_widget_add_css_class (swatch, "swatch");
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_box_append (GTK_BOX (step), swatch);
      gtk_box_append (GTK_BOX (step), label);
      gtk_widget_set_parent (step, GTK_WIDGET (self));
      self->steps[i] = step;
      self->labels[i] = GTK_LABEL (label);
    }
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
