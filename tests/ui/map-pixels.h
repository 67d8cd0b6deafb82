/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

#include "komek-palette.h"

/* What the tests of the map see of a picture. */

guint32 get_pixel (cairo_surface_t *surface, int x, int y);
guint32 pack (const KomekPalette *palette, const char *token);
gboolean is_near (guint32 a, guint32 b);
