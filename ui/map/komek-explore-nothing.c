/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-explore-nothing.h"

#include "komek-gettext.h"

/**
 * KomekExploreNothing:
 *
 * Stands where the list of requests has no row: why that is so, and a button that is a way on.
 */
struct _KomekExploreNothing
{
  GtkWidget  parent;
  GtkLabel  *nothing_title;
  GtkLabel  *nothing_text;
  GtkWidget *nothing_button;
  GtkLabel  *nothing_button_label;
};

G_DEFINE_FINAL_TYPE (KomekExploreNothing, komek_explore_nothing, GTK_TYPE_WIDGET)

static void
komek_explore_nothing_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))))
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (komek_explore_nothing_parent_class)->dispose (object);
}

static void
komek_explore_nothing_class_init (KomekExploreNothingClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = komek_explore_nothing_dispose;

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "explore-nothing");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kz/komek/Komek/map/komek-explore-nothing.ui");
  gtk_widget_class_bind_template_child (widget_class, KomekExploreNothing, nothing_title);
  gtk_widget_class_bind_template_child (widget_class, KomekExploreNothing, nothing_text);
  gtk_widget_class_bind_template_child (widget_class, KomekExploreNothing, nothing_button);
  gtk_widget_class_bind_template_child (widget_class, KomekExploreNothing, nothing_button_label);
}

static void
komek_explore_nothing_init (KomekExploreNothing *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* GTK names the action before it sets its target, and warns of one that has the wrong one
 * meanwhile. */
static void
set_action (GtkActionable *button, const char *detailed)
{
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  if (!g_action_parse_detailed_name (detailed, &name, &target, NULL))
    g_return_if_reached ();
  gtk_actionable_set_action_name (button, NULL);
  gtk_actionable_set_action_target_value (button, target);
  gtk_actionable_set_action_name (button, name);
}

static void
say (KomekExploreNothing *self, const char *title, const char *text, const char *button,
     const char *action)
{
  gtk_label_set_label (self->nothing_title, title);
  gtk_label_set_label (self->nothing_text, text);
  gtk_label_set_label (self->nothing_button_label, button);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->nothing_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, button, -1);
  set_action (GTK_ACTIONABLE (self->nothing_button), action);
}

/* Where the page has a filled button below the list, this one is not filled; and not there at all
 * where it would be the same. */
static void
step_back (KomekExploreNothing *self, KomekContext *context, gboolean same)
{
  gboolean other = komek_context_is_upright (context) && komek_context_is_kiosk (context);

  gtk_widget_set_visible (self->nothing_button, !other || !same);
  gtk_widget_remove_css_class (self->nothing_button, other ? "primary" : "change");
  gtk_widget_add_css_class (self->nothing_button, other ? "change" : "primary");
}

/**
 * komek_explore_nothing_explain:
 * @survey: in which no request is in view
 *
 * Says why there is none.
 */
void
komek_explore_nothing_explain (KomekExploreNothing *self, KomekContext *context,
                               KomekSurvey *survey)
{
  gboolean empty = FALSE;
  guint n_points;

  g_return_if_fail (KOMEK_IS_EXPLORE_NOTHING (self));

  komek_points_peek (komek_survey_peek (survey)->points, &n_points);
  if (komek_counts_get_total (komek_survey_get_counts (survey)) > 0)
    say (self, _("Nothing in this part of the city"),
         _("Other parts of the city have requests like these."), _("Show where they are"),
         "explore.whole");
  else if (n_points > 0)
    say (self, _("No request matches"), _("Try other words, or take a filter away."),
         _("Clear filters"), "explore.clear");
  else if (komek_line_get_as_of (komek_context_get_line (context)) == 0)
    say (self, _("Nothing has come from the city yet"),
         _("Its requests show here as soon as there is a connection."),
         C_ ("button", "Try again"), "win.retry");
  else
    {
      empty = TRUE;
      say (self, _("The city has no requests yet"), _("Be the first to report a problem."),
           _("Report a problem"), "win.open(('category', ''))");
    }
  step_back (self, context, empty);
}
