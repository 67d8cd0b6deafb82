/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

gboolean komek_graphics_has_card (const char *root);
void komek_graphics_settle (const char *root);
