/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-sample-year.h"

#include "komek-table.h"

#define HOURS (365 * 24)
#define MONTHS 12

/* When people report: hardly at night, most before noon, once more in the evening. */
static const double hours_of_day[24] = {
  0.25, 0.18, 0.14, 0.12, 0.14, 0.25, 0.55, 1.10, 1.75, 2.05, 2.00, 1.75,
  1.45, 1.35, 1.45, 1.50, 1.45, 1.40, 1.40, 1.40, 1.25, 0.95, 0.65, 0.40,
};

/* From Monday. */
static const double days_of_week[7] = { 1.18, 1.12, 1.08, 1.05, 1.05, 0.82, 0.70 };

enum
{
  CODE,
  WEIGHT,
  FIRST_MONTH,
  FIRST_CONTACT = FIRST_MONTH + MONTHS,
  MEDIAN_DAYS,
};

/**
 * KomekSampleYear:
 *
 * Says when something was reported in the year of the sample city, and what: the seasons, the
 * weekdays and the hours.
 *
 * It walks through the year once, hour by hour, so that the requests come out in order.
 */
struct _KomekSampleYear
{
  KomekTable *table;
  guint       n_subjects;
  double     *until[MONTHS]; /* by subject: the share of it and all before it */
  double      busy[HOURS];   /* how much is reported in each hour, 1 in all */
  guint8      month[HOURS];
  gint64      start;
  double      last; /* the last hour may not be over yet */

  guint  n, count; /* how many to tell of, how many were */
  guint  hour;
  double before; /* what was reported before this hour */
};

static double
weigh (const KomekSampleYear *self, guint subject, guint month)
{
  return komek_table_get_number (self->table, subject, WEIGHT)
         * komek_table_get_number (self->table, subject, FIRST_MONTH + month);
}

/* Returns how much is reported in the month altogether. */
static double
weigh_month (KomekSampleYear *self, guint month)
{
  double sum = 0;

  self->until[month] = g_new (double, self->n_subjects);
  for (guint i = 0; i < self->n_subjects; i++)
    {
      sum += weigh (self, i, month);
      self->until[month][i] = sum;
    }
  for (guint i = 0; i < self->n_subjects; i++)
    self->until[month][i] /= sum;
  return sum;
}

static void
weigh_hours (KomekSampleYear *self, GTimeZone *zone)
{
  double months[MONTHS], sum = 0;

  for (guint i = 0; i < MONTHS; i++)
    months[i] = weigh_month (self, i);
  for (guint i = 0; i < HOURS; i++)
    {
      g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (self->start + i * 3600);
      g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);

      self->month[i] = g_date_time_get_month (local) - 1;
      self->busy[i] = months[self->month[i]]
                      * days_of_week[g_date_time_get_day_of_week (local) - 1]
                      * hours_of_day[g_date_time_get_hour (local)];
      if (i == HOURS - 1)
        self->busy[i] *= self->last;
      sum += self->busy[i];
    }
  for (guint i = 0; i < HOURS; i++)
    self->busy[i] /= sum;
}

/**
 * komek_sample_year_new:
 * @seasons: columns code, weight, jan to dec, first_contact, median_days
 * @now: when the year ends
 * @n: how many requests it has
 *
 * Returns: (transfer full): the year that ends @now
 */
KomekSampleYear *
komek_sample_year_new (GBytes *seasons, gint64 now, GTimeZone *zone, guint n, GError **error)
{
  static const char *const columns[] = { "code", "weight", "jan", "feb", "mar", "apr", "may",
                                         "jun", "jul", "aug", "sep", "oct", "nov", "dec",
                                         "first_contact", "median_days", NULL };
  KomekTable *table = komek_table_new (seasons, "seasons.tsv", columns, error);
  KomekSampleYear *self;

  if (!table)
    return NULL;

  self = g_new0 (KomekSampleYear, 1);
  self->table = table;
  self->n_subjects = komek_table_get_n_rows (table);
  self->start = now - now % 3600 - (HOURS - 1) * 3600;
  self->last = (now % 3600) / 3600.0;
  self->n = n;
  weigh_hours (self, zone);
  return self;
}

void
komek_sample_year_free (KomekSampleYear *self)
{
  for (guint i = 0; i < MONTHS; i++)
    g_free (self->until[i]);
  komek_table_free (self->table);
  g_free (self);
}

static guint
draw_subject (const KomekSampleYear *self, guint month, KomekRandom *random)
{
  const double *until = self->until[month];
  double drawn = komek_random_unit (random);
  guint low = 0, high = self->n_subjects - 1;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (until[middle] <= drawn)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/**
 * komek_sample_year_next:
 * @time: (out): when, never before the one before it
 * @subject: (out): what, a row of the seasons
 *
 * Returns: %FALSE at the end of the year
 */
gboolean
komek_sample_year_next (KomekSampleYear *self, KomekRandom *random, gint64 *time, guint *subject)
{
  double place, share, length;

  if (self->count == self->n)
    return FALSE;

  /* One in each of n equal parts of all that is reported. */
  place = (self->count++ + komek_random_unit (random)) / self->n;
  while (self->hour < HOURS - 1 && self->before + self->busy[self->hour] <= place)
    self->before += self->busy[self->hour++];
  length = self->hour == HOURS - 1 ? self->last : 1;
  share = self->busy[self->hour] > 0 ? (place - self->before) / self->busy[self->hour] : 0;
  *time = self->start + self->hour * 3600 + (gint64) (CLAMP (share, 0, 1) * length * 3599);
  *subject = draw_subject (self, self->month[self->hour], random);
  return TRUE;
}

const char *
komek_sample_year_get_service (const KomekSampleYear *self, guint subject)
{
  return komek_table_get (self->table, subject, CODE);
}

guint
komek_sample_year_get_n_subjects (const KomekSampleYear *self)
{
  return self->n_subjects;
}

/* The share that the contact centre answers at once. */
double
komek_sample_year_get_first_contact (const KomekSampleYear *self, guint subject)
{
  return komek_table_get_number (self->table, subject, FIRST_CONTACT);
}

double
komek_sample_year_get_median_days (const KomekSampleYear *self, guint subject)
{
  return komek_table_get_number (self->table, subject, MEDIAN_DAYS);
}
