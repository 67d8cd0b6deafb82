/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-call.h"

/* Nobody makes a key of fewer letters by lot and meets no other. */
#define KOMEK_KEY_SHORTEST 8

gboolean komek_key_read (const char *header, const char *field, gsize shortest, char **key,
                         GError **error);
char *komek_key_dup_scope (const KomekCall *call, const char *device);
