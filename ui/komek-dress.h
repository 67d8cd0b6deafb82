/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "komek-context.h"

void komek_dress_window (GtkWindow *window, KomekContext *context);
