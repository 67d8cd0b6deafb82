/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "explore-hands.h"

#include "komek-explore-page.h"

void
open_page (TestStage *stage)
{
  test_stage_show (stage, komek_explore_page_new (stage->context, stage->exploration));
}

KomekListing *
get_listing (TestStage *stage)
{
  return komek_exploration_get_listing (stage->exploration);
}

KomekSurvey *
get_survey (TestStage *stage)
{
  return komek_exploration_get_survey (stage->exploration);
}

KomekMapView *
get_map (TestStage *stage)
{
  return KOMEK_MAP_VIEW (test_stage_find (stage, KOMEK_TYPE_MAP_VIEW));
}

GtkWidget *
get_page (TestStage *stage)
{
  return test_stage_find (stage, KOMEK_TYPE_EXPLORE_PAGE);
}

const char *
get_label (TestStage *stage, const char *id)
{
  return gtk_label_get_label (GTK_LABEL (test_stage_find_named (stage, id)));
}

guint
count_listed (TestStage *stage)
{
  return g_list_model_get_n_items (G_LIST_MODEL (get_listing (stage)));
}

/* For as long as a flight of the map may take on a slow machine. */
void
wait_until_listed (TestStage *stage, guint n)
{
  for (guint i = 0; i < 20 && count_listed (stage) != n; i++)
    test_stage_settle (stage);
  g_assert_cmpuint (count_listed (stage), ==, n);
}

gboolean
has_focus_within (TestStage *stage, GtkWidget *widget)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (stage->window));

  return focus && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

void
assert_named (GtkWidget *widget, const char *name)
{
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       name);
}
