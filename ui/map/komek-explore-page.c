/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-explore-page.h"

#include "komek-column.h"
#include "komek-explore-head.h"
#include "komek-explore-list.h"
#include "komek-explore-map.h"
#include "komek-explore-split.h"
#include "komek-explore-summary.h"
#include "komek-filter-actions.h"
#include "komek-filter-panel.h"
#include "komek-gettext.h"
#include "komek-notice.h"
#include "komek-time-bar.h"
#include "komek-trace.h"
#include "komek-unseen.h"

/**
 * KomekExplorePage:
 *
 * What is going on in the city: all requests on a map and, the same ones, in a list.
 *
 * The page only shows what the exploration holds, so it can be thrown away
 * and built anew in another language. Whatever a button does is an action of
 * the group "explore".
 */
struct _KomekExplorePage
{
  KomekPage          parent;
  KomekExploration  *exploration;
  GCancellable      *cancellable;
  GSimpleActionGroup *actions;
  GtkWidget         *panel; /* of the filters, NULL until somebody wants it */
  gboolean           entering; /* the list of one place, once it is made */
  gboolean           begun; /* somebody was in the list since the page shows */
  KomekExploreSplit *split;
  KomekExploreMap   *map;
  GtkBox            *time;
  GtkStack          *stack;
  KomekExploreHead  *head;
  KomekExploreSummary *summary;
  KomekNotice       *notice;
  KomekExploreList  *list;
  GtkWidget         *foot;
};

G_DEFINE_FINAL_TYPE (KomekExplorePage, komek_explore_page, KOMEK_TYPE_PAGE)

static KomekContext *
get_context (KomekExplorePage *self)
{
  return komek_page_get_context (KOMEK_PAGE (self));
}

static KomekListing *
get_listing (KomekExplorePage *self)
{
  return komek_exploration_get_listing (self->exploration);
}

static void
open_number (KomekExplorePage *self, const char *number)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open", "(ss)", "request", number);
}

static void
on_opened_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) requests = komek_feed_load_finish (KOMEK_FEED (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (!requests)
    komek_notice_show_error (KOMEK_EXPLORE_PAGE (data)->notice, error);
  else if (requests->len == 1 && requests->pdata[0])
    open_number (data, komek_request_get_number (requests->pdata[0]));
}

/* Opens the chosen request; only its key is known of one that no row has shown yet. */
static void
on_open_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KomekExplorePage *self = data;
  guint32 key = komek_listing_get_selected (get_listing (self));
  g_autoptr (GArray) keys = g_array_new (FALSE, FALSE, sizeof key);

  if (key == 0)
    return;
  g_array_append_val (keys, key);
  komek_feed_load_async (komek_context_get_feed (get_context (self)), keys, self->cancellable,
                         on_opened_loaded, self);
}

static void
on_whole_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  komek_explore_map_show_whole (KOMEK_EXPLORE_PAGE (data)->map);
}

/* Back to the map, from where one came to them. */
static void
on_leave_members_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KomekExplorePage *self = data;

  gtk_widget_grab_focus (GTK_WIDGET (self->map));
  komek_exploration_show_members (self->exploration, NULL);
}

static void
on_show_filters_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KomekExplorePage *self = data;

  if (!self->panel)
    {
      self->panel = komek_filter_panel_new (get_context (self), self->exploration);
      gtk_stack_add_named (self->stack, self->panel, "filters");
    }
  gtk_stack_set_visible_child (self->stack, self->panel);
  gtk_widget_child_focus (self->panel, GTK_DIR_TAB_FORWARD);
}

static void
on_hide_filters_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KomekExplorePage *self = data;

  gtk_stack_set_visible_child_name (self->stack, "list");
  komek_explore_head_focus_filters (self->head);
}

static const GActionEntry entries[] = {
  { "open", on_open_activated },
  { "whole", on_whole_activated },
  { "leave-members", on_leave_members_activated },
  { "show-filters", on_show_filters_activated },
  { "hide-filters", on_hide_filters_activated },
};

/* Whoever measures wants to know when the filters have counted how many requests. */
static void
leave_mark (KomekExplorePage *self, KomekSurvey *survey)
{
  guint total = komek_counts_get_total (komek_survey_get_counts (survey));
  g_autofree char *mark = g_strdup_printf ("filters %u", total);

  komek_trace_drawn (GTK_WIDGET (self), mark);
}

static void
on_survey_changed (KomekExplorePage *self)
{
  KomekSurvey *survey = komek_exploration_get_survey (self->exploration);

  if (!survey)
    return;
  if (self->entering && komek_survey_peek (survey)->members)
    {
      self->entering = FALSE;
      gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD);
    }
  leave_mark (self, survey);
}

static void
on_problem_changed (KomekExplorePage *self)
{
  const GError *problem = komek_exploration_get_problem (self->exploration);

  if (problem)
    komek_notice_show_error (self->notice, problem);
  else
    komek_notice_hide (self->notice);
}

/* What lies together on the map is gone through in the list, also by those who see no map. */
static void
on_map_listed (KomekExplorePage *self)
{
  self->entering = TRUE;
  gtk_stack_set_visible_child_name (self->stack, "list");
}

static void
on_upright_changed (KomekExplorePage *self)
{
  gboolean upright = komek_context_is_upright (get_context (self));

  komek_explore_split_set_upright (self->split, upright);
  gtk_widget_set_visible (self->foot, upright && komek_context_is_kiosk (get_context (self)));
}

static void
connect_models (KomekExplorePage *self)
{
  g_signal_connect_object (self->exploration, "notify::survey", G_CALLBACK (on_survey_changed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->exploration, "notify::problem", G_CALLBACK (on_problem_changed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (get_context (self), "notify::upright", G_CALLBACK (on_upright_changed),
                           self, G_CONNECT_SWAPPED);
}

static void
fill (KomekExplorePage *self)
{
  komek_explore_map_set_up (self->map, get_context (self), self->exploration);
  gtk_box_append (self->time, komek_time_bar_new (get_context (self), self->exploration,
                                                  &(KomekPlayFields) { 0 }));
  komek_explore_head_set_up (self->head, get_context (self), self->exploration, self->notice);
  komek_explore_summary_set_up (self->summary, get_context (self), self->exploration);
  komek_explore_list_set_up (self->list, get_context (self), self->exploration);
  on_upright_changed (self);
  on_survey_changed (self);
  on_problem_changed (self);
  g_signal_connect_object (self->map, "listed", G_CALLBACK (on_map_listed), self,
                           G_CONNECT_SWAPPED);
  connect_models (self);
}

/* Whoever comes here begins at the list and not in the field to type in; from then on Tab goes
 * through all of the page. */
static gboolean
komek_explore_page_focus (GtkWidget *widget, GtkDirectionType direction)
{
  KomekExplorePage *self = KOMEK_EXPLORE_PAGE (widget);
  gboolean begins = !self->begun && !gtk_widget_get_focus_child (widget)
                    && direction == GTK_DIR_TAB_FORWARD;

  if (begins && gtk_widget_child_focus (GTK_WIDGET (self->list), direction))
    {
      self->begun = TRUE;
      return TRUE;
    }
  return GTK_WIDGET_CLASS (komek_explore_page_parent_class)->focus (widget, direction);
}

static void
komek_explore_page_map (GtkWidget *widget)
{
  KOMEK_EXPLORE_PAGE (widget)->begun = FALSE;
  GTK_WIDGET_CLASS (komek_explore_page_parent_class)->map (widget);
}

/* Escape leads from the members of one place back to all. */
static gboolean
on_escape (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  KomekExplorePage *self = KOMEK_EXPLORE_PAGE (widget);

  if (!komek_exploration_get_members (self->exploration))
    return GDK_EVENT_PROPAGATE;
  g_action_group_activate_action (G_ACTION_GROUP (self->actions), "leave-members", NULL);
  return GDK_EVENT_STOP;
}

static void
komek_explore_page_dispose (GObject *object)
{
  KomekExplorePage *self = KOMEK_EXPLORE_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->exploration);
  G_OBJECT_CLASS (komek_explore_page_parent_class)->dispose (object);
}

static void
komek_explore_page_finalize (GObject *object)
{
  KomekExplorePage *self = KOMEK_EXPLORE_PAGE (object);

  g_object_unref (self->cancellable);
  g_object_unref (self->actions);
  G_OBJECT_CLASS (komek_explore_page_parent_class)->finalize (object);
}

static void
komek_explore_page_class_init (KomekExplorePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = komek_explore_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = komek_explore_page_finalize;
  widget_class->focus = komek_explore_page_focus;
  widget_class->map = komek_explore_page_map;

  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, on_escape, NULL);

  g_type_ensure (KOMEK_TYPE_COLUMN);
  g_type_ensure (KOMEK_TYPE_EXPLORE_LIST);
  g_type_ensure (KOMEK_TYPE_EXPLORE_MAP);
  g_type_ensure (KOMEK_TYPE_EXPLORE_SPLIT);
  g_type_ensure (KOMEK_TYPE_EXPLORE_SUMMARY);
  g_type_ensure (KOMEK_TYPE_EXPLORE_HEAD);
  g_type_ensure (KOMEK_TYPE_NOTICE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kz/komek/Komek/map/komek-explore-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KomekExplorePage, split);
  gtk_widget_class_bind_template_child (widget_class, KomekExplorePage, map);
  gtk_widget_class_bind_template_child (widget_class, KomekExplorePage, time);
  gtk_widget_class_bind_template_child (widget_class, KomekExplorePage, stack);
  gtk_widget_class_bind_template_child (widget_class, KomekExplorePage, head);
  gtk_widget_class_bind_template_child (widget_class, KomekExplorePage, summary);
  gtk_widget_class_bind_template_child (widget_class, KomekExplorePage, notice);
  gtk_widget_class_bind_template_child (widget_class, KomekExplorePage, list);
  gtk_widget_class_bind_template_child (widget_class, KomekExplorePage, foot);
}

static void
komek_explore_page_init (KomekExplorePage *self)
{
  self->cancellable = g_cancellable_new ();
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries),
                                   self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "explore", G_ACTION_GROUP (self->actions));
  gtk_widget_init_template (GTK_WIDGET (self));
  komek_unseen_hide_in_stack (self->stack);
  komek_page_set_title (KOMEK_PAGE (self), C_ ("page", "What is going on in the city"));
}

/**
 * komek_explore_page_new:
 *
 * Returns: (transfer floating): the page
 */
KomekPage *
komek_explore_page_new (KomekContext *context, KomekExploration *exploration)
{
  KomekExplorePage *self = g_object_new (KOMEK_TYPE_EXPLORE_PAGE, "context", context, NULL);

  self->exploration = g_object_ref (exploration);
  komek_filter_actions_add (G_ACTION_MAP (self->actions), exploration);
  fill (self);
  return KOMEK_PAGE (self);
}
