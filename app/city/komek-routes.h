/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-call.h"
#include "komek-reply.h"

/**
 * KomekRouteKind:
 * @KOMEK_ROUTE_READ: looks
 * @KOMEK_ROUTE_TELL: says what the server knows by itself, whatever its storage does
 * @KOMEK_ROUTE_PEEK: looks at one request by its number, which costs next to nothing
 * @KOMEK_ROUTE_FILE: files a request
 * @KOMEK_ROUTE_WRITE: changes something else
 * @KOMEK_ROUTE_PHOTO: takes a photo
 * @KOMEK_ROUTE_WATCH: looks after the server itself
 *
 * What a call costs and whom it is open to.
 */
typedef enum
{
  KOMEK_ROUTE_READ,
  KOMEK_ROUTE_TELL,
  KOMEK_ROUTE_PEEK,
  KOMEK_ROUTE_FILE,
  KOMEK_ROUTE_WRITE,
  KOMEK_ROUTE_PHOTO,
  KOMEK_ROUTE_WATCH,
} KomekRouteKind;

typedef KomekReply *(*KomekAnswer) (const KomekCall *call, GError **error);

/**
 * KomekRoute:
 * @method: of HTTP; whoever may GET may HEAD
 * @kind: what it costs and whom it is open to
 * @answer: works out the answer, in any thread
 * @path: with a name in braces for each piece that it leaves open. One without
 *   a slash in front is below the interface and ends in .json or .xml as well
 *
 * One thing that the server answers.
 */
typedef struct
{
  const char    *method;
  const char    *path;
  KomekRouteKind kind;
  KomekAnswer    answer;
} KomekRoute;

#define KOMEK_ROUTES_BASE "/open311/v2/"

const KomekRoute *komek_routes_get (guint *n_routes);
const KomekRoute *komek_routes_find (const char *method, const char *path, gboolean *known);
const KomekRoute *komek_routes_open (KomekCall *call, GError **error);
char *komek_routes_list_methods (const char *path);
gsize komek_route_get_max_body (const KomekRoute *self);
