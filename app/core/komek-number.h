/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Series of local numbers are below this, and each has so many numbers. */
#define KOMEK_NUMBER_N_SERIES G_GUINT64_CONSTANT (10000000000)
#define KOMEK_NUMBER_SERIES_LENGTH 10000

char *komek_number_format (GDateTime *day, guint count);
char *komek_number_format_local (guint64 series, guint count);
char *komek_number_normalise (const char *typed);
gboolean komek_number_is_ours (const char *number);
gboolean komek_number_is_local (const char *number);
