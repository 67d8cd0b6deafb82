/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

#define KOMEK_TYPE_PALETTE (komek_palette_get_type ())
typedef struct _KomekPalette KomekPalette;
GType komek_palette_get_type (void) G_GNUC_CONST;

KomekPalette *komek_palette_new_from_css (const char *css);
KomekPalette *komek_palette_ref (KomekPalette *self);
void komek_palette_unref (KomekPalette *self);
GdkRGBA komek_palette_look_up (const KomekPalette *self, const char *token);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekPalette, komek_palette_unref)
