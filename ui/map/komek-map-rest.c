/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-map-rest.h"

#define STILL 200 /* milliseconds without a move until the view counts as changed */

/**
 * KomekMapRest:
 *
 * Tells when a map has come to rest, and puts it on whole pixels then.
 *
 * The first time it rests as soon as it has a size: nobody has moved it yet,
 * and what is counted and listed of the view waits for it.
 */
struct _KomekMapRest
{
  GObject       parent;
  KomekPlanMap *plan_map;
  gboolean      shown; /* somebody has been told where it is */
  guint         still_id;
};

enum
{
  STILL_SIGNAL,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (KomekMapRest, komek_map_rest, G_TYPE_OBJECT)

static gboolean
on_still (gpointer data)
{
  KomekMapRest *self = KOMEK_MAP_REST (data);

  g_autoptr (KomekBounds) bounds = komek_plan_map_get_bounds (self->plan_map);

  self->still_id = 0;
  self->shown = self->shown || bounds;
  /* Where that moves the map, it is waited for once more. */
  if (!komek_plan_map_settle (self->plan_map))
    g_signal_emit (self, signals[STILL_SIGNAL], 0);
  return G_SOURCE_REMOVE;
}

static void
komek_map_rest_dispose (GObject *object)
{
  KomekMapRest *self = KOMEK_MAP_REST (object);

  g_clear_handle_id (&self->still_id, g_source_remove);
  g_clear_object (&self->plan_map);
  G_OBJECT_CLASS (komek_map_rest_parent_class)->dispose (object);
}

static void
komek_map_rest_class_init (KomekMapRestClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = komek_map_rest_dispose;

  /**
   * KomekMapRest::still:
   *
   * The map moved, and does so no more.
   */
  signals[STILL_SIGNAL] = g_signal_new ("still", KOMEK_TYPE_MAP_REST, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 0);
}

static void
komek_map_rest_init (KomekMapRest *self)
{
}

KomekMapRest *
komek_map_rest_new (KomekPlanMap *plan_map)
{
  KomekMapRest *self = g_object_new (KOMEK_TYPE_MAP_REST, NULL);

  self->plan_map = g_object_ref (plan_map);
  g_signal_connect_object (komek_plan_map_get_viewport (plan_map), "notify",
                           G_CALLBACK (komek_map_rest_wait), self, G_CONNECT_SWAPPED);
  return self;
}

/* Begins to wait anew. */
void
komek_map_rest_wait (KomekMapRest *self)
{
  g_return_if_fail (KOMEK_IS_MAP_REST (self));

  g_clear_handle_id (&self->still_id, g_source_remove);
  self->still_id = self->shown ? g_timeout_add (STILL, on_still, self)
                                 : g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_still, self, NULL);
}
