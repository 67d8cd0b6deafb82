/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "komek-detail-time.h"

#include "komek-gettext.h"
#include "komek-option.h"

/**
 * KomekDetailTime:
 *
 * Takes a day and an hour; where the city does not insist, whoever does not know leaves it open.
 *
 * Most of what citizens report was today or a few days ago, so the day is
 * counted back with two buttons and then said in full: nobody has to type a
 * date in a form that he would have to guess. The time is the city's.
 */
struct _KomekDetailTime
{
  KomekDetail parent;
  GtkWidget  *days;    /* days before today */
  GtkWidget  *hours;
  GtkWidget  *when;    /* says the day that is meant */
  GtkWidget  *known;   /* whether it is answered at all */
  GtkWidget  *earlier; /* the rest, once it is */
};

G_DEFINE_FINAL_TYPE (KomekDetailTime, komek_detail_time, KOMEK_TYPE_DETAIL)

/* Ten years. */
#define MOST_DAYS 3653
#define DIGITS 4
#define LABEL_WIDTH 28 /* letters: both lines of it begin their buttons at one place */

static GDateTime *
get_now (KomekDetailTime *self)
{
  KomekContext *context = komek_detail_get_context (KOMEK_DETAIL (self));
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (komek_context_now (context));

  return g_date_time_to_timezone (utc, komek_context_get_zone (context));
}

static GDateTime *
get_chosen (KomekDetailTime *self)
{
  g_autoptr (GDateTime) now = get_now (self);
  g_autoptr (GDateTime) day =
    g_date_time_add_days (now, -gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->days)));

  return g_date_time_new (g_date_time_get_timezone (day), g_date_time_get_year (day),
                          g_date_time_get_month (day), g_date_time_get_day_of_month (day),
                          gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->hours)), 0, 0);
}

static void
show_chosen (KomekDetailTime *self)
{
  KomekContext *context = komek_detail_get_context (KOMEK_DETAIL (self));
  g_autoptr (GDateTime) chosen = get_chosen (self);
  g_autofree char *text =
    komek_locale_format_date_time (komek_context_get_locale (context), g_date_time_to_unix (chosen),
                                   komek_context_get_zone (context));

  gtk_label_set_label (GTK_LABEL (self->when), text);
}

static gboolean
is_known (KomekDetailTime *self)
{
  return gtk_check_button_get_active (GTK_CHECK_BUTTON (self->known));
}

static void
on_changed (KomekDetailTime *self)
{
  gtk_widget_set_visible (self->earlier, is_known (self));
  show_chosen (self);
  komek_detail_changed (KOMEK_DETAIL (self));
}

static GtkWidget *
add_spin (KomekDetailTime *self, const char *name, double most, double value)
{
  KomekContext *context = komek_detail_get_context (KOMEK_DETAIL (self));
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (name);
  GtkWidget *spin = gtk_spin_button_new_with_range (0, most, 1);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_width_chars (GTK_LABEL (label), LABEL_WIDTH);
  /* On a wide screen the buttons would stand far from what they change. */
  gtk_widget_set_hexpand (label, komek_context_is_kiosk (context)
                                   && komek_context_is_upright (context));
  gtk_editable_set_width_chars (GTK_EDITABLE (spin), DIGITS);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), value);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), spin);
  gtk_box_append (GTK_BOX (self->earlier), row);
  return spin;
}

/* Calendar days between an answer and today; an answer that cannot be read counts as none. */
static gboolean
read_answer (KomekDetailTime *self, const char *const *answer, int *days, int *hour)
{
  g_autoptr (GDateTime) now = get_now (self);
  g_autoptr (GDateTime) read = answer ? g_date_time_new_from_iso8601 (answer[0], NULL) : NULL;
  g_autoptr (GDateTime) then =
    read ? g_date_time_to_timezone (read, g_date_time_get_timezone (now)) : NULL;
  g_autoptr (GDate) today = NULL, day = NULL;

  *days = 0;
  *hour = g_date_time_get_hour (now);
  if (!then)
    return FALSE;
  today = g_date_new_dmy (g_date_time_get_day_of_month (now), g_date_time_get_month (now),
                          g_date_time_get_year (now));
  day = g_date_new_dmy (g_date_time_get_day_of_month (then), g_date_time_get_month (then),
                        g_date_time_get_year (then));
  *days = g_date_days_between (day, today);
  *hour = g_date_time_get_hour (then);
  return TRUE;
}

static GtkWidget *
komek_detail_time_build (KomekDetail *detail, const char *const *answer)
{
  KomekDetailTime *self = KOMEK_DETAIL_TIME (detail);
  int days, hour;
  gboolean known = read_answer (self, answer, &days, &hour);
  gboolean required = komek_attribute_is_required (komek_detail_get_attribute (detail));

  self->known = komek_option_new (GTK_ACCESSIBLE_ROLE_CHECKBOX, _("I know when it was"));
  gtk_widget_add_css_class (self->known, "choice");
  self->earlier = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->earlier, "choices");
  self->days = add_spin (self, _("How many days ago (0 is today)"), MOST_DAYS, days);
  self->hours = add_spin (self, _("At about what hour"), 23, hour);
  self->when = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->when), 0);
  gtk_widget_add_css_class (self->when, "sub");
  gtk_box_append (GTK_BOX (self->earlier), self->when);
  gtk_box_append (GTK_BOX (detail), self->known);
  gtk_box_append (GTK_BOX (detail), self->earlier);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->known), known || required);
  gtk_widget_set_visible (self->known, !required);
  gtk_widget_set_visible (self->earlier, is_known (self));
  show_chosen (self);
  g_signal_connect_object (self->known, "toggled", G_CALLBACK (on_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->days, "value-changed", G_CALLBACK (on_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->hours, "value-changed", G_CALLBACK (on_changed), self,
                           G_CONNECT_SWAPPED);
  return required ? self->days : self->known;
}

static GStrv
komek_detail_time_dup_answer (KomekDetail *detail)
{
  KomekDetailTime *self = KOMEK_DETAIL_TIME (detail);
  g_autoptr (GDateTime) chosen = get_chosen (self);
  char **answer = g_new0 (char *, 2);

  if (is_known (self))
    answer[0] = g_date_time_format_iso8601 (chosen);
  return answer;
}

static void
komek_detail_time_class_init (KomekDetailTimeClass *klass)
{
  KOMEK_DETAIL_CLASS (klass)->build = komek_detail_time_build;
  KOMEK_DETAIL_CLASS (klass)->dup_answer = komek_detail_time_dup_answer;
}

static void
komek_detail_time_init (KomekDetailTime *self)
{
}
