/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-exploration.h"

/* How far around a place one can look, in metres. */
#define KOMEK_N_RADII 3
extern const guint komek_radii[KOMEK_N_RADII];

KomekStatus komek_filter_words_get_glyph (KomekGroup group);
const char *komek_filter_words_order (KomekListOrder order);
const char *komek_filter_words_radius (guint metres);
char *komek_filter_words_around (KomekExploration *exploration, guint metres);
const char *komek_filter_words_period (KomekPeriod period);
char *komek_filter_words_span (KomekContext *context, KomekFilterChoice *choice);
const char *komek_filter_words_answered (void);
const char *komek_filter_words_district (KomekContext *context, const char *code);
const char *komek_filter_words_category (KomekContext *context, const KomekCategories *categories,
                                         guint category);
gboolean komek_filter_words_is_filling (KomekContext *context, KomekExploration *exploration);
gboolean komek_filter_words_is_known (KomekContext *context, KomekExploration *exploration);
char *komek_filter_words_view (KomekContext *context, KomekExploration *exploration);
char *komek_filter_words_busiest (KomekContext *context, KomekExploration *exploration);
char *komek_filter_words_sentence (KomekContext *context, KomekExploration *exploration);
