/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-plan-map-private.h"

#include "komek-fit.h"

#define SMALL_MAP 600   /* pixels wide: it has no legend */
#define FOOT_SHARE 0.6  /* of a large map's width, for the words at its foot */

/* The words on a map besides its names: who made it at its foot, and what of it does not show in its
 * upper corner. */

/* At the foot; of a large map they leave room for the legend. */
static void
allocate_attribution (KomekPlanMap *self, int width, int height)
{
  GtkRequisition size = komek_fit_measure (
    self->attribution, width > SMALL_MAP ? (int) (width * FOOT_SHARE) : width);

  gtk_widget_size_allocate (
    self->attribution,
    &(GtkAllocation) { 0, MAX (0, height - size.height), size.width, size.height }, -1);
}

static void
allocate_trouble (KomekPlanMap *self, int width)
{
  GtkRequisition size = komek_fit_measure (self->trouble, width), above = { 0 };

  if (self->above && gtk_widget_get_visible (self->above))
    above = komek_fit_measure (self->above, width);
  gtk_widget_size_allocate (self->trouble,
                            &(GtkAllocation) { 0, above.height, size.width, size.height }, -1);
}

/* In what room the map has. */
void
komek_plan_map_allocate_words (KomekPlanMap *self, int width, int height)
{
  allocate_attribution (self, width, height);
  if (gtk_widget_get_visible (self->trouble))
    allocate_trouble (self, width);
}

static GtkWidget *
add_words (KomekPlanMap *self, const char *style)
{
  GtkWidget *words = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (words), TRUE);
  gtk_label_set_xalign (GTK_LABEL (words), 0);
  gtk_widget_add_css_class (words, style);
  gtk_widget_set_can_target (words, FALSE);
  gtk_widget_set_visible (words, FALSE);
  gtk_widget_set_parent (words, GTK_WIDGET (self));
  return words;
}

/* They show once there is something to say. */
void
komek_plan_map_add_words (KomekPlanMap *self)
{
  self->attribution = add_words (self, "attribution");
  self->trouble = add_words (self, "map-trouble");
}

/* Says what the imprint says now. */
void
komek_plan_map_show_imprint (KomekPlanMap *self)
{
  const char *attribution = komek_map_imprint_get_attribution (self->imprint);
  const char *trouble = komek_map_imprint_get_trouble (self->imprint);

  gtk_label_set_label (GTK_LABEL (self->attribution), attribution);
  gtk_widget_set_visible (self->attribution, *attribution != '\0');
  gtk_label_set_label (GTK_LABEL (self->trouble), trouble);
  gtk_widget_set_visible (self->trouble, *trouble != '\0');
}

/* Names keep clear of them. */
void
komek_plan_map_gather_words (KomekPlanMap *self, GArray *marks)
{
  komek_name_layer_add_widget (marks, self->attribution, GTK_WIDGET (self));
  komek_name_layer_add_widget (marks, self->trouble, GTK_WIDGET (self));
}

/**
 * komek_plan_map_set_above:
 * @above: (nullable): what somebody has laid on the upper corner of the map
 *
 * Says what of the map does not show below that, as long as that is visible. It is as wide as it
 * wants to be where there is room; see komek_fit_measure().
 */
void
komek_plan_map_set_above (KomekPlanMap *self, GtkWidget *above)
{
  g_return_if_fail (KOMEK_IS_PLAN_MAP (self));

  if (self->above)
    g_signal_handlers_disconnect_by_data (self->above, self);
  g_set_weak_pointer (&self->above, above);
  if (above)
    g_signal_connect_object (above, "notify::visible", G_CALLBACK (gtk_widget_queue_allocate), self,
                             G_CONNECT_SWAPPED);
}

/**
 * komek_plan_map_get_foot:
 * @x: where something stands on the map, from there to its right edge
 *
 * Returns: how many pixels below it the words take that say who made the map
 */
int
komek_plan_map_get_foot (KomekPlanMap *self, int x)
{
  graphene_rect_t box;

  g_return_val_if_fail (KOMEK_IS_PLAN_MAP (self), 0);

  if (!gtk_widget_get_visible (self->attribution)
      || !gtk_widget_compute_bounds (self->attribution, GTK_WIDGET (self), &box)
      || x >= box.origin.x + box.size.width)
    return 0;
  return gtk_widget_get_height (GTK_WIDGET (self)) - (int) box.origin.y;
}
