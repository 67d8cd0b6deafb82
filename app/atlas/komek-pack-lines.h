/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-mercator.h"

typedef struct _KomekPackLines KomekPackLines;

KomekPackLines *komek_pack_lines_new (void);
void komek_pack_lines_free (KomekPackLines *self);
void komek_pack_lines_add (KomekPackLines *self, guint street, const KomekMercatorPoint *corners,
                           guint n_corners);
guint komek_pack_lines_get_n (const KomekPackLines *self);
const KomekMercatorPoint *komek_pack_lines_get (const KomekPackLines *self, guint position,
                                                guint *street, guint *n_corners);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekPackLines, komek_pack_lines_free)
