/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "explore-stage.h"

#include "komek-map-view.h"

/* What the tests of the map page do with it, and read of it. */

void open_page (TestStage *stage);
KomekListing *get_listing (TestStage *stage);
KomekSurvey *get_survey (TestStage *stage);
KomekMapView *get_map (TestStage *stage);
GtkWidget *get_page (TestStage *stage);
const char *get_label (TestStage *stage, const char *id);
guint count_listed (TestStage *stage);
void wait_until_listed (TestStage *stage, guint n);
gboolean has_focus_within (TestStage *stage, GtkWidget *widget);
void assert_named (GtkWidget *widget, const char *name);
