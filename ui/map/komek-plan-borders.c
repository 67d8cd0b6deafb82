/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-plan-borders.h"

/* A border lies between two corners, whichever way round it is walked. */
static char *
name_of_segment (const KomekPlanVertex *a, const KomekPlanVertex *b)
{
  gboolean swap = a->longitude > b->longitude
                  || (a->longitude == b->longitude && a->latitude > b->latitude);
  const KomekPlanVertex *first = swap ? b : a, *second = swap ? a : b;

  return g_strdup_printf ("%.7f %.7f %.7f %.7f", first->longitude, first->latitude,
                          second->longitude, second->latitude);
}

/* Walks round a ring and takes what no neighbour has given yet, in pieces as long as possible. */
static void
take_ring (const KomekPlanLine *ring, GHashTable *seen, GPtrArray *borders)
{
  GArray *border = NULL;

  for (guint i = 1; i < ring->n_vertices; i++)
    {
      const KomekPlanVertex *v = &ring->vertices[i];

      if (!g_hash_table_add (seen, name_of_segment (v - 1, v)))
        {
          border = NULL;
          continue;
        }
      if (!border)
        {
          border = g_array_new (FALSE, FALSE, sizeof (KomekPlanVertex));
          g_ptr_array_add (borders, border);
          g_array_append_vals (border, v - 1, 1);
        }
      g_array_append_vals (border, v, 1);
    }
}

/**
 * komek_plan_borders_list:
 *
 * Lists the borders of the districts, each once: two neighbours share most of
 * theirs, and dashes that are drawn twice fill each other's gaps.
 *
 * Returns: (transfer full) (element-type GArray): arrays of KomekPlanVertex
 */
GPtrArray *
komek_plan_borders_list (KomekPlan *plan)
{
  GPtrArray *borders = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n;
  const KomekPlanFeature *features = komek_plan_peek_features (plan, &n);

  for (guint i = 0; i < n; i++)
    for (guint j = 0; features[i].kind == KOMEK_PLAN_DISTRICT && j < features[i].n_lines; j++)
      take_ring (&features[i].lines[j], seen, borders);

  return borders;
}
