/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-storage.h"

/* Where a test keeps a city: a file of its own, or a city of its own in the
 * PostgreSQL that KOMEK_TEST_DATABASE names. */

typedef struct _Place Place;

Place *place_new (void);
void place_free (Place *self);
KomekStorage *place_open (Place *self);
gpointer place_hold (Place *self);
void place_let_go (Place *self, gpointer hold);
