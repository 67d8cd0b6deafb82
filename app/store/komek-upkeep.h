/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-database.h"

typedef struct _KomekUpkeep KomekUpkeep;

KomekUpkeep *komek_upkeep_new (void);
void komek_upkeep_free (KomekUpkeep *self);
gboolean komek_upkeep_run (gpointer upkeep, KomekDatabase *database, gboolean idle,
                           GError **error);
gboolean komek_upkeep_finish_writing (KomekDatabase *database, guint written, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KomekUpkeep, komek_upkeep_free)
