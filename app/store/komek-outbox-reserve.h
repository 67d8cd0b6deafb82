/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

gboolean komek_outbox_reserve_has_room (const char *path, guint64 least, GError **error);
gboolean komek_outbox_reserve_make_room (const char *path);
