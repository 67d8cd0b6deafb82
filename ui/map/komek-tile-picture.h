/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <glib.h>

cairo_surface_t *komek_tile_picture_decode (GBytes *bytes, gboolean *opaque);
