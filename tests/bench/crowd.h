/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-request.h"

typedef struct _Crowd Crowd;

Crowd *crowd_new (guint n);
void crowd_free (Crowd *self);
KomekRequest *crowd_next (Crowd *self);
const char *crowd_get_word (const Crowd *self, guint rank);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Crowd, crowd_free)
