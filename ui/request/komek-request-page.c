/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-request-page.h"

#include "komek-answer-card.h"
#include "komek-deadline-card.h"
#include "komek-gettext.h"
#include "komek-place-card.h"
#include "komek-qr-card.h"
#include "komek-request-head.h"
#include "komek-request-watch.h"
#include "komek-slip-offer.h"
#include "komek-support.h"
#include "komek-timeline.h"
#include "komek-words.h"

/* After so long a wait wants a sentence. */
#define PATIENCE_MS 3000

/**
 * KomekRequestPage:
 *
 * The whole public life of one request: what, where, until when, the answer and every step to it.
 *
 * It shows at once what this device knows and follows the city's news while it
 * is open.
 */
struct _KomekRequestPage
{
  KomekPage           parent;
  KomekRequestWatch  *watch;
  guint               patience;
  KomekNotice        *notice;
  GtkWidget          *waiting;
  GtkWidget          *waiting_text;
  GtkWidget          *missing;
  GtkLabel           *missing_title;
  GtkLabel           *missing_text;
  GtkWidget          *again;
  GtkWidget          *content;
  GtkWidget          *as_of;
  GtkLabel           *as_of_text;
  GtkOrientable      *columns;
  GtkOrientable      *pair;
  KomekRequestHead   *head;
  KomekPlaceCard     *place;
  KomekDeadlineCard  *deadline;
  KomekSupport       *support;
  GtkLabel           *text;
  KomekAnswerCard    *answer;
  GtkLabel           *registered;
  GtkWidget          *agency_box;
  GtkLabel           *agency;
  KomekTimeline      *timeline;
  GtkWidget          *no_steps;
  KomekQrCard        *qr;
  GtkWidget          *save;
};

G_DEFINE_FINAL_TYPE (KomekRequestPage, komek_request_page, KOMEK_TYPE_PAGE)

/* What is known is as old as the last contact, whenever the city cannot be asked. */
static void
show_as_of (KomekRequestPage *self, KomekContext *context)
{
  KomekLine *line = komek_context_get_line (context);
  gint64 as_of = komek_line_get_as_of (line);
  g_autofree char *time = NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (self->as_of, as_of > 0
                                         && (komek_line_get_state (line) == KOMEK_LINE_BROKEN
                                             || komek_request_watch_is_stale (self->watch)));
  time = komek_locale_format_date_time (komek_context_get_locale (context), as_of,
                                        komek_context_get_zone (context));
  /* Translators: %s is the date and time at which the city was last heard of. */
  text = g_strdup_printf (_("Data as of %s"), time);
  gtk_label_set_label (self->as_of_text, text);
}

static void
show_facts (KomekRequestPage *self, KomekContext *context, const KomekRequestFields *fields)
{
  const char *agency = komek_words_agency (context, fields->agency, fields->agency_name);
  g_autofree char *registered = komek_locale_format_date_time (komek_context_get_locale (context),
                                                               fields->requested,
                                                               komek_context_get_zone (context));

  gtk_label_set_label (self->registered, registered);
  gtk_label_set_label (self->agency, agency);
  gtk_widget_set_visible (self->agency_box, *agency != '\0');
  gtk_label_set_label (self->text,
                       *fields->text ? fields->text : _("The city has not published the text."));
}

static void
show_request (KomekRequestPage *self, KomekContext *context, KomekRequest *request)
{
  GPtrArray *history = komek_request_watch_get_history (self->watch);

  komek_request_head_show (self->head, context, request);
  komek_place_card_show (self->place, context, request);
  komek_deadline_card_show (self->deadline, context, request);
  komek_support_show (self->support, context, request);
  komek_answer_card_show (self->answer, context, request, history);
  komek_timeline_show (self->timeline, context, history);
  gtk_widget_set_visible (self->no_steps, history->len == 0);
  komek_qr_card_show (self->qr, context, komek_request_get_number (request));
  show_facts (self, context, komek_request_peek (request));
  show_as_of (self, context);
}

static void
show_missing (KomekRequestPage *self, gboolean asked)
{
  const char *number = komek_request_watch_get_number (self->watch);
  g_autofree char *text = NULL;

  text = g_strdup_printf (
    /* Translators: %s is the number of a request. */
    asked ? _("The city knows no request with the number %s. Compare it with your receipt.")
          /* Translators: %s is the number of a request. */
          : _("The city cannot be asked at the moment, and this device does not know "
              "request %s yet."),
    number);
  gtk_label_set_label (self->missing_title,
                       asked ? _("Request not found") : _("No connection to the city"));
  gtk_label_set_label (self->missing_text, text);
  gtk_widget_set_visible (self->again, !asked);
}

static void
on_watch_changed (KomekRequestPage *self)
{
  KomekWatchState state = komek_request_watch_get_state (self->watch);

  if (state == KOMEK_WATCH_KNOWN)
    show_request (self, komek_page_get_context (KOMEK_PAGE (self)),
                  komek_request_watch_get_request (self->watch));
  else if (state != KOMEK_WATCH_LOOKING)
    show_missing (self, state == KOMEK_WATCH_MISSING);
  gtk_widget_set_visible (self->waiting, state == KOMEK_WATCH_LOOKING);
  gtk_widget_set_visible (self->missing,
                          state == KOMEK_WATCH_MISSING || state == KOMEK_WATCH_UNREACHABLE);
  gtk_widget_set_visible (self->content, state == KOMEK_WATCH_KNOWN);
}

static gboolean
on_patience_ended (gpointer data)
{
  KomekRequestPage *self = data;

  self->patience = 0;
  gtk_widget_set_visible (self->waiting_text, TRUE);
  return G_SOURCE_REMOVE;
}

static void
on_upright_changed (KomekRequestPage *self)
{
  KomekContext *context = komek_page_get_context (KOMEK_PAGE (self));
  gboolean small = komek_context_is_small (context);
  gboolean upright = komek_context_is_upright (context) || small;

  if (small && komek_context_is_upright (context))
    gtk_orientable_set_orientation (self->pair, GTK_ORIENTATION_VERTICAL);
  gtk_orientable_set_orientation (self->columns,
                                  upright ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_set_homogeneous (GTK_BOX (self->columns), !upright);
}

static void
on_again_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  komek_request_watch_ask (KOMEK_REQUEST_PAGE (widget)->watch);
}

static void
on_save_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  KomekRequestPage *self = KOMEK_REQUEST_PAGE (widget);
  KomekRequest *request = komek_request_watch_get_request (self->watch);
  g_autoptr (KomekSlip) slip = NULL;

  if (!request || komek_context_is_kiosk (komek_page_get_context (KOMEK_PAGE (self))))
    return;
  slip = komek_slip_new (komek_page_get_context (KOMEK_PAGE (self)), request);
  komek_slip_offer (slip, self->notice);
}

static void
komek_request_page_constructed (GObject *object)
{
  KomekRequestPage *self = KOMEK_REQUEST_PAGE (object);
  KomekContext *context = komek_page_get_context (KOMEK_PAGE (self));

  G_OBJECT_CLASS (komek_request_page_parent_class)->constructed (object);

  g_signal_connect_object (context, "notify::upright", G_CALLBACK (on_upright_changed), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_visible (self->save, !komek_context_is_kiosk (context));
  on_upright_changed (self);
  self->patience = g_timeout_add (PATIENCE_MS, on_patience_ended, self);
}

static void
komek_request_page_dispose (GObject *object)
{
  KomekRequestPage *self = KOMEK_REQUEST_PAGE (object);

  g_clear_handle_id (&self->patience, g_source_remove);
  g_clear_object (&self->watch);
  G_OBJECT_CLASS (komek_request_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, KomekRequestPage, notice);
  gtk_widget_class_bind_template_child (widget_class, KomekRequestPage, waiting);
  gtk_widget_class_bind_template_child (widget_class, KomekRequestPage, waiting_text);
  gtk_widget_class_bind_template_child (widget_class, KomekRequestPage, missing);
  gtk_widget_class_bind_template_child (widget_class, KomekRequestPage, missing_title);
  gtk_widget_class_bind_template_child (widget_class, KomekRequestPage, missing_text);
  gtk_widget_class_bind_template_child (widget_class, KomekRequestPage, again);
  gtk_widget_class_bind_template_child (widget_class, KomekRequestPage, content);
  gtk_widget_class_bind_template_child (widget_class, KomekRequestPage, as_of);
  gtk_widget_class_bind_template_child (widget_class, KomekRequestPage, as_of_text);
  gtk_widget_class_bind_template_child (widget_class, KomekRequestPage, columns);
  gtk_widget_class_bind_template_child (widget_class, KomekRequestPage, pair);
  gtk_widget_class_bind_template_child (widget_class, KomekRequestPage, head);
  gtk_widget_class_bind_template_child (widget_class, KomekRequestPage, place);
  gtk_widget_class_bind_template_child (widget_class, KomekRequestPage, deadline);
  gtk_widget_class_bind_template_child (widget_class, KomekRequestPage, support);
  gtk_widget_class_bind_template_child (widget_class, KomekRequestPage, text);
  gtk_widget_class_bind_template_child (widget_class, KomekRequestPage, answer);
  gtk_widget_class_bind_template_child (widget_class, KomekRequestPage, registered);
  gtk_widget_class_bind_template_child (widget_class, KomekRequestPage, agency_box);
  gtk_widget_class_bind_template_child (widget_class, KomekRequestPage, agency);
  gtk_widget_class_bind_template_child (widget_class, KomekRequestPage, timeline);
  gtk_widget_class_bind_template_child (widget_class, KomekRequestPage, no_steps);
  gtk_widget_class_bind_template_child (widget_class, KomekRequestPage, qr);
  gtk_widget_class_bind_template_child (widget_class, KomekRequestPage, save);
}

static void
komek_request_page_class_init (KomekRequestPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = komek_request_page_constructed;
  object_class->dispose = komek_request_page_dispose;

  g_type_ensure (KOMEK_TYPE_SUPPORT);
  g_type_ensure (KOMEK_TYPE_ANSWER_CARD);
  g_type_ensure (KOMEK_TYPE_DEADLINE_CARD);
  g_type_ensure (KOMEK_TYPE_NOTICE);
  g_type_ensure (KOMEK_TYPE_PLACE_CARD);
  g_type_ensure (KOMEK_TYPE_QR_CARD);
  g_type_ensure (KOMEK_TYPE_REQUEST_HEAD);
  g_type_ensure (KOMEK_TYPE_TIMELINE);
  gtk_widget_class_install_action (widget_class, "request.again", NULL, on_again_activated);
  gtk_widget_class_install_action (widget_class, "request.save", NULL, on_save_activated);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kz/komek/Komek/request/komek-request-page.ui");
  bind_children (widget_class);
}

static void
komek_request_page_init (KomekRequestPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
watch (KomekRequestPage *self, const char *number)
{
  KomekContext *context = komek_page_get_context (KOMEK_PAGE (self));
  g_autofree char *title = NULL;

  /* Translators: the title of the page of a request, %s is its number. */
  title = g_strdup_printf (_("Request %s"), number);
  komek_page_set_title (KOMEK_PAGE (self), title);
  self->watch = komek_request_watch_new (context, number);
  g_signal_connect_object (self->watch, "changed", G_CALLBACK (on_watch_changed), self,
                           G_CONNECT_SWAPPED);
  /* Names of categories and organisations may come after the request itself. */
  g_signal_connect_object (context, "notify::services", G_CALLBACK (on_watch_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "notify::city", G_CALLBACK (on_watch_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (komek_context_get_line (context), "notify::state",
                           G_CALLBACK (on_watch_changed), self, G_CONNECT_SWAPPED);
  on_watch_changed (self);
}

/**
 * komek_request_page_new:
 * @number: as the city writes it
 *
 * Returns: (transfer floating): the page
 */
KomekPage *
komek_request_page_new (KomekContext *context, const char *number)
{
  KomekRequestPage *self = g_object_new (KOMEK_TYPE_REQUEST_PAGE, "context", context, NULL);

  watch (self, number);
  return KOMEK_PAGE (self);
}
