/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

char *komek_number_format (GDateTime *day, guint count);
char *komek_number_normalise (const char *typed);
gboolean komek_number_is_ours (const char *number);
