/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* How many signs of a number are one entry of the index of numbers. */
#define KOMEK_GRAM 4

char *komek_grams_dup_signs (const char *text);
char *komek_grams_dup_number (const char *number);
char *komek_grams_dup_query (const char *part);
