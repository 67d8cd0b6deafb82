/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-hits.h"
#include "komek-vocabulary.h"

KomekHits *komek_search_run (KomekVocabulary *vocabulary, KomekDatabase *database,
                             const char *text, KomekSearchOrder order, guint limit,
                             GError **error);
GArray *komek_search_match (KomekVocabulary *vocabulary, KomekDatabase *database,
                            const char *text, GError **error);
