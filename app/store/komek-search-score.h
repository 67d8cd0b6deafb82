/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-search-query.h"

gboolean komek_search_score_register (KomekDatabase *database, GError **error);
void komek_search_score_bind (KomekStatement *statement, int position,
                              const KomekSearchQuery *query);
