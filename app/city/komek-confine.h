/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

gboolean komek_confine_limit (guint megabytes, guint seconds);
gboolean komek_confine_seal (void);
