/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "komek-context.h"
#include "komek-route.h"

#define KOMEK_TYPE_WINDOW (komek_window_get_type ())
G_DECLARE_FINAL_TYPE (KomekWindow, komek_window, KOMEK, WINDOW, AdwApplicationWindow)

KomekWindow *komek_window_new (AdwApplication *application, KomekContext *context,
                               const KomekRoute *first);
void komek_window_go (KomekWindow *self, const KomekRoute *route);
