/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-district-measure.h"

#include "komek-amount.h"
#include "komek-gettext.h"

#include <math.h>

/**
 * komek_district_measure_take:
 *
 * Returns: the figure that is asked for: a share is told in hundredths; NaN where there is none
 */
double
komek_district_measure_take (KomekDistrictMeasure measure, const KomekDistrictFigure *figure)
{
  switch (measure)
    {
    case KOMEK_DISTRICT_OVERDUE:
      return figure->total > 0 ? 100.0 * figure->overdue / figure->total : NAN;
    case KOMEK_DISTRICT_MEDIAN_DAYS:
      return figure->median_days;
    case KOMEK_DISTRICT_PER_KM2:
      return figure->km2 > 0 ? figure->total / figure->km2 : NAN;
    case KOMEK_DISTRICT_PER_1000:
      return figure->population > 0 ? 1000.0 * figure->total / figure->population : NAN;
    default:
      g_return_val_if_reached (NAN);
    }
}

/* Whether any district has it: residents are what a plan may keep to itself. */
gboolean
komek_district_measure_is_known (KomekDistrictMeasure measure, const KomekDistrictFigures *figures)
{
  guint n;
  const KomekDistrictFigure *figure = komek_district_figures_peek (figures, &n);

  for (guint i = 0; i < n; i++)
    if (!isnan (komek_district_measure_take (measure, &figure[i])))
      return TRUE;
  return FALSE;
}

/**
 * komek_district_measure_choose_scale:
 *
 * Returns: steps in which all districts lie that have the figure
 */
KomekMapScale
komek_district_measure_choose_scale (KomekDistrictMeasure measure,
                                     const KomekDistrictFigures *figures)
{
  double low = INFINITY, high = 0;
  guint n;
  const KomekDistrictFigure *figure = komek_district_figures_peek (figures, &n);

  for (guint i = 0; i < n; i++)
    {
      double value = komek_district_measure_take (measure, &figure[i]);

      low = fmin (low, value);
      high = fmax (high, value);
    }
  return komek_map_scale_by_steps (fmin (low, high), high);
}

/* What it tells, as the head of a legend. */
const char *
komek_district_measure_get_name (KomekDistrictMeasure measure)
{
  switch (measure)
    {
    case KOMEK_DISTRICT_OVERDUE:
      return _("Share of overdue requests");
    case KOMEK_DISTRICT_MEDIAN_DAYS:
      return _("Days until half are answered");
    case KOMEK_DISTRICT_PER_KM2:
      return _("Requests per km²");
    case KOMEK_DISTRICT_PER_1000:
      return _("Requests per 1,000 residents");
    default:
      g_return_val_if_reached ("");
    }
}

/**
 * komek_district_measure_format:
 *
 * Returns: (transfer full): the figure as it stands on the map
 */
char *
komek_district_measure_format (KomekDistrictMeasure measure, KomekLocale *locale, double value)
{
  g_autofree char *amount = NULL;

  if (isnan (value))
    /* Translators: stands on the map where a district has no such figure; one sign. */
    return g_strdup (C_ ("figure", "–"));

  amount = komek_amount_format (locale, value);
  if (measure == KOMEK_DISTRICT_OVERDUE)
    /* Translators: a share in hundredths, already written as the language does, such as 12. */
    return g_strdup_printf (C_ ("share", "%s%%"), amount);
  return g_steal_pointer (&amount);
}
