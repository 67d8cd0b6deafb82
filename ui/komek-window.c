/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-window.h"

#include "komek-bottom-bar.h"
#include "komek-category-page.h"
#include "komek-check-page.h"
#include "komek-contact-page.h"
#include "komek-details-page.h"
#include "komek-done-page.h"
#include "komek-dress.h"
#include "komek-emergency-card.h"
#include "komek-explore-page.h"
#include "komek-flow.h"
#include "komek-gettext.h"
#include "komek-home-page.h"
#include "komek-notice.h"
#include "komek-place-page.h"
#include "komek-queue-page.h"
#include "komek-request-page.h"
#include "komek-review-page.h"
#include "komek-sending.h"
#include "komek-service-page.h"
#include "komek-sheet.h"
#include "komek-standing.h"
#include "komek-text-page.h"
#include "komek-top-bar.h"
#include "komek-trace.h"
#include "komek-words.h"

/**
 * KomekWindow:
 *
 * The one window of the program: its frame, the way through the pages, and what every page may ask
 * for.
 *
 * A kiosk and a desktop show the same pages; the kiosk fills the screen, has
 * its buttons at the bottom and cannot be closed.
 */
struct _KomekWindow
{
  AdwApplicationWindow parent;
  KomekContext        *context;
  KomekExploration    *exploration;
  KomekSending        *sending;
  KomekStanding       *standing;
  GtkWidget           *overlay;
  GtkBox              *frame;
  GtkWidget           *top_bar;
  GtkWidget           *bottom_bar;
  KomekNotice         *notice;
  KomekFlow           *flow;
  guint                shape_idle;
};

G_DEFINE_FINAL_TYPE (KomekWindow, komek_window, ADW_TYPE_APPLICATION_WINDOW)

static KomekPage *
build_place_page (KomekWindow *self)
{
  KomekPage *page = komek_place_page_new (self->context);

  komek_place_page_set_exploration (KOMEK_PLACE_PAGE (page), self->exploration);
  return page;
}

static KomekPage *
build_page (const KomekRoute *route, gpointer data)
{
  KomekWindow *self = data;

  switch (route->kind)
    {
    case KOMEK_ROUTE_REQUEST:
      return komek_request_page_new (self->context, route->argument);
    case KOMEK_ROUTE_CATEGORY:
      return komek_category_page_new (self->context);
    case KOMEK_ROUTE_SERVICE:
      return komek_service_page_new (self->context, route->argument);
    case KOMEK_ROUTE_DETAILS:
      return komek_details_page_new (self->context);
    case KOMEK_ROUTE_PLACE:
      return build_place_page (self);
    case KOMEK_ROUTE_TEXT:
      return komek_text_page_new (self->context);
    case KOMEK_ROUTE_CONTACT:
      return komek_contact_page_new (self->context);
    case KOMEK_ROUTE_REVIEW:
      return komek_review_page_new (self->context, self->sending);
    case KOMEK_ROUTE_DONE:
      return komek_done_page_new (self->context, komek_sending_get_kept (self->sending),
                                  route->argument);
    case KOMEK_ROUTE_QUEUE:
      return komek_queue_page_new (self->context);
    case KOMEK_ROUTE_EXPLORE:
      return komek_explore_page_new (self->context, self->exploration);
    case KOMEK_ROUTE_CHECK:
      return komek_check_page_new (self->context, route->argument);
    case KOMEK_ROUTE_HOME:
    default:
      return komek_home_page_new (self->context);
    }
}

/* Both bars are templates and speak the language they were made in. */
static void
build_bars (KomekWindow *self)
{
  if (self->top_bar)
    gtk_box_remove (self->frame, self->top_bar);
  self->top_bar = komek_top_bar_new (self->context);
  gtk_box_prepend (self->frame, self->top_bar);

  if (!komek_context_is_kiosk (self->context))
    return;
  if (self->bottom_bar)
    gtk_box_remove (self->frame, self->bottom_bar);
  self->bottom_bar = komek_bottom_bar_new (self->context);
  gtk_box_append (self->frame, self->bottom_bar);
}

static void
on_language_changed (KomekWindow *self)
{
  KomekLanguage language = komek_locale_get_language (komek_context_get_locale (self->context));
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "language");

  g_simple_action_set_state (G_SIMPLE_ACTION (action),
                             g_variant_new_string (komek_language_get_code (language)));
  build_bars (self);
  komek_standing_show (self->standing);
  komek_flow_rebuild (self->flow);
}

/* What lay over the page before has nothing to say about the one after. */
static void
close_sheets (KomekWindow *self)
{
  GtkWidget *next;

  for (GtkWidget *child = gtk_widget_get_first_child (self->overlay); child; child = next)
    {
      next = gtk_widget_get_next_sibling (child);
      if (KOMEK_IS_SHEET (child))
        komek_sheet_close (KOMEK_SHEET (child));
    }
}

static void
on_page_changed (KomekWindow *self)
{
  KomekPage *page = komek_flow_get_page (self->flow);
  GAction *back = g_action_map_lookup_action (G_ACTION_MAP (self), "back");
  g_autofree char *title = NULL;

  close_sheets (self);
  if (!page)
    return;
  /* Translators: the title of the window: %s is the name of the page. */
  title = g_strdup_printf (_("%s – Komek 109"), komek_page_get_title (page));
  gtk_window_set_title (GTK_WINDOW (self), title);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (back), komek_flow_can_go_back (self->flow));
  komek_trace_drawn (GTK_WIDGET (page), komek_route_get_name (komek_flow_get_route (self->flow)));
}

static KomekRoute *
read_route (GVariant *parameter)
{
  const char *name, *argument;
  KomekRoute *route;

  g_variant_get (parameter, "(&s&s)", &name, &argument);
  route = komek_route_from_name (name, argument);
  if (!route)
    g_warning ("There is no page named %s", name);
  return route;
}

static void
on_open_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (KomekRoute) route = read_route (parameter);

  if (route)
    komek_flow_open (KOMEK_WINDOW (data)->flow, route);
}

/* Whoever came from the review to change one answer goes back there and not
 * through all the questions again. */
static void
on_continue_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KomekWindow *self = data;
  g_autoptr (KomekRoute) route = read_route (parameter);

  if (route && !komek_flow_back_to (self->flow, KOMEK_ROUTE_REVIEW))
    komek_flow_open (self->flow, route);
}

static void
on_restart_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (KomekRoute) route = read_route (parameter);

  if (route)
    komek_window_go (data, route);
}

static void
on_remember_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  komek_flow_remember (KOMEK_WINDOW (data)->flow, g_variant_get_string (parameter, NULL));
}

static void
on_back_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  komek_flow_back (KOMEK_WINDOW (data)->flow);
}

static void
on_home_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_autoptr (KomekRoute) home = komek_route_new (KOMEK_ROUTE_HOME, NULL);

  komek_window_go (data, home);
}

/* Wherever the citizen went meanwhile: without the number nothing can be followed. */
static void
on_sent (KomekWindow *self, const char *key)
{
  g_autoptr (KomekRoute) done = komek_route_new (KOMEK_ROUTE_DONE, key);

  komek_window_go (self, done);
}

/* What somebody has copied can be pasted by whoever comes next. A desk's clipboard is its user's. */
static void
forget_copied (GtkWidget *widget)
{
  gdk_clipboard_set_content (gtk_widget_get_clipboard (widget), NULL);
  gdk_clipboard_set_content (gtk_widget_get_primary_clipboard (widget), NULL);
}

/* What one citizen entered or chose must not be there for the next. */
static void
on_finish_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  KomekWindow *self = data;

  komek_context_reset_draft (self->context);
  komek_sending_forget_kept (self->sending);
  komek_exploration_reset (self->exploration);
  komek_theme_set_high_contrast (komek_context_get_theme (self->context), FALSE);
  on_home_activated (NULL, NULL, self);
  if (!komek_context_is_kiosk (self->context))
    return;
  forget_copied (GTK_WIDGET (self));
  komek_locale_set_language (komek_context_get_locale (self->context), KOMEK_LANGUAGE_KAZAKH);
}

static void
on_language_requested (GSimpleAction *action, GVariant *state, gpointer data)
{
  KomekWindow *self = data;
  KomekLanguage language;

  if (komek_language_from_code (g_variant_get_string (state, NULL), &language))
    komek_locale_set_language (komek_context_get_locale (self->context), language);
}

static void
on_contrast_requested (GSimpleAction *action, GVariant *state, gpointer data)
{
  KomekWindow *self = data;

  komek_theme_set_high_contrast (komek_context_get_theme (self->context),
                                 g_variant_get_boolean (state));
}

static void
on_high_contrast_changed (KomekWindow *self)
{
  KomekTheme *theme = komek_context_get_theme (self->context);
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "contrast");

  g_simple_action_set_state (G_SIMPLE_ACTION (action),
                             g_variant_new_boolean (komek_theme_get_high_contrast (theme)));
}

static void
on_help_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 24);
  GtkWidget *text =
    gtk_label_new (_("Operators of the 109 service answer day and night, free of charge. "
                     "They take requests by telephone too."));

  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (text), 48);
  gtk_widget_add_css_class (text, "body");
  gtk_box_append (GTK_BOX (content), text);
  gtk_box_append (GTK_BOX (content), komek_emergency_card_new ());
  komek_sheet_open (komek_sheet_new (_("Need help? Call 109"), content),
                    GTK_WIDGET (KOMEK_WINDOW (data)->frame));
}

static void
on_retry_activated (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  komek_line_retry (komek_context_get_line (KOMEK_WINDOW (data)->context));
}

static const GActionEntry actions[] = {
  { "open", on_open_activated, "(ss)" },
  { "continue", on_continue_activated, "(ss)" },
  { "restart", on_restart_activated, "(ss)" },
  { "remember", on_remember_activated, "s" },
  { "back", on_back_activated },
  { "home", on_home_activated },
  { "finish", on_finish_activated },
  { "help", on_help_activated },
  { "retry", on_retry_activated },
  { "language", NULL, "s", "'kk'", on_language_requested },
  { "contrast", NULL, NULL, "false", on_contrast_requested },
};

static gboolean
on_shape_idle (gpointer data)
{
  KomekWindow *self = data;
  gboolean upright =
    gtk_widget_get_height (GTK_WIDGET (self)) > gtk_widget_get_width (GTK_WIDGET (self));

  self->shape_idle = 0;
  gtk_widget_remove_css_class (GTK_WIDGET (self), upright ? "wide" : "upright");
  gtk_widget_add_css_class (GTK_WIDGET (self), upright ? "upright" : "wide");
  komek_context_set_upright (self->context, upright);
  return G_SOURCE_REMOVE;
}

static void
komek_window_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  KomekWindow *self = KOMEK_WINDOW (widget);

  GTK_WIDGET_CLASS (komek_window_parent_class)->size_allocate (widget, width, height, baseline);

  /* Pages rearrange themselves, which nobody may do in the middle of an allocation. */
  if ((height > width) != komek_context_is_upright (self->context) && self->shape_idle == 0)
    self->shape_idle = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_shape_idle, self, NULL);
}

/* A kiosk has nothing behind its window that a citizen should see. */
static gboolean
komek_window_close_request (GtkWindow *window)
{
  if (komek_context_is_kiosk (KOMEK_WINDOW (window)->context))
    return TRUE;
  return GTK_WINDOW_CLASS (komek_window_parent_class)->close_request (window);
}

/* The toolkit's inspector shows and changes everything: on a kiosk it is nobody's. */
static gboolean
komek_window_enable_debugging (GtkWindow *window, gboolean toggle)
{
  if (komek_context_is_kiosk (KOMEK_WINDOW (window)->context))
    return FALSE;
  return GTK_WINDOW_CLASS (komek_window_parent_class)->enable_debugging (window, toggle);
}

static void
komek_window_dispose (GObject *object)
{
  KomekWindow *self = KOMEK_WINDOW (object);

  g_clear_handle_id (&self->shape_idle, g_source_remove);
  G_OBJECT_CLASS (komek_window_parent_class)->dispose (object);
}

static void
komek_window_finalize (GObject *object)
{
  KomekWindow *self = KOMEK_WINDOW (object);

  g_clear_object (&self->exploration);
  g_clear_object (&self->sending);
  g_clear_object (&self->standing);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (komek_window_parent_class)->finalize (object);
}

static void
komek_window_class_init (KomekWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = komek_window_dispose;
  object_class->finalize = komek_window_finalize;
  widget_class->size_allocate = komek_window_size_allocate;
  GTK_WINDOW_CLASS (klass)->close_request = komek_window_close_request;
  GTK_WINDOW_CLASS (klass)->enable_debugging = komek_window_enable_debugging;

  g_type_ensure (KOMEK_TYPE_FLOW);
  g_type_ensure (KOMEK_TYPE_NOTICE);
  gtk_widget_class_set_template_from_resource (widget_class, "/kz/komek/Komek/komek-window.ui");
  gtk_widget_class_bind_template_child (widget_class, KomekWindow, overlay);
  gtk_widget_class_bind_template_child (widget_class, KomekWindow, frame);
  gtk_widget_class_bind_template_child (widget_class, KomekWindow, notice);
  gtk_widget_class_bind_template_child (widget_class, KomekWindow, flow);
}

static void
komek_window_init (KomekWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
}

/**
 * komek_window_new:
 * @first: the page to begin with
 *
 * Returns: (transfer none): the window, which the application owns
 */
KomekWindow *
komek_window_new (AdwApplication *application, KomekContext *context, const KomekRoute *first)
{
  KomekWindow *self = g_object_new (KOMEK_TYPE_WINDOW, "application", application, NULL);

  self->context = g_object_ref (context);
  self->exploration = komek_exploration_new (context);
  self->sending = komek_sending_new (context);
  self->standing = komek_standing_new (context, self->notice);
  g_signal_connect_object (self->sending, "sent", G_CALLBACK (on_sent), self, G_CONNECT_SWAPPED);
  komek_dress_window (GTK_WINDOW (self), context);
  g_signal_connect_object (komek_context_get_locale (context), "notify::language",
                           G_CALLBACK (on_language_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (komek_context_get_theme (context), "notify::high-contrast",
                           G_CALLBACK (on_high_contrast_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->flow, "notify::page", G_CALLBACK (on_page_changed), self,
                           G_CONNECT_SWAPPED);
  komek_flow_set_builder (self->flow, build_page, self);
  on_language_changed (self);
  komek_flow_restart (self->flow, first);
  return self;
}

/**
 * komek_window_go:
 *
 * Shows a page and forgets the way before it, but home.
 */
void
komek_window_go (KomekWindow *self, const KomekRoute *route)
{
  g_return_if_fail (KOMEK_IS_WINDOW (self));

  komek_flow_restart (self->flow, route);
}
