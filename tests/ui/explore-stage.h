/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "explore-crowd.h"

#include "komek-exploration.h"
#include "komek-page.h"

/* A window in which the map page shows a crowd, and which notes where it wants to go. */

typedef struct
{
  TestCrowd        *crowd;
  KomekLocale      *locale;
  KomekTheme       *theme;
  GListStore       *tiles; /* what lies on the plan: nothing, unless a test adds it before the page */
  KomekClock       *clock;
  KomekContext     *context;
  KomekExploration *exploration;
  GtkWidget        *window;
  char             *gone; /* the last "page argument" that win.open was asked for */
} TestStage;

#define TEST_HERE 51.146, 71.432

void test_stage_set_up (TestStage *self, gconstpointer n_requests);
void test_stage_set_up_here (TestStage *self, gconstpointer n_requests);
void test_stage_tear_down (TestStage *self, gconstpointer n_requests);
void test_stage_show (TestStage *self, KomekPage *page);
void test_stage_settle (TestStage *self);
GtkWidget *test_stage_find (TestStage *self, GType type);
GtkWidget *test_stage_find_named (TestStage *self, const char *id);
guint test_stage_count (TestStage *self, GType type, gboolean with_children);
