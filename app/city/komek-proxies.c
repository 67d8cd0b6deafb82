/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-proxies.h"

#include <string.h>

struct _KomekProxies
{
  GPtrArray *networks;
};

/**
 * komek_proxies_new:
 * @networks: (nullable): addresses or networks of trusted proxies, as in 10.0.0.0/8
 *
 * Returns: (transfer full): the proxies; without networks nobody is one
 */
KomekProxies *
komek_proxies_new (const char *const *networks, GError **error)
{
  g_autoptr (KomekProxies) self = g_new0 (KomekProxies, 1);

  self->networks = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; networks && networks[i]; i++)
    {
      GInetAddressMask *mask = g_inet_address_mask_new_from_string (networks[i], error);

      if (!mask)
        return NULL;
      g_ptr_array_add (self->networks, mask);
    }
  return g_steal_pointer (&self);
}

void
komek_proxies_free (KomekProxies *self)
{
  g_ptr_array_unref (self->networks);
  g_free (self);
}

gboolean
komek_proxies_trust (const KomekProxies *self, GInetAddress *address)
{
  for (guint i = 0; i < self->networks->len; i++)
    if (g_inet_address_mask_matches (self->networks->pdata[i], address))
      return TRUE;
  return FALSE;
}

/**
 * komek_proxies_find_caller:
 * @remote: the other end of the connection
 * @forwarded: (nullable): the header X-Forwarded-For
 *
 * Each proxy adds at the end of the header whom it heard the call from. What
 * stands before the last that is no proxy of ours, anybody may have written.
 *
 * Returns: (transfer full): the address of whoever calls
 */
char *
komek_proxies_find_caller (const KomekProxies *self, GInetAddress *remote, const char *forwarded)
{
  g_autoptr (GInetAddress) caller = g_object_ref (remote);
  g_auto (GStrv) hops = forwarded ? g_strsplit (forwarded, ",", -1) : NULL;

  for (guint i = hops ? g_strv_length (hops) : 0; i > 0 && komek_proxies_trust (self, caller); i--)
    {
      g_autoptr (GInetAddress) hop = g_inet_address_new_from_string (g_strstrip (hops[i - 1]));

      if (!hop)
        break;
      g_set_object (&caller, hop);
    }
  return g_inet_address_to_string (caller);
}

/* The address with all bits behind the first cleared. */
static char *
mask_address (GInetAddress *address, guint bits)
{
  guint8 bytes[16] = { 0 };
  g_autoptr (GInetAddress) masked = NULL;

  memcpy (bytes, g_inet_address_to_bytes (address), bits / 8);
  masked = g_inet_address_new_from_bytes (bytes, g_inet_address_get_family (address));
  return g_inet_address_to_string (masked);
}

static char *
name (const char *address, guint bits4, guint bits6)
{
  g_autoptr (GInetAddress) inet = g_inet_address_new_from_string (address);

  if (!inet)
    return g_strdup (address);
  return mask_address (inet,
                       g_inet_address_get_family (inet) == G_SOCKET_FAMILY_IPV4 ? bits4 : bits6);
}

/**
 * komek_proxies_name_host:
 *
 * Returns: (transfer full): the address, of the sixth version the /64 that a
 *   single subscriber may take all addresses from
 */
char *
komek_proxies_name_host (const char *address)
{
  return name (address, 32, 64);
}

/**
 * komek_proxies_name_network:
 *
 * Returns: (transfer full): the network that an address is likely to share with
 *   others of one provider: /24, of the sixth version /48
 */
char *
komek_proxies_name_network (const char *address)
{
  return name (address, 24, 48);
}
