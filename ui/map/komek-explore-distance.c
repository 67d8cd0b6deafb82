/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-explore-distance.h"

#include "komek-place.h"

/**
 * komek_explore_measure:
 *
 * Returns: how many metres away a request is from where the survey told what is near; below 0
 *   where it has no place, or where nobody knows yet from where: this device does not know where
 *   it stands, and no map has shown
 */
double
komek_explore_measure (KomekExploration *exploration, KomekRequest *request)
{
  KomekSurvey *survey = komek_exploration_get_survey (exploration);
  const KomekSurveyFields *fields = survey ? komek_survey_peek (survey) : NULL;
  KomekPlace *place = komek_request_get_place (request);

  if (!fields || !komek_place_has_point (place)
      || !(fields->view || komek_exploration_get_here (exploration)))
    return -1;
  return komek_place_metres_between (fields->latitude, fields->longitude,
                                     komek_place_get_latitude (place),
                                     komek_place_get_longitude (place));
}

/* Where it is not known where somebody stands the date says more than how far the middle of the
 * map is, unless that is asked for. */
gboolean
komek_explore_shows_distances (KomekExploration *exploration)
{
  return komek_exploration_get_here (exploration) || komek_exploration_get_around (exploration) > 0
         || komek_exploration_get_order (exploration) == KOMEK_LIST_NEAREST;
}
