/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-record.h"

typedef void (*KomekParcelVisitor) (const KomekRecord *record, gpointer data);

GBytes *komek_storage_parcel_pack (const KomekRecord *record);
gboolean komek_storage_parcel_unpack (GBytes *bytes, KomekParcelVisitor visit, gpointer data);
