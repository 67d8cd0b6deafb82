/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-route.h"

#include <string.h>

G_DEFINE_BOXED_TYPE (KomekRoute, komek_route, komek_route_copy, komek_route_free)

static const char *const names[] = {
  [KOMEK_ROUTE_HOME] = "home",         [KOMEK_ROUTE_EXPLORE] = "explore",
  [KOMEK_ROUTE_REQUEST] = "request",   [KOMEK_ROUTE_CHECK] = "check",
  [KOMEK_ROUTE_CATEGORY] = "category", [KOMEK_ROUTE_SERVICE] = "service",
  [KOMEK_ROUTE_DETAILS] = "details",   [KOMEK_ROUTE_PLACE] = "place",
  [KOMEK_ROUTE_TEXT] = "text",         [KOMEK_ROUTE_CONTACT] = "contact",
  [KOMEK_ROUTE_REVIEW] = "review",     [KOMEK_ROUTE_DONE] = "done",
  [KOMEK_ROUTE_QUEUE] = "queue",
};

KomekRoute *
komek_route_new (KomekRouteKind kind, const char *argument)
{
  KomekRoute *self = g_new (KomekRoute, 1);

  self->kind = kind;
  self->argument = g_strdup (argument ? argument : "");
  return self;
}

/**
 * komek_route_from_name:
 * @name: as actions name pages: "home", "explore", "request", …
 *
 * Returns: (transfer full) (nullable): the route, %NULL for a name that no page has
 */
KomekRoute *
komek_route_from_name (const char *name, const char *argument)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (name, names[i]) == 0)
      return komek_route_new (i, argument);
  return NULL;
}

/* As actions name pages; not a word for people. */
const char *
komek_route_get_name (const KomekRoute *self)
{
  return names[self->kind];
}

KomekRoute *
komek_route_copy (const KomekRoute *self)
{
  return komek_route_new (self->kind, self->argument);
}

void
komek_route_free (KomekRoute *self)
{
  g_free (self->argument);
  g_free (self);
}

gboolean
komek_route_equal (const KomekRoute *a, const KomekRoute *b)
{
  return a->kind == b->kind && strcmp (a->argument, b->argument) == 0;
}
