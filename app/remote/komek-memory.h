/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

typedef struct _KomekMemory KomekMemory;

KomekMemory *komek_memory_new (void);
void komek_memory_free (KomekMemory *self);
void komek_memory_keep (KomekMemory *self, const char *url, const char *etag, GBytes *body);
const char *komek_memory_get_etag (KomekMemory *self, const char *url);
GBytes *komek_memory_get_body (KomekMemory *self, const char *url);
void komek_memory_clear (KomekMemory *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekMemory, komek_memory_free)
