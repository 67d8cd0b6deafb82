/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

/**
 * KomekRouteKind:
 *
 * Every page that the program has.
 */
typedef enum
{
  KOMEK_ROUTE_HOME,
  KOMEK_ROUTE_EXPLORE,
  KOMEK_ROUTE_REQUEST,
  KOMEK_ROUTE_CHECK,
  KOMEK_ROUTE_CATEGORY,
  KOMEK_ROUTE_SERVICE,
  KOMEK_ROUTE_DETAILS,
  KOMEK_ROUTE_PLACE,
  KOMEK_ROUTE_TEXT,
  KOMEK_ROUTE_CONTACT,
  KOMEK_ROUTE_REVIEW,
  KOMEK_ROUTE_DONE,
  KOMEK_ROUTE_QUEUE,
} KomekRouteKind;

/**
 * KomekRoute:
 * @kind: which page
 * @argument: what it is about: the number of a request, the code of a category; else ""
 *
 * Where somebody is in the program, without the page itself: enough to build it anew.
 */
typedef struct
{
  KomekRouteKind kind;
  char          *argument;
} KomekRoute;

#define KOMEK_TYPE_ROUTE (komek_route_get_type ())
GType komek_route_get_type (void) G_GNUC_CONST;

KomekRoute *komek_route_new (KomekRouteKind kind, const char *argument);
KomekRoute *komek_route_from_name (const char *name, const char *argument);
const char *komek_route_get_name (const KomekRoute *self);
KomekRoute *komek_route_copy (const KomekRoute *self);
void komek_route_free (KomekRoute *self);
gboolean komek_route_equal (const KomekRoute *a, const KomekRoute *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekRoute, komek_route_free)
