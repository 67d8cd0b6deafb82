/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "komek-crowd.h"

typedef struct _KomekGuard KomekGuard;

KomekGuard *komek_guard_new (SoupServer *soup, const KomekSettings *settings, KomekCrowd *crowd,
                             GError **error);
void komek_guard_free (KomekGuard *self);
void komek_guard_take (KomekGuard *self, GSocketConnection *connection, const char *address);
gboolean komek_guard_refused (KomekGuard *self, SoupServerMessage *message);
gboolean komek_guard_begin_answer (KomekGuard *self, SoupServerMessage *message, gsize size);
