/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-time-scale.h"

/**
 * KomekTimeScale:
 *
 * The days of a year in a row, by the calendar of the city: when each begins, and which of them
 * make a week or a month.
 *
 * Immutable and counted. Days are numbered from 0; the one after the last
 * stands for the end.
 */
struct _KomekTimeScale
{
  gatomicrefcount refs;
  gint64         *starts; /* of the days, and where the last one ends */
  guint           n_days;
  guint           first;  /* the day 0, as GDate counts days */
};

G_DEFINE_BOXED_TYPE (KomekTimeScale, komek_time_scale, komek_time_scale_ref, komek_time_scale_unref)

static guint
read_date (GTimeZone *zone, gint64 time)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time);
  g_autoptr (GDateTime) local = utc ? g_date_time_to_timezone (utc, zone) : NULL;
  GDate date;

  if (!local)
    return 0;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, g_date_time_get_day_of_month (local), g_date_time_get_month (local),
                  g_date_time_get_year (local));
  return g_date_get_julian (&date);
}

static void
get_date (const KomekTimeScale *self, guint day, GDate *date)
{
  g_date_clear (date, 1);
  g_date_set_julian (date, self->first + day);
}

/**
 * komek_time_scale_new:
 * @zone: of the city
 * @starts: (array): when each day begins, seconds since 1970, and when the last one ends; copied
 * @n_days: how many days there are, above 0
 *
 * Returns: (transfer full) (nullable): the scale, %NULL where no calendar knows these days
 */
KomekTimeScale *
komek_time_scale_new (GTimeZone *zone, const gint64 *starts, guint n_days)
{
  KomekTimeScale *self;
  guint first;

  g_return_val_if_fail (n_days > 0, NULL);

  first = read_date (zone, starts[0]);
  if (first == 0)
    return NULL;
  self = g_new0 (KomekTimeScale, 1);
  g_atomic_ref_count_init (&self->refs);
  self->starts = g_memdup2 (starts, (n_days + 1) * sizeof *starts);
  self->n_days = n_days;
  self->first = first;
  return self;
}

KomekTimeScale *
komek_time_scale_ref (KomekTimeScale *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
komek_time_scale_unref (KomekTimeScale *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;

  g_free (self->starts);
  g_free (self);
}

guint
komek_time_scale_get_n_days (const KomekTimeScale *self)
{
  return self->n_days;
}

/* Whether it was made of these days. */
gboolean
komek_time_scale_has_same_days (const KomekTimeScale *self, const gint64 *starts, guint n_days)
{
  return self->n_days == n_days && self->starts[0] == starts[0]
         && self->starts[n_days] == starts[n_days];
}

/* When a day begins, seconds since 1970. */
gint64
komek_time_scale_get_time (const KomekTimeScale *self, guint day)
{
  return self->starts[MIN (day, self->n_days)];
}

/* The day in which a moment lies: the first for all before it, the end for all behind the last. */
guint
komek_time_scale_find_day (const KomekTimeScale *self, gint64 time)
{
  guint low = 0, high = self->n_days;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (self->starts[middle + 1] <= time)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* Which month a day is in, 1 to 12. */
guint
komek_time_scale_get_month (const KomekTimeScale *self, guint day)
{
  GDate date;

  get_date (self, day, &date);
  return g_date_get_month (&date);
}

/**
 * komek_time_scale_choose_unit:
 * @width: that there is, pixels
 * @least: that one bar needs, pixels
 *
 * Returns: the smallest unit whose bars can be told apart
 */
KomekTimeUnit
komek_time_scale_choose_unit (const KomekTimeScale *self, int width, int least)
{
  gint64 room = width / MAX (1, least);

  if (self->n_days <= room)
    return KOMEK_TIME_DAY;
  if ((self->n_days + 6) / 7 <= room)
    return KOMEK_TIME_WEEK;
  return KOMEK_TIME_MONTH;
}

static gboolean
begins (const KomekTimeScale *self, KomekTimeUnit unit, guint day)
{
  GDate date;

  get_date (self, day, &date);
  switch (unit)
    {
    case KOMEK_TIME_WEEK:
      return g_date_get_weekday (&date) == G_DATE_MONDAY;
    case KOMEK_TIME_MONTH:
      return g_date_is_first_of_month (&date);
    case KOMEK_TIME_DAY:
    default:
      return TRUE;
    }
}

/**
 * komek_time_scale_list_bars:
 *
 * Weeks begin on Monday; the first and the last bar may be a part of one.
 *
 * Returns: (transfer full) (element-type guint): the first day of each bar, and the end behind them
 */
GArray *
komek_time_scale_list_bars (const KomekTimeScale *self, KomekTimeUnit unit)
{
  GArray *bars = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint day = 0; day < self->n_days; day++)
    if (day == 0 || begins (self, unit, day))
      g_array_append_val (bars, day);
  g_array_append_val (bars, self->n_days);
  return bars;
}

/**
 * komek_time_scale_step:
 * @steps: forwards, or backwards where it is negative
 *
 * Returns: the next beginning of a bar from @day on; the two ends are beginnings, too
 */
guint
komek_time_scale_step (const KomekTimeScale *self, KomekTimeUnit unit, guint day, int steps)
{
  while (steps > 0 && day < self->n_days)
    {
      day++;
      steps -= day < self->n_days && begins (self, unit, day);
    }
  while (steps < 0 && day > 0)
    {
      day--;
      steps += begins (self, unit, day);
    }
  return day;
}
