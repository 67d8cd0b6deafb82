/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-explore-list.h"

#include "komek-explore-distance.h"
#include "komek-explore-nothing.h"
#include "komek-explore-taps.h"
#include "komek-filter-words.h"
#include "komek-gettext.h"
#include "komek-request-row.h"
#include "komek-unseen.h"

#include <math.h>

#define N_SKELETONS 8
#define NEAR 24 /* rows each way that are made before the first allocation says how many show */

/**
 * KomekExploreList:
 *
 * The requests in view as a list: what the map shows for those who would rather read, or listen.
 *
 * What is chosen on the map is scrolled to; a second tap on what is chosen
 * opens it, as the Enter key does. Where there is nothing to list it says why,
 * with a way on. Only rows within a page of those that show are awake.
 */
struct _KomekExploreList
{
  GtkWidget         parent;
  KomekContext     *context;
  KomekExploration *exploration;
  KomekListing     *listing;
  GPtrArray        *bound;  /* of GtkListItem */
  guint32           reveal; /* to be scrolled to as soon as it is in the list */
  double            latitude, longitude; /* from where rows say how far away they are */
  gboolean          distances; /* whether that shows */
  guint             first_awake, last_awake;
  guint             wake_idle;
  guint             pending; /* to be scrolled to once the list shows, else not a position */
  GtkStack         *stack;
  GtkWidget        *waiting;
  GtkScrolledWindow *scroller;
  GtkListView      *view;
  KomekExploreNothing *nothing;
};

G_DEFINE_FINAL_TYPE (KomekExploreList, komek_explore_list, GTK_TYPE_WIDGET)

/* On GTK 4.8 the list's own row is what has the focus, and it has no name by itself. */
static void
name_row (GtkWidget *row)
{
  GtkWidget *holder = gtk_widget_get_parent (row);
  g_autofree char *name = komek_request_row_dup_name (KOMEK_REQUEST_ROW (row));

  if (holder)
    gtk_accessible_update_property (GTK_ACCESSIBLE (holder), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                    -1);
}

static gboolean
is_near (KomekExploreList *self, guint position)
{
  return position >= self->first_awake && position <= self->last_awake;
}

static void
fill_row (KomekExploreList *self, GtkListItem *item)
{
  KomekEntry *entry = gtk_list_item_get_item (item);
  KomekRequestRow *row = KOMEK_REQUEST_ROW (gtk_list_item_get_child (item));
  KomekRequest *request = komek_entry_get_request (entry);

  komek_request_row_set_number (row, komek_entry_get_position (entry) + 1);
  if (request)
    komek_request_row_set_distance (row, komek_explore_measure (self->exploration, request),
                                    komek_explore_shows_distances (self->exploration));
  komek_request_row_set_awake (row, is_near (self, gtk_list_item_get_position (item)));
  komek_request_row_set_request (row, request);
  name_row (GTK_WIDGET (row));
}

static void
on_entry_changed (KomekEntry *entry, GParamSpec *pspec, GtkListItem *item)
{
  GtkWidget *self = gtk_widget_get_ancestor (gtk_list_item_get_child (item),
                                             KOMEK_TYPE_EXPLORE_LIST);

  if (self)
    fill_row (KOMEK_EXPLORE_LIST (self), item);
}

static void
on_item_selected_changed (GtkListItem *item)
{
  GtkWidget *row = gtk_list_item_get_child (item);

  komek_request_row_set_chosen (KOMEK_REQUEST_ROW (row), gtk_list_item_get_selected (item));
}

static void
on_row_setup (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  KomekExploreList *self = data;
  GtkWidget *row = komek_request_row_new (self->context);

  komek_explore_open_on_second_tap (row, item);
  gtk_list_item_set_child (item, row);
  g_signal_connect (item, "notify::selected", G_CALLBACK (on_item_selected_changed), NULL);
}

static void
on_row_bind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  KomekExploreList *self = data;
  KomekEntry *entry = gtk_list_item_get_item (item);

  g_ptr_array_add (self->bound, item);
  g_signal_connect_object (entry, "notify", G_CALLBACK (on_entry_changed), item, 0);
  fill_row (self, item);
  komek_listing_want (self->listing, gtk_list_item_get_position (item));
}

static void
on_row_unbind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  g_ptr_array_remove_fast (KOMEK_EXPLORE_LIST (data)->bound, item);
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), on_entry_changed, item);
}

/* Told before it has a size, a list of GTK 4.8 makes no rows any more wherever one scrolls. */
static gboolean
can_scroll (KomekExploreList *self)
{
  return gtk_widget_get_mapped (GTK_WIDGET (self->view))
         && gtk_adjustment_get_page_size (gtk_scrolled_window_get_vadjustment (self->scroller)) > 0;
}

static void
scroll_to_pending (KomekExploreList *self)
{
  guint position = self->pending;

  if (!can_scroll (self))
    return;
  self->pending = GTK_INVALID_LIST_POSITION;
  if (position < g_list_model_get_n_items (G_LIST_MODEL (self->listing)))
    gtk_widget_activate_action (GTK_WIDGET (self->view), "list.scroll-to-item", "u", position);
}

static gboolean
is_waiting (KomekExploreList *self)
{
  return g_str_equal (gtk_stack_get_visible_child_name (self->stack), "waiting");
}

/* Until there is a row to stand on: a list that nobody could stand in would leave the focus to
 * whatever comes next. It can be left, and then nobody is fetched back. */
static gboolean
hold_focus (KomekExploreList *self)
{
  if (gtk_widget_is_focus (GTK_WIDGET (self)))
    return FALSE;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Loading the city’s requests…"), -1);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  return gtk_widget_grab_focus (GTK_WIDGET (self));
}

/* To what has come instead: the first row, or the button under the words that there is none. */
static void
hand_focus_on (KomekExploreList *self)
{
  if (!gtk_widget_get_focusable (GTK_WIDGET (self)))
    return;
  if (gtk_widget_is_focus (GTK_WIDGET (self)))
    gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
  gtk_accessible_reset_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL);
}

static gboolean
on_wake (gpointer data)
{
  KomekExploreList *self = data;

  self->wake_idle = 0;
  scroll_to_pending (self);
  for (guint i = 0; i < self->bound->len; i++)
    {
      GtkListItem *item = self->bound->pdata[i];
      KomekRequestRow *row = KOMEK_REQUEST_ROW (gtk_list_item_get_child (item));
      gboolean near = is_near (self, gtk_list_item_get_position (item));

      if (near && !komek_request_row_is_awake (row))
        fill_row (self, item);
      else
        komek_request_row_set_awake (row, near);
    }
  if (can_scroll (self) && g_list_model_get_n_items (G_LIST_MODEL (self->listing)) > 0)
    hand_focus_on (self);
  return G_SOURCE_REMOVE;
}

/* Rows cannot change in the middle of an allocation, but do so before the next frame. */
static void
wake (KomekExploreList *self, double first, double last)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->listing));

  self->first_awake = (guint) CLAMP (first, 0, n);
  self->last_awake = (guint) CLAMP (last, 0, n);
  komek_listing_look_at (self->listing, (self->first_awake + self->last_awake) / 2);
  if (self->wake_idle == 0)
    self->wake_idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_wake, self, NULL);
}

/* Rows are all of one height, so shares of the list's height are shares of its rows. */
static void
on_scrolled (KomekExploreList *self, GtkAdjustment *adjustment)
{
  double upper = gtk_adjustment_get_upper (adjustment);
  double page = gtk_adjustment_get_page_size (adjustment);
  double value = gtk_adjustment_get_value (adjustment);
  guint n = self->listing ? g_list_model_get_n_items (G_LIST_MODEL (self->listing)) : 0;

  if (n > 0 && page > 0 && upper >= page)
    wake (self, floor (n * (value - page) / upper), ceil (n * (value + 2 * page) / upper));
}

static void
scroll_to (KomekExploreList *self, guint position)
{
  wake (self, (double) position - NEAR, (double) position + NEAR);
  self->pending = position;
  scroll_to_pending (self);
}

/* Where it was told meanwhile to stand elsewhere. */
static void
on_view_mapped (KomekExploreList *self)
{
  if (self->pending != GTK_INVALID_LIST_POSITION)
    scroll_to (self, self->pending);
}

static void
reveal (KomekExploreList *self)
{
  guint position = komek_listing_find (self->listing, self->reveal);

  if (position == GTK_INVALID_LIST_POSITION)
    return;
  self->reveal = 0;
  scroll_to (self, position);
}

static void
on_selected_changed (KomekExploreList *self)
{
  self->reveal = komek_listing_get_selected (self->listing);
  reveal (self);
}

/* Another view is another list and begins at its top, unless what is chosen is in
 * it; news from the city must not move what somebody reads. */
static void
on_items_changed (KomekExploreList *self, guint position, guint removed, guint added)
{
  gboolean other = position == 0 && added > 0
                   && (removed > 0
                       || added == g_list_model_get_n_items (G_LIST_MODEL (self->listing)));

  if (self->reveal == 0 && other)
    self->reveal = komek_listing_get_selected (self->listing);
  if (self->reveal != 0
      && komek_listing_find (self->listing, self->reveal) != GTK_INVALID_LIST_POSITION)
    reveal (self);
  else if (other)
    scroll_to (self, 0);
}

static void
on_slow_changed (KomekExploreList *self)
{
  if (komek_listing_is_slow (self->listing))
    gtk_widget_add_css_class (GTK_WIDGET (self->view), "slow");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->view), "slow");
}

/* The one that has the focus is left as it was heard, and those that sleep are told on waking. */
static void
tell_distance (KomekExploreList *self, GtkListItem *item)
{
  GtkWidget *holder = gtk_widget_get_parent (gtk_list_item_get_child (item));

  if (is_near (self, gtk_list_item_get_position (item)) && holder
      && (self->distances || !gtk_widget_has_focus (holder)))
    fill_row (self, item);
}

/* They may be from elsewhere now. */
static void
show_distances (KomekExploreList *self, const KomekSurveyFields *fields)
{
  gboolean distances = komek_explore_shows_distances (self->exploration);

  if (fields->latitude == self->latitude && fields->longitude == self->longitude
      && distances == self->distances)
    return;
  self->latitude = fields->latitude;
  self->longitude = fields->longitude;
  self->distances = distances;
  for (guint i = 0; i < self->bound->len; i++)
    tell_distance (self, self->bound->pdata[i]);
}

static void
explain_nothing (KomekExploreList *self, KomekSurvey *survey)
{
  komek_explore_nothing_explain (self->nothing, self->context, survey);
  gtk_stack_set_visible_child_name (self->stack, "nothing");
  hand_focus_on (self);
}

static void
on_survey_changed (KomekExploreList *self)
{
  KomekSurvey *survey = komek_exploration_get_survey (self->exploration);

  if (komek_filter_words_is_filling (self->context, self->exploration))
    gtk_stack_set_visible_child_name (self->stack, "waiting");
  else if (komek_survey_get_keys (survey)->len == 0)
    explain_nothing (self, survey);
  else
    gtk_stack_set_visible_child_name (self->stack, "list");

  if (survey)
    show_distances (self, komek_survey_peek (survey));
}

static void
on_activated (KomekExploreList *self, guint position)
{
  komek_listing_set_selected (self->listing, komek_listing_get_key (self->listing, position));
  gtk_widget_activate_action (GTK_WIDGET (self), "explore.open", NULL);
}

/* Within the list arrows go from row to row; Tab leaves it, since on GTK 4.8 it would go through
 * each of a million rows before it comes to anything else. */
static gboolean
komek_explore_list_focus (GtkWidget *widget, GtkDirectionType direction)
{
  KomekExploreList *self = KOMEK_EXPLORE_LIST (widget);
  gboolean tab = direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD;

  if (tab && gtk_widget_get_focus_child (GTK_WIDGET (self->view)))
    return FALSE;
  if (is_waiting (self))
    return hold_focus (self);
  return GTK_WIDGET_CLASS (komek_explore_list_parent_class)->focus (widget, direction);
}

static void
komek_explore_list_dispose (GObject *object)
{
  KomekExploreList *self = KOMEK_EXPLORE_LIST (object);
  GtkWidget *child;

  g_clear_handle_id (&self->wake_idle, g_source_remove);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))))
    gtk_widget_unparent (child);
  g_clear_object (&self->listing);
  g_clear_object (&self->exploration);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (komek_explore_list_parent_class)->dispose (object);
}

static void
komek_explore_list_finalize (GObject *object)
{
  g_ptr_array_unref (KOMEK_EXPLORE_LIST (object)->bound);
  G_OBJECT_CLASS (komek_explore_list_parent_class)->finalize (object);
}

static void
komek_explore_list_class_init (KomekExploreListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = komek_explore_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = komek_explore_list_finalize;
  widget_class->focus = komek_explore_list_focus;

  g_type_ensure (KOMEK_TYPE_EXPLORE_NOTHING);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "explore-list");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kz/komek/Komek/map/komek-explore-list.ui");
  gtk_widget_class_bind_template_child (widget_class, KomekExploreList, stack);
  gtk_widget_class_bind_template_child (widget_class, KomekExploreList, waiting);
  gtk_widget_class_bind_template_child (widget_class, KomekExploreList, scroller);
  gtk_widget_class_bind_template_child (widget_class, KomekExploreList, view);
  gtk_widget_class_bind_template_child (widget_class, KomekExploreList, nothing);
}

static void
komek_explore_list_init (KomekExploreList *self)
{
  GtkAdjustment *adjustment;

  self->bound = g_ptr_array_new ();
  self->last_awake = NEAR;
  self->pending = GTK_INVALID_LIST_POSITION;
  gtk_widget_init_template (GTK_WIDGET (self));
  komek_unseen_hide_in_stack (self->stack);
  adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (on_scrolled), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (on_scrolled), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "map", G_CALLBACK (on_view_mapped), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "activate", G_CALLBACK (on_activated), self,
                           G_CONNECT_SWAPPED);
}

static void
connect_models (KomekExploreList *self)
{
  g_signal_connect_object (self->listing, "notify::selected", G_CALLBACK (on_selected_changed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->listing, "notify::slow", G_CALLBACK (on_slow_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->exploration, "notify::survey", G_CALLBACK (on_survey_changed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (komek_context_get_line (self->context), "notify::state",
                           G_CALLBACK (on_survey_changed), self, G_CONNECT_SWAPPED);
}

/**
 * komek_explore_list_set_up:
 *
 * Says what the list is about; once, by the page that owns it.
 */
void
komek_explore_list_set_up (KomekExploreList *self, KomekContext *context,
                           KomekExploration *exploration)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_return_if_fail (KOMEK_IS_EXPLORE_LIST (self));

  self->context = g_object_ref (context);
  self->exploration = g_object_ref (exploration);
  self->listing = g_object_ref (komek_exploration_get_listing (exploration));
  for (guint i = 0; i < N_SKELETONS; i++)
    gtk_box_append (GTK_BOX (self->waiting), komek_request_row_new (context));

  g_signal_connect_object (factory, "setup", G_CALLBACK (on_row_setup), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_row_bind), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (on_row_unbind), self, 0);
  gtk_list_view_set_factory (self->view, factory);
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (self->listing));
  connect_models (self);
  /* After the view has heard of a change: it is asked to scroll to what it must know. */
  g_signal_connect_object (self->listing, "items-changed", G_CALLBACK (on_items_changed), self,
                           G_CONNECT_SWAPPED);
  on_slow_changed (self);
  on_survey_changed (self);
  on_selected_changed (self);
}
