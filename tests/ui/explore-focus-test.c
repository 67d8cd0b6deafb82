/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "explore-hands.h"

#include "komek-explore-page.h"
#include "komek-flow.h"

#define ALL 20000

/* Where somebody stands who goes through the page by keys alone. */

/* A page with nothing but a button on it. */
#define TEST_TYPE_HOME (test_home_get_type ())
G_DECLARE_FINAL_TYPE (TestHome, test_home, TEST, HOME, KomekPage)

struct _TestHome
{
  KomekPage  parent;
  GtkWidget *button;
};

G_DEFINE_FINAL_TYPE (TestHome, test_home, KOMEK_TYPE_PAGE)

static void
test_home_dispose (GObject *object)
{
  g_clear_pointer (&TEST_HOME (object)->button, gtk_widget_unparent);
  G_OBJECT_CLASS (test_home_parent_class)->dispose (object);
}

static void
test_home_class_init (TestHomeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = test_home_dispose;
}

static void
test_home_init (TestHome *self)
{
  self->button = gtk_button_new_with_label ("What is going on in the city");
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
}

static KomekPage *
build_page (const KomekRoute *route, gpointer data)
{
  TestStage *stage = data;

  if (route->kind == KOMEK_ROUTE_EXPLORE)
    return komek_explore_page_new (stage->context, stage->exploration);
  return g_object_new (TEST_TYPE_HOME, NULL);
}

/* From the button of another page, which has the focus. */
static void
enter_by_a_button (TestStage *stage)
{
  KomekFlow *flow = g_object_new (KOMEK_TYPE_FLOW, NULL);
  g_autoptr (KomekRoute) home = komek_route_new (KOMEK_ROUTE_HOME, NULL);
  g_autoptr (KomekRoute) explore = komek_route_new (KOMEK_ROUTE_EXPLORE, NULL);

  gtk_window_set_child (GTK_WINDOW (stage->window), GTK_WIDGET (flow));
  komek_flow_set_builder (flow, build_page, stage);
  komek_flow_restart (flow, home);
  gtk_window_present (GTK_WINDOW (stage->window));
  test_stage_settle (stage);
  g_assert_true (has_focus_within (stage, GTK_WIDGET (komek_flow_get_page (flow))));
  komek_flow_open (flow, explore);
}

static GtkWidget *
get_focus (TestStage *stage)
{
  return gtk_window_get_focus (GTK_WINDOW (stage->window));
}

static GtkWidget *
get_first_row (TestStage *stage)
{
  return gtk_widget_get_first_child (test_stage_find_named (stage, "view"));
}

/* The rows are there only when the map has told what of the city it shows. */
static void
test_whoever_enters_stands_on_the_first_row (TestStage *stage, gconstpointer data)
{
  enter_by_a_button (stage);
  g_assert_true (has_focus_within (stage, test_stage_find_named (stage, "list")));
  test_stage_settle (stage);
  g_assert_true (get_focus (stage) == get_first_row (stage));
}

static void
test_whoever_enters_again_does_so_too (TestStage *stage, gconstpointer data)
{
  enter_by_a_button (stage);
  test_stage_settle (stage);
  enter_by_a_button (stage);
  test_stage_settle (stage);
  g_assert_true (get_focus (stage) == get_first_row (stage));
}

static void
test_whoever_has_gone_on_is_not_fetched_back (TestStage *stage, gconstpointer data)
{
  GtkWidget *list, *focus;

  enter_by_a_button (stage);
  list = test_stage_find_named (stage, "list");
  gtk_widget_child_focus (stage->window, GTK_DIR_TAB_BACKWARD);
  focus = get_focus (stage);
  g_assert_nonnull (focus);
  g_assert_false (has_focus_within (stage, list));
  test_stage_settle (stage);
  g_assert_cmpuint (count_listed (stage), >, 0);
  g_assert_true (get_focus (stage) == focus);
}

static void
test_where_there_is_no_row_is_a_way_on (TestStage *stage, gconstpointer data)
{
  komek_exploration_set_search (stage->exploration, "ештеңе");
  enter_by_a_button (stage);
  test_stage_settle (stage);
  g_assert_cmpuint (count_listed (stage), ==, 0);
  g_assert_true (get_focus (stage) == test_stage_find_named (stage, "nothing_button"));
}

static void
list_three (TestStage *stage)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint i = 0; i < 3; i++)
    {
      guint32 key = komek_listing_get_key (get_listing (stage), 100 + i);

      g_array_append_val (keys, key);
    }
  g_signal_emit_by_name (get_map (stage), "listed", keys);
  test_stage_settle (stage);
}

static void
test_the_focus_follows_into_a_place_and_back (TestStage *stage, gconstpointer data)
{
  open_page (stage);
  gtk_widget_grab_focus (GTK_WIDGET (get_map (stage)));
  list_three (stage);
  g_assert_cmpuint (count_listed (stage), ==, 3);
  g_assert_true (has_focus_within (stage, test_stage_find_named (stage, "view")));
  gtk_widget_activate_action (get_page (stage), "explore.leave-members", NULL);
  test_stage_settle (stage);
  g_assert_true (has_focus_within (stage, GTK_WIDGET (get_map (stage))));
  g_assert_cmpuint (count_listed (stage), >, 3);
}

/* Through a million rows it would never come to anything else. */
static void
test_tab_leaves_the_list (TestStage *stage, gconstpointer data)
{
  GtkWidget *view;

  open_page (stage);
  view = test_stage_find_named (stage, "view");
  gtk_widget_child_focus (test_stage_find_named (stage, "list"), GTK_DIR_TAB_FORWARD);
  g_assert_true (has_focus_within (stage, view));
  gtk_widget_child_focus (stage->window, GTK_DIR_DOWN);
  g_assert_true (has_focus_within (stage, view));
  gtk_widget_child_focus (stage->window, GTK_DIR_TAB_FORWARD);
  g_assert_false (has_focus_within (stage, view));
  gtk_widget_child_focus (stage->window, GTK_DIR_TAB_BACKWARD);
  g_assert_true (has_focus_within (stage, view));
}

#define ADD(name, func)                                                                            \
  g_test_add ("/explore-focus/" name, TestStage, GUINT_TO_POINTER (ALL), test_stage_set_up, func,  \
              test_stage_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_setenv ("GTK_A11Y", "test", TRUE);
  adw_init ();
  ADD ("whoever-enters-stands-on-the-first-row", test_whoever_enters_stands_on_the_first_row);
  ADD ("whoever-enters-again-does-so-too", test_whoever_enters_again_does_so_too);
  ADD ("whoever-has-gone-on-is-not-fetched-back", test_whoever_has_gone_on_is_not_fetched_back);
  ADD ("where-there-is-no-row-is-a-way-on", test_where_there_is_no_row_is_a_way_on);
  ADD ("the-focus-follows-into-a-place-and-back", test_the_focus_follows_into_a_place_and_back);
  ADD ("tab-leaves-the-list", test_tab_leaves_the_list);
  return g_test_run ();
}
