/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>

void komek_path_trace (cairo_t *cr, const char *path);
