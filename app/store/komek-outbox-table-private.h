/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-outbox-table.h"

void komek_outbox_bind_bytes (KomekStatement *statement, int position, GBytes *bytes);
GBytes *komek_outbox_get_bytes (KomekStatement *statement, int column);
char *komek_outbox_dup_text (KomekStatement *statement, int column);
gboolean komek_outbox_table_insert_photos (KomekDatabase *database, gint64 sequence,
                                           GPtrArray *photos, GError **error);
