/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "komek-palette.h"

#define KOMEK_TYPE_THEME (komek_theme_get_type ())
G_DECLARE_FINAL_TYPE (KomekTheme, komek_theme, KOMEK, THEME, GObject)

KomekTheme *komek_theme_new (GdkDisplay *display, AdwStyleManager *manager);
KomekPalette *komek_theme_get_palette (KomekTheme *self);
gboolean komek_theme_get_high_contrast (KomekTheme *self);
void komek_theme_set_high_contrast (KomekTheme *self, gboolean high_contrast);
