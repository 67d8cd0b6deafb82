/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "komek-exploration-private.h"

#define SAME 0.003 /* of a view: two pixels on a kiosk */

/* Where and how somebody looks: the part of KomekExploration that the map and the list set. */

KomekListOrder
komek_exploration_get_order (KomekExploration *self)
{
  return self->order;
}

void
komek_exploration_set_order (KomekExploration *self, KomekListOrder order)
{
  g_return_if_fail (KOMEK_IS_EXPLORATION (self));
  g_return_if_fail ((guint) order < KOMEK_N_LIST_ORDERS);

  if (self->order == order)
    return;
  self->order = order;
  if (order == KOMEK_LIST_STREET && !self->ranks)
    komek_exploration_rank_streets (self);
  komek_exploration_survey (self);
  g_object_notify_by_pspec (G_OBJECT (self), komek_exploration_props[PROP_ORDER]);
}

KomekMapLayer
komek_exploration_get_layer (KomekExploration *self)
{
  return self->layer;
}

/* The survey stays what it is: all layers are drawn from one. */
void
komek_exploration_set_layer (KomekExploration *self, KomekMapLayer layer)
{
  g_return_if_fail (KOMEK_IS_EXPLORATION (self));
  g_return_if_fail ((guint) layer < KOMEK_N_MAP_LAYERS);

  if (self->layer == layer)
    return;
  self->layer = layer;
  g_object_notify_by_pspec (G_OBJECT (self), komek_exploration_props[PROP_LAYER]);
}

/* What the layer of the districts tells, while it shows. */
KomekDistrictMeasure
komek_exploration_get_measure (KomekExploration *self)
{
  return self->measure;
}

void
komek_exploration_set_measure (KomekExploration *self, KomekDistrictMeasure measure)
{
  g_return_if_fail (KOMEK_IS_EXPLORATION (self));
  g_return_if_fail ((guint) measure < KOMEK_N_DISTRICT_MEASURES);

  if (self->measure == measure)
    return;
  self->measure = measure;
  g_object_notify_by_pspec (G_OBJECT (self), komek_exploration_props[PROP_MEASURE]);
}

/* How far around its centre requests are let through, in metres; 0 for everywhere. */
guint
komek_exploration_get_around (KomekExploration *self)
{
  return self->around;
}

/**
 * komek_exploration_set_around:
 * @metres: 0 for everywhere
 *
 * Lets through only what lies in a circle about where this device stands, or
 * else about what is the middle of the map at this moment; see
 * komek_exploration_get_centre().
 */
void
komek_exploration_set_around (KomekExploration *self, guint metres)
{
  g_return_if_fail (KOMEK_IS_EXPLORATION (self));
  g_return_if_fail (metres <= KOMEK_EXPLORATION_FARTHEST);

  if (self->around == metres)
    return;
  if (self->around == 0)
    komek_exploration_get_centre (self, &self->latitude, &self->longitude);
  self->around = metres;
  g_clear_pointer (&self->members, g_array_unref);
  komek_exploration_filter_anew (self);
  g_object_notify_by_pspec (G_OBJECT (self), komek_exploration_props[PROP_AROUND]);
}

/**
 * komek_exploration_get_here:
 *
 * Returns: (transfer none) (nullable): where this device stands
 */
KomekPlace *
komek_exploration_get_here (KomekExploration *self)
{
  return komek_context_get_here (self->context);
}

/**
 * komek_exploration_get_centre:
 *
 * Tells from where distances count: from where this device stands, else from
 * the middle of the circle that is looked around in, else from that of the map.
 */
void
komek_exploration_get_centre (KomekExploration *self, double *latitude, double *longitude)
{
  KomekPlace *here = komek_exploration_get_here (self);

  *latitude = here ? komek_place_get_latitude (here)
              : self->around > 0 ? self->latitude : self->viewport.latitude;
  *longitude = here ? komek_place_get_longitude (here)
               : self->around > 0 ? self->longitude : self->viewport.longitude;
}

KomekViewport
komek_exploration_get_viewport (KomekExploration *self)
{
  return self->viewport;
}

/* A map comes back to the whole pixel: that is the same view. */
static gboolean
is_same_view (const KomekBounds *a, const KomekBounds *b)
{
  double high = SAME * (komek_bounds_get_north (a) - komek_bounds_get_south (a));
  double wide = SAME * (komek_bounds_get_east (a) - komek_bounds_get_west (a));

  return fabs (komek_bounds_get_south (a) - komek_bounds_get_south (b)) <= high
         && fabs (komek_bounds_get_west (a) - komek_bounds_get_west (b)) <= wide
         && fabs (komek_bounds_get_north (a) - komek_bounds_get_north (b)) <= high
         && fabs (komek_bounds_get_east (a) - komek_bounds_get_east (b)) <= wide;
}

/* Whether there is a map that has not told yet what of the city it shows. */
gboolean
komek_exploration_is_awaiting (KomekExploration *self)
{
  return self->n_maps > 0 && !self->view;
}

/**
 * komek_exploration_add_map:
 *
 * Says that a map is about to show. Until it has told its view nothing is
 * counted and listed: it would be the whole city, for a blink, and again what
 * the map shows of it.
 */
void
komek_exploration_add_map (KomekExploration *self)
{
  g_return_if_fail (KOMEK_IS_EXPLORATION (self));

  self->n_maps++;
  if (!komek_exploration_is_awaiting (self) || !self->survey)
    return;
  komek_listing_empty (self->listing);
  g_object_notify_by_pspec (G_OBJECT (self), komek_exploration_props[PROP_SURVEY]);
}

/* Says that a map is gone. Where none has told a view, the whole city is counted again. */
void
komek_exploration_remove_map (KomekExploration *self)
{
  g_return_if_fail (KOMEK_IS_EXPLORATION (self) && self->n_maps > 0);

  self->n_maps--;
  if (!self->view)
    komek_exploration_survey (self);
}

/**
 * komek_exploration_set_view:
 * @bounds: what of the city shows
 *
 * Says where the map is. The members of a place are left with the view they were in.
 */
void
komek_exploration_set_view (KomekExploration *self, const KomekViewport *viewport,
                            KomekBounds *bounds)
{
  g_return_if_fail (KOMEK_IS_EXPLORATION (self));

  if (self->view && is_same_view (self->view, bounds))
    return;
  self->viewport = *viewport;
  g_clear_pointer (&self->view, komek_bounds_unref);
  self->view = komek_bounds_ref (bounds);
  g_clear_pointer (&self->members, g_array_unref);
  komek_exploration_survey (self);
}

/**
 * komek_exploration_get_members:
 *
 * Returns: (transfer none) (nullable) (element-type guint32): the only requests that are listed
 */
GArray *
komek_exploration_get_members (KomekExploration *self)
{
  return self->members;
}

/**
 * komek_exploration_show_members:
 * @keys: (nullable) (element-type guint32): requests at one place, %NULL for all in view
 *
 * Lists these alone, until the view or the filter changes.
 */
void
komek_exploration_show_members (KomekExploration *self, GArray *keys)
{
  g_return_if_fail (KOMEK_IS_EXPLORATION (self));

  if (!keys && !self->members)
    return;
  g_clear_pointer (&self->members, g_array_unref);
  self->members = keys ? g_array_ref (keys) : NULL;
  komek_exploration_survey (self);
}
