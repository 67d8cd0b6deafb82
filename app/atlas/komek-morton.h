/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-points.h"

#define KOMEK_TYPE_MORTON (komek_morton_get_type ())
typedef struct _KomekMorton KomekMorton;
GType komek_morton_get_type (void) G_GNUC_CONST;

KomekMorton *komek_morton_new (KomekPoints *points);
KomekMorton *komek_morton_new_update (KomekMorton *last, KomekPoints *points);
KomekMorton *komek_morton_ref (KomekMorton *self);
void komek_morton_unref (KomekMorton *self);
KomekPoints *komek_morton_get_points (const KomekMorton *self);
guint komek_morton_get_n_placed (const KomekMorton *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekMorton, komek_morton_unref)
