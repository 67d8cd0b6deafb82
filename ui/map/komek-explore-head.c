/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-explore-head.h"

#include "komek-filter-chips.h"
#include "komek-gettext.h"
#include "komek-number.h"

/**
 * KomekExploreHead:
 *
 * What stands above the list: the field to search in, the way to all filters, and the chips.
 *
 * An upright screen has the map above it, so there the field only comes when somebody wants it,
 * and two chips lead to it and to the filters.
 */
struct _KomekExploreHead
{
  GtkWidget         parent;
  KomekContext     *context;
  KomekExploration *exploration;
  KomekNotice      *notice;
  GCancellable     *cancellable;
  gboolean          finding; /* the field was asked for */
  GtkWidget        *line;
  GtkEditable      *search;
  GtkWidget        *filters;
  GtkWidget        *filters_label;
  GtkWidget        *chip_line;
  GtkWidget        *find;
  GtkWidget        *find_label;
  GtkWidget        *narrow;
  GtkWidget        *narrow_label;
  KomekFilterChips *chips;
};

G_DEFINE_FINAL_TYPE (KomekExploreHead, komek_explore_head, GTK_TYPE_WIDGET)

static void
show_parts (KomekExploreHead *self)
{
  gboolean line = !komek_context_is_upright (self->context) || self->finding
                  || *komek_exploration_get_search (self->exploration);

  gtk_widget_set_visible (self->line, line);
  gtk_widget_set_visible (self->find, !line);
  gtk_widget_set_visible (self->narrow, !line);
  if (line)
    gtk_widget_remove_css_class (self->chip_line, "alone");
  else
    gtk_widget_add_css_class (self->chip_line, "alone");
}

static void
on_find_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KomekExploreHead *self = data;

  self->finding = TRUE;
  show_parts (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
on_search_changed (KomekExploreHead *self)
{
  komek_exploration_set_search (self->exploration, gtk_editable_get_text (self->search));
}

/* The search may be cleared from elsewhere; what is being typed is left alone. */
static void
on_search_set (KomekExploreHead *self)
{
  const char *search = komek_exploration_get_search (self->exploration);
  g_autofree char *typed = g_strstrip (g_strdup (gtk_editable_get_text (self->search)));

  if (!g_str_equal (typed, search))
    gtk_editable_set_text (self->search, search);
}

static void
open_number (KomekExploreHead *self, const char *number)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.open", "(ss)", "request", number);
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (KomekRequest) request = komek_feed_find_finish (KOMEK_FEED (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error)
    komek_notice_show_error (KOMEK_EXPLORE_HEAD (data)->notice, error);
  else if (request)
    open_number (data, komek_request_get_number (request));
}

/* A number of ours leads to its page, which asks the city for what this device does
 * not know; numbers of other cities have no check digit and must be known here. */
static void
on_search_activated (KomekExploreHead *self)
{
  const char *text = gtk_editable_get_text (self->search);
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  g_autofree char *number = komek_number_normalise (text);

  on_search_changed (self);
  if (number)
    open_number (self, number);
  else if (*stripped)
    komek_feed_find_async (komek_context_get_feed (self->context), stripped, self->cancellable,
                           on_found, self);
}

static void
on_stop_search (KomekExploreHead *self)
{
  gtk_editable_set_text (self->search, "");
  on_search_changed (self);
  if (!komek_context_is_upright (self->context))
    return;
  self->finding = FALSE;
  show_parts (self);
  gtk_widget_grab_focus (self->find);
}

static void
komek_explore_head_dispose (GObject *object)
{
  KomekExploreHead *self = KOMEK_EXPLORE_HEAD (object);
  GtkWidget *child;

  g_cancellable_cancel (self->cancellable);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))))
    gtk_widget_unparent (child);
  g_clear_object (&self->exploration);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (komek_explore_head_parent_class)->dispose (object);
}

static void
komek_explore_head_finalize (GObject *object)
{
  g_object_unref (KOMEK_EXPLORE_HEAD (object)->cancellable);
  G_OBJECT_CLASS (komek_explore_head_parent_class)->finalize (object);
}

static void
komek_explore_head_class_init (KomekExploreHeadClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = komek_explore_head_dispose;
  G_OBJECT_CLASS (klass)->finalize = komek_explore_head_finalize;

  g_type_ensure (KOMEK_TYPE_FILTER_CHIPS);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "explore-head");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kz/komek/Komek/map/komek-explore-head.ui");
  gtk_widget_class_bind_template_child (widget_class, KomekExploreHead, line);
  gtk_widget_class_bind_template_child (widget_class, KomekExploreHead, search);
  gtk_widget_class_bind_template_child (widget_class, KomekExploreHead, filters);
  gtk_widget_class_bind_template_child (widget_class, KomekExploreHead, filters_label);
  gtk_widget_class_bind_template_child (widget_class, KomekExploreHead, chip_line);
  gtk_widget_class_bind_template_child (widget_class, KomekExploreHead, find);
  gtk_widget_class_bind_template_child (widget_class, KomekExploreHead, find_label);
  gtk_widget_class_bind_template_child (widget_class, KomekExploreHead, narrow);
  gtk_widget_class_bind_template_child (widget_class, KomekExploreHead, narrow_label);
  gtk_widget_class_bind_template_child (widget_class, KomekExploreHead, chips);
}

static void
label_by (GtkWidget *button, GtkWidget *label)
{
  gtk_accessible_update_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  label, NULL, -1);
}

static void
komek_explore_head_init (KomekExploreHead *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  label_by (self->filters, self->filters_label);
  label_by (self->find, self->find_label);
  label_by (self->narrow, self->narrow_label);
}

static void
connect_search (KomekExploreHead *self)
{
  gtk_editable_set_text (self->search, komek_exploration_get_search (self->exploration));
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (on_search_changed), self);
  g_signal_connect_swapped (self->search, "activate", G_CALLBACK (on_search_activated), self);
  g_signal_connect_swapped (self->search, "stop-search", G_CALLBACK (on_stop_search), self);
  g_signal_connect_object (self->exploration, "notify::search", G_CALLBACK (on_search_set), self,
                           G_CONNECT_SWAPPED);
}

static void
add_action (KomekExploreHead *self)
{
  const GActionEntry entries[] = { { "find", on_find_activated } };
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();

  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries, G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "head", G_ACTION_GROUP (actions));
}

/**
 * komek_explore_head_set_up:
 * @notice: tells why a number cannot be looked up; it lives as long as the page that owns both
 *
 * Says what is searched and filtered; once, by the page that owns it.
 */
void
komek_explore_head_set_up (KomekExploreHead *self, KomekContext *context,
                           KomekExploration *exploration, KomekNotice *notice)
{
  g_return_if_fail (KOMEK_IS_EXPLORE_HEAD (self));

  self->context = g_object_ref (context);
  self->exploration = g_object_ref (exploration);
  self->notice = notice;
  add_action (self);
  komek_filter_chips_set_up (self->chips, context, exploration);
  connect_search (self);
  g_signal_connect_object (context, "notify::upright", G_CALLBACK (show_parts), self,
                           G_CONNECT_SWAPPED);
  show_parts (self);
}

/* Where one comes back to from the filters. */
void
komek_explore_head_focus_filters (KomekExploreHead *self)
{
  g_return_if_fail (KOMEK_IS_EXPLORE_HEAD (self));

  gtk_widget_grab_focus (gtk_widget_get_visible (self->line) ? self->filters : self->narrow);
}
