/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-attribute.h"

char *komek_answers_clean (const char *text, gboolean one_line);
GPtrArray *komek_answers_check (GPtrArray *asked, GPtrArray *given, GTimeZone *zone,
                                GPtrArray *complaints);
