/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-number.h"

#include <string.h>

/* Numbers of requests: DDMMYY-NNN-NNC. Six digits of the day, the day's count
 * in five, and the check digit of ISO 7064 (MOD 11,10) over those eleven: one
 * wrong digit is always found, two neighbours swapped in 97 cases of a hundred. */

#define DIGITS 12

/* Numbers given by a device: 0SSS-SSSS-SSSN-NNNC. A zero, ten digits of a series
 * that the device draws by lot, four of its count in it, and the check digit.
 * Sixteen digits are never twelve, so that the first nine days of a month, which
 * begin with a zero too, are no trouble. Ten digits of the series because nobody
 * hands them out: the chance that any two of 200 kiosks draw the same is 2 in a
 * million, of 10,000 devices 1 in 200; eight would make that one in two. */
#define LOCAL_DIGITS 16

static int
check_digit (const char *digits, gsize length)
{
  int product = 10;

  for (gsize i = 0; i < length; i++)
    {
      int sum = (product + (digits[i] - '0')) % 10;

      product = (sum == 0 ? 10 : sum) * 2 % 11;
    }
  return (11 - product) % 10;
}

static const guint8 city_groups[] = { 6, 3, 3, 0 };
static const guint8 local_groups[] = { 4, 4, 4, 4, 0 };

/* Without printf, which would take longer than all the rest of reading a number. */
static char *
hyphenate (const char *digits, const guint8 *groups)
{
  char *number = g_malloc (LOCAL_DIGITS + G_N_ELEMENTS (local_groups)), *end = number;

  for (guint i = 0; groups[i] > 0; i++)
    {
      memcpy (end, digits, groups[i]);
      digits += groups[i];
      end += groups[i];
      *end++ = '-';
    }
  end[-1] = '\0';
  return number;
}

/**
 * komek_number_format:
 * @day: the day of registration, in the city's zone
 * @count: how many requests came before on that day, below 100,000
 *
 * Returns: (transfer full): the number, hyphens and check digit included
 */
char *
komek_number_format (GDateTime *day, guint count)
{
  char digits[DIGITS + 1];

  g_return_val_if_fail (count < 100000, NULL);

  g_snprintf (digits, sizeof digits, "%02u%02u%02u%05u",
              (guint) g_date_time_get_day_of_month (day) % 100,
              (guint) g_date_time_get_month (day) % 100, (guint) g_date_time_get_year (day) % 100,
              count);
  digits[DIGITS - 1] = '0' + check_digit (digits, DIGITS - 1);
  return hyphenate (digits, city_groups);
}

/**
 * komek_number_format_local:
 * @series: the device's, below %KOMEK_NUMBER_N_SERIES
 * @count: how many of the series were given before, below %KOMEK_NUMBER_SERIES_LENGTH
 *
 * Returns: (transfer full): a local number, hyphens and check digit included
 */
char *
komek_number_format_local (guint64 series, guint count)
{
  char digits[LOCAL_DIGITS + 1];

  g_return_val_if_fail (series < KOMEK_NUMBER_N_SERIES, NULL);
  g_return_val_if_fail (count < KOMEK_NUMBER_SERIES_LENGTH, NULL);

  g_snprintf (digits, sizeof digits, "0%010" G_GUINT64_FORMAT "%04u", series, count);
  digits[LOCAL_DIGITS - 1] = '0' + check_digit (digits, LOCAL_DIGITS - 1);
  return hyphenate (digits, local_groups);
}

/* What may stand between the digits: "-", "‑", "–", "—", "№" and white space. */
static gboolean
is_between (gunichar c)
{
  return c == '-' || c == 0x2011 || c == 0x2013 || c == 0x2014 || c == 0x2116
         || g_unichar_isspace (c);
}

/**
 * komek_number_normalise:
 * @typed: what somebody typed, read aloud or scanned
 *
 * Brings a number of ours into its written form: spaces, hyphens and the sign
 * "№" do not count.
 *
 * Returns: (transfer full) (nullable): the number, or %NULL where @typed is neither
 *   twelve digits that end in their check digit nor sixteen that begin with a zero, too
 */
char *
komek_number_normalise (const char *typed)
{
  char digits[LOCAL_DIGITS + 1] = "";
  gsize n = 0;

  for (const char *p = typed; *p != '\0'; p = g_utf8_next_char (p))
    {
      if (g_ascii_isdigit (*p) && n < LOCAL_DIGITS)
        digits[n++] = *p;
      else if (!is_between (g_utf8_get_char (p)))
        return NULL;
    }
  if ((n != DIGITS && (n != LOCAL_DIGITS || digits[0] != '0'))
      || check_digit (digits, n - 1) != digits[n - 1] - '0')
    return NULL;
  return hyphenate (digits, n == DIGITS ? city_groups : local_groups);
}

/**
 * komek_number_is_ours:
 *
 * Whether a number is one of ours in its written form; other cities have
 * numbers of other shapes, which are taken as they are.
 */
gboolean
komek_number_is_ours (const char *number)
{
  g_autofree char *written = komek_number_normalise (number);

  return g_strcmp0 (written, number) == 0;
}

/* Whether a number was given by a device and not by a city. */
gboolean
komek_number_is_local (const char *number)
{
  g_autofree char *written = komek_number_normalise (number);

  return written && strlen (written) == LOCAL_DIGITS + 3;
}
