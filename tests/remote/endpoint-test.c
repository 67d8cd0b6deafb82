/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-endpoint.h"

#include <glib.h>

static const struct
{
  const char *name;
  const char *typed;
  const char *base;
  const char *announced;
  const char *chosen;
} cases[] = {
  { "base", "http://city.kz/open311/v2/", "http://city.kz/open311/v2/",
    "http://city.kz/open311/v2/", "http://city.kz/open311/v2/" },
  { "no-slash", "http://city.kz/open311/v2", "http://city.kz/open311/v2/",
    "http://city.kz/open311/v2/", "http://city.kz/open311/v2/" },
  { "discovery-document", "https://city.kz/discovery.json", "https://city.kz/",
    "https://city.kz/api/georeport/", "https://city.kz/api/georeport/" },
  { "discovery-in-xml", "https://city.kz/open311/discovery.xml", "https://city.kz/open311/",
    "https://city.kz/open311/v2/", "https://city.kz/open311/v2/" },
  { "arguments-do-not-count", "https://city.kz/discovery.json?jurisdiction_id=kz#top",
    "https://city.kz/", "https://city.kz/api/", "https://city.kz/api/" },
  { "root-of-the-site", "https://city.kz", "https://city.kz/", "https://city.kz/api/",
    "https://city.kz/api/" },
  { "relative", "https://city.kz/a/discovery.json", "https://city.kz/a/", "v2/",
    "https://city.kz/a/v2/" },
  { "behind-a-proxy", "http://proxy/astana/v2/", "http://proxy/astana/v2/",
    "http://127.0.0.1:8080/open311/v2/", "http://proxy/astana/v2/" },
  { "document-behind-a-proxy", "http://proxy/discovery.json", "http://proxy/",
    "http://127.0.0.1:8080/open311/v2/", "http://proxy/open311/v2/" },
  { "other-port", "http://127.0.0.1:4000/v2/", "http://127.0.0.1:4000/v2/",
    "http://127.0.0.1:80/v2/", "http://127.0.0.1:4000/v2/" },
  { "usual-port-said-or-not", "https://city.kz:443/", "https://city.kz:443/",
    "https://city.kz/api/", "https://city.kz/api/" },
  { "away-from-https", "https://city.kz/", "https://city.kz/", "http://city.kz/api/",
    "https://city.kz/api/" },
  { "towards-https", "http://city.kz/", "http://city.kz/", "https://city.kz/api/",
    "https://city.kz/api/" },
  { "not-the-web", "http://city.kz/", "http://city.kz/", "ftp://city.kz/api/", "http://city.kz/" },
  { "not-an-address", "http://city.kz/", "http://city.kz/", "http://[", "http://city.kz/" },
};

static void
test_chooses (gconstpointer row)
{
  gsize i = GPOINTER_TO_SIZE (row);
  g_autofree char *base = komek_endpoint_dup_base (cases[i].typed);
  g_autofree char *chosen = komek_endpoint_choose (cases[i].typed, cases[i].announced);

  g_assert_cmpstr (base, ==, cases[i].base);
  g_assert_cmpstr (chosen, ==, cases[i].chosen);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/endpoint/chooses/%s", cases[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_chooses);
    }
  return g_test_run ();
}
