/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/**
 * KomekTyped:
 * @KOMEK_TYPED_NOTHING: nothing was typed yet
 * @KOMEK_TYPED_SHORT: digits are missing
 * @KOMEK_TYPED_WRONG: it cannot be a number: a digit is wrong, or there are too many, or it is
 * something else
 * @KOMEK_TYPED_GOOD: it can be looked up
 *
 * What can be said of a typed number without asking anybody.
 */
typedef enum
{
  KOMEK_TYPED_NOTHING,
  KOMEK_TYPED_SHORT,
  KOMEK_TYPED_WRONG,
  KOMEK_TYPED_GOOD,
} KomekTyped;

KomekTyped komek_typed_number_read (const char *typed, gboolean ours, char **number);
guint komek_typed_number_count_digits (const char *typed);
guint komek_typed_number_count_missing (const char *typed);
char *komek_typed_number_group (const char *typed);
