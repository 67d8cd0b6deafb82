/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-explore-summary.h"

#include "komek-filter-words.h"
#include "komek-gettext.h"

/**
 * KomekExploreSummary:
 *
 * A sentence about what is in view, how fresh it is where that matters, and the order of the list.
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
  GtkWidget        *nearest;
  GtkWidget        *all;
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
  gtk_image_set_from_icon_name (self->freshness_icon,
                                state == KOMEK_LINE_BROKEN ? "komek-offline-symbolic"
                                                           : "komek-clock-symbolic");
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
  gtk_widget_set_visible (self->nearest, !members);
  gtk_widget_set_visible (self->all, members);
  show_freshness (self);
}

static void
komek_explore_summary_dispose (GObject *object)
{
  KomekExploreSummary *self = KOMEK_EXPLORE_SUMMARY (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))))
    gtk_widget_unparent (child);
  g_clear_object (&self->exploration);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (komek_explore_summary_parent_class)->dispose (object);
}

static void
komek_explore_summary_class_init (KomekExploreSummaryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = komek_explore_summary_dispose;

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
  gtk_widget_class_bind_template_child (widget_class, KomekExploreSummary, nearest);
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
  g_signal_connect_object (exploration, "notify::survey", G_CALLBACK (on_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (komek_context_get_line (context), "notify", G_CALLBACK (on_changed),
                           self, G_CONNECT_SWAPPED);
  on_changed (self);
}
