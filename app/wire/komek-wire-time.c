/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-wire-time.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

/* 1900 to 2199: what lies outside is no date of a city's. */
#define EARLIEST G_GINT64_CONSTANT (-2208988800)
#define LATEST G_GINT64_CONSTANT (7258118400)

/* Reads up to @most digits; -1 where there are none. */
static int
read_digits (const char **text, int most)
{
  int value = -1;

  for (int i = 0; i < most && g_ascii_isdigit (**text); i++)
    value = MAX (value, 0) * 10 + (*(*text)++ - '0');
  return value;
}

static gboolean
skip (const char **text, const char *any)
{
  if (**text == '\0' || !strchr (any, **text))
    return FALSE;
  (*text)++;
  return TRUE;
}

/* Hours and minutes are needed together, seconds and their fractions never. */
static gboolean
read_clock (const char **text, int *hour, int *minute, int *second)
{
  *hour = read_digits (text, 2);
  if (!skip (text, ":"))
    return FALSE;
  *minute = read_digits (text, 2);
  *second = skip (text, ":") ? read_digits (text, 2) : 0;
  if (skip (text, ".,"))
    *text += strspn (*text, "0123456789");
  return *hour >= 0 && *minute >= 0 && *second >= 0;
}

typedef struct
{
  int year, month, day, hour, minute, second;
} Parts;

/* "Z", "+05:00", "+0500", "+05", with or without a space before it; FALSE for anything else. */
static gboolean
read_offset (const char *text, int *seconds)
{
  gboolean west = *text == '-';
  int hours, minutes = 0;

  *seconds = 0;
  if (strcmp (text, "Z") == 0 || strcmp (text, "z") == 0 || strcmp (text, "UTC") == 0
      || strcmp (text, "GMT") == 0)
    return TRUE;
  if (!skip (&text, "+-"))
    return FALSE;
  hours = read_digits (&text, 2);
  skip (&text, ":");
  if (*text != '\0')
    minutes = read_digits (&text, 2);
  *seconds = (west ? -1 : 1) * (hours * 3600 + minutes * 60);
  return *text == '\0' && hours >= 0 && hours <= 23 && minutes >= 0 && minutes <= 59;
}

static gboolean
read_parts (const char **text, Parts *parts)
{
  *parts = (Parts) { 0 };
  parts->year = read_digits (text, 4);
  if (!skip (text, "-/"))
    return FALSE;
  parts->month = read_digits (text, 2);
  if (!skip (text, "-/"))
    return FALSE;
  parts->day = read_digits (text, 2);
  if (skip (text, "Tt ") && **text != '\0'
      && !read_clock (text, &parts->hour, &parts->minute, &parts->second))
    return FALSE;
  /* A leap second counts as the one before it. */
  parts->second = parts->second == 60 ? 59 : parts->second;
  return parts->month >= 1 && parts->month <= 12 && parts->year >= 1 && parts->day >= 1
         && parts->day <= g_date_get_days_in_month (parts->month, parts->year)
         && parts->hour <= 23 && parts->minute <= 59 && parts->second <= 59;
}

/* Days since 1970 in the Gregorian calendar, with the year beginning in March so that the leap
 * day is its last (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms"). */
static gint64
count_days (const Parts *parts)
{
  gint64 year = parts->year - (parts->month <= 2);
  gint64 era = year / 400, of_era = year % 400;
  gint64 of_year = (153 * (parts->month + (parts->month > 2 ? -3 : 9)) + 2) / 5 + parts->day - 1;

  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

/* By hand: a zone object for each of three dates takes longer than all the rest of a request. */
static gint64
count_seconds (const Parts *parts)
{
  return ((count_days (parts) * 24 + parts->hour) * 60 + parts->minute) * 60 + parts->second;
}

/* Some languages write "no date" as the first or the last one that they know. */
static gint64
check (gint64 time)
{
  return time >= EARLIEST && time < LATEST ? time : 0;
}

static gint64
count_in_zone (const Parts *parts, GTimeZone *zone)
{
  g_autoptr (GDateTime) time = g_date_time_new (zone, parts->year, parts->month, parts->day,
                                                parts->hour, parts->minute, parts->second);

  return time ? g_date_time_to_unix (time) : 0;
}

/**
 * komek_wire_read_time:
 * @text: a date as cities write it: "2026-11-21T14:05:00+05:00" and its poor relations
 * @zone: (nullable): the zone of a date that carries none; %NULL for UTC
 *
 * Returns: seconds since 1970, or 0 where @text is no date
 */
gint64
komek_wire_read_time (const char *text, GTimeZone *zone)
{
  g_autofree char *own = NULL;
  Parts parts;
  int offset;

  while (g_ascii_isspace (*text))
    text++;
  if (!read_parts (&text, &parts))
    return 0;
  while (g_ascii_isspace (*text))
    text++;
  if (*text == '\0')
    return check (zone ? count_in_zone (&parts, zone) : count_seconds (&parts));
  if (g_ascii_isspace (text[strlen (text) - 1]))
    text = own = g_strchomp (g_strdup (text));
  return read_offset (text, &offset) ? check (count_seconds (&parts) - offset) : 0;
}

static char *
put_digits (char *text, guint number, guint n_digits)
{
  for (guint i = n_digits; i > 0; i--, number /= 10)
    text[i - 1] = '0' + number % 10;
  return text + n_digits;
}

static char *
put_parts (char *text, const struct tm *parts)
{
  text = put_digits (text, parts->tm_year + 1900, 4);
  *text++ = '-';
  text = put_digits (text, parts->tm_mon + 1, 2);
  *text++ = '-';
  text = put_digits (text, parts->tm_mday, 2);
  *text++ = 'T';
  text = put_digits (text, parts->tm_hour, 2);
  *text++ = ':';
  text = put_digits (text, parts->tm_min, 2);
  *text++ = ':';
  return put_digits (text, parts->tm_sec, 2);
}

/**
 * komek_wire_write_time:
 * @zone: the zone to write it in
 *
 * Written digit by digit: a list of a thousand requests has three thousand
 * times, and printf took a sixth of the time that it took to write a request.
 *
 * Returns: (transfer full): the time as ISO 8601 with the zone's offset
 */
char *
komek_wire_write_time (gint64 time, GTimeZone *zone)
{
  int offset = g_time_zone_get_offset (
      zone, g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, time));
  time_t local = time + offset;
  struct tm parts;
  char *text = g_malloc (32), *end;

  gmtime_r (&local, &parts);
  end = put_parts (text, &parts);
  *end++ = offset < 0 ? '-' : '+';
  end = put_digits (end, ABS (offset) / 3600, 2);
  *end++ = ':';
  end = put_digits (end, ABS (offset) / 60 % 60, 2);
  *end = '\0';
  return text;
}
