/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-amount.h"

#include <math.h>

/**
 * komek_amount_format:
 * @value: at least 0
 *
 * Writes a quantity as a map needs it: whole from ten on, with a decimal below, with two below one.
 *
 * Returns: (transfer full): the text, without a unit
 */
char *
komek_amount_format (KomekLocale *locale, double value)
{
  double decimals = value >= 9.95 ? 1 : value >= 0.995 ? 10 : 100;
  double rounded = round (value * decimals) / decimals;
  char text[32];

  if (rounded == floor (rounded))
    return komek_locale_format_number (locale, (gint64) rounded);

  g_ascii_formatd (text, sizeof text, "%.4g", rounded);
  if (komek_locale_get_language (locale) != KOMEK_LANGUAGE_ENGLISH)
    g_strdelimit (text, ".", ',');
  return g_strdup (text);
}
