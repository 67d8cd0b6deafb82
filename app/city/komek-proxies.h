/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/**
 * KomekProxies:
 *
 * Which machines stand in front of the server, and whom they speak for.
 */
typedef struct _KomekProxies KomekProxies;

KomekProxies *komek_proxies_new (const char *const *networks, GError **error);
void komek_proxies_free (KomekProxies *self);
gboolean komek_proxies_trust (const KomekProxies *self, GInetAddress *address);
char *komek_proxies_find_caller (const KomekProxies *self, GInetAddress *remote,
                                 const char *forwarded);
char *komek_proxies_name_host (const char *address);
char *komek_proxies_name_network (const char *address);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekProxies, komek_proxies_free)
