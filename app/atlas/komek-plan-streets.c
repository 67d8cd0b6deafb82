/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-plan-streets.h"

#include <math.h>

#include "komek-plan-private.h"

/* A plan while streets come to it. */
typedef struct
{
  GArray     *features;
  GPtrArray  *lines;   /* of the feature at the same place, in a GArray that grows */
  GHashTable *by_name; /* where a street is among the features, plus one */
} Joint;

static const char *
get_name (KomekLabel *label)
{
  return komek_label_get (label, KOMEK_LANGUAGE_KAZAKH);
}

/* Answers with where it is among the features. */
static guint
add_feature (Joint *joint, const KomekPlanFeature *feature)
{
  KomekPlanFeature copy = *feature;
  guint position = joint->features->len;

  copy.label = komek_label_ref (feature->label);
  copy.code = g_strdup (feature->code);
  copy.lines = NULL;
  copy.n_lines = 0;
  g_array_append_val (joint->features, copy);
  g_ptr_array_add (joint->lines, komek_plan_lines_new ());
  if (komek_plan_is_street (feature) && *get_name (copy.label))
    g_hash_table_insert (joint->by_name, (gpointer) get_name (copy.label),
                         GUINT_TO_POINTER (position + 1));
  return position;
}

static void
copy_features (Joint *joint, KomekPlan *plan)
{
  for (guint i = 0; i < plan->features->len; i++)
    {
      const KomekPlanFeature *feature = &g_array_index (plan->features, KomekPlanFeature, i);
      guint position = add_feature (joint, feature);
      GArray *lines = joint->lines->pdata[position];

      for (guint j = 0; j < feature->n_lines; j++)
        {
          KomekPlanLine line = feature->lines[j];

          line.vertices = g_memdup2 (line.vertices, sizeof *line.vertices * line.n_vertices);
          g_array_append_val (lines, line);
        }
    }
}

static KomekMercatorBox
unite (KomekMercatorBox a, KomekMercatorBox b)
{
  return (KomekMercatorBox) { MIN (a.x0, b.x0), MIN (a.y0, b.y0), MAX (a.x1, b.x1),
                              MAX (a.y1, b.y1) };
}

static KomekPlanLine
make_line (const KomekPlanStreet *street)
{
  KomekPlanVertex *vertices = g_new (KomekPlanVertex, street->n_corners);
  KomekPlanLine line = { vertices, street->n_corners, 0, { 1, 1, 0, 0 } };

  for (guint i = 0; i < street->n_corners; i++)
    {
      KomekPlanVertex *v = &vertices[i];

      v->x = street->corners[i].x;
      v->y = street->corners[i].y;
      komek_mercator_unproject (v->x, v->y, &v->latitude, &v->longitude);
      line.length += i > 0 ? hypot (v->x - v[-1].x, v->y - v[-1].y) : 0;
      line.box = unite (line.box, (KomekMercatorBox) { v->x, v->y, v->x, v->y });
    }
  return line;
}

static void
add_street (Joint *joint, const KomekPlanStreet *street)
{
  guint known = GPOINTER_TO_UINT (g_hash_table_lookup (joint->by_name, get_name (street->label)));
  KomekPlanLine line = make_line (street);
  guint position;
  KomekPlanFeature *feature;

  if (known > 0)
    position = known - 1;
  else
    position = add_feature (joint, &(KomekPlanFeature) {
                                     .kind = street->kind,
                                     .label = street->label,
                                     .code = "",
                                     .box = line.box,
                                   });
  feature = &g_array_index (joint->features, KomekPlanFeature, position);
  feature->box = unite (feature->box, line.box);
  g_array_append_val (joint->lines->pdata[position], line);
}

/* An area without a ring; only its name can be drawn. */
static void
add_spot (Joint *joint, const KomekPlanSpot *spot)
{
  add_feature (joint, &(KomekPlanFeature) {
                        .kind = spot->kind,
                        .area = TRUE,
                        .label = spot->label,
                        .code = "",
                        .box = { spot->at.x, spot->at.y, spot->at.x, spot->at.y },
                      });
}

static void
give_lines (Joint *joint)
{
  for (guint i = 0; i < joint->features->len; i++)
    komek_plan_feature_take_lines (&g_array_index (joint->features, KomekPlanFeature, i),
                                   joint->lines->pdata[i]);
}

/**
 * komek_plan_new_with_streets:
 * @streets: (array length=n_streets): pieces of streets with names
 * @spots: (array length=n_spots): landmarks, the most important first
 *
 * Adds to a plan where streets lead that another map knows, and its landmarks. What has the same
 * name in Kazakh is one street. The bounds of the plan and what it says of its file stay as they
 * are.
 *
 * Returns: (transfer full): the plan with these streets and landmarks
 */
KomekPlan *
komek_plan_new_with_streets (KomekPlan *plan, const KomekPlanStreet *streets, guint n_streets,
                             const KomekPlanSpot *spots, guint n_spots)
{
  KomekPlan *self = g_new0 (KomekPlan, 1);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
  g_autoptr (GHashTable) by_name = g_hash_table_new (g_str_hash, g_str_equal);
  Joint joint = { komek_plan_features_new (), lines, by_name };

  copy_features (&joint, plan);
  for (guint i = 0; i < n_streets; i++)
    add_street (&joint, &streets[i]);
  for (guint i = 0; i < n_spots; i++)
    add_spot (&joint, &spots[i]);
  give_lines (&joint);
  g_atomic_ref_count_init (&self->refs);
  self->features = joint.features;
  self->n_skipped = plan->n_skipped;
  self->attribution = g_strdup (plan->attribution);
  self->name = g_strdup (plan->name);
  self->trouble = plan->trouble;
  self->substitute = plan->substitute;
  self->bounds = komek_bounds_ref (plan->bounds);
  self->built_up = komek_bounds_ref (plan->built_up);
  return self;
}
