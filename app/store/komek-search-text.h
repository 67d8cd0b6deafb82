/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * KomekSearchRun:
 *
 * A run of text outside quotes, or within, as folded words.
 */
typedef struct
{
  char   **words;
  gboolean quoted;
} KomekSearchRun;

GArray *komek_search_split (const char *text);
guint komek_search_count_words (GArray *runs);
gboolean komek_search_is_number (const char *text);
