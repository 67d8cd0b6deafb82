/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-explore-summary.h"

#include "komek-column.h"
#include "komek-compat.h"
#include "komek-filter-words.h"
#include "komek-gettext.h"
#include "komek-icon.h"
#include "komek-order-button.h"

#define REST_MS 800 /* without another change, until the sentence is said aloud */

/**
 * KomekExploreSummary:
 *
 * A sentence about what is in view, how fresh it is where that matters, and the order of the list.
 *
 * Who sees it sees every change at once. Who hears it hears it when the view
 * has come to rest, and only where it is another sentence than the last one:
 * it is the name of a part that is a status, which screen readers listen to.
 */
struct _KomekExploreSummary
{
  GtkWidget         parent;
  KomekContext     *context;
  KomekExploration *exploration;
  GtkLabel         *sentence;
  GtkLabel         *busiest;
  GtkWidget        *freshness;
  GtkImage         *freshness_icon;
  GtkLabel         *freshness_text;
  GtkWidget        *status;
  KomekOrderButton *order;
  GtkWidget        *all;
  char             *said;
  KomekPoints      *said_of; /* all requests as they were then */
  guint             rest_source;
};

G_DEFINE_FINAL_TYPE (KomekExploreSummary, komek_explore_summary, GTK_TYPE_WIDGET)

/* Of a broken line only the time is said here; what to do stands in the notice of the window. */
static char *
describe_line (KomekExploreSummary *self, KomekLineState state)
{
  gint64 as_of = komek_line_get_as_of (komek_context_get_line (self->context));
  g_autofree char *time = NULL;

  if (state == KOMEK_LINE_FILLING
      && !komek_filter_words_is_filling (self->context, self->exploration))
    return g_strdup (_("More requests are being loaded."));
  if (state != KOMEK_LINE_BROKEN || as_of == 0)
    return NULL;
  time = komek_locale_format_date_time (komek_context_get_locale (self->context), as_of,
                                        komek_context_get_zone (self->context));
  /* Translators: %s is when this device last heard of the city: 21.11.2026, 12:40. */
  return g_strdup_printf (_("Data as of %s"), time);
}

static void
show_freshness (KomekExploreSummary *self)
{
  KomekLineState state = komek_line_get_state (komek_context_get_line (self->context));
  g_autofree char *text = describe_line (self, state);

  gtk_widget_set_visible (self->freshness, text != NULL);
  gtk_label_set_label (self->freshness_text, text ? text : "");
  komek_icon_show (self->freshness_icon, state == KOMEK_LINE_BROKEN ? "komek-offline-symbolic"
                                                                    : "komek-clock-symbolic");
}

static void
say (KomekExploreSummary *self)
{
  KomekSurvey *survey = komek_exploration_get_survey (self->exploration);
  KomekPoints *points = survey ? komek_survey_peek (survey)->points : NULL;
  g_autofree char *sentence = komek_filter_words_sentence (self->context, self->exploration);
  gboolean aloud = points && points == self->said_of;

  g_clear_pointer (&self->said_of, komek_points_unref);
  self->said_of = points ? komek_points_ref (points) : NULL;
  if (g_strcmp0 (sentence, self->said) == 0)
    return;
  g_free (self->said);
  self->said = g_steal_pointer (&sentence);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->status), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  self->said, -1);
  if (aloud)
    komek_compat_announce (self->status, self->said);
}

static gboolean
on_rest (gpointer data)
{
  KomekExploreSummary *self = data;

  self->rest_source = 0;
  say (self);
  return G_SOURCE_REMOVE;
}

static void
say_at_rest (KomekExploreSummary *self)
{
  g_clear_handle_id (&self->rest_source, g_source_remove);
  self->rest_source = g_timeout_add (REST_MS, on_rest, self);
}

/* Of the survey or of the line. */
static void
on_changed (KomekExploreSummary *self)
{
  gboolean members = komek_exploration_get_members (self->exploration) != NULL;
  g_autofree char *sentence = komek_filter_words_view (self->context, self->exploration);
  g_autofree char *busiest = komek_filter_words_busiest (self->context, self->exploration);

  gtk_label_set_markup (self->sentence, sentence);
  gtk_label_set_label (self->busiest, busiest);
  gtk_widget_set_visible (GTK_WIDGET (self->busiest), *busiest != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->order), !members);
  gtk_widget_set_visible (self->all, members);
  show_freshness (self);
  say_at_rest (self);
}

static void
komek_explore_summary_dispose (GObject *object)
{
  KomekExploreSummary *self = KOMEK_EXPLORE_SUMMARY (object);
  GtkWidget *child;

  g_clear_handle_id (&self->rest_source, g_source_remove);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))))
    gtk_widget_unparent (child);
  g_clear_object (&self->exploration);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (komek_explore_summary_parent_class)->dispose (object);
}

static void
komek_explore_summary_finalize (GObject *object)
{
  KomekExploreSummary *self = KOMEK_EXPLORE_SUMMARY (object);

  g_free (self->said);
  g_clear_pointer (&self->said_of, komek_points_unref);
  G_OBJECT_CLASS (komek_explore_summary_parent_class)->finalize (object);
}

static void
komek_explore_summary_class_init (KomekExploreSummaryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = komek_explore_summary_dispose;
  G_OBJECT_CLASS (klass)->finalize = komek_explore_summary_finalize;

  g_type_ensure (KOMEK_TYPE_COLUMN);
  g_type_ensure (KOMEK_TYPE_ORDER_BUTTON);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "summary");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kz/komek/Komek/map/komek-explore-summary.ui");
  gtk_widget_class_bind_template_child (widget_class, KomekExploreSummary, sentence);
  gtk_widget_class_bind_template_child (widget_class, KomekExploreSummary, busiest);
  gtk_widget_class_bind_template_child (widget_class, KomekExploreSummary, freshness);
  gtk_widget_class_bind_template_child (widget_class, KomekExploreSummary, freshness_icon);
  gtk_widget_class_bind_template_child (widget_class, KomekExploreSummary, freshness_text);
  gtk_widget_class_bind_template_child (widget_class, KomekExploreSummary, status);
  gtk_widget_class_bind_template_child (widget_class, KomekExploreSummary, order);
  gtk_widget_class_bind_template_child (widget_class, KomekExploreSummary, all);
}

static void
komek_explore_summary_init (KomekExploreSummary *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * komek_explore_summary_set_up:
 *
 * Says what the sentence is about; once, by the page that owns it.
 */
void
komek_explore_summary_set_up (KomekExploreSummary *self, KomekContext *context,
                              KomekExploration *exploration)
{
  g_return_if_fail (KOMEK_IS_EXPLORE_SUMMARY (self));

  self->context = g_object_ref (context);
  self->exploration = g_object_ref (exploration);
  komek_order_button_set_up (self->order, exploration);
  g_signal_connect_object (exploration, "notify::survey", G_CALLBACK (on_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (komek_context_get_line (context), "notify", G_CALLBACK (on_changed),
                           self, G_CONNECT_SWAPPED);
  on_changed (self);
}
