/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-flow.h"

/* A page that counts how many of its kind live. */
#define TEST_TYPE_PAGE (test_page_get_type ())
G_DECLARE_FINAL_TYPE (TestPage, test_page, TEST, PAGE, KomekPage)

struct _TestPage
{
  KomekPage      parent;
  KomekRouteKind kind;
  GtkWidget     *first;
};

G_DEFINE_FINAL_TYPE (TestPage, test_page, KOMEK_TYPE_PAGE)

static int living;

static void
test_page_finalize (GObject *object)
{
  living--;
  G_OBJECT_CLASS (test_page_parent_class)->finalize (object);
}

static void
test_page_class_init (TestPageClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = test_page_finalize;
}

static void
test_page_init (TestPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  living++;
  self->first = gtk_button_new_with_label ("first");
  gtk_box_append (GTK_BOX (box), self->first);
  gtk_box_append (GTK_BOX (box), gtk_button_new_with_label ("second"));
  gtk_widget_set_parent (box, GTK_WIDGET (self));
}

static KomekPage *
build (const KomekRoute *route, gpointer data)
{
  TestPage *page = g_object_new (TEST_TYPE_PAGE, NULL);

  page->kind = route->kind;
  return KOMEK_PAGE (page);
}

static KomekFlow *
make_flow (GtkWidget **window)
{
  KomekFlow *flow = g_object_new (KOMEK_TYPE_FLOW, NULL);
  g_autoptr (KomekRoute) home = komek_route_new (KOMEK_ROUTE_HOME, NULL);

  *window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (*window), GTK_WIDGET (flow));
  komek_flow_set_builder (flow, build, NULL);
  komek_flow_restart (flow, home);
  return flow;
}

static void
open_page (KomekFlow *flow, KomekRouteKind kind)
{
  g_autoptr (KomekRoute) route = komek_route_new (kind, NULL);

  komek_flow_open (flow, route);
}

static void
assert_shows (KomekFlow *flow, KomekRouteKind kind)
{
  g_assert_cmpint (komek_flow_get_route (flow)->kind, ==, kind);
  g_assert_cmpint (TEST_PAGE (komek_flow_get_page (flow))->kind, ==, kind);
}

static void
close_window (GtkWidget *window)
{
  gtk_window_destroy (GTK_WINDOW (window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpint (living, ==, 0);
}

static void
test_back_leads_the_way_it_came (void)
{
  GtkWidget *window;
  KomekFlow *flow = make_flow (&window);

  g_assert_false (komek_flow_can_go_back (flow));
  open_page (flow, KOMEK_ROUTE_EXPLORE);
  open_page (flow, KOMEK_ROUTE_REQUEST);
  open_page (flow, KOMEK_ROUTE_REQUEST);
  g_assert_cmpint (living, ==, 3);
  g_assert_true (komek_flow_back (flow));
  assert_shows (flow, KOMEK_ROUTE_EXPLORE);
  g_assert_true (komek_flow_back (flow));
  assert_shows (flow, KOMEK_ROUTE_HOME);
  g_assert_false (komek_flow_back (flow));
  close_window (window);
}

static void
test_change_returns_to_the_review (void)
{
  GtkWidget *window;
  KomekFlow *flow = make_flow (&window);

  open_page (flow, KOMEK_ROUTE_TEXT);
  g_assert_false (komek_flow_back_to (flow, KOMEK_ROUTE_REVIEW));
  open_page (flow, KOMEK_ROUTE_REVIEW);
  open_page (flow, KOMEK_ROUTE_CATEGORY);
  open_page (flow, KOMEK_ROUTE_SERVICE);
  g_assert_true (komek_flow_back_to (flow, KOMEK_ROUTE_REVIEW));
  assert_shows (flow, KOMEK_ROUTE_REVIEW);
  g_assert_true (komek_flow_back (flow));
  assert_shows (flow, KOMEK_ROUTE_TEXT);
  close_window (window);
}

static void
test_rebuilds_only_what_is_seen (void)
{
  GtkWidget *window;
  KomekFlow *flow = make_flow (&window);
  KomekPage *before;

  open_page (flow, KOMEK_ROUTE_EXPLORE);
  before = komek_flow_get_page (flow);
  komek_flow_rebuild (flow);
  g_assert_true (komek_flow_get_page (flow) != before);
  g_assert_cmpint (living, ==, 1);
  assert_shows (flow, KOMEK_ROUTE_EXPLORE);
  komek_flow_back (flow);
  assert_shows (flow, KOMEK_ROUTE_HOME);
  close_window (window);
}

static void
test_remembers_what_was_typed (void)
{
  GtkWidget *window;
  KomekFlow *flow = make_flow (&window);

  open_page (flow, KOMEK_ROUTE_CHECK);
  komek_flow_remember (flow, "2211");
  komek_flow_rebuild (flow);
  g_assert_cmpstr (komek_flow_get_route (flow)->argument, ==, "2211");
  open_page (flow, KOMEK_ROUTE_EXPLORE);
  komek_flow_back (flow);
  g_assert_cmpstr (komek_flow_get_route (flow)->argument, ==, "2211");
  close_window (window);
}

static void
test_focus_waits_at_the_first_field (void)
{
  GtkWidget *window;
  KomekFlow *flow = make_flow (&window);

  gtk_window_present (GTK_WINDOW (window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  open_page (flow, KOMEK_ROUTE_TEXT);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (window)) == TEST_PAGE (komek_flow_get_page (flow))->first);
  komek_flow_rebuild (flow);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (window)) == TEST_PAGE (komek_flow_get_page (flow))->first);
  close_window (window);
}

static void
test_restart_forgets_the_way (void)
{
  GtkWidget *window;
  KomekFlow *flow = make_flow (&window);
  g_autoptr (KomekRoute) done = komek_route_new (KOMEK_ROUTE_DONE, "211126-000-007");

  open_page (flow, KOMEK_ROUTE_TEXT);
  open_page (flow, KOMEK_ROUTE_REVIEW);
  komek_flow_restart (flow, done);
  assert_shows (flow, KOMEK_ROUTE_DONE);
  g_assert_cmpstr (komek_flow_get_route (flow)->argument, ==, "211126-000-007");
  komek_flow_back (flow);
  assert_shows (flow, KOMEK_ROUTE_HOME);
  close_window (window);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/flow/back-leads-the-way-it-came", test_back_leads_the_way_it_came);
  g_test_add_func ("/flow/change-returns-to-the-review", test_change_returns_to_the_review);
  g_test_add_func ("/flow/rebuilds-only-what-is-seen", test_rebuilds_only_what_is_seen);
  g_test_add_func ("/flow/remembers-what-was-typed", test_remembers_what_was_typed);
  g_test_add_func ("/flow/focus-waits-at-the-first-field", test_focus_waits_at_the_first_field);
  g_test_add_func ("/flow/restart-forgets-the-way", test_restart_forgets_the_way);
  return g_test_run ();
}
