/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

guint komek_search_tree_write (GPtrArray *phrases, GString *query);
