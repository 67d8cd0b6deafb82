/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-context.h"
#include "komek-time-brush.h"
#include "komek-time-scale.h"

const char *komek_time_words_month (guint month);
const char *komek_time_words_unit (KomekTimeUnit unit);
char *komek_time_words_edge (KomekContext *context, const KomekTimeScale *scale,
                             KomekTimeBrush brush, KomekTimeEdge edge);
char *komek_time_words_span (KomekContext *context, gint64 from, gint64 to);
