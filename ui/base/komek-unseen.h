/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

void komek_unseen_hide_in_stack (GtkStack *stack);
