/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* Places at which a test may end the program as a power cut would. Builds for
 * use (release, plain, minsize) have none of it. */
#ifdef KOMEK_FAULTS
void komek_fault_point (const char *name);
#else
#define komek_fault_point(name) G_STMT_START { } G_STMT_END
#endif
