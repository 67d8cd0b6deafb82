/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "explore-stage.h"

#include "await.h"
#include "komek-map-view.h"
#include "komek-outbox.h"
#include "shipped-plan.h"

static void
on_open (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  TestStage *self = data;
  const char *page, *argument;

  g_variant_get (parameter, "(&s&s)", &page, &argument);
  g_free (self->gone);
  self->gone = g_strdup_printf ("%s %s", page, argument);
}

static void
make_window (TestStage *self)
{
  const GActionEntry entries[] = { { "open", on_open, "(ss)" } };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  self->window = gtk_window_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (self->window, "win", G_ACTION_GROUP (group));
  gtk_widget_add_css_class (self->window, "komek");
  gtk_widget_add_css_class (self->window, "desktop");
  gtk_widget_add_css_class (self->window, "wide");
  gtk_window_set_default_size (GTK_WINDOW (self->window), 1280, 800);
}

static void
set_up (TestStage *self, gconstpointer n_requests, KomekPlace *here)
{
  g_autoptr (KomekPlan) plan = read_shipped_plan ();
  KomekContextFields fields = { NULL };

  self->crowd = test_crowd_new (GPOINTER_TO_UINT (n_requests));
  self->locale = komek_locale_new ("/nowhere", KOMEK_LANGUAGE_ENGLISH);
  self->theme = komek_theme_new (gdk_display_get_default (), adw_style_manager_get_default ());
  self->clock = komek_clock_new_fixed (TEST_NOW);
  self->tiles = g_list_store_new (KOMEK_TYPE_TILES);
  fields.feed = KOMEK_FEED (self->crowd);
  fields.outbox = KOMEK_OUTBOX (self->crowd);
  fields.line = KOMEK_LINE (self->crowd);
  fields.clock = self->clock;
  fields.locale = self->locale;
  fields.theme = self->theme;
  fields.plan = plan;
  fields.tiles = G_LIST_MODEL (self->tiles);
  fields.here = here;
  self->context = komek_context_new (&fields);
  self->exploration = komek_exploration_new (self->context);
  make_window (self);
  while (!komek_exploration_get_survey (self->exploration)
         || komek_context_get_services (self->context)->len == 0)
    g_main_context_iteration (NULL, TRUE);
  let_pass (150);
}

void
test_stage_set_up (TestStage *self, gconstpointer n_requests)
{
  set_up (self, n_requests, NULL);
}

/* As a kiosk that knows where it stands. */
void
test_stage_set_up_here (TestStage *self, gconstpointer n_requests)
{
  g_autoptr (KomekPlace) here = komek_place_new (TEST_HERE, "", "");

  set_up (self, n_requests, here);
}

/* Nobody may keep anything when the window is gone. */
void
test_stage_tear_down (TestStage *self, gconstpointer n_requests)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  let_pass (60);
  let_go (G_OBJECT (self->exploration));
  let_go (G_OBJECT (self->context));
  let_go (G_OBJECT (self->theme));
  g_object_unref (self->tiles);
  g_object_unref (self->locale);
  g_object_unref (self->clock);
  let_go (G_OBJECT (self->crowd));
  g_free (self->gone);
}

void
test_stage_show (TestStage *self, KomekPage *page)
{
  gtk_window_set_child (GTK_WINDOW (self->window), GTK_WIDGET (page));
  gtk_window_present (GTK_WINDOW (self->window));
  test_stage_settle (self);
}

typedef gboolean (*Match) (GtkWidget *widget, gconstpointer what);

static GtkWidget *
find_widget (GtkWidget *root, Match match, gconstpointer what)
{
  if (match (root, what))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_widget (child, match, what);

      if (found)
        return found;
    }
  return NULL;
}

static gboolean
is_of_type (GtkWidget *widget, gconstpointer type)
{
  return g_type_is_a (G_OBJECT_TYPE (widget), GPOINTER_TO_SIZE (type));
}

static gboolean
is_named (GtkWidget *widget, gconstpointer id)
{
  return g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget)), id) == 0;
}

GtkWidget *
test_stage_find (TestStage *self, GType type)
{
  return find_widget (self->window, is_of_type, GSIZE_TO_POINTER (type));
}

/* By the id that it has in its template. */
GtkWidget *
test_stage_find_named (TestStage *self, const char *id)
{
  return find_widget (self->window, is_named, id);
}

static guint
count_widgets (GtkWidget *root, GType type, gboolean with_children)
{
  guint n = g_type_is_a (G_OBJECT_TYPE (root),
                         type) && (!with_children || gtk_widget_get_first_child (root));

  for (GtkWidget *child = gtk_widget_get_first_child (root); child;
       child = gtk_widget_get_next_sibling (child))
    n += count_widgets (child, type, with_children);
  return n;
}

guint
test_stage_count (TestStage *self, GType type, gboolean with_children)
{
  return count_widgets (self->window, type, with_children);
}

static gboolean
is_nearly (double a, double b, double span)
{
  return ABS (a - b) < 0.004 * span;
}

/* Whether the exploration knows where the map is. */
static gboolean
is_map_at_rest (TestStage *self)
{
  GtkWidget *map = test_stage_find (self, KOMEK_TYPE_MAP_VIEW);
  g_autoptr (KomekBounds) bounds = map ? komek_map_view_get_bounds (KOMEK_MAP_VIEW (map)) : NULL;
  KomekSurvey *survey = komek_exploration_get_survey (self->exploration);
  KomekBounds *view = survey ? komek_survey_peek (survey)->view : NULL;
  double span;

  if (!bounds || !gtk_widget_get_mapped (map))
    return TRUE;
  span = komek_bounds_get_north (bounds) - komek_bounds_get_south (bounds);
  return view && is_nearly (komek_bounds_get_north (view), komek_bounds_get_north (bounds), span)
         && is_nearly (komek_bounds_get_south (view), komek_bounds_get_south (bounds), span)
         && is_nearly (komek_bounds_get_west (view), komek_bounds_get_west (bounds), span);
}

/* Long enough for the map to come to rest, and for what follows from that. */
void
test_stage_settle (TestStage *self)
{
  let_pass (300);
  for (guint i = 0; i < 50 && !is_map_at_rest (self); i++)
    let_pass (100);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
}
