/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>

#include "komek-proxies.h"

/* Whom a call comes from, and who may say so. */

static const struct
{
  const char *name, *remote, *forwarded, *caller;
} rows[] = {
  { "nobody-stands-between", "203.0.113.9", NULL, "203.0.113.9" },
  { "a-stranger-may-say-what-they-like", "203.0.113.9", "127.0.0.1", "203.0.113.9" },
  { "a-proxy-speaks-for-another", "127.0.0.1", "203.0.113.9", "203.0.113.9" },
  { "what-stands-in-front-is-made-up", "127.0.0.1", "10.0.0.1, 198.51.100.7, 203.0.113.9",
    "203.0.113.9" },
  { "proxies-in-a-row", "127.0.0.1", "198.51.100.7, 203.0.113.9, 10.1.2.3", "203.0.113.9" },
  { "a-proxy-that-says-nothing", "127.0.0.1", NULL, "127.0.0.1" },
  { "a-proxy-that-says-nonsense", "127.0.0.1", "somebody", "127.0.0.1" },
  { "nonsense-in-front-is-not-read", "127.0.0.1", "unknown, 203.0.113.9", "203.0.113.9" },
  { "the-sixth-version", "::1", "2001:db8::7", "2001:db8::7" },
  { "only-proxies", "127.0.0.1", "10.0.0.1, 10.0.0.2", "10.0.0.1" },
  { "an-empty-header", "127.0.0.1", "", "127.0.0.1" },
};

static void
test_caller (gconstpointer row)
{
  gsize i = GPOINTER_TO_SIZE (row);
  static const char *const networks[] = { "127.0.0.0/8", "::1", "10.0.0.0/8", NULL };
  g_autoptr (KomekProxies) proxies = komek_proxies_new (networks, NULL);
  g_autoptr (GInetAddress) remote = g_inet_address_new_from_string (rows[i].remote);
  g_autofree char *caller = komek_proxies_find_caller (proxies, remote, rows[i].forwarded);

  g_assert_cmpstr (caller, ==, rows[i].caller);
}

static void
test_without_proxies_nobody_is_believed (void)
{
  g_autoptr (KomekProxies) proxies = komek_proxies_new (NULL, NULL);
  g_autoptr (GInetAddress) remote = g_inet_address_new_from_string ("127.0.0.1");
  g_autofree char *caller = komek_proxies_find_caller (proxies, remote, "203.0.113.9");

  g_assert_cmpstr (caller, ==, "127.0.0.1");
  g_assert_false (komek_proxies_trust (proxies, remote));
}

static void
test_what_is_no_network_is_refused (void)
{
  static const char *const networks[] = { "127.0.0.1/99", NULL };
  g_autoptr (GError) error = NULL;

  g_assert_null (komek_proxies_new (networks, &error));
  g_assert_nonnull (error);
}

static void
test_neighbours_share_a_network (void)
{
  static const struct
  {
    const char *address, *host, *network;
  } names[] = {
    { "203.0.113.9", "203.0.113.9", "203.0.113.0" },
    { "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::", "2001:db8:1::" },
    { "elsewhere", "elsewhere", "elsewhere" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *host = komek_proxies_name_host (names[i].address);
      g_autofree char *network = komek_proxies_name_network (names[i].address);

      g_assert_cmpstr (host, ==, names[i].host);
      g_assert_cmpstr (network, ==, names[i].network);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/city/proxies/%s", rows[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_caller);
    }
  g_test_add_func ("/city/proxies/without-proxies-nobody-is-believed",
                   test_without_proxies_nobody_is_believed);
  g_test_add_func ("/city/proxies/what-is-no-network-is-refused",
                   test_what_is_no_network_is_refused);
  g_test_add_func ("/city/proxies/neighbours-share-a-network", test_neighbours_share_a_network);
  return g_test_run ();
}
