/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-details-page.h"

#include "komek-detail.h"
#include "komek-gettext.h"
#include "komek-steps.h"
#include "komek-unread.h"

/**
 * KomekDetailsPage:
 *
 * What the city asks for this service beyond place and text: the number of the lift, since when
 * there is no water.
 *
 * The questions are the mirror's, so they are there without a line. Where this
 * device never heard them the citizen goes on: staff can still ask.
 */
struct _KomekDetailsPage
{
  KomekPage      parent;
  GCancellable  *cancellable;
  KomekQuestion *question;
  GtkBox        *details;
};

G_DEFINE_FINAL_TYPE (KomekDetailsPage, komek_details_page, KOMEK_TYPE_PAGE)

static KomekContext *
get_context (KomekDetailsPage *self)
{
  return komek_page_get_context (KOMEK_PAGE (self));
}

static KomekDraft *
get_draft (KomekDetailsPage *self)
{
  return komek_context_get_draft (get_context (self));
}

static void
show_attributes (KomekDetailsPage *self)
{
  GPtrArray *attributes = komek_draft_get_attributes (get_draft (self));
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->details))))
    gtk_box_remove (self->details, child);
  for (guint i = 0; i < attributes->len; i++)
    gtk_box_append (self->details, komek_detail_new (get_context (self), attributes->pdata[i]));
}

static void
show_missing (KomekDetailsPage *self)
{
  komek_notice_show (komek_question_get_notice (self->question), KOMEK_NOTICE_CAUTION,
                     _("The city’s questions are not on this device yet"),
                     _("Please go on; mention all that matters in the description."));
}

static void
on_definition_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) attributes =
    komek_feed_definition_finish (KOMEK_FEED (source), result, &error);
  KomekDetailsPage *self = data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error)
    komek_unread_report ("The city's questions", error);
  if (!attributes || attributes->len == 0)
    {
      show_missing (self);
      return;
    }
  komek_draft_set_attributes (get_draft (self), attributes);
  show_attributes (self);
}

/* All are checked, so that all mistakes are said at once; the first one gets the focus. */
static GtkWidget *
find_mistake (KomekDetailsPage *self)
{
  GtkWidget *first = NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->details)); child;
       child = gtk_widget_get_next_sibling (child))
    if (!komek_detail_check (KOMEK_DETAIL (child)) && !first)
      first = child;
  return first;
}

static void
on_next_clicked (KomekDetailsPage *self)
{
  KomekNotice *notice = komek_question_get_notice (self->question);
  GtkWidget *mistake = find_mistake (self);

  if (mistake)
    {
      komek_notice_show (notice, KOMEK_NOTICE_ERROR, _("There is a problem"),
                         _("Something is missing below or does not fit. It is marked."));
      gtk_widget_grab_focus (mistake);
      return;
    }
  komek_notice_hide (notice);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.continue", "(ss)",
                              komek_steps_after (komek_draft_get_service (get_draft (self)),
                                                 KOMEK_STEP_DETAILS),
                              "");
}

static void
komek_details_page_dispose (GObject *object)
{
  g_cancellable_cancel (KOMEK_DETAILS_PAGE (object)->cancellable);
  G_OBJECT_CLASS (komek_details_page_parent_class)->dispose (object);
}

static void
komek_details_page_finalize (GObject *object)
{
  g_object_unref (KOMEK_DETAILS_PAGE (object)->cancellable);
  G_OBJECT_CLASS (komek_details_page_parent_class)->finalize (object);
}

static void
komek_details_page_class_init (KomekDetailsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = komek_details_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = komek_details_page_finalize;

  g_type_ensure (KOMEK_TYPE_QUESTION);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kz/komek/Komek/file/komek-details-page.ui");
  gtk_widget_class_bind_template_child (widget_class, KomekDetailsPage, question);
  gtk_widget_class_bind_template_child (widget_class, KomekDetailsPage, details);
  gtk_widget_class_bind_template_callback (widget_class, on_next_clicked);
}

static void
komek_details_page_init (KomekDetailsPage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  komek_page_set_title (KOMEK_PAGE (self), _("A few more questions"));
}

/**
 * komek_details_page_new:
 * @context: its draft has a service
 *
 * Returns: (transfer floating): the page
 */
KomekPage *
komek_details_page_new (KomekContext *context)
{
  KomekDetailsPage *self = g_object_new (KOMEK_TYPE_DETAILS_PAGE, "context", context, NULL);
  KomekService *service = komek_draft_get_service (komek_context_get_draft (context));

  komek_steps_show (self->question, context, KOMEK_STEP_DETAILS);
  if (service)
    komek_feed_definition_async (komek_context_get_feed (context), komek_service_get_code (service),
                                 self->cancellable, on_definition_ready, self);
  return KOMEK_PAGE (self);
}
