/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-exploration.h"

KomekStatus komek_filter_words_get_glyph (KomekGroup group);
const char *komek_filter_words_period (KomekPeriod period);
const char *komek_filter_words_category (KomekContext *context, const KomekCategories *categories,
                                         guint category);
char *komek_filter_words_categories (KomekContext *context, KomekExploration *exploration);
gboolean komek_filter_words_is_filling (KomekContext *context, KomekExploration *exploration);
char *komek_filter_words_view (KomekContext *context, KomekExploration *exploration);
char *komek_filter_words_busiest (KomekContext *context, KomekExploration *exploration);
