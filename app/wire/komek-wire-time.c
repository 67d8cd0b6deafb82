/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-wire-time.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

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

/* "Z", "+05:00", "+0500", "+05", with or without a space before it. */
static GTimeZone *
read_zone (const char *text)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  const char *p = trimmed;
  gboolean west;
  int hours, minutes = 0;

  if (strcmp (p, "Z") == 0 || strcmp (p, "z") == 0 || strcmp (p, "UTC") == 0
      || strcmp (p, "GMT") == 0)
    return g_time_zone_new_utc ();
  west = *p == '-';
  if (!skip (&p, "+-"))
    return NULL;
  hours = read_digits (&p, 2);
  skip (&p, ":");
  if (*p != '\0')
    minutes = read_digits (&p, 2);
  if (*p != '\0' || hours < 0 || hours > 23 || minutes < 0 || minutes > 59)
    return NULL;
  return g_time_zone_new_offset ((west ? -1 : 1) * (hours * 3600 + minutes * 60));
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
  g_autoptr (GTimeZone) own = NULL;
  g_autoptr (GDateTime) time = NULL;
  int year, month, day, hour = 0, minute = 0, second = 0;

  while (g_ascii_isspace (*text))
    text++;
  year = read_digits (&text, 4);
  if (!skip (&text, "-/"))
    return 0;
  month = read_digits (&text, 2);
  if (!skip (&text, "-/"))
    return 0;
  day = read_digits (&text, 2);
  if (skip (&text, "Tt ") && *text != '\0' && !read_clock (&text, &hour, &minute, &second))
    return 0;

  while (g_ascii_isspace (*text))
    text++;
  own = *text != '\0' ? read_zone (text) : zone ? g_time_zone_ref (zone) : g_time_zone_new_utc ();
  if (!own || year < 1)
    return 0;
  /* A leap second counts as the one before it. */
  time = g_date_time_new (own, year, month, day, hour, minute, MIN (second, 59));
  return time ? g_date_time_to_unix (time) : 0;
}

/**
 * komek_wire_write_time:
 * @zone: the zone to write it in
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

  gmtime_r (&local, &parts);
  return g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02d%c%02d:%02d", parts.tm_year + 1900,
                          parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min,
                          parts.tm_sec, offset < 0 ? '-' : '+', ABS (offset) / 3600,
                          ABS (offset) / 60 % 60);
}
