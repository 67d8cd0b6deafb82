/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-filter.h"

#define KOMEK_TYPE_SIEVE (komek_sieve_get_type ())
typedef struct _KomekSieve KomekSieve;
GType komek_sieve_get_type (void) G_GNUC_CONST;

KomekSieve *komek_sieve_new (KomekPoints *points, KomekFilter *filter);
KomekSieve *komek_sieve_ref (KomekSieve *self);
void komek_sieve_unref (KomekSieve *self);
KomekPoints *komek_sieve_get_points (const KomekSieve *self);
KomekFilter *komek_sieve_get_filter (const KomekSieve *self);
const guint8 *komek_sieve_peek_missed (const KomekSieve *self);
const guint8 *komek_sieve_peek_groups (const KomekSieve *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekSieve, komek_sieve_unref)
