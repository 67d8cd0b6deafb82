/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-office.h"
#include "komek-proxies.h"
#include "komek-routes.h"
#include "komek-settings.h"

#define KOMEK_SERVER_BASE KOMEK_ROUTES_BASE

/**
 * KomekServerOptions:
 * @office: what it takes to answer
 * @settings: what the server bears, and of whom
 * @proxies: who stands in front of it
 * @behind_proxy: whether a call from this machine may come from anywhere
 * @local_key: (nullable): the key of whoever started the server
 * @peeks_at_once: whether the storage finds one request without ever waiting
 *   for a network or another process
 *
 * What a server is made of. Everything must live as long as the server.
 */
typedef struct
{
  const KomekOffice   *office;
  const KomekSettings *settings;
  const KomekProxies  *proxies;
  gboolean             behind_proxy;
  const char          *local_key;
  gboolean             peeks_at_once;
} KomekServerOptions;

#define KOMEK_TYPE_SERVER (komek_server_get_type ())
G_DECLARE_FINAL_TYPE (KomekServer, komek_server, KOMEK, SERVER, GObject)

KomekServer *komek_server_new (const KomekServerOptions *options);
gboolean komek_server_listen (KomekServer *self, GSocketAddress *address, GError **error);
char *komek_server_dup_address (KomekServer *self);
void komek_server_end_async (KomekServer *self, GAsyncReadyCallback callback, gpointer data);
gboolean komek_server_end_finish (KomekServer *self, GAsyncResult *result, GError **error);
void komek_server_close (KomekServer *self);
