/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

#include "komek-palette.h"

#define KOMEK_CROSSHAIR_SIZE 220 /* pixels a side */

GdkTexture *komek_crosshair_draw (const KomekPalette *palette, int scale);
