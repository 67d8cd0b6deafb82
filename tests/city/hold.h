/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

/* A hand on a city's database, on either engine. */

typedef struct _Hold Hold;

Hold *hold_take (const char *folder);
void hold_let_go (Hold *self);
