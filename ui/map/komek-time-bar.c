/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-time-bar.h"

#include "komek-gettext.h"
#include "komek-histogram.h"
#include "komek-icon.h"
#include "komek-time-words.h"

#define WINDOW 30 /* days that show at once while the year passes */
#define SHARE 12  /* of a shorter time than a year, the part that shows at once */

/**
 * KomekTimeBar:
 *
 * Time, below the map: the histogram of the year, what of it is chosen in figures, and the button
 * that lets the year pass over the map.
 *
 * What is chosen is the span of the filter and nothing else, so the list of
 * filters, the brush and the year that passes always say the same. Where less
 * motion is wanted nothing runs: the button goes on by a month at each press.
 */
struct _KomekTimeBar
{
  GtkWidget         parent;
  KomekContext     *context;
  KomekExploration *exploration;
  KomekTimeScale   *scale; /* NULL until the requests are read */
  gint64            now;   /* of what was counted: its last day is the last of the scale */
  KomekPlay        *play;
  KomekTimeBrush    before; /* what was chosen when the year began to pass */
  gboolean          playing; /* the year is just setting the span */

  GtkWidget        *play_button;
  GtkImage         *play_icon;
  GtkLabel         *play_label;
  GtkLabel         *dates;
  GtkLabel         *unit;
  GtkWidget        *key;
  GtkWidget        *whole;
  GtkBox           *place;
  KomekHistogram   *histogram;
};

G_DEFINE_FINAL_TYPE (KomekTimeBar, komek_time_bar, GTK_TYPE_WIDGET)

static KomekFilterChoice *
get_choice (KomekTimeBar *self)
{
  return komek_exploration_get_choice (self->exploration);
}

static gboolean
wants_motion (KomekTimeBar *self)
{
  gboolean animations;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-enable-animations", &animations,
                NULL);
  return animations;
}

/* From the first to the last moment that is chosen, 0 for an end that is open. */
static void
get_span (KomekTimeBar *self, gint64 *from, gint64 *to)
{
  KomekFilterChoice *choice = get_choice (self);
  KomekPeriod period = komek_filter_choice_get_period (choice);

  *from = komek_filter_choice_get_from (choice);
  *to = komek_filter_choice_get_to (choice);
  if (period != KOMEK_PERIOD_ALL)
    *from = komek_period_get_start (period, self->now, komek_context_get_zone (self->context));
}

static KomekTimeBrush
find_brush (KomekTimeBar *self)
{
  guint n_days = komek_time_scale_get_n_days (self->scale);
  KomekTimeBrush whole = komek_time_brush_new_whole (n_days);
  gint64 from, to;

  get_span (self, &from, &to);
  return komek_time_brush_span (
    whole, from > 0 ? komek_time_scale_find_day (self->scale, from) : 0,
    to > 0 ? komek_time_scale_find_day (self->scale, to - 1) + 1 : n_days);
}

/* An end of the brush that is the end of the year is open: older requests belong to it, too. */
static void
choose (KomekTimeBar *self, guint begin, guint end)
{
  guint n_days = komek_time_scale_get_n_days (self->scale);

  komek_filter_choice_set_span (
    get_choice (self), begin > 0 ? komek_time_scale_get_time (self->scale, begin) : 0,
    end < n_days ? komek_time_scale_get_time (self->scale, end) : 0);
}

static void
show_unit (KomekTimeBar *self)
{
  KomekTimeUnit unit = komek_histogram_get_unit (self->histogram);

  gtk_label_set_label (self->unit, komek_time_words_unit (unit));
}

static void
show_choice (KomekTimeBar *self)
{
  KomekTimeBrush brush = find_brush (self);
  guint n_days = brush.n_days;
  gint64 from, to;
  g_autofree char *dates = NULL;

  get_span (self, &from, &to);
  gtk_widget_set_visible (self->whole, from > 0 || to > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "time.whole", from > 0 || to > 0);
  dates = komek_time_words_span (
    self->context, from > 0 ? from : komek_time_scale_get_time (self->scale, 0),
    to > 0 ? to : komek_time_scale_get_time (self->scale, n_days));
  gtk_label_set_label (self->dates, dates);
  komek_histogram_set_brush (self->histogram, brush);
}

static void
show_play (KomekTimeBar *self)
{
  gboolean running = komek_play_is_running (self->play);
  /* Translators: a button: lets the requests of the year pass over the map like a film. */
  const char *label = _("Play the year");

  if (running)
    /* Translators: a button: the year that passes over the map stands still. */
    label = C_ ("film", "Pause");
  else if (!wants_motion (self))
    /* Translators: a button: the map shows the requests of the next month. */
    label = _("Next month");
  gtk_label_set_label (self->play_label, label);
  komek_icon_show (self->play_icon, running ? "komek-pause-symbolic" : "komek-play-symbolic");
}

static void
on_choice_changed (KomekTimeBar *self)
{
  if (!self->scale)
    return;
  if (!self->playing)
    komek_play_stop (self->play);
  show_choice (self);
}

static void
on_survey_changed (KomekTimeBar *self)
{
  KomekSurvey *survey = komek_exploration_get_survey (self->exploration);
  const KomekCountsBucket *days;
  const gint64 *starts;
  guint n_days;

  if (!survey)
    return;
  days = komek_survey_peek_histogram (survey, &starts, &n_days);
  if (n_days == 0)
    return;
  if (!self->scale || !komek_time_scale_has_same_days (self->scale, starts, n_days))
    {
      g_clear_pointer (&self->scale, komek_time_scale_unref);
      self->scale = komek_time_scale_new (komek_context_get_zone (self->context), starts, n_days);
    }
  if (!self->scale)
    return;
  self->now = komek_filter_get_now (komek_survey_peek (survey)->filter);
  komek_histogram_show (self->histogram, self->scale, days);
  show_choice (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "time.play", TRUE);
  komek_play_hold (self->play, FALSE);
}

static void
on_brushed (KomekTimeBar *self, guint begin, guint end)
{
  choose (self, begin, end);
}

/* The map shows one step before the next one comes. */
static void
on_moved (KomekTimeBar *self, guint begin, guint end)
{
  self->playing = TRUE;
  choose (self, begin, end);
  self->playing = FALSE;
  komek_play_hold (self->play, TRUE);
}

static void
show_next_month (KomekTimeBar *self)
{
  KomekTimeBrush brush = find_brush (self);
  guint begin = komek_time_brush_is_whole (brush)
                  ? 0 : komek_time_scale_step (self->scale, KOMEK_TIME_MONTH, brush.begin, 1);

  if (begin == brush.n_days)
    begin = 0;
  choose (self, begin, komek_time_scale_step (self->scale, KOMEK_TIME_MONTH, begin, 1));
}

static void
start (KomekTimeBar *self)
{
  KomekTimeBrush brush = find_brush (self);

  self->before = brush;
  if (komek_time_brush_is_whole (brush))
    brush = komek_time_brush_span (brush, 0, MIN (WINDOW, MAX (1, brush.n_days / SHARE)));
  komek_play_start (self->play, brush);
}

static void
on_play_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KomekTimeBar *self = KOMEK_TIME_BAR (widget);

  if (komek_play_is_running (self->play))
    komek_play_stop (self->play);
  else if (wants_motion (self))
    start (self);
  else
    show_next_month (self);
}

static void
on_whole_activated (GtkWidget *widget, const char *name, GVariant *parameter)
{
  KomekTimeBar *self = KOMEK_TIME_BAR (widget);
  gboolean had_focus = gtk_widget_has_focus (self->whole);

  komek_filter_choice_set_span (get_choice (self), 0, 0);
  if (had_focus)
    gtk_widget_grab_focus (self->play_button);
}

/* The year stops passing, and what was chosen before is so again. */
static gboolean
on_escape (GtkWidget *widget, GVariant *parameter, gpointer data)
{
  KomekTimeBar *self = KOMEK_TIME_BAR (widget);

  if (!komek_play_is_running (self->play))
    return GDK_EVENT_PROPAGATE;
  komek_play_stop (self->play);
  choose (self, self->before.begin, self->before.end);
  return GDK_EVENT_STOP;
}

static void
komek_time_bar_unmap (GtkWidget *widget)
{
  komek_play_stop (KOMEK_TIME_BAR (widget)->play);
  GTK_WIDGET_CLASS (komek_time_bar_parent_class)->unmap (widget);
}

static void
komek_time_bar_dispose (GObject *object)
{
  KomekTimeBar *self = KOMEK_TIME_BAR (object);
  GtkWidget *child;

  if (self->play)
    g_signal_handlers_disconnect_by_data (self->play, self);
  g_clear_object (&self->play);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))))
    gtk_widget_unparent (child);
  g_clear_pointer (&self->scale, komek_time_scale_unref);
  g_clear_object (&self->exploration);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (komek_time_bar_parent_class)->dispose (object);
}

static void
komek_time_bar_class_init (KomekTimeBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = komek_time_bar_dispose;
  widget_class->unmap = komek_time_bar_unmap;

  gtk_widget_class_install_action (widget_class, "time.play", NULL, on_play_activated);
  gtk_widget_class_install_action (widget_class, "time.whole", NULL, on_whole_activated);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, on_escape, NULL);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "time-bar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/kz/komek/Komek/map/komek-time-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, KomekTimeBar, play_button);
  gtk_widget_class_bind_template_child (widget_class, KomekTimeBar, play_icon);
  gtk_widget_class_bind_template_child (widget_class, KomekTimeBar, play_label);
  gtk_widget_class_bind_template_child (widget_class, KomekTimeBar, dates);
  gtk_widget_class_bind_template_child (widget_class, KomekTimeBar, unit);
  gtk_widget_class_bind_template_child (widget_class, KomekTimeBar, key);
  gtk_widget_class_bind_template_child (widget_class, KomekTimeBar, whole);
  gtk_widget_class_bind_template_child (widget_class, KomekTimeBar, place);
}

static void
komek_time_bar_init (KomekTimeBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "time.play", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "time.whole", FALSE);
  gtk_widget_set_visible (self->whole, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  C_ ("filters", "Period"), -1);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->play_button),
                                  GTK_ACCESSIBLE_RELATION_LABELLED_BY, self->play_label, NULL, -1);
}

/* Where there is little room, the colours must explain themselves. */
static void
on_upright_changed (KomekTimeBar *self)
{
  /* The dates come first where there is little room. */
  gtk_widget_set_visible (self->key, !komek_context_is_upright (self->context)
                                       && !komek_context_is_small (self->context));
}

static void
connect_models (KomekTimeBar *self)
{
  g_signal_connect_object (get_choice (self), "changed", G_CALLBACK (on_choice_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->exploration, "notify::survey", G_CALLBACK (on_survey_changed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->context, "notify::upright", G_CALLBACK (on_upright_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_widget_get_settings (GTK_WIDGET (self)),
                           "notify::gtk-enable-animations", G_CALLBACK (show_play), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_swapped (self->histogram, "brushed", G_CALLBACK (on_brushed), self);
  g_signal_connect_swapped (self->histogram, "notify::unit", G_CALLBACK (show_unit), self);
  g_signal_connect_swapped (self->play, "moved", G_CALLBACK (on_moved), self);
  g_signal_connect_swapped (self->play, "notify::running", G_CALLBACK (show_play), self);
}

/**
 * komek_time_bar_new:
 * @speed: how fast the year passes
 *
 * Returns: (transfer floating): the bar
 */
GtkWidget *
komek_time_bar_new (KomekContext *context, KomekExploration *exploration,
                    const KomekPlayFields *speed)
{
  KomekTimeBar *self = g_object_new (KOMEK_TYPE_TIME_BAR, NULL);

  self->context = g_object_ref (context);
  self->exploration = g_object_ref (exploration);
  self->play = komek_play_new (speed);
  self->histogram = KOMEK_HISTOGRAM (komek_histogram_new (context));
  gtk_widget_set_hexpand (GTK_WIDGET (self->histogram), TRUE);
  gtk_box_append (self->place, GTK_WIDGET (self->histogram));
  connect_models (self);
  on_upright_changed (self);
  show_unit (self);
  show_play (self);
  on_survey_changed (self);
  return GTK_WIDGET (self);
}
