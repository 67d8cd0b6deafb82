/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#define KOMEK_DARKROOM_ARGUMENT "--rewrite-picture"

typedef struct _KomekDarkroom KomekDarkroom;

KomekDarkroom *komek_darkroom_new (const char *program, guint patience_ms);
void komek_darkroom_free (KomekDarkroom *self);
GBytes *komek_darkroom_develop (KomekDarkroom *self, GBytes *picture, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekDarkroom, komek_darkroom_free)
