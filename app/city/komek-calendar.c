/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-calendar.h"

#include <string.h>

#include "komek-table.h"

/* A term of days ends when the office does. */
#define CLOSING_HOUR 18

typedef struct
{
  guint hours, days, working_days, promised_days;
} Term;

/**
 * KomekCalendar:
 *
 * Knows the working days of the city and by when a request of each class must be answered.
 *
 * Immutable once made. Holidays and terms are data: no law has one table of them.
 */
struct _KomekCalendar
{
  GTimeZone  *zone;
  GHashTable *terms;  /* class → Term */
  GHashTable *yearly; /* "MM-DD" → whether it moves to Monday */
  GHashTable *single; /* "YYYY-MM-DD" → the same */
};

static gboolean
read_terms (KomekCalendar *self, GBytes *tsv, GError **error)
{
  static const char *const columns[] = { "class", "hours", "days", "working_days",
                                         "promised_days", NULL };
  g_autoptr (KomekTable) table = komek_table_new (tsv, "terms.tsv", columns, error);

  for (guint i = 0; table && i < komek_table_get_n_rows (table); i++)
    {
      Term *term = g_new (Term, 1);

      *term = (Term) { komek_table_get_number (table, i, 1), komek_table_get_number (table, i, 2),
                       komek_table_get_number (table, i, 3), komek_table_get_number (table, i, 4) };
      g_hash_table_insert (self->terms, g_strdup (komek_table_get (table, i, 0)), term);
    }
  return table != NULL;
}

static gboolean
read_holidays (KomekCalendar *self, GBytes *tsv, GError **error)
{
  static const char *const columns[] = { "day", "moves", NULL };
  g_autoptr (KomekTable) table = komek_table_new (tsv, "holidays.tsv", columns, error);

  for (guint i = 0; table && i < komek_table_get_n_rows (table); i++)
    {
      const char *day = komek_table_get (table, i, 0);

      g_hash_table_insert (strlen (day) == 5 ? self->yearly : self->single, g_strdup (day),
                           GINT_TO_POINTER (*komek_table_get (table, i, 1) == 'Y'));
    }
  return table != NULL;
}

/**
 * komek_calendar_new:
 * @holidays: columns day ("MM-DD" for every year, "YYYY-MM-DD" for one) and moves
 *   ("Y" where a day on a weekend makes the next working day free)
 * @terms: columns class, hours, days, working_days, promised_days
 *
 * Returns: (transfer full): the calendar
 */
KomekCalendar *
komek_calendar_new (GBytes *holidays, GBytes *terms, GTimeZone *zone, GError **error)
{
  g_autoptr (KomekCalendar) self = g_new0 (KomekCalendar, 1);

  self->zone = g_time_zone_ref (zone);
  self->terms = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->yearly = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->single = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (!read_terms (self, terms, error) || !read_holidays (self, holidays, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
komek_calendar_free (KomekCalendar *self)
{
  g_time_zone_unref (self->zone);
  g_hash_table_unref (self->terms);
  g_hash_table_unref (self->yearly);
  g_hash_table_unref (self->single);
  g_free (self);
}

static gboolean
is_weekend (const GDate *day)
{
  return g_date_get_weekday (day) >= G_DATE_SATURDAY;
}

static gboolean
is_holiday (const KomekCalendar *self, const GDate *day, gboolean *moves)
{
  char text[16];
  gpointer found;

  g_snprintf (text, sizeof text, "%04d-%02d-%02d", g_date_get_year (day), g_date_get_month (day),
              g_date_get_day (day));
  if (!g_hash_table_lookup_extended (self->yearly, text + 5, NULL, &found)
      && !g_hash_table_lookup_extended (self->single, text, NULL, &found))
    return FALSE;

  *moves = GPOINTER_TO_INT (found);
  return TRUE;
}

/* How many free days the last weekend and the holidays behind it still owe on the morning of @day.
 */
static guint
count_owed (const KomekCalendar *self, const GDate *day)
{
  GDate walk = *day;
  guint owed = 0;

  /* No row of holidays and weekends is longer than this. */
  g_date_subtract_days (&walk, 10);
  for (; g_date_compare (&walk, day) < 0; g_date_add_days (&walk, 1))
    {
      gboolean moves = FALSE;
      gboolean holiday = is_holiday (self, &walk, &moves);

      if (is_weekend (&walk))
        owed += holiday && moves;
      else if (!holiday && owed > 0)
        owed--;
    }
  return owed;
}

/**
 * komek_calendar_is_working_day:
 *
 * Whether the offices of the city work on @day.
 */
gboolean
komek_calendar_is_working_day (const KomekCalendar *self, const GDate *day)
{
  gboolean moves;

  return !is_weekend (day) && !is_holiday (self, day, &moves) && count_owed (self, day) == 0;
}

static gint64
closing_time (const KomekCalendar *self, const GDate *day)
{
  g_autoptr (GDateTime) time =
    g_date_time_new (self->zone, g_date_get_year (day), g_date_get_month (day),
                              g_date_get_day (day), CLOSING_HOUR, 0, 0);

  return g_date_time_to_unix (time);
}

/**
 * komek_calendar_find_due:
 * @term: the deadline class of a service
 * @registered: seconds since 1970
 *
 * Returns: when the city must have answered, 0 where the class has no term
 */
gint64
komek_calendar_find_due (const KomekCalendar *self, const char *term, gint64 registered)
{
  const Term *length = g_hash_table_lookup (self->terms, term);
  g_autoptr (GDateTime) utc = NULL;
  g_autoptr (GDateTime) local = NULL;
  GDate day;

  if (!length)
    return 0;
  if (length->hours > 0)
    return registered + length->hours * 3600;

  utc = g_date_time_new_from_unix_utc (registered);
  local = g_date_time_to_timezone (utc, self->zone);
  g_date_clear (&day, 1);
  g_date_set_dmy (&day, g_date_time_get_day_of_month (local), g_date_time_get_month (local),
                  g_date_time_get_year (local));
  g_date_add_days (&day, length->days);
  for (guint left = length->working_days; left > 0;)
    {
      g_date_add_days (&day, 1);
      left -= komek_calendar_is_working_day (self, &day);
    }
  return closing_time (self, &day);
}

/**
 * komek_calendar_get_days:
 *
 * Returns: how many days citizens are told, 0 where the class has no term
 */
guint
komek_calendar_get_days (const KomekCalendar *self, const char *term)
{
  const Term *length = g_hash_table_lookup (self->terms, term);

  return length ? length->promised_days : 0;
}
