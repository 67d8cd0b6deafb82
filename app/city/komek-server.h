/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "komek-office.h"
#include "komek-routes.h"

#define KOMEK_SERVER_BASE KOMEK_ROUTES_BASE

#define KOMEK_TYPE_SERVER (komek_server_get_type ())
G_DECLARE_FINAL_TYPE (KomekServer, komek_server, KOMEK, SERVER, GObject)

KomekServer *komek_server_new (KomekOffice *office);
gboolean komek_server_listen (KomekServer *self, GSocketAddress *address, GError **error);
char *komek_server_dup_address (KomekServer *self);
void komek_server_close (KomekServer *self);
