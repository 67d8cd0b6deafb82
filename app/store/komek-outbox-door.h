/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

int komek_outbox_door_shut (const char *path);
void komek_outbox_door_open (int door);
gboolean komek_outbox_door_set_aside (const char *path, guint64 inode, GError **error);
