/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "komek-random.h"
#include "komek-record.h"

#define KOMEK_SAMPLE_STORY_MAX_STEPS 8

/**
 * KomekSampleEnding:
 * @KOMEK_SAMPLE_ADVICE: the contact centre answers at once
 * @KOMEK_SAMPLE_DUPLICATE: there is such a request already
 * @KOMEK_SAMPLE_REJECTED: nobody may do what is asked
 * @KOMEK_SAMPLE_WITHDRAWN: the applicant closes it
 * @KOMEK_SAMPLE_WORK: somebody goes and does it
 *
 * How the story of a request ends, or will.
 */
typedef enum
{
  KOMEK_SAMPLE_ADVICE,
  KOMEK_SAMPLE_DUPLICATE,
  KOMEK_SAMPLE_REJECTED,
  KOMEK_SAMPLE_WITHDRAWN,
  KOMEK_SAMPLE_WORK,
} KomekSampleEnding;

/**
 * KomekSampleStory:
 * @urgent: work goes on at night too
 * @due: the deadline
 * @now: what comes after is not told
 * @agency: who answers for it
 * @other_agency: who does where @agency does not
 * @zone_offset: of the city, in seconds
 *
 * What becomes of one request, step by step.
 */
typedef struct
{
  KomekSampleEnding ending;
  gboolean          urgent;
  gint64            requested, due, now;
  double            median_days;
  const char       *agency;
  const char       *other_agency;
  int               zone_offset;

  KomekStep steps[KOMEK_SAMPLE_STORY_MAX_STEPS];
  guint     n_steps;
} KomekSampleStory;

KomekSampleEnding komek_sample_story_draw_ending (KomekRandom *random, double first_contact);
void komek_sample_story_tell (KomekSampleStory *self, KomekRandom *random);
const KomekStep *komek_sample_story_get_last (const KomekSampleStory *self);
const char *komek_sample_story_get_agency (const KomekSampleStory *self);
