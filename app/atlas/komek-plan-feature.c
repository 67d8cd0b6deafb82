/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-plan-private.h"

/* What features and lines own while they are in an array. */

static void
clear_line (KomekPlanLine *line)
{
  g_free ((gpointer) line->vertices);
}

static void
clear_feature (KomekPlanFeature *feature)
{
  for (guint i = 0; i < feature->n_lines; i++)
    clear_line ((KomekPlanLine *) &feature->lines[i]);
  g_free ((gpointer) feature->lines);
  g_free ((gpointer) feature->code);
  komek_label_unref (feature->label);
}

/* Returns: (transfer full) (element-type KomekPlanLine) */
GArray *
komek_plan_lines_new (void)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (KomekPlanLine));

  g_array_set_clear_func (lines, (GDestroyNotify) clear_line);
  return lines;
}

/* Returns: (transfer full) (element-type KomekPlanFeature) */
GArray *
komek_plan_features_new (void)
{
  GArray *features = g_array_new (FALSE, FALSE, sizeof (KomekPlanFeature));

  g_array_set_clear_func (features, (GDestroyNotify) clear_feature);
  return features;
}

/* The lines go over to the feature, which has none; the array is of no use then. */
void
komek_plan_feature_take_lines (KomekPlanFeature *self, GArray *lines)
{
  g_array_set_clear_func (lines, NULL);
  self->n_lines = lines->len;
  self->lines = (KomekPlanLine *) g_array_free (g_array_ref (lines), FALSE);
}
