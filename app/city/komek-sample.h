/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-office.h"

#define KOMEK_SAMPLE_USUAL 20000
#define KOMEK_SAMPLE_MOST 10000000

gboolean komek_sample_fill (const KomekOffice *office, GResource *data, KomekStorage *storage,
                            guint n, GError **error);
