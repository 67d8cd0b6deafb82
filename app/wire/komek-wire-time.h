/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

gint64 komek_wire_read_time (const char *text, GTimeZone *zone);
char *komek_wire_write_time (gint64 time, GTimeZone *zone);
