/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "explore-stage.h"

#include "komek-histogram.h"
#include "komek-time-bar.h"

/* A window with the bar of time alone, and what one does to it. */

#define SLOW 600 /* milliseconds that the whole year takes to pass */

typedef struct
{
  TestStage       stage;
  GtkWidget      *bar;
  KomekHistogram *histogram;
  guint           surveys;
} Fixture;

KomekFilterChoice *get_choice (Fixture *fixture);
KomekSurvey *get_survey (Fixture *fixture);
void set_motion (gboolean motion);
void set_up (Fixture *fixture, gconstpointer n_requests);
void tear_down (Fixture *fixture, gconstpointer n_requests);
void assert_brush (Fixture *fixture, guint begin, guint end);
const char *get_label (Fixture *fixture, const char *id);
void drag (Fixture *fixture, guint from, guint to);
