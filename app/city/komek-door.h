/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

typedef struct _KomekDoor KomekDoor;
typedef void (*KomekDoorVisitor) (KomekDoor *self, GSocketConnection *stream, gpointer data);

KomekDoor *komek_door_new (GSocketAddress *address, KomekDoorVisitor visit, gpointer data,
                           GError **error);
void komek_door_free (KomekDoor *self);
GSocketAddress *komek_door_dup_address (KomekDoor *self, GError **error);
