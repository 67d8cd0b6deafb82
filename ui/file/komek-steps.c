/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-steps.h"

static gboolean
has_details (KomekService *service)
{
  return service && komek_service_has_metadata (service);
}

/**
 * komek_steps_show:
 *
 * Says above a question which of how many it is, for the service that is chosen.
 */
void
komek_steps_show (KomekQuestion *question, KomekContext *context, KomekStep step)
{
  gboolean details = has_details (komek_draft_get_service (komek_context_get_draft (context)));
  int skipped = !details && step > KOMEK_STEP_DETAILS;

  komek_question_set_step (question, step + 1 - skipped, KOMEK_STEP_REVIEW + details);
}

/**
 * komek_steps_after:
 *
 * Returns: the name of the page with the question after @step
 */
const char *
komek_steps_after (KomekService *service, KomekStep step)
{
  if (step < KOMEK_STEP_DETAILS && has_details (service))
    return "details";
  if (step < KOMEK_STEP_PLACE && komek_service_needs_place (service))
    return "place";
  return step < KOMEK_STEP_TEXT ? "text" : "review";
}
