/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-routes.h"

#include <string.h>

#include "komek-album.h"
#include "komek-desk.h"
#include "komek-refusal.h"
#include "komek-report.h"
#include "komek-site.h"
#include "komek-watch.h"

#define MAX_PIECES 2

/* A filing of 4,000 letters of Cyrillic, each escaped to six signs, is 24 kB. */
#define MAX_FORM (1024 * 1024)
/* What nobody wants is read so far, that whoever sent it may hear why not. */
#define MAX_STRAY (64 * 1024)

#define MAX_PHOTO (10 * 1024 * 1024)

/* The only table of what the server answers. */
static const KomekRoute routes[] = {
  { "GET", "discovery", KOMEK_ROUTE_TELL, komek_report_discovery },
  { "GET", "services", KOMEK_ROUTE_TELL, komek_report_services },
  { "GET", "services/{code}", KOMEK_ROUTE_TELL, komek_report_definition },
  { "GET", "requests", KOMEK_ROUTE_READ, komek_report_requests },
  { "POST", "requests", KOMEK_ROUTE_FILE, komek_desk_file },
  { "GET", "requests/{number}", KOMEK_ROUTE_PEEK, komek_report_request },
  { "POST", "requests/{number}/votes", KOMEK_ROUTE_WRITE, komek_desk_vote },
  { "POST", "requests/{number}/media", KOMEK_ROUTE_PHOTO, komek_album_take },
  { "POST", "requests/{number}/withdrawal", KOMEK_ROUTE_WRITE, komek_desk_withdraw },
  { "GET", "tokens/{token}", KOMEK_ROUTE_PEEK, komek_report_token },
  { "GET", "servicerequestupdates", KOMEK_ROUTE_READ, komek_report_updates },
  { "POST", "servicerequestupdates", KOMEK_ROUTE_WRITE, komek_desk_comment },
  { "POST", "servicerequestupdates/{update}/pass", KOMEK_ROUTE_WRITE, komek_desk_pass },
  { "GET", "/health", KOMEK_ROUTE_WATCH, komek_watch_health },
  { "GET", "/metrics", KOMEK_ROUTE_WATCH, komek_watch_metrics },
  { "GET", "/", KOMEK_ROUTE_TELL, komek_site_start },
  { "GET", "/r/{number}", KOMEK_ROUTE_READ, komek_site_request },
  { "GET", "/media/{number}/{photo}", KOMEK_ROUTE_READ, komek_album_show },
};

/* Where a piece of a path was found. */
typedef struct
{
  const char *start;
  gsize       length;
} Piece;

static gsize
measure_piece (const char *path)
{
  return strcspn (path, "/");
}

/* Walks pattern and path together; an open piece is never empty and has no slash. */
static gboolean
match_path (const char *pattern, const char *path, gsize length, Piece *pieces)
{
  const char *end = path + length;
  guint n = 0;

  while (*pattern != '\0' && path <= end)
    {
      gsize piece;

      if (*pattern != '{')
        {
          if (path == end || *pattern++ != *path++)
            return FALSE;
          continue;
        }
      piece = MIN (measure_piece (path), (gsize) (end - path));
      if (piece == 0 || n == MAX_PIECES)
        return FALSE;
      pieces[n++] = (Piece) { path, piece };
      pattern = strchr (pattern, '}') + 1;
      path += piece;
    }
  return *pattern == '\0' && path == end;
}

static gboolean
read_format (const char *path, KomekWireFormat *format)
{
  *format = g_str_has_suffix (path, ".xml") ? KOMEK_WIRE_XML : KOMEK_WIRE_JSON;
  return *format == KOMEK_WIRE_XML || g_str_has_suffix (path, ".json");
}

/* What of a path the routes speak of: the whole of a page's, the middle of the interface's. */
typedef struct
{
  const char *page;
  Piece       middle; /* nothing where it has no format that we speak */
} Target;

static Target
take_apart (const char *path, KomekWireFormat *format)
{
  Target target = { .page = path };
  const char *start = path + strlen (KOMEK_ROUTES_BASE), *dot = strrchr (path, '.');

  if (read_format (path, format) && g_str_has_prefix (path, KOMEK_ROUTES_BASE) && dot >= start)
    target.middle = (Piece) { start, dot - start };
  return target;
}

static gboolean
match (const KomekRoute *route, const Target *target, Piece *pieces)
{
  if (*route->path == '/')
    return match_path (route->path, target->page, strlen (target->page), pieces);
  return target->middle.start
         && match_path (route->path, target->middle.start, target->middle.length, pieces);
}

static const KomekRoute *
find (const char *method, const char *path, KomekWireFormat *format, Piece *pieces,
      gboolean *known)
{
  Target target = take_apart (path, format);

  *known = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    {
      if (!match (&routes[i], &target, pieces))
        continue;
      *known = TRUE;
      if (strcmp (method, routes[i].method) == 0)
        return &routes[i];
    }
  return NULL;
}

/**
 * komek_routes_get:
 * @n_routes: (out): how many there are
 *
 * Returns: (transfer none) (array length=n_routes): all routes
 */
const KomekRoute *
komek_routes_get (guint *n_routes)
{
  *n_routes = G_N_ELEMENTS (routes);
  return routes;
}

/**
 * komek_routes_find:
 * @path: decoded
 * @known: (out): whether there is such a path, whatever the method
 *
 * Returns: (transfer none) (nullable): the route
 */
const KomekRoute *
komek_routes_find (const char *method, const char *path, gboolean *known)
{
  KomekWireFormat format;
  Piece pieces[MAX_PIECES] = { 0 };

  return find (strcmp (method, "HEAD") == 0 ? "GET" : method, path, &format, pieces, known);
}

static void
replace_piece (char **text, const Piece *piece)
{
  g_free (*text);
  *text = g_strndup (piece->start ? piece->start : "", piece->length);
}

/**
 * komek_routes_open:
 *
 * Finds the route of a call and tells the call what it leaves open and which
 * format it wants.
 *
 * Fails with %KOMEK_REFUSAL_NO_ROUTE or %KOMEK_REFUSAL_METHOD.
 *
 * Returns: (transfer none): the route
 */
const KomekRoute *
komek_routes_open (KomekCall *call, GError **error)
{
  Piece pieces[MAX_PIECES] = { 0 };
  gboolean known;
  const KomekRoute *route = find (call->method, call->path, &call->format, pieces, &known);

  if (!route)
    {
      g_set_error (error, KOMEK_REFUSAL, known ? KOMEK_REFUSAL_METHOD : KOMEK_REFUSAL_NO_ROUTE,
                   "%s %s", call->method, call->path);
      return NULL;
    }
  replace_piece (&call->rest, &pieces[0]);
  replace_piece (&call->more, &pieces[1]);
  return route;
}

/**
 * komek_routes_list_methods:
 *
 * Returns: (transfer full): the methods that the path has; "" where there is no such path
 */
char *
komek_routes_list_methods (const char *path)
{
  GString *methods = g_string_new (NULL);
  KomekWireFormat format;
  Target target = take_apart (path, &format);

  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    {
      Piece pieces[MAX_PIECES];

      if (!match (&routes[i], &target, pieces))
        continue;
      g_string_append_printf (methods, "%s%s", methods->len > 0 ? ", " : "", routes[i].method);
      if (strcmp (routes[i].method, "GET") == 0)
        g_string_append (methods, ", HEAD");
    }
  return g_string_free (methods, FALSE);
}

/**
 * komek_route_get_max_body:
 * @self: (nullable): %NULL for what is no route
 *
 * Returns: the most bytes that a call of this route may bring
 */
gsize
komek_route_get_max_body (const KomekRoute *self)
{
  if (!self || strcmp (self->method, "GET") == 0)
    return MAX_STRAY;
  return self->kind == KOMEK_ROUTE_PHOTO ? MAX_PHOTO : MAX_FORM;
}
