/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "komek-bounds.h"
#include "komek-label.h"
#include "komek-mercator.h"
#include "komek-tiles.h"

/**
 * KomekPlanKind:
 *
 * What a feature of the plan is, in the order in which a map lays one over the other.
 */
typedef enum
{
  KOMEK_PLAN_PARK,
  KOMEK_PLAN_WATER,
  KOMEK_PLAN_RIVER,
  KOMEK_PLAN_BUILDING,
  KOMEK_PLAN_RAIL,
  KOMEK_PLAN_DISTRICT,
  KOMEK_PLAN_LANE,
  KOMEK_PLAN_STREET,
  KOMEK_PLAN_AVENUE,
} KomekPlanKind;

#define KOMEK_N_PLAN_KINDS 9

/**
 * KomekPlanVertex:
 * @x: 0 in the west to 1 in the east of the Mercator square
 * @y: 0 in the north to 1 in the south of it
 *
 * A corner of a line, in degrees and as the map needs it.
 */
typedef struct
{
  double latitude, longitude;
  double x, y;
} KomekPlanVertex;

/**
 * KomekPlanLine:
 * @length: in the unit of the Mercator square
 *
 * A line of at least two vertices, or the ring of an area, whose last vertex is its first.
 */
typedef struct
{
  const KomekPlanVertex *vertices;
  guint                  n_vertices;
  double                 length;
  KomekMercatorBox       box;
} KomekPlanLine;

/**
 * KomekPlanFeature:
 * @label: its name; "" where it has none
 * @code: the code of a district, "" for everything else that the file gives none
 * @area: whether the lines are rings; what an odd number of them holds is inside. A landmark of
 *   which only a point is known is an area without any
 * @population: how many people live in a district, 0 where the file does not say
 *
 * A street, a river, a district: something on the plan. It lives as long as its plan.
 */
typedef struct
{
  KomekPlanKind        kind;
  gboolean             area;
  KomekLabel          *label;
  const char          *code;
  const KomekPlanLine *lines;
  guint                n_lines;
  KomekMercatorBox     box;
  guint                population;
} KomekPlanFeature;

#define KOMEK_TYPE_PLAN (komek_plan_get_type ())
typedef struct _KomekPlan KomekPlan;
GType komek_plan_get_type (void) G_GNUC_CONST;

KomekPlan *komek_plan_new (GBytes *geojson, GError **error);
KomekPlan *komek_plan_load (const char *path, GBytes *otherwise, GError **error);
KomekPlan *komek_plan_ref (KomekPlan *self);
void komek_plan_unref (KomekPlan *self);
const KomekPlanFeature *komek_plan_peek_features (const KomekPlan *self, guint *n_features);
guint komek_plan_get_n_skipped (const KomekPlan *self);
const char *komek_plan_get_attribution (const KomekPlan *self);
const char *komek_plan_get_name (const KomekPlan *self);
KomekMapTrouble komek_plan_get_trouble (const KomekPlan *self);
gboolean komek_plan_is_substitute (const KomekPlan *self);
KomekBounds *komek_plan_get_bounds (const KomekPlan *self);
KomekBounds *komek_plan_get_built_up (const KomekPlan *self);
const char *komek_plan_find_district (const KomekPlan *self, double latitude, double longitude);
const char *komek_plan_find_district_called (const KomekPlan *self, const char *address);
const KomekPlanFeature *komek_plan_find_street (const KomekPlan *self, double latitude,
                                                double longitude, double *metres);
const char *komek_plan_describe (const KomekPlan *self, double latitude, double longitude,
                                 KomekLanguage language, double *metres);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekPlan, komek_plan_unref)
