/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Of latitude and longitude in a degree. */
#define UNITS G_GINT64_CONSTANT (10000000)

/* The end of the year 9999, which is as far as dates can be shown. */
#define LATEST G_GINT64_CONSTANT (253402300799)
