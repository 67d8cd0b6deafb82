/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-database.h"

gboolean komek_outbox_votes_add (KomekDatabase *database, const char *copies, const char *number,
                                 GError **error);
gboolean komek_outbox_votes_end (KomekDatabase *database, const char *copies, const char *number,
                                 GError **error);
GPtrArray *komek_outbox_votes_list (KomekDatabase *database, guint most, GError **error);
gboolean komek_outbox_votes_reconcile (KomekDatabase *database, const char *copies,
                                       GError **error);
void komek_outbox_votes_move (KomekDatabase *database, const char *from, const char *to);
