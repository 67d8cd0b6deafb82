/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-context.h"
#include "komek-question.h"

/**
 * KomekStep:
 *
 * The questions of filing, in their order. A service whose city asks nothing more has no details.
 */
typedef enum
{
  KOMEK_STEP_SERVICE,
  KOMEK_STEP_DETAILS,
  KOMEK_STEP_PLACE,
  KOMEK_STEP_TEXT,
  KOMEK_STEP_REVIEW,
} KomekStep;

void komek_steps_show (KomekQuestion *question, KomekContext *context, KomekStep step);
const char *komek_steps_after (KomekService *service, KomekStep step);
