/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-routes.h"

/* Prints every route of the server, for whoever compares them with what is written of them. */
int
main (int argc, char **argv)
{
  guint n_routes;
  const KomekRoute *routes = komek_routes_get (&n_routes);

  for (guint i = 0; i < n_routes; i++)
    if (*routes[i].path == '/')
      g_print ("%s %s\n", routes[i].method, routes[i].path);
    else
      g_print ("%s " KOMEK_ROUTES_BASE "%s.{format}\n", routes[i].method, routes[i].path);
  return 0;
}
