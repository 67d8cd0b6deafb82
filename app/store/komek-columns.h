/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-database.h"
#include "komek-label.h"

void komek_columns_bind_label (KomekStatement *statement, int first, KomekLabel *label);
KomekLabel *komek_columns_read_label (KomekStatement *row, int first);
